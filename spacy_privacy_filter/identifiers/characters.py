"""Characters of an identifier: those of a printed one in ASCII, and drawn ones by a pattern."""

from __future__ import annotations

import string
from random import Random
from typing import Final

# What stands in a pattern for a drawn character.
CLASSES: Final = {
    "#": string.digits,
    "A": string.ascii_uppercase,
    "*": string.ascii_uppercase + string.digits,
}
_WIDE: Final = 0xFEE0  # from a character to that of full width
_NO_MARKS: Final = {code: None for code in range(128) if not chr(code).isalnum()}


def plain_char(char: str) -> str:
    """Write a digit of any script, or a letter of full width, in ASCII; any other stays."""
    if char.isdecimal():
        return str(int(char))
    code = ord(char) - _WIDE
    return chr(code) if 0x21 <= code < 0x7F else char


def wide_char(char: str) -> str:
    """Write a character of ASCII in full width."""
    return chr(ord(char) + _WIDE)


def bare(text: str) -> str:
    """Leave out the marks of a printed identifier: "943 476-5919" gives "9434765919"."""
    if text.isascii():
        return text if text.isalnum() else text.translate(_NO_MARKS)
    return "".join(plain_char(char) for char in text if char.isalnum())


def fill(rng: Random, pattern: str) -> str:
    """Replace # by a digit, A by a capital letter and * by either; the rest stays."""
    return "".join(rng.choice(CLASSES[char]) if char in CLASSES else char for char in pattern)


def draw_char(char: str, rng: Random, first: bool) -> str:
    """Draw a digit for a digit, a letter for a letter; no 0 at the start unless one was there."""
    if char.isdigit():
        return rng.choice("123456789" if first and char != "0" else "0123456789")
    return rng.choice(string.ascii_uppercase if char.isupper() else string.ascii_lowercase)
