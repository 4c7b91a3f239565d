"""Gold annotation -> which tags each piece may have.

Sources annotate different labels. A piece outside every span is known not to be of an annotated
label, and may be anything else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.tokens import Doc

from ..labels.tags import BIOES, TagSet
from ..types import Bools1d, Bools2d, Ints1d, Pieces

# Where a Doc keeps gold with exact characters; survives `.spacy` files and `Doc.to_bytes`.
GOLD_KEY = "privacy_gold"


@dataclass(frozen=True)
class Gold:
    """What is known about the personal data of one text, in exact characters.

    spans (tuple): (start_char, end_char, label), sorted and disjoint.
    ignore (tuple): (start_char, end_char) of stretches about which nothing is said.
    known (frozenset[str] | None): Labels that were annotated; None for all.
    """

    spans: tuple[tuple[int, int, str], ...]
    ignore: tuple[tuple[int, int], ...] = ()
    known: frozenset[str] | None = None

    def to_dict(self) -> dict[str, Any]:
        """Write in the form that `doc.user_data[GOLD_KEY]` holds."""
        return {
            "spans": [list(span) for span in self.spans],
            "ignore": [list(span) for span in self.ignore],
            "known": None if self.known is None else sorted(self.known),
        }

    @classmethod
    def from_dict(cls, values: dict[str, Any], n_chars: int) -> Gold:
        """Read and check the form that `doc.user_data[GOLD_KEY]` holds.

        values (dict): "spans", and optionally "ignore" and "known".
        n_chars (int): Length of the text, in characters.
        RAISES (ValueError): An unknown key, offsets outside the text, empty or overlapping spans,
            or a span whose label is not among the known ones.
        """
        extra = set(values) - {"spans", "ignore", "known"}
        if extra or "spans" not in values:
            raise ValueError(
                f"Gold in user_data[{GOLD_KEY!r}] has the keys spans, ignore and known; found: "
                f"{', '.join(sorted(map(str, values)))}."
            )
        known = values.get("known")
        if isinstance(known, str):
            raise ValueError(f"'known' in user_data[{GOLD_KEY!r}] must be a list of labels.")
        gold = cls(
            tuple(sorted(_read_items(values["spans"], "spans", "[start_char, end_char, label]"))),
            tuple(_read_items(values.get("ignore", ()), "ignore", "[start_char, end_char]")),
            None if known is None else frozenset(known),
        )
        gold._check(n_chars)
        return gold

    def renamed(self, names: Mapping[str, str | None]) -> Gold:
        """Rename labels, and forget those that are mapped to None.

        names (Mapping[str, str | None]): As the setting `label_map`; other labels stay.
        """
        spans = [(start, end, names.get(label, label)) for start, end, label in self.spans]
        known = None if self.known is None else {names.get(label, label) for label in self.known}
        return Gold(
            tuple((start, end, label) for start, end, label in spans if label is not None),
            self.ignore,
            None if known is None else frozenset(label for label in known if label is not None),
        )

    def _check(self, n_chars: int) -> None:
        stretches = [*((start, end) for start, end, _ in self.spans), *self.ignore]
        for start, end in stretches:
            if not 0 <= start < end <= n_chars:
                raise ValueError(
                    f"Gold offsets {start} to {end} do not fit a text of {n_chars} characters. "
                    "Offsets are Python characters, half-open; check that they are not bytes."
                )
        for (_, end, _), (start, _, _) in zip(self.spans, self.spans[1:], strict=False):
            if start < end:
                raise ValueError(f"Gold spans overlap at character {start}. Merge or drop one.")
        unknown = {label for *_, label in self.spans} - (self.known or set())
        if self.known is not None and unknown:
            raise ValueError(
                f"Gold spans have labels that are not among the known ones: {sorted(unknown)}."
            )


def _read_items(items: Any, key: str, form: str) -> list[Any]:
    """Read stretches of gold. What is found is not shown: where columns are swapped, it is text."""
    if not isinstance(items, (list, tuple)):
        raise ValueError(f"{key!r} in user_data[{GOLD_KEY!r}] must be a list of {form}.")
    rows = []
    for i, item in enumerate(items):
        row = tuple(item) if isinstance(item, (list, tuple)) else ()
        whole = all(isinstance(n, (int, np.integer)) for n in row[:2])
        if (
            len(row) != form.count(",") + 1
            or not whole
            or not all(isinstance(label, str) for label in row[2:])
        ):
            raise ValueError(f"Item {i} of {key!r} in user_data[{GOLD_KEY!r}] must be {form}.")
        rows.append((int(row[0]), int(row[1]), *row[2:]))
    return rows


def gold_of(reference: Doc) -> Gold | None:
    """Find what a gold document says about personal data.

    Exact characters in `doc.user_data["privacy_gold"]` come first; otherwise `doc.ents`, whose
    tokens without annotation are ignored.

    reference (Doc): The gold side of an `Example`.
    RETURNS (Gold | None): None if the document has no such annotation at all.
    RAISES (ValueError): As `Gold.from_dict`.
    """
    stored = reference.user_data.get(GOLD_KEY)
    if stored is not None:
        return Gold.from_dict(stored, len(reference.text))
    if not reference.has_annotation("ENT_IOB"):
        return None
    spans = tuple((ent.start_char, ent.end_char, ent.label_) for ent in reference.ents)
    missing = tuple(
        (token.idx, token.idx + len(token)) for token in reference if token.ent_iob == 0
    )
    return Gold(spans, missing)


def allowed_tags(gold: Gold, text: str, pieces: Pieces, tags: TagSet) -> Bools2d:
    """Say which tags each piece may have.

    gold (Gold): What is known of the text.
    text (str): The text, to leave white space at the edge of a piece out of account.
    pieces (Pieces): Its pieces.
    tags (TagSet): Tags of the head.
    RETURNS (Bools2d): At least one True in each row. Shape: (n_pieces, n_tags).
    RAISES (ValueError): A label that the head does not have.
    """
    unknown = {label for *_, label in gold.spans} - set(tags.labels)
    if unknown:
        raise ValueError(
            f"Gold has labels that this pipeline does not: {', '.join(sorted(unknown))}. It has: "
            f"{', '.join(tags.labels)}. Name all that it is to learn in `labels` under "
            "[initialize.components.privacy_filter] (for commands: --initialize.components."
            "privacy_filter.labels), or call its add_label; or rename those of the data (corpus "
            "--label-map)."
        )
    allowed = np.tile(_outside_row(gold, tags), (len(pieces), 1))
    starts, ends = _visible_ranges(text, pieces)
    for start, end in gold.ignore:
        allowed[(starts < end) & (ends > start)] = True
    for first, last, label in gold.spans:
        start, end = _trim(text, first, last)
        rows = np.flatnonzero((starts < end) & (ends > start))
        for row, tag in zip(rows, _span_tags(len(rows), label, tags), strict=True):
            allowed[row] = False
            allowed[row, tag] = True
    return allowed


def _outside_row(gold: Gold, tags: TagSet) -> Bools1d:
    """Tags that a piece outside every span may have: O, and all of labels nobody looked for."""
    open_labels = set() if gold.known is None else set(tags.labels) - gold.known
    return np.asarray([name == "O" or name[2:] in open_labels for name in tags.names])


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave white space at the edges of a span out. One that is nothing else touches no piece."""
    marked = text[start:end]
    if not marked or marked.isspace():
        return len(text), 0
    return end - len(marked.lstrip()), start + len(marked.rstrip())


