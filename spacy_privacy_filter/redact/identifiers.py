"""An identifier with a checksum -> another of the same form that keeps it."""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from . import checksums as sums

N_TRIES = 4000
Fix = Callable[[str], str | None]
# Writes what cannot be any character, such as a day of birth, into one that was drawn.
Fill = Callable[[list[str], str, Random], None]
_MONTH, _DAY = "(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12]\d|3[01])"


@dataclass(frozen=True)
class Kind:
    """A kind of identifier.

    name (str): For people.
    form (str): A pattern of the whole, digits and capitals without marks.
    fix (Callable): Sets the check characters.
    fill (Callable | None): Writes a date or prefix into what was drawn.
    prefix (int): How many characters at the start are always the same.
    """

    name: str
    form: str
    fix: Fix
    fill: Fill | None = None
    prefix: int = 0

    def fits(self, value: str) -> bool:
        """Whether it has the form and keeps the checksum."""
        return bool(re.fullmatch(self.form, value, re.ASCII)) and self.fix(value) == value


def _born(at: int, first: int = 1940, last: int = 1999, century: bool = False) -> Fill:
    """Write a day of birth: YYMMDD, or YYYYMMDD."""

    def fill(drawn: list[str], source: str, rng: Random) -> None:
        year = str(rng.randint(first, last))[0 if century else 2 :]
        written = f"{year}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
        drawn[at : at + len(written)] = written

    return fill


def _start(text: str) -> Fill:
    def fill(drawn: list[str], source: str, rng: Random) -> None:
        drawn[: len(text)] = text

    return fill


def _country(drawn: list[str], source: str, rng: Random) -> None:
    drawn[:2] = source[:2]


def _vin(drawn: list[str], source: str, rng: Random) -> None:
    drawn[:] = [rng.choice("ABCDEFGHJKLMNPRSTUVWXYZ") if c in "IOQ" else c for c in drawn]


def _nie(drawn: list[str], source: str, rng: Random) -> None:
    if source[0].isalpha():
        drawn[0] = rng.choice("XYZ")


def _codice_fiscale(drawn: list[str], source: str, rng: Random) -> None:
    day = rng.randint(1, 28) + rng.choice((0, 40))  # women's have 40 more
    born = f"{rng.randint(40, 99)}{rng.choice('ABCDEHLMPRST')}{day:02d}"
    drawn[6:11] = born


def _nir(drawn: list[str], source: str, rng: Random) -> None:
    area = f"{rng.randint(1, 95):02d}" if source[6].isdigit() else rng.choice(("2A", "2B"))
    born = f"{rng.choice('12')}{rng.randint(40, 99)}{rng.randint(1, 12):02d}"
    drawn[:7] = born + area


def _idnr(drawn: list[str], source: str, rng: Random) -> None:
    digits = rng.sample(string.digits, 9)
    digits.append(rng.choice(digits))
    rng.shuffle(digits)
    if digits[0] == "0":  # none begins with it, and it is there twice at most
        place = next(i for i, digit in enumerate(digits) if digit != "0")
        digits[0], digits[place] = digits[place], "0"
    drawn[:10] = digits


def _fix_idnr(value: str) -> str | None:
    """Of the first ten digits, one is there two or three times, and the others once."""
    counts = sorted(value[:10].count(digit) for digit in set(value[:10]))
    return sums.fix_idnr(value) if counts[-2:] in ([1, 2], [1, 3]) else None


