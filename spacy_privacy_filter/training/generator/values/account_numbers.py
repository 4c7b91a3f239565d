"""Account numbers: a random generator -> numbers of many kinds whose check digits hold.

The formats are public standards; every number is drawn at random and belongs to nobody we know of.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Sequence
from functools import cache
from random import Random

from ..tables import lists_of, pairs_of, read_table
from .iban_checks import fix_account
from .national_numbers import NATIONAL_MAKERS, load_national_patterns
from .patterns import fill, spaced

NUMBERS = "words/numbers.json"
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
VIN_VALUES = dict(
    zip(
        "ABCDEFGHJKLMNPRSTUVWXYZ",
        (*range(1, 9), *range(1, 6), 7, 9, *range(2, 10)),
        strict=True,
    )
)
VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def luhn_digit(digits: str) -> str:
    """Compute the digit that makes a number pass the Luhn check (ISO/IEC 7812-1)."""
    total = 0
    for i, char in enumerate(reversed(digits)):
        doubled = int(char) * (2 if i % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


def mod97_digits(country: str, account: str) -> str:
    """Compute the two check digits of an IBAN (ISO 13616, ISO/IEC 7064 mod 97-10)."""
    as_number = "".join(str(int(char, 36)) for char in f"{account}{country}00")
    return f"{98 - int(as_number) % 97:02d}"


def weighted_sum(digits: str, weights: Sequence[int]) -> int:
    """Add up digits times weights; the shorter of the two decides how many."""
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def make_card(rng: Random) -> str:
    """Make a payment card number (Luhn), as printed: spaced, dashed or plain."""
    prefix, length = rng.choice(pairs_of(NUMBERS, "cards"))
    body = prefix + fill(rng, "#" * (length - 1 - len(prefix)))
    number = body + luhn_digit(body)
    groups = {16: (4, 4, 4, 4), 15: (4, 6, 5), 14: (4, 6, 4)}[length]
    return spaced(number, groups, rng.choice([" ", " ", "-", "", ""]))


def make_iban(rng: Random) -> str:
    """Make an IBAN (mod 97, and what its country checks), in groups of four or plain."""
    # country -> the account part of its IBAN; SOURCE: SWIFT IBAN registry, release 99
    patterns: dict[str, str] = read_table(NUMBERS)["ibans"]
    country = rng.choice(list(patterns))
    account = fix_account(country, fill(rng, patterns[country]))
    number = country + mod97_digits(country, account) + account
    return spaced(number, (4,) * 9, rng.choice([" ", "", ""]))


def make_routing(rng: Random) -> str:
    """Make a US bank routing number (ABA weights 3, 7, 1)."""
    body = f"{rng.randint(1, 12):02d}{fill(rng, '######')}"
    return body + str(-weighted_sum(body, (3, 7, 1, 3, 7, 1, 3, 7)) % 10)


def make_ssn(rng: Random) -> str:
    """Make a US social security number in a range that was issued."""
    area = rng.choice([n for n in range(1, 900) if n != 666])
    parts = f"{area:03d}", f"{rng.randint(1, 99):02d}", f"{rng.randint(1, 9999):04d}"
    return rng.choice(["-", "-", "-", " ", ""]).join(parts)


def make_vin(rng: Random) -> str:
    """Make a vehicle identification number (check digit at place 9, 49 CFR 565)."""
    alphabet = "".join(VIN_VALUES) + string.digits
    chars = [rng.choice(alphabet) for _ in range(17)]
    values = [VIN_VALUES.get(char, 0) if char.isalpha() else int(char) for char in chars]
    rest = sum(value * weight for value, weight in zip(values, VIN_WEIGHTS, strict=True)) % 11
    chars[8] = "X" if rest == 10 else str(rest)
    return "".join(chars)


def make_npi(rng: Random) -> str:
    """Make a US national provider identifier (Luhn over 80840 and the number)."""
    body = rng.choice("12") + fill(rng, "########")
    return body + luhn_digit("80840" + body)


def make_nhs(rng: Random) -> str:
    """Make an NHS number of England (mod 11)."""
    while True:
        body = fill(rng, "9########")
        check = -weighted_sum(body, range(10, 1, -1)) % 11
        if check < 10:
            return spaced(f"{body}{check}", (3, 3, 4), rng.choice([" ", " ", "-", ""]))


def make_cpf(rng: Random) -> str:
    """Make a Brazilian CPF (two mod-11 digits)."""
    body = fill(rng, "#########")
    for first in (10, 11):
        rest = weighted_sum(body, range(first, 1, -1)) * 10 % 11
        body += str(rest % 10)
    return rng.choice([body, f"{body[:3]}.{body[3:6]}.{body[6:9]}-{body[9:]}"])


def make_dni(rng: Random) -> str:
    """Make a Spanish DNI or NIE (letter by mod 23)."""
    letters = "TRWAGMYFPDXBNJZSQVHLCKE"
    kind = rng.choice(["", "", "X", "Y", "Z"])
    body = fill(rng, "#######" if kind else "########")
    letter = letters[int(f"{'XYZ'.find(kind) if kind else ''}{body}") % 23]
    return f"{kind}{body}{rng.choice(['', '-'])}{letter}"


def make_bsn(rng: Random) -> str:
    """Make a Dutch BSN (the eleven test)."""
    while True:
        body = fill(rng, "1#######")
        check = weighted_sum(body, range(9, 1, -1)) % 11
        if check < 10:
            return f"{body}{check}"


def make_nir(rng: Random) -> str:
    """Make a French social security number (key by mod 97)."""
    month, place = rng.randint(1, 12), rng.randint(1, 89)
    body = f"{rng.choice('12')}{fill(rng, '##')}{month:02d}{place:02d}{fill(rng, '######')}"
    key = f"{97 - int(body) % 97:02d}"
    return spaced(body + key, (1, 2, 2, 2, 3, 3, 2), rng.choice([" ", " ", ""]))


def make_pesel(rng: Random) -> str:
    """Make a Polish PESEL (weights 1, 3, 7, 9)."""
    body = f"{fill(rng, '##')}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}{fill(rng, '####')}"
    return body + str(-weighted_sum(body, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)) % 10)


def make_personnummer(rng: Random) -> str:
    """Make a Swedish personal number (Luhn over its ten digits)."""
    body = f"{fill(rng, '##')}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}{fill(rng, '###')}"
    century, dash = rng.choice(["", "19"]), rng.choice(["-", "-", ""])
    return f"{century}{body[:6]}{dash}{body[6:]}{luhn_digit(body)}"


def make_sin(rng: Random) -> str:
    """Make a Canadian social insurance number (Luhn)."""
    body = rng.choice("1234567") + fill(rng, "#######")
    return spaced(body + luhn_digit(body), (3, 3, 3), rng.choice([" ", "-", ""]))


def make_china_id(rng: Random) -> str:
    """Make a resident identity number of China (ISO 7064 mod 11-2)."""
    born = f"{rng.randint(1945, 2008)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
    place = rng.choice(["110101", "310104", "440305", "510107", "320102", "420106"])
    body = f"{place}{born}{fill(rng, '###')}"
    weights = [pow(2, 17 - i, 11) for i in range(17)]
    return body + "10X98765432"[weighted_sum(body, weights) % 11]


def make_aadhaar(rng: Random) -> str:
    """Make a number that looks like an Indian Aadhaar (its Verhoeff digit is left to chance)."""
    return spaced(
        f"{rng.randint(2, 9)}{fill(rng, '#' * 11)}", (4, 4, 4), rng.choice([" ", " ", ""])
    )


def make_crypto(rng: Random) -> str:
    """Make something that looks like a bitcoin or ethereum address."""
    if rng.random() < 0.4:
        return "0x" + "".join(rng.choice("0123456789abcdef") for _ in range(40))
    if rng.random() < 0.4:
        return "bc1q" + "".join(rng.choice("023456789acdefghjklmnpqrstuvwxyz") for _ in range(38))
    return rng.choice("13") + "".join(rng.choice(BASE58) for _ in range(rng.randint(32, 33)))


def make_imei(rng: Random) -> str:
    """Make the number of a phone (Luhn, 3GPP TS 23.003), plain or in groups."""
    body = rng.choice(["35", "35", "86", "01"]) + fill(rng, "############")
    groups, mark = rng.choice([((15,), ""), ((8, 6, 1), "-"), ((2, 6, 6, 1), "-")])
    return spaced(body + luhn_digit(body), groups, mark)


MAKERS: dict[str, Callable[[Random], str]] = {
    "card": make_card,
    "iban": make_iban,
    "routing": make_routing,
    "ssn": make_ssn,
    "vin": make_vin,
    "npi": make_npi,
    "nhs": make_nhs,
    "cpf": make_cpf,
    "dni": make_dni,
    "bsn": make_bsn,
    "nir": make_nir,
    "pesel": make_pesel,
    "personnummer": make_personnummer,
    "sin": make_sin,
    "china_id": make_china_id,
    "aadhaar": make_aadhaar,
    "crypto": make_crypto,
    "imei": make_imei,
    "device": make_imei,
    **NATIONAL_MAKERS,
}
NATIONAL_ID = ("nhs", "cpf", "dni", "bsn", "nir", "pesel", "personnummer", "sin", "aadhaar", "ssn")


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
