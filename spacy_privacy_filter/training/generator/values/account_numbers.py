"""Account numbers: a random generator -> numbers of many kinds, as they are printed.

What has a check digit comes from `identifiers`, the rest from the patterns of words/numbers.json.
Every number is drawn at random and belongs to nobody we know of.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from random import Random
from typing import Final

from ....identifiers.characters import fill
from ....identifiers.kind import write_in
from ....identifiers.table import get_kind, make
from ..tables import lists_of
from .national_numbers import NATIONAL_MAKERS, load_national_patterns

NUMBERS: Final = "words/numbers.json"
BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
IMEI_LAYOUTS: Final = ("###############", "########-######-#", "##-######-######-#")


def printed(key: str, *marks: str | None) -> Callable[[Random], str]:
    """Make a function that makes a number of a kind of `identifiers`, and prints it.

    key (str): A key of `identifiers.table.KINDS`.
    *marks (str | None): One is drawn to stand between the groups, so what is here twice is
        twice as likely; None for the usual ones. Without any, the number is printed plain.
    """

    def make_printed(rng: Random) -> str:
        number = make(key, rng)
        return get_kind(key).write(number, rng.choice(marks)) if marks else number

    return make_printed


def make_personnummer(rng: Random) -> str:
    """Make a Swedish personal number, with the century or without."""
    number = make("se_personnummer", rng)
    century, dash = rng.choice(["", "19"]), rng.choice(["-", "-", ""])
    return century + get_kind("se_personnummer").write(number, dash)


def make_aadhaar(rng: Random) -> str:
    """Make a number that looks like an Indian Aadhaar (its Verhoeff digit is left to chance)."""
    number = f"{rng.randint(2, 9)}{fill(rng, '#' * 11)}"
    return get_kind("in_aadhaar").write(number, rng.choice([" ", " ", ""]))


def make_crypto(rng: Random) -> str:
    """Make something that looks like a bitcoin or ethereum address."""
    if rng.random() < 0.4:
        return "0x" + "".join(rng.choice("0123456789abcdef") for _ in range(40))
    if rng.random() < 0.4:
        return "bc1q" + "".join(rng.choice("023456789acdefghjklmnpqrstuvwxyz") for _ in range(38))
    return rng.choice("13") + "".join(rng.choice(BASE58) for _ in range(rng.randint(32, 33)))


def make_imei(rng: Random) -> str:
    """Make the number of a phone, plain or in groups."""
    number = make("imei", rng)
    return write_in(rng.choice(IMEI_LAYOUTS), number)


# In this order "any" chooses among them.
MAKERS: Final[dict[str, Callable[[Random], str]]] = {
    "card": printed("card", " ", " ", "-", "", ""),
    "iban": printed("iban", " ", "", ""),
    "routing": printed("us_routing"),
    "ssn": printed("us_ssn", "-", "-", "-", " ", ""),
    "vin": printed("vin"),
    "npi": printed("us_npi"),
    "nhs": printed("gb_nhs", " ", " ", "-", ""),
    "cpf": printed("br_cpf", "", None),
    "dni": printed("es_dni", "", "-"),
    "bsn": printed("nl_bsn"),
    "nir": printed("fr_nir", " ", " ", ""),
    "pesel": printed("pl_pesel"),
    "personnummer": make_personnummer,
    "sin": printed("ca_sin", " ", "-", ""),
    "china_id": printed("cn_ric"),
    "aadhaar": make_aadhaar,
    "crypto": make_crypto,
    "imei": make_imei,
    "device": make_imei,
    **NATIONAL_MAKERS,
}
NATIONAL_ID: Final = (
    "nhs", "cpf", "dni", "bsn", "nir", "pesel", "personnummer", "sin", "aadhaar", "ssn",
)  # fmt: skip


@cache
def load_patterns() -> dict[str, tuple[str, ...]]:
    """Read the patterns of kinds without a check digit that we know of."""
    return {**lists_of(NUMBERS, "patterns"), **load_national_patterns()}


@cache
def load_kinds() -> tuple[str, ...]:
    """List all kinds of numbers."""
    return (*MAKERS, *load_patterns())


def make_number(rng: Random, kind: str) -> str:
    """Make an account number.

    kind (str): One of `load_kinds`, "national" for any national id, or "any".
    """
    if kind == "any":
        kind = rng.choice(load_kinds())
    if kind == "national":
        kind = rng.choice(NATIONAL_ID)
    return MAKERS[kind](rng) if kind in MAKERS else fill(rng, rng.choice(load_patterns()[kind]))