def _visible_ranges(text: str, pieces: Pieces) -> tuple[Ints1d, Ints1d]:
    """Characters of each piece without the white space around them, which may leave none."""
    space = np.fromiter(map(str.isspace, text), dtype=bool, count=len(text))
    before = np.concatenate([[0], np.cumsum(~space)])  # visible characters before each offset
    visible = np.flatnonzero(~space)
    first, last = before[pieces.starts], before[pieces.ends]
    padded = np.concatenate([visible, [len(text)]])
    starts = padded[first]
    ends = np.where(last > first, padded[np.maximum(last - 1, 0)] + 1, starts)
    return starts, ends


def _span_tags(n_pieces: int, label: str, tags: TagSet) -> list[int]:
    """Tag ids of a span of so many pieces."""
    ids = tags.label_tags(label)
    if n_pieces == 0:
        return []
    if tags.loose:
        inside = ids.get("I", next(iter(ids.values())))
        return [ids.get("B", inside)] + [inside] * (n_pieces - 1)
    if tags.scheme != BIOES:
        return [ids["B"]] + [ids.get("I", ids["B"])] * (n_pieces - 1)
    if n_pieces == 1:
        return [ids["S"]]
    return [ids["B"]] + [ids["I"]] * (n_pieces - 2) + [ids["E"]]