# The most particular come first: the first decides how a number is drawn.
KINDS = (
    Kind("IBAN", r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", sums.fix_iban, _country),
    Kind("VIN", r"(?=.*[A-Z])[A-HJ-NPR-Z0-9]{17}", sums.fix_vin, _vin),
    Kind(
        "Italian codice fiscale",
        r"[A-Z]{6}\d\d[ABCDEHLMPRST](?:0[1-9]|4[1-9]|[1256]\d|[37][01])[A-Z]\d{3}[A-Z]",
        sums.fix_codice_fiscale,
        _codice_fiscale,
    ),
    Kind("Spanish DNI or NIE", r"[\dXYZ]\d{7}[A-Z]", sums.fix_dni, _nie),
    Kind("Swiss AHV number", r"756\d{10}", sums.fix_ean, _start("756"), prefix=3),
    Kind(
        "French NIR",
        rf"[12]\d\d{_MONTH}(?:\d\d|2[AB])\d{{8}}",
        sums.fix_nir,
        _nir,
    ),
    Kind(
        "Swedish personnummer",
        rf"(?:19|20)\d\d{_MONTH}{_DAY}\d{{4}}",
        sums.fix_personnummer,
        _born(0, century=True),
    ),
    Kind("Brazilian CNPJ", r"(?!0{12})\d{14}", sums.fix_cnpj),
    Kind(
        "Belgian national number",
        rf"\d\d{_MONTH}{_DAY}\d{{5}}",
        sums.fix_belgian,
        _born(0),
    ),
    Kind(
        "Belgian national number, since 2000",
        rf"[012]\d{_MONTH}{_DAY}\d{{5}}",
        sums.fix_belgian_2000,
        _born(0, 2000, 2020),
    ),
    Kind("German IdNr", r"[1-9]\d{10}", _fix_idnr, _idnr),
    Kind("Brazilian CPF", r"(?!(\d)\1{10})\d{11}", sums.fix_cpf),
    Kind("Australian ABN", r"\d{11}", sums.fix_abn),
    Kind(
        "Polish PESEL",
        rf"\d\d(?:[02468][1-9]|[13579][0-2]){_DAY}\d{{5}}",
        sums.fix_pesel,
        _born(0),
    ),
    Kind(
        "Swedish personnummer",
        rf"\d\d{_MONTH}{_DAY}\d{{4}}",
        sums.fix_personnummer,
        _born(0),
    ),
    Kind("Indian Aadhaar", r"[2-9]\d{11}", sums.fix_aadhaar),
    # No card network issues numbers with a 9, so it is nobody's.
    Kind("card or IMEI", r"\d{12,19}", sums.fix_luhn, _start("9")),
    Kind("British NHS number", r"\d{10}", sums.fix_nhs),
    Kind("Dutch BSN", r"(?!0{9})\d{9}", sums.fix_bsn),
    Kind("Portuguese NIF", r"[1-9]\d{8}", sums.fix_nif),
    Kind("Australian TFN", r"\d{9}", sums.fix_tfn),
    Kind("Chilean RUT", r"\d{7,8}[\dK]", sums.fix_rut),
    Kind("Canadian SIN", r"[1-79]\d{8}", sums.fix_luhn),
    # It has no checksum, but numbers that nobody is given.
    Kind("US SSN", r"(?!000|666|9)\d{3}(?!00)\d\d(?!0000)\d{4}", str),
)


def find_kinds(value: str) -> list[Kind]:
    """Find the kinds of identifier that a value may be, the most particular first.

    value (str): ASCII letters and digits only, letters in capitals.
    """
    return [kind for kind in KINDS if kind.fits(value)]


def draw_identifier(value: str, kinds: list[Kind], rng: Random) -> str | None:
    """Draw an identifier that keeps every checksum which the source keeps, some by chance.

    If that takes too long, only the checksum of the most particular kind is kept.

    value (str): As for `find_kinds`, which gave the kinds.
    RETURNS (str | None): None if the source keeps no checksum that we know.
    """
    for wanted in (kinds, kinds[:1]):
        for _ in range(N_TRIES if wanted else 0):
            if (made := _draw(value, wanted, rng)) is not None:
                return made
    return None


def _draw(value: str, kinds: list[Kind], rng: Random) -> str | None:
    drawn = [draw_char(char, rng, first=i == 0) for i, char in enumerate(value)]
    for kind in reversed(kinds):
        if kind.fill is not None:
            kind.fill(drawn, value, rng)
    made = kinds[0].fix("".join(drawn))
    if made is None or not all(kind.fits(made) for kind in kinds):
        return None
    same = all(a.isdigit() == b.isdigit() for a, b in zip(made, value, strict=True))
    return made if same else None


def draw_char(char: str, rng: Random, first: bool) -> str:
    """Draw a digit for a digit, a letter for a letter; no 0 at the start unless one was there."""
    if char.isdigit():
        return rng.choice("123456789" if first and char != "0" else "0123456789")
    return rng.choice(string.ascii_uppercase if char.isupper() else string.ascii_lowercase)
