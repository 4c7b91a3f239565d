"""Tag schemes: names <-> ids, which tag may follow which; and the published label sets.

A label is a kind of personal data ("private_email"); a tag is a label with a position
("B-private_email").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from ..types import Ints1d

OUTSIDE: Final = "O"
BIOES: Final = "BIOES"
BIO: Final = "BIO"
SCHEMES: Final = (BIOES, BIO)
LOOSE: Final = "loose"

# The order of the published head of openai/privacy-filter.
OPENAI_LABELS: Final = (
    "account_number",
    "private_address",
    "private_date",
    "private_email",
    "private_person",
    "private_phone",
    "private_url",
    "secret",
)

# The order of binga/privacy-filter-multitask's `multitask_config.json`.
MULTITASK_CATEGORIES: Final = (
    "Society & Culture",
    "Science & Mathematics",
    "Health",
    "Education & Reference",
    "Computers & Internet",
    "Sports",
    "Business & Finance",
    "Entertainment & Music",
    "Family & Relationships",
    "Politics & Government",
)


@dataclass(frozen=True)
class TagSet:
    """The tags of one head, in the order of its rows.

    names (tuple[str, ...]): Tag names; exactly one is "O".
    loose (bool): Any tag may follow any other, and a label need not have all positions. Models of
        others have such sets: see `schemes.read_tags`.
    """

    names: tuple[str, ...]
    loose: bool = False

    def __post_init__(self) -> None:
        _check_names(self.names, self.loose)

    @classmethod
    def from_labels(cls, labels: Iterable[str], scheme: str = BIOES) -> TagSet:
        """Make the tags of some labels: O, then B, I, E, S (or B, I) of each label in turn.

        labels (Iterable[str]): Labels without a position, in order.
        scheme (str): "BIOES" or "BIO".
        RETURNS (TagSet): 1 + 4 x n_labels tags (BIOES) or 1 + 2 x n_labels (BIO).
        RAISES (ValueError): No label, the same label twice, an empty label, or another scheme.
        """
        if scheme not in SCHEMES:
            raise ValueError(f"Unknown tag scheme {scheme!r}. Choose one of: {', '.join(SCHEMES)}.")
        prefixes = "BIES" if scheme == BIOES else "BI"
        return cls((OUTSIDE, *(f"{prefix}-{label}" for label in labels for prefix in prefixes)))

    def __len__(self) -> int:
        return len(self.names)

    @cached_property
    def scheme(self) -> str:
        """ "loose" if it is; "BIOES" if any tag ends or is a whole span, else "BIO"."""
        if self.loose:
            return LOOSE
        return BIOES if any(name[0] in "ES" for name in self.names if name != OUTSIDE) else BIO

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """Labels in the order in which they first appear."""
        return tuple(dict.fromkeys(name[2:] for name in self.names if name != OUTSIDE))

    @cached_property
    def ids(self) -> dict[str, int]:
        """Tag name -> row of the head."""
        return {name: i for i, name in enumerate(self.names)}

    @cached_property
    def prefixes(self) -> tuple[str, ...]:
        """Position of each tag: "O", "B", "I", "E" or "S"."""
        return tuple(name[0] for name in self.names)

    @cached_property
    def label_ids(self) -> Ints1d:
        """Index into `labels` for each tag, -1 for O. Shape: (n_tags,)."""
        index = {label: i for i, label in enumerate(self.labels)}
        return np.asarray(
            [-1 if name == OUTSIDE else index[name[2:]] for name in self.names], dtype=np.int64
        )

    def label_tags(self, label: str) -> dict[str, int]:
        """The tag ids of one label, by position.

        label (str): One of `labels`.
        RETURNS (dict[str, int]): For instance {"B": 1, "I": 2, "E": 3, "S": 4}.
        """
        return {
            prefix: self.ids[f"{prefix}-{label}"]
            for prefix in "BIES"
            if f"{prefix}-{label}" in self.ids
        }


def _check_names(names: Sequence[str], loose: bool) -> None:
    """Refuse a tag set that no decoder could read.

    RAISES (ValueError): Duplicates, no O, a name without a position, or a label whose spans cannot
        be written down (an I or E without a B in BIOES, and the like).
    """
    if len(set(names)) != len(names):
        twice = sorted({name for name in names if list(names).count(name) > 1})
        raise ValueError(f"Tags must differ, but these appear twice: {', '.join(twice)}.")
    if OUTSIDE not in names:
        raise ValueError("The tag set has no 'O' (outside). Is this a token-classification head?")
    spans = [name for name in names if name != OUTSIDE]
    bad = [name for name in spans if len(name) < 3 or name[0] not in "BIES" or name[1] != "-"]
    if bad:
        raise ValueError(
            f"Tags are 'O' or a position and a label, such as 'B-private_email'; found: {bad[:5]}."
        )
    if not spans:
        raise ValueError("The tag set has no label, only 'O'. Give at least one label.")
    if not loose:
        _check_positions(spans)


def _check_positions(spans: Sequence[str]) -> None:
    """Every label of a BIOES set has all of B, I, E, S; every label of a BIO set has a B."""
    positions: dict[str, set[str]] = {}
    for name in spans:
        positions.setdefault(name[2:], set()).add(name[0])
    bioes = any(found & set("ES") for found in positions.values())
    for label, found in positions.items():
        missing = (set("BIES") if bioes else set("B")) - found
        if missing:
            raise ValueError(
                f"Label {label!r} lacks the tag position(s) {', '.join(sorted(missing))}; a "
                f"{BIOES if bioes else BIO} head needs them."
            )
