"""An identifier, number or address of a machine -> another of the same form, from random bytes."""

from __future__ import annotations

import ipaddress
import re
import string
from random import Random

from .checksums import find_fix

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
        start, bits = ("10.0.0.0", 24) if "98." in text else ("198.18.0.0", 17)
        return str(ipaddress.IPv4Address(start) + rng.randrange(1 << bits))
    start, bits = ("2001:db8::", 96) if text.lower().startswith("3fff") else ("3fff::", 108)
    return str(ipaddress.IPv6Address(start) + rng.randrange(1 << bits))
