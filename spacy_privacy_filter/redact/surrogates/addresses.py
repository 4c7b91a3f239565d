"""An address -> another one with the same parts, in the way of its country."""

from __future__ import annotations

import re
from random import Random
from typing import Any

from ...language.locales import DEFAULT
from .names import get_faker

_POSTCODE = r"\d{2}-\d{3}|\d{4} [A-Z]{2}\b|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\d{4,}(?:-\d{3,4})?"
_STATE = re.compile(rf"[A-Z]{{2}} (?:{_POSTCODE})")
_FIRST = re.compile(rf"(?:[A-Z]-)?(?:{_POSTCODE}) \D+")
_LAST = re.compile(rf"\D+ (?:{_POSTCODE})")
_ALONE = re.compile(rf"(?:{_POSTCODE})")
_PARTS = re.compile(r"(\s*[,\n]\s*)")
_NUMBER = re.compile(r"\d{1,3}\w?")
_ROOMS = ("Apt.", "Unit", "Suite", "Room")


def draw_address(text: str, rng: Random, locale: str) -> str:
    """Draw an address: a street where one is, a town, a postcode on its side of it.

    text (str): An address, or a part of one.
    rng (Random): Seeded by the caller.
    locale (str): One of Faker's.
    """
    fake = _get_faker(locale)
    fake.seed_instance(rng.getrandbits(64))
    pieces = _PARTS.split(text.strip(",\n "))
    parts, joints = pieces[::2], pieces[1::2]
    drawn = [_draw_part(part, i, fake, rng) for i, part in enumerate(parts)]
    if len(parts) > 1 and _NUMBER.fullmatch(parts[1]) and not re.search(r"\d", parts[0]):
        drawn[:2] = [str(fake.street_name()), str(rng.randrange(1, 200))]  # "Via Roma, 12"
    # A source's ", " stays; another white space might be what a run is made of.
    ends = ["\n" if "\n" in joint else ", " for joint in joints]
    return "".join(part + end for part, end in zip(drawn, [*ends, ""], strict=True))


def _get_faker(locale: str) -> Any:
    """One with addresses of the locale: of some, Faker has names alone, and mixes them."""
    fake = get_faker(locale)
    homes = (type(provider).__module__ for provider in fake.get_providers())
    return fake if f"faker.providers.address.{locale}" in homes else get_faker(DEFAULT)


def _draw_street(fake: Any, rng: Random) -> str:
    """A street and a number; in China and Japan what it is part of comes first."""
    n = rng.randrange(1, 400)
    if hasattr(fake, "chome"):
        return f"{fake.prefecture()}{fake.city()}{fake.town()}{n % 9 + 1}-{n % 20 + 1}-{n % 15 + 1}"
    if hasattr(fake, "province") and not fake.city().isascii():
        return f"{fake.province()}{fake.city()}{fake.street_name()}{n}号"
    return re.sub(r"\s*[\n,]\s*", ", ", str(fake.street_address())).strip(" ,")


def _draw_part(part: str, i: int, fake: Any, rng: Random) -> str:
    """Invent one part between commas or lines."""
    if _ALONE.fullmatch(part):
        return str(fake.postcode())
    if _STATE.fullmatch(part) and hasattr(fake, "state_abbr"):
        return f"{fake.state_abbr()} {fake.postcode()}"
    if _FIRST.fullmatch(part):
        return f"{fake.postcode()} {fake.city()}"
    if _LAST.fullmatch(part):
        return f"{fake.city()} {fake.postcode()}"
    if not any(c.isdigit() for c in part):
        return str(fake.city())
    if i == 0:
        return _draw_street(fake, rng)
    return f"{rng.choice(_ROOMS)} {rng.randrange(1, 60)}"
