"""An identifier with a checksum -> another of the same form that keeps it."""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from . import checks as sums
from . import dates_inside as fills
from .dates_inside import Fill, born

N_TRIES = 4000
Fix = Callable[[str], str | None]
# Where the US revenue service gives out numbers of firms.
_EIN = "0[1-6]|1[0-6]|2[0-7]|3[0-9]|4[0-8]|5[0-9]|6[0-8]|7[1-7]|8[0-8]|9[0-58-9]"
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


def _fix_idnr(value: str) -> str | None:
    """Of the first ten digits, one is there two or three times, and the others once."""
    counts = sorted(value[:10].count(digit) for digit in set(value[:10]))
    return sums.fix_idnr(value) if counts[-2:] in ([1, 2], [1, 3]) else None


# The most particular come first: the first decides how a number is drawn.
KINDS = (
    Kind("IBAN", r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", sums.fix_iban, fills.country),
    Kind("VIN", r"(?=.*[A-Z])[A-HJ-NPR-Z0-9]{17}", sums.fix_vin, fills.vin),
    Kind(
        "Italian codice fiscale",
        r"[A-Z]{6}\d\d[ABCDEHLMPRST](?:0[1-9]|4[1-9]|[1256]\d|[37][01])[A-Z]\d{3}[A-Z]",
        sums.fix_codice_fiscale,
        fills.codice_fiscale,
    ),
    Kind(
        "Mexican CURP",
        rf"[A-Z]{{4}}\d\d{_MONTH}{_DAY}[HM](?:{'|'.join(fills.STATES)})[A-Z]{{3}}[A-Z\d]\d",
        sums.fix_curp,
        fills.curp,
    ),
    Kind(
        "Chinese resident's number",
        rf"[1-8]\d{{5}}(?:19|20)\d\d{_MONTH}{_DAY}\d{{3}}[\dX]",
        sums.fix_ric,
        fills.ric,
    ),
    Kind(
        "Finnish identity code",
        rf"{_DAY}{_MONTH}\d\d[A-FU-Y]?(?!00[01])[0-8]\d\d[A-FHJ-NPR-Y]",
        sums.fix_hetu,
        fills.hetu,
    ),
    Kind("Spanish DNI or NIE", r"[\dXYZ]\d{7}[A-Z]", sums.fix_dni, fills.nie),
    Kind("Swiss AHV number", r"756\d{10}", sums.fix_ean, fills.start("756"), prefix=3),
    Kind(
        "French NIR",
        rf"[12]\d\d{_MONTH}(?:\d\d|2[AB])\d{{8}}",
        sums.fix_nir,
        fills.nir,
    ),
    Kind(
        "Swedish personnummer",
        rf"(?:19|20)\d\d{_MONTH}{_DAY}\d{{4}}",
        sums.fix_personnummer,
        born(0, century=True),
    ),
    Kind("Brazilian CNPJ", r"(?!0{12})\d{14}", sums.fix_cnpj),
    Kind(
        "Belgian national number",
        rf"\d\d{_MONTH}{_DAY}\d{{5}}",
        sums.fix_belgian,
        born(0),
    ),
    Kind(
        "Belgian national number, since 2000",
        rf"[012]\d{_MONTH}{_DAY}\d{{5}}",
        sums.fix_belgian_2000,
        born(0, 2000, 2020),
    ),
    Kind(
        "Norwegian fødselsnummer",
        rf"(?:{_DAY}|[4-7]\d){_MONTH}\d{{7}}",
        sums.fix_fodselsnummer,
        fills.nordic,
    ),
    Kind(
        "Estonian or Lithuanian code",
        rf"[1-6]\d\d{_MONTH}{_DAY}\d{{4}}",
        sums.fix_isikukood,
        fills.isikukood,
    ),
    Kind("Turkish identity number", r"[1-9]\d{10}", sums.fix_kimlik),
    Kind(
        "Argentine CUIT",
        r"(?:2[0347]|3[034]|5[015])\d{9}",
        sums.fix_cuit,
        fills.cuit,
    ),
    Kind("German IdNr", r"[1-9]\d{10}", _fix_idnr, fills.idnr),
    Kind("Brazilian CPF", r"(?!(\d)\1{10})\d{11}", sums.fix_cpf),
    Kind("Australian ABN", r"\d{11}", sums.fix_abn),
    Kind(
        "Polish PESEL",
        rf"\d\d(?:[02468][1-9]|[13579][0-2]){_DAY}\d{{5}}",
        sums.fix_pesel,
        born(0),
    ),
    Kind(
        "Swedish personnummer",
        rf"\d\d{_MONTH}{_DAY}\d{{4}}",
        sums.fix_personnummer,
        born(0),
    ),
    Kind(
        "Bulgarian EGN",
        rf"\d\d(?:[024][1-9]|[135][0-2]){_DAY}\d{{4}}",
        sums.fix_egn,
        born(0),
    ),
    Kind(
        "Czech or Slovak birth number",
        rf"\d\d(?:[0257][1-9]|[1368][0-2]){_DAY}\d{{4}}",
        sums.fix_rodne_cislo,
        fills.rodne_cislo,
    ),
    Kind("Danish CPR", rf"{_DAY}{_MONTH}\d{{6}}", sums.fix_cpr, fills.nordic),
    Kind(
        "South African ID",
        rf"\d\d{_MONTH}{_DAY}\d{{4}}[01]\d\d",
        sums.fix_luhn,
        fills.id_of_south_africa,
    ),
    Kind(
        "Romanian CNP",
        rf"[1-9]\d\d{_MONTH}{_DAY}(?:0[1-9]|[1-3]\d|4[0-8]|5[12]|70|8[0-3])\d{{4}}",
        sums.fix_cnp,
        fills.cnp,
    ),
    Kind("ISBN", r"97[89]\d{10}", sums.fix_ean, fills.isbn),
    Kind("Indian Aadhaar", r"[2-9]\d{11}", sums.fix_aadhaar),
    # No card network issues numbers with a 9, so it is nobody's.
    Kind("card or IMEI", r"\d{12,19}", sums.fix_luhn, fills.start("9")),
    Kind("ISBN of ten", r"\d{9}X", sums.fix_isbn_10),
    Kind("British NHS number", r"\d{10}", sums.fix_nhs),
    Kind("Dutch BSN", r"(?!0{9})\d{9}", sums.fix_bsn),
    Kind("Portuguese NIF", r"[1-9]\d{8}", sums.fix_nif),
    Kind("Australian TFN", r"\d{9}", sums.fix_tfn),
    Kind("Chilean RUT", r"\d{7,8}[\dK]", sums.fix_rut),
    Kind("Canadian SIN", r"[1-79]\d{8}", sums.fix_luhn),
    Kind(
        "Finnish identity code",
        rf"{_DAY}{_MONTH}\d\d(?!00[01])[0-8]\d{{3}}",
        sums.fix_hetu,
        fills.hetu,
    ),
    # They have no checksum, but numbers that nobody is given.
    Kind("Danish CPR, since 2007", rf"{_DAY}{_MONTH}\d{{6}}", str, fills.nordic),
    Kind("US ITIN", r"9\d\d(?:7\d|8[0-8]|9[0-24-9])\d{4}", str, fills.itin),
    Kind("US SSN", r"(?!000|666|9)\d{3}(?!00)\d\d(?!0000)\d{4}", str),
    Kind("US EIN", rf"(?:{_EIN})\d{{7}}", str),
)


def find_kinds(value: str) -> list[Kind]:
    """Find the kinds of identifier that a value may be, the most particular first.

    value (str): ASCII letters and digits only, letters in capitals.
    """
    return [kind for kind in KINDS if kind.fits(value)]


def draw_identifier(value: str, kinds: list[Kind], rng: Random) -> str | None:
    """Draw an identifier that keeps every checksum which the source keeps, some by chance.

    If that takes too long, those of the least particular kinds are given up.

    value (str): As for `find_kinds`, which gave the kinds.
    RETURNS (str | None): None if the source keeps no checksum that we know.
    """
    for n_kept in range(len(kinds), 0, -1):
        for _ in range(N_TRIES):
            if (made := _draw(value, kinds[:n_kept], rng)) is not None:
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
