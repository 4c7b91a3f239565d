"""International bank account numbers: the form of each country, the check, and new ones."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from .accounts import fix_account, is_account
from .characters import fill
from .checks import fix_iban

_DATA: Final = Path(__file__).parent / "data" / "ibans.json"
_CLASSES: Final = {"#": "[0-9]", "A": "[A-Z]", "*": "[A-Z0-9]"}
# Those that are drawn.
COUNTRIES: Final = (
    *("DE", "GB", "FR", "ES", "IT", "NL", "BE", "AT", "CH", "PT", "IE", "SE", "DK", "NO", "FI"),
    *("PL", "CZ", "RO", "GR", "TR", "IL", "AE", "SA", "UA", "BR", "HU"),
)
# Belgian banks have every code that starts with 0, 3 or 4, and a part of the others.
_BELGIAN: Final = str.maketrans("1256789", "0340340")


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(_DATA.read_text(encoding="utf-8"))
    return data


def _runs(country: str) -> list[tuple[str, int]]:
    """Give what the account part is made of: a class of characters, and how many of it."""
    runs: str = _data()["accounts"].get(country, "")
    return [(run[0], int(run[1:])) for run in runs.split()]


@cache
def _form_of(country: str) -> re.Pattern[str]:
    return re.compile("".join(f"{_CLASSES[char]}{{{n}}}" for char, n in _runs(country)))


@cache
def _belgian_banks() -> frozenset[int]:
    ranges = [banks.split("-") for banks in _data()["belgian_banks"]]
    return frozenset(n for ends in ranges for n in range(int(ends[0]), int(ends[-1]) + 1))


@cache
def length_of(country: str) -> int:
    """How many characters the IBANs of a country have; 0 for a country without any.

    country (str): ISO 3166, in capitals.
    """
    runs = _runs(country)
    return 4 + sum(n for _, n in runs) if runs else 0


def is_iban(value: str) -> bool:
    """Say whether a value is an IBAN: its country, form, checksum, and what its country checks.

    value (str): Capitals and digits, without marks.
    SOURCE: ISO 13616, ISO/IEC 7064 MOD 97-10.
    """
    country, account = value[:2], value[4:]
    known = country in _data()["accounts"] and re.fullmatch("[0-9]{2}", value[2:4])
    if not known or not _form_of(country).fullmatch(account):
        return False
    if int("".join(str(int(char, 36)) for char in account + value[:4])) % 97 != 1:
        return False
    if country == "BE" and int(account[:3]) not in _belgian_banks():
        return False
    return is_account(country, account)


def make_iban(rng: Random) -> str:
    """Make an IBAN of one of `COUNTRIES` (mod 97, and what its country checks)."""
    country = rng.choice(COUNTRIES)
    account = fill(rng, "".join(char * n for char, n in _runs(country)))
    if country == "BE":
        account = account[0].translate(_BELGIAN) + account[1:]
    return fix_iban(f"{country}00{fix_account(country, account)}")
