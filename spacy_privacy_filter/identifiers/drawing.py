"""An identifier with a checksum -> another of the same form that keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final

from .characters import draw_char
from .kind import Kind

N_TRIES: Final = 4000


def draw_identifier(value: str, kinds: Sequence[Kind], rng: Random) -> str | None:
    """Draw an identifier that keeps every checksum which the source keeps, some by chance.

    If that takes too long, those of the least particular kinds are given up.

    value (str): Digits and capitals in ASCII, without marks.
    kinds (Sequence[Kind]): What `find_kinds` gave for the value.
    RETURNS (str | None): None if the source keeps no checksum that we know.
    """
    for n_kept in range(len(kinds), 0, -1):
        for _ in range(N_TRIES):
            if (made := _draw(value, kinds[:n_kept], rng)) is not None:
                return made
    return None


def _draw(value: str, kinds: Sequence[Kind], rng: Random) -> str | None:
    drawn = [draw_char(char, rng, first=i == 0) for i, char in enumerate(value)]
    for kind in reversed(kinds):
        if kind.fill is not None:
            kind.fill(drawn, value, rng)
    made = kinds[0].fix("".join(drawn))
    if made is None or not all(kind.fits(made) for kind in kinds):
        return None
    same = all(new.isdigit() == old.isdigit() for new, old in zip(made, value, strict=True))
    return made if same else None
