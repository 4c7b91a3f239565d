"""A random generator -> a new identifier that its check accepts, without marks.

The order of draws is kept, as the texts that a seed gives depend on it.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from random import Random
from typing import Final

from . import checks
from .characters import fill
from .kind import Fix, Make

# How cards begin, and how long they are then.
CARDS: Final = (
    *(("4", 16), ("4", 16), ("51", 16), ("52", 16), ("53", 16), ("54", 16), ("55", 16)),
    *(("2221", 16), ("34", 15), ("37", 15), ("6011", 16), ("3528", 16), ("36", 14), ("62", 16)),
)
_VIN_ALPHABET: Final = "".join(checks.VIN_LETTERS) + string.digits
_CHINESE_AREAS: Final = ("110101", "310104", "440305", "510107", "320102", "420106")


def from_pattern(fix: Fix, pattern: str, starts: Sequence[str] = ()) -> Make:
    """Make a function that draws a pattern until check characters fit.

    fix (Callable): Sets the check characters.
    pattern (str): See `fill`; with a 0 for the check character where `fix` needs its place.
    starts (Sequence[str]): One of them is drawn and stands before the pattern.
    """

    def make(rng: Random) -> str:
        while True:
            start = rng.choice(starts) if starts else ""
            if (made := fix(start + fill(rng, pattern))) is not None:
                return made

    return make


def born_first(fix: Fix, pattern: str) -> Make:
    """Make a function that draws a day of birth, YYMMDD, and what comes after it by a pattern.

    fix, pattern: As for `from_pattern`.
    """

    def make(rng: Random) -> str:
        while True:
            born = f"{fill(rng, '##')}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
            if (made := fix(born + fill(rng, pattern))) is not None:
                return made

    return make


def make_card(rng: Random) -> str:
    """Make the number of a payment card."""
    start, length = rng.choice(CARDS)
    return checks.fix_luhn(f"{start}{fill(rng, '#' * (length - 1 - len(start)))}0")


def make_vin(rng: Random) -> str:
    """Make the number of a vehicle."""
    return checks.fix_vin("".join(rng.choice(_VIN_ALPHABET) for _ in range(17)))


def make_routing(rng: Random) -> str:
    """Make the number of a US bank, in one of the twelve districts."""
    return checks.fix_routing(f"{rng.randint(1, 12):02d}{fill(rng, '######')}")


def make_ssn(rng: Random) -> str:
    """Make a US social security number in a range that was issued."""
    area = rng.choice([n for n in range(1, 900) if n != 666])
    return f"{area:03d}{rng.randint(1, 99):02d}{rng.randint(1, 9999):04d}"


def make_dni(rng: Random) -> str:
    """Make a Spanish DNI, or NIE."""
    start = rng.choice(["", "", "X", "Y", "Z"])
    return checks.fix_dni(start + fill(rng, "#######" if start else "########"))


def make_nir(rng: Random) -> str:
    """Make a French NIR of somebody born on the mainland."""
    month, area = rng.randint(1, 12), rng.randint(1, 89)
    sex, year = rng.choice("12"), fill(rng, "##")
    return checks.fix_nir(f"{sex}{year}{month:02d}{area:02d}{fill(rng, '######')}")


def make_ric(rng: Random) -> str:
    """Make the number of a Chinese resident, of one of six cities."""
    born = f"{rng.randint(1945, 2008)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
    area = rng.choice(_CHINESE_AREAS)
    return checks.fix_ric(f"{area}{born}{fill(rng, '###')}")


def make_rrn(rng: Random) -> str:
    """Make the number of a Korean resident: day of birth, century and sex, place."""
    year = rng.randint(1940, 2015)
    century = rng.choice((1, 2)) + (2 if year >= 2000 else 0)
    born = f"{year % 100:02d}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
    return checks.fix_rrn(f"{born}{century}{fill(rng, '#####')}")
