"""An identifier, number or address of a machine -> another of the same form, from random bytes."""

from __future__ import annotations

import ipaddress
import re
from random import Random

from ...identifiers.characters import bare, draw_char, plain_char, wide_char
from ...identifiers.drawing import draw_identifier
from ...identifiers.table import find_kinds

_MAC = re.compile(r"[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}")
_DOTTED_MAC = re.compile(r"[0-9A-Fa-f]{4}(?:\.[0-9A-Fa-f]{4}){2}")
_UUID = re.compile(r"(?:urn:uuid:)?(\{?)([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})(\}?)", re.I)
# A digest or token of both letters and digits.
_HEX = re.compile(r"(?=[0-9]*[a-fA-F])(?=[a-fA-F]*[0-9])(?:[0-9a-f]{16,}|[0-9A-F]{16,})")


def draw_like(text: str, rng: Random) -> str:
    """Draw an identifier of the same form: digits for digits, letters for letters, marks stay.

    A checksum that the source keeps, the result keeps as well (`identifiers.table`).

    text (str): An account number, card, password, ...
    rng (Random): Seeded by the caller.
    """
    if (machine := _machine(text, rng)) is not None:
        return machine
    if match := _UUID.fullmatch(text):
        return f"{match[1]}{_uuid(match[2], rng)}{match[3]}"
    value = bare(text)
    kinds = find_kinds(value)
    made = draw_identifier(value.upper(), kinds, rng)
    if made is None and _HEX.fullmatch(value):
        drawn = [_hex(value, rng) for _ in value]
    elif made is None:
        drawn = [draw_char(c, rng, first=i == 0) for i, c in enumerate(value)]
    else:
        drawn = [c.lower() if old.islower() else c for c, old in zip(made, value, strict=True)]
        if kinds[0].prefix:  # which would be four characters of the source with the mark after it
            return "".join(drawn)
    chars = iter(drawn)
    return "".join(in_script_of(c, next(chars)) if c.isalnum() else c for c in text)


def in_script_of(old: str, char: str) -> str:
    """Write a drawn digit or letter in the script or width of the old one."""
    if old.isdecimal() and char.isdecimal():
        return chr(ord(old) - int(old) + int(char))
    return wide_char(char) if plain_char(old) != old and not old.isdecimal() else char


def _uuid(text: str, rng: Random) -> str:
    """Draw another of the same version and variant, unless its variant is of no standard."""
    drawn = [char if char == "-" else _hex(text, rng) for char in text]
    drawn[14] = text[14]
    kinds = "89AB" if text.upper() == text else "89ab"
    drawn[19] = rng.choice(kinds) if text[19] in kinds else text[19]
    return "".join(drawn)


def _hex(like: str, rng: Random) -> str:
    """Draw a digit of base 16 in the case of a text."""
    return rng.choice("0123456789ABCDEF" if like.upper() == like else "0123456789abcdef")


def _machine(text: str, rng: Random) -> str | None:
    """Addresses of machines, from the ranges that are set aside for documents and tests."""
    dotted = _DOTTED_MAC.fullmatch(text)
    if match := dotted or _MAC.fullmatch(text):
        pairs = [0x02, *(rng.randrange(256) for _ in range(5))]  # 02: locally administered
        form = "{:02X}" if text.upper() == text else "{:02x}"
        written = [form.format(pair) for pair in pairs]
        if dotted:
            return ".".join(a + b for a, b in zip(written[::2], written[1::2], strict=True))
        return match[1].join(written)
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    if found.version == 4:
        start, bits = ("10.0.0.0", 24) if "98." in text else ("198.18.0.0", 17)
        return str(ipaddress.IPv4Address(start) + rng.randrange(1 << bits))
    start, bits = ("2001:db8::", 96) if text.lower().startswith("3fff") else ("3fff::", 108)
    return str(ipaddress.IPv6Address(start) + rng.randrange(1 << bits))
