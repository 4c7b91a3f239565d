"""An identifier, number or address of a machine -> another of the same form, from random bytes."""

from __future__ import annotations

import ipaddress
import re
import string
from random import Random

from .checksums import find_fix

_ONE_DIGIT = ("1", "7")
_TWO_DIGITS = tuple(
    "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 "
    "65 66 81 82 84 86 90 91 92 93 94 95 98".split()
)
_MAC = re.compile(r"[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}")


def draw_like(text: str, rng: Random) -> str:
    """Draw an identifier of the same form: digits for digits, letters for letters, marks stay.

    A checksum that the source keeps, the result keeps as well.

    text (str): An account number, card, password, ...
    rng (Random): Seeded by the caller.
    """
    if (machine := _machine(text, rng)) is not None:
        return machine
    bare = "".join(c for c in text if c.isalnum())
    fix = find_fix(bare.upper()) if bare.isascii() else None
    drawn = [_char(c, rng, first=i == 0) for i, c in enumerate(bare)]
    if fix is not None:
        drawn = _checked(bare, fix, rng)
    chars = iter(drawn)
    return "".join(next(chars) if c.isalnum() else c for c in text)


def _char(char: str, rng: Random, first: bool) -> str:
    if char.isdigit():
        return rng.choice("123456789" if first and char != "0" else "0123456789")
    return rng.choice(string.ascii_uppercase if char.isupper() else string.ascii_lowercase)


def _checked(bare: str, fix: object, rng: Random) -> list[str]:
    """Draw until the checksum can be set; ten in eleven can."""
    for _ in range(50):
        drawn = [_char(c, rng, first=i == 0) for i, c in enumerate(bare.upper())]
        name = getattr(fix, "__name__", "")
        if name == "fix_iban":
            drawn[:2] = bare[:2].upper()
        elif name == "fix_luhn":
            drawn[0] = "9"  # no card network issues these, so it is nobody's
        elif name == "fix_vin":
            drawn = [rng.choice("ABCDEFGHJKLMNPRSTUVWXYZ") if c in "IOQ" else c for c in drawn]
        value = fix("".join(drawn)) if callable(fix) else None
        if value is not None:
            return [c.lower() if old.islower() else c for c, old in zip(value, bare, strict=True)]
    return [_char(c, rng, first=False) for c in bare]


def _machine(text: str, rng: Random) -> str | None:
    """Addresses of machines, from the ranges that are set aside for documents and tests."""
    if match := _MAC.fullmatch(text):
        pairs = [0x02, *(rng.randrange(256) for _ in range(5))]  # 02: locally administered
        form = "{:02X}" if text.upper() == text else "{:02x}"
        return match[1].join(form.format(pair) for pair in pairs)
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    if found.version == 4:
        return str(ipaddress.IPv4Address("198.18.0.0") + rng.randrange(1 << 17))
    return str(ipaddress.IPv6Address("3fff::") + rng.randrange(1 << 108))


def draw_phone(text: str, rng: Random, own_country: bool) -> str:
    """Draw a phone number of the same form.

    text (str): A phone number, with any separators.
    rng (Random): Seeded by the caller.
    own_country (bool): Whether a code such as +44 stays; else another of the same length comes.
    """
    digits = [c for c in text if c.isdigit()]
    drawn: list[str] = []
    if text.lstrip("( ").startswith("+") and digits:
        code = _country("".join(digits))
        pool = [c for c in (_ONE_DIGIT if len(code) == 1 else _TWO_DIGITS) if c != code]
        drawn = list(code if own_country or len(code) > 2 else rng.choice(pool))
    for i, digit in enumerate(digits[len(drawn) :]):
        zero = digit == "0" and i == 0
        drawn.append("0" if zero else rng.choice("23456789" if i == 0 else "0123456789"))
    chars = iter(drawn)
    return "".join(next(chars) if c.isdigit() else "x" if c.isalpha() else c for c in text)


def _country(digits: str) -> str:
    if digits[0] in _ONE_DIGIT:
        return digits[0]
    return digits[:2] if digits[:2] in _TWO_DIGITS else digits[:3]
