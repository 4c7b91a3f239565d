"""Numbers that states and clinics give to people, by the shape in which they are printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from ..tables import lists_of
from .patterns import fill


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
        check = "" if old else str(-int(body + tail) * 10 % 11)
        if len(check) < 2 and tail != "000":
            return f"{body}{rng.choice(['/', '/', '/', ''])}{tail}{check}"


def make_rrn(rng: Random) -> str:
    """Make a resident number of Korea: birthday, century and sex, place, check digit (mod 11)."""
    year = rng.randint(1940, 2015)
    sex = rng.choice((1, 2)) + (2 if year >= 2000 else 0)
    body = (
        f"{year % 100:02d}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}{sex}{fill(rng, '#####')}"
    )
    weights = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
    rest = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11
    return f"{body[:6]}-{body[6:]}{(11 - rest) % 10}"


NATIONAL_MAKERS: dict[str, Callable[[Random], str]] = {"rodne": make_rodne, "rrn": make_rrn}
