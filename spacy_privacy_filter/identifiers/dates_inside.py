"""Drawn characters of an identifier -> the same with what cannot be any, such as a day of birth.

Each function changes a list of drawn characters, of which `source` are the old ones.
"""

from __future__ import annotations

import string
from random import Random

from .kind import Fill

# Parts of forms.
MONTH = "(?:0[1-9]|1[0-2])"
DAY = r"(?:0[1-9]|[12]\d|3[01])"
# Mexican states; and Chinese provinces whose cities 02 to 04 have an area 01 that is no county, so
# nobody's.
STATES = (
    "AS BC BS CC CH CL CM CS DF DG GR GT HG JC MC MN MS NE NL NT OC PL QR QT SL SP SR TC TL TS VZ "
    "YN ZS"
).split()
_PROVINCES = "13 14 15 21 22 23 32 34 35 36 37 41 43 44 45 61".split()


def born(at: int, first: int = 1940, last: int = 1999, century: bool = False) -> Fill:
    """Write a day of birth: YYMMDD, or YYYYMMDD.

    A year of two digits that may be a day stays one, so that what is DDMMYY as well stays both.
    """

    def fill(drawn: list[str], source: str, rng: Random) -> None:
        year = str(rng.randint(first, last))[0 if century else 2 :]
        if not century and "01" <= source[at : at + 2] <= "24":
            year = f"{rng.randint(1, 24):02d}"
        written = f"{year}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
        drawn[at : at + len(written)] = written

    return fill


def start(text: str) -> Fill:
    """Write the start of the identifier."""

    def fill(drawn: list[str], source: str, rng: Random) -> None:
        drawn[: len(text)] = text

    return fill


def country(drawn: list[str], source: str, rng: Random) -> None:
    """Keep the country of an IBAN."""
    drawn[:2] = source[:2]


def vin(drawn: list[str], source: str, rng: Random) -> None:
    """Write no letter that looks like a digit."""
    drawn[:] = [rng.choice("ABCDEFGHJKLMNPRSTUVWXYZ") if c in "IOQ" else c for c in drawn]


def nie(drawn: list[str], source: str, rng: Random) -> None:
    """Write the letter that a Spanish NIE begins with."""
    if source[0].isalpha():
        drawn[0] = rng.choice("XYZ")


def codice_fiscale(drawn: list[str], source: str, rng: Random) -> None:
    """Write the day of birth and sex of an Italian codice fiscale."""
    day = rng.randint(1, 28) + rng.choice((0, 40))  # women's have 40 more
    drawn[6:11] = f"{rng.randint(40, 99)}{rng.choice('ABCDEHLMPRST')}{day:02d}"


def nir(drawn: list[str], source: str, rng: Random) -> None:
    """Write the sex, month of birth and area of a French NIR."""
    area = f"{rng.randint(1, 95):02d}" if source[6].isdigit() else rng.choice(("2A", "2B"))
    month = f"{rng.choice('12')}{rng.randint(40, 99)}{rng.randint(1, 12):02d}"
    drawn[:7] = month + area


def idnr(drawn: list[str], source: str, rng: Random) -> None:
    """Write the first ten digits of a German IdNr, one of which is there twice."""
    digits = rng.sample(string.digits, 9)
    digits.append(rng.choice(digits))
    rng.shuffle(digits)
    if digits[0] == "0":  # none begins with it, and it is there twice at most
        place = next(i for i, digit in enumerate(digits) if digit != "0")
        digits[0], digits[place] = digits[place], "0"
    drawn[:10] = digits


def hetu(drawn: list[str], source: str, rng: Random) -> None:
    """Write the day of birth and number of a Finnish identity code; a letter says the century."""
    recent = source[6] in "ABCDEF"
    year = rng.randint(0, 24) if recent else rng.randint(40, 99)
    drawn[:6] = f"{rng.randint(1, 28):02d}{rng.randint(1, 12):02d}{year:02d}"
    if source[6].isalpha():
        drawn[6] = rng.choice("ABCDEF" if recent else "UVWXY")
    drawn[-4:-1] = f"{rng.randint(2, 899):03d}"


def nordic(drawn: list[str], source: str, rng: Random) -> None:
    """Write a day of birth, DDMMYY, and the first digit of a number that says the century.

    A Norwegian number that has 40 more in its day is for those who stay a while.
    """
    more = 40 if source[0] in "4567" else 0
    day = f"{rng.randint(1, 28) + more:02d}{rng.randint(1, 12):02d}"
    drawn[:7] = f"{day}{rng.randint(40, 99)}{rng.randint(0, 3)}"


def ric(drawn: list[str], source: str, rng: Random) -> None:
    """Write the area and day of birth of a Chinese resident."""
    drawn[:6] = f"{rng.choice(_PROVINCES)}0{rng.randint(2, 4)}01"
    born(6, 1984, century=True)(drawn, source, rng)


def id_of_south_africa(drawn: list[str], source: str, rng: Random) -> None:
    """Write the day of birth and whether somebody is a citizen."""
    born(0)(drawn, source, rng)
    drawn[10] = rng.choice("01")


def cnp(drawn: list[str], source: str, rng: Random) -> None:
    """Write the sex, day of birth and county of a Romanian CNP."""
    drawn[0] = rng.choice("12")
    born(1)(drawn, source, rng)
    drawn[7:9] = f"{rng.randint(1, 46):02d}"


def rodne_cislo(drawn: list[str], source: str, rng: Random) -> None:
    """Write the day of birth of a Czech or Slovak; women's months have 50 more."""
    born(0, 1954)(drawn, source, rng)
    drawn[2:4] = f"{int(''.join(drawn[2:4])) + rng.choice((0, 50)):02d}"


def isikukood(drawn: list[str], source: str, rng: Random) -> None:
    """Write the sex and day of birth of an Estonian or Lithuanian."""
    drawn[0] = rng.choice("34")
    born(1)(drawn, source, rng)


def curp(drawn: list[str], source: str, rng: Random) -> None:
    """Write the name's letters (no word), day of birth, sex and state of a Mexican CURP."""
    consonants = "BCDFGHJKLMNPQRSTVWXYZ"
    drawn[:4] = (rng.choice(letters) for letters in (consonants, "AEIOU", consonants, consonants))
    # A letter at the end says that somebody was born since 2000.
    born(4, *((2000, 2024) if source[16].isalpha() else (1940, 1999)))(drawn, source, rng)
    drawn[10:13] = rng.choice("HM") + rng.choice(STATES)
    drawn[13:16] = (rng.choice(consonants) for _ in range(3))


def cuit(drawn: list[str], source: str, rng: Random) -> None:
    """Write the kind of an Argentine CUIT: of a person or of a firm."""
    drawn[:2] = rng.choice(("20", "23", "24", "27") if source[0] == "2" else ("30", "33", "34"))


def itin(drawn: list[str], source: str, rng: Random) -> None:
    """Write the first digit and the group of a US ITIN."""
    drawn[0] = "9"
    drawn[3:5] = rng.choice([str(n) for n in range(70, 100) if n not in (89, 93)])


def isbn(drawn: list[str], source: str, rng: Random) -> None:
    """Write the other start, as "978-" is a run of four."""
    drawn[:3] = "978" if source.startswith("979") else "979"
