"""Names of the outputs of somebody's token classifier -> our tags.

BIO, BIOES and BILOU (also with M for inside and W for whole) become BIO and BIOES. Where a scheme
leaves open what may follow what (IOB1, I- alone, plain labels), the set is loose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from .tags import OUTSIDE, TagSet

# How models name what is no personal data, in lower case.
BACKGROUNDS: Final = ("o", "outside", "0")
# Letters of positions -> ours.
POSITIONS: Final = {"B": "B", "I": "I", "M": "I", "E": "E", "L": "E", "S": "S", "U": "S", "W": "S"}
_TAG: Final = re.compile(r"([BIMELSUW])([-_])(.+)", re.DOTALL)
_UNNAMED: Final = re.compile(r"LABEL_\d+")
_MAX_SHOWN: Final = 5


def are_unnamed(names: Sequence[str]) -> bool:
    """Say whether names are those that transformers gives outputs that nobody has named."""
    return all(_UNNAMED.fullmatch(name) for name in names)


def read_tags(names: Sequence[str]) -> TagSet:
    """Find out the scheme of a model's tags.

    Order is kept: the first name is that of the first output.

    names (Sequence[str]): For instance ("O", "B-PER", "I-PER"), ("O", "U-PER", ...), or ("PER",
        "O").
    RETURNS (TagSet): Loose if a label lacks a position that its scheme needs.
    RAISES (ValueError): No tag scheme: no background, names with and without positions mixed, or
        names that nobody has given.
    """
    if not names or are_unnamed(names):
        raise ValueError(
            f"its labels have no names, only {_show(names)}. Say in id2label what they mean, for "
            "instance 'O', 'B-person' and 'I-person'."
        )
    background = [name for name in names if name.lower() in BACKGROUNDS]
    if len(background) != 1:
        raise ValueError(
            f"one label must mean that a piece is no personal data ('O'), but of {len(names)} "
            f"there {'is none' if not background else 'are ' + _show(background)}; found: "
            f"{_show(names)}. Is this a token classifier of entities? Name it in id2label."
        )
    spans = _with_positions([name for name in names if name != background[0]])
    ours = tuple(OUTSIDE if name == background[0] else spans.pop(0) for name in names)
    try:
        return TagSet(ours)
    except ValueError:  # of IOB1, say; anything else is wrong with a loose set, too
        return TagSet(ours, loose=True)


def _with_positions(names: Sequence[str]) -> list[str]:
    """Give tags as ours: a position, a dash and a label."""
    found = [_TAG.fullmatch(name) for name in names]
    dashed = [match for match in found if match and match[2] == "-"]
    lined = [match for match in found if match and match[2] == "_"]
    # "B_PER" is a tag where all are such; "S_NUMBER" and "PIN" are two plain labels.
    if len(lined) == len(names) and any(match[1] == "B" for match in lined):
        dashed = lined
    if not dashed:
        return [f"I-{name}" for name in names]
    if len(dashed) != len(names):
        plain = [name for name, match in zip(names, found, strict=True) if match not in dashed]
        raise ValueError(
            f"some labels have a position, such as {dashed[0][0]!r}, and others have none: "
            f"{_show(plain)}. Correct id2label."
        )
    return [f"{POSITIONS[match[1]]}-{match[3]}" for match in dashed]


def _show(names: Sequence[str]) -> str:
    more = ", ..." if len(names) > _MAX_SHOWN else ""
    return ", ".join(repr(name[:80]) for name in names[:_MAX_SHOWN]) + more
