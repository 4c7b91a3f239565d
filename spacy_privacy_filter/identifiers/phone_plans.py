"""A phone number, or a stretch that may hold one -> whether a country gives out such numbers.

What is known of each country is that of `phonenumbers`.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from typing import Any, Final

import phonenumbers

REGIONS: Final = frozenset(phonenumbers.SUPPORTED_REGIONS)
N_DIGITS: Final = range(7, 16)  # SOURCE: ITU-T E.164, 6.2.1; no country has shorter ones of people
# How sure the matcher must be: that a number is valid, or also grouped as is usual.
VALID: Final = phonenumbers.Leniency.VALID
GROUPED: Final = phonenumbers.Leniency.STRICT_GROUPING


def n_digits_of(value: str) -> int:
    """Count the digits of a value."""
    return sum(map(str.isdigit, value))


def is_possible(value: str) -> bool:
    """Whether a number with + or 00 has a country's code, and as many digits as it has there."""
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(f"+{value.lstrip('+0 ')}"))
    except phonenumbers.NumberParseException:
        return False


@cache
def codes_of(regions: tuple[str, ...]) -> frozenset[str]:
    """The codes of countries."""
    known: list[Any] = [phonenumbers.PhoneMetadata.metadata_for_region(r) for r in regions]
    return frozenset(str(metadata.country_code) for metadata in known)


@cache
def usual_groups(regions: tuple[str, ...]) -> frozenset[tuple[int, ...]]:
    """The sizes of the groups in which any of some countries writes its numbers."""
    return frozenset(sizes for region in regions for sizes in groups_of(region))


@cache
def starts_of_groups(regions: tuple[str, ...]) -> frozenset[tuple[int, ...]]:
    """The sizes of the first groups, of any number of them; see `usual_groups`."""
    return frozenset(sizes[:n] for sizes in usual_groups(regions) for n in range(1, len(sizes) + 1))


@cache
def groups_of(region: str) -> frozenset[tuple[int, ...]]:
    """The sizes of the groups in which a country writes its numbers."""
    metadata: Any = phonenumbers.PhoneMetadata.metadata_for_region(region)
    made: set[tuple[int, ...]] = set()
    for form in (*metadata.number_format, *metadata.intl_number_format):
        parts = [_sizes(part) for part in re.findall(r"\(([^()?][^()]*)\)", form.pattern)]
        for sizes in product(*parts):
            groups = [
                sum(sizes[int(n) - 1] for n in re.findall(r"\\(\d)", group) if int(n) <= len(sizes))
                for group in re.split(r"[ -]", form.format)
            ]
            made.add(tuple(size for size in groups if size))
    return frozenset(made)


def _sizes(part: str) -> list[int]:
    """How many digits a part of a pattern of digits may have."""
    least = most = 0
    for _, low, high in re.findall(
        r"(\\d|\[[^\]]*\]|\d)(?:\{(\d+)(?:,(\d+))?\})?", part.split("|")[0]
    ):
        least += int(low or 1)
        most += int(high or low or 1)
    return list(range(least, most + 1))


def is_match(value: str, region: str | None, leniency: int) -> bool:
    """Whether the matcher takes a value as a whole for a number."""
    matches = phonenumbers.PhoneNumberMatcher(value, region, leniency=leniency)
    return any(match.start == 0 and match.end == len(value) for match in matches)


def may_hold(value: str, region: str) -> bool:
    """Whether a stretch can hold a number of a country: says no fast, as most hold none."""
    if "+" in value or value.lstrip("([").startswith("00"):
        return True
    groups = [(m.start(), m.end()) for m in re.finditer("[0-9]+", value)]
    most = N_DIGITS[-1]
    for first in range(len(groups)):
        digits = ""
        for start, end in groups[first:]:
            digits += value[start:end]
            if len(digits) > most:
                break
            if len(digits) >= N_DIGITS[0] and may_be_of(digits, region):
                return True
    return False


def may_be_of(value: str, region: str) -> bool:
    """Whether a number has digits that a country gives out: says no fast, as most are none."""
    digits = "".join(filter(str.isdigit, value))
    starts, pattern = _form_of(region)
    return any(
        digits.startswith(start) and pattern.fullmatch(digits, len(start)) for start in starts
    )


@cache
def _form_of(region: str) -> tuple[tuple[str, ...], re.Pattern[str]]:
    """What may stand before a number of a country, and the numbers themselves."""
    known: Any = phonenumbers.PhoneMetadata.metadata_for_region(region)
    starts = ("", known.national_prefix or "", str(known.country_code))
    return starts, re.compile(known.general_desc.national_number_pattern, re.ASCII)
