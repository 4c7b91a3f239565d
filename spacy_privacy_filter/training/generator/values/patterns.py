"""Patterns such as "AA-###": a random generator -> a string; and digits grouped for print."""

from __future__ import annotations

import string
from collections.abc import Sequence
from random import Random

HEX = "0123456789abcdef"
CLASSES = {
    "#": string.digits,
    "A": string.ascii_uppercase,
    "*": string.ascii_uppercase + string.digits,
}


def fill(rng: Random, pattern: str) -> str:
    """Replace # by a digit, A by a capital letter and * by either; the rest stays."""
    return "".join(rng.choice(CLASSES[char]) if char in CLASSES else char for char in pattern)


def spaced(text: str, groups: Sequence[int], separator: str) -> str:
    """Cut a text into groups of given lengths; what is left over joins the last group that fits."""
    parts, start = [], 0
    for length in groups:
        if start >= len(text):
            break
        parts.append(text[start : start + length])
        start += length
    if start < len(text):
        parts.append(text[start:])
    return separator.join(parts)


def random_text(rng: Random, alphabet: str, length: int) -> str:
    """Draw characters of an alphabet."""
    return "".join(rng.choice(alphabet) for _ in range(length))


def make_uuid(rng: Random) -> str:
    """Draw an id in the form of a UUID."""
    return "-".join(random_text(rng, HEX, n) for n in (8, 4, 4, 4, 12))
