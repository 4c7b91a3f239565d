"""A random generator -> texts of drawn characters."""

from __future__ import annotations

from random import Random

HEX = "0123456789abcdef"


def random_text(rng: Random, alphabet: str, length: int) -> str:
    """Draw characters of an alphabet."""
    return "".join(rng.choice(alphabet) for _ in range(length))


def make_uuid(rng: Random) -> str:
    """Draw an id in the form of a UUID."""
    return "-".join(random_text(rng, HEX, n) for n in (8, 4, 4, 4, 12))
