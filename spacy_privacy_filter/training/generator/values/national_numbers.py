"""Numbers that states and clinics give to people, by the shape in which they are printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Final

from ....identifiers.characters import fill
from ....identifiers.checks import fix_rodne_cislo
from ....identifiers.table import get_kind, make
from ..tables import lists_of


def load_national_patterns() -> Mapping[str, tuple[str, ...]]:
    """Read how numbers of a kind are printed: # is a digit, A a capital letter, * either."""
    return lists_of("words/numbers.json", "national_patterns")


def make_rodne(rng: Random) -> str:
    """Make a Czech or Slovak birth number: ten digits that 11 divides, nine before 1954."""
    old = rng.random() < 0.1
    year = rng.randint(1935, 1953) if old else rng.randint(1954, 2008)
    month = rng.randint(1, 12) + rng.choice([0, 50])  # 50 more for women
    body = f"{year % 100:02d}{month:02d}{rng.randint(1, 28):02d}"
    while True:
        tail = fill(rng, "###")
        number = body + tail if old else fix_rodne_cislo(body + tail)
        # A few of ten digits were given out that 11 does not divide, but none of late.
        if (old or int(number) % 11 == 0) and tail != "000":
            return f"{body}{rng.choice(['/', '/', '/', ''])}{number[6:]}"


def make_rrn(rng: Random) -> str:
    """Make a resident number of Korea, always with its mark."""
    return get_kind("kr_rrn").write(make("kr_rrn", rng))


NATIONAL_MAKERS: Final[dict[str, Callable[[Random], str]]] = {"rodne": make_rodne, "rrn": make_rrn}
