"""An identifier -> which checksum it keeps; and characters -> the same with that checksum right.

Each `fix_*` function changes only the check characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_VIN = re.compile(r"(?=.*[A-Z])[A-HJ-NPR-Z0-9]{17}")
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VIN_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "12345678123457923456789"), strict=True))


def fix_luhn(value: str) -> str:
    """Set the last digit of a card number or IMEI. SOURCE: ISO/IEC 7812-1, annex B."""
    total = 0
    for i, char in enumerate(reversed(value[:-1])):
        digit = int(char) * (2 if i % 2 == 0 else 1)
        total += digit - 9 if digit > 9 else digit
    return value[:-1] + str(-total % 10)


def fix_iban(value: str) -> str:
    """Set the two check digits of an IBAN. SOURCE: ISO 13616, ISO/IEC 7064 MOD 97-10."""
    moved = value[4:] + value[:2] + "00"
    number = int("".join(str(int(char, 36)) for char in moved))
    return f"{value[:2]}{98 - number % 97:02d}{value[4:]}"


def fix_nhs(value: str) -> str | None:
    """Set the last digit of a British NHS number, where there is one that fits (modulus 11)."""
    rest = -sum(int(char) * (10 - i) for i, char in enumerate(value[:9])) % 11
    return None if rest == 10 else value[:9] + str(rest)


def fix_vin(value: str) -> str:
    """Set the ninth character of a vehicle number. SOURCE: 49 CFR 565.15 (c)."""
    values = [int(c) if c.isdigit() else _VIN_VALUES[c] for c in value]
    rest = sum(v * w for v, w in zip(values, _VIN_WEIGHTS, strict=True)) % 11
    return value[:8] + ("X" if rest == 10 else str(rest)) + value[9:]


def find_fix(value: str) -> Callable[[str], str | None] | None:
    """Find the checksum that an identifier keeps.

    value (str): Letters and digits only, in ASCII, letters in capitals.
    RETURNS (Callable | None): The function that sets it; None if the value keeps none we know.
    """
    kinds: list[tuple[bool, Callable[[str], str | None]]] = [
        (value.isdigit() and 12 <= len(value) <= 19, fix_luhn),
        (bool(_IBAN.fullmatch(value)), fix_iban),
        (value.isdigit() and len(value) == 10, fix_nhs),
        (bool(_VIN.fullmatch(value)), fix_vin),
    ]
    return next((fix for fits, fix in kinds if fits and fix(value) == value), None)
