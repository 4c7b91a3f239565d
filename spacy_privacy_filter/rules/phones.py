"""A text -> the phone numbers in it, also those right beside other numbers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from ..compat import missing

try:
    import phonenumbers
except ImportError:
    raise missing("phonenumbers", "The component privacy_filter_rules") from None

Stretch = tuple[int, int]  # start_char and end_char

REGIONS = frozenset(phonenumbers.SUPPORTED_REGIONS)

# Groups of digits without any other mark, which the matcher takes for one number that is none.
_ROW = re.compile(r"(?<![\w+])\+?[0-9]+(?:[ -][0-9]+)+")
_GROUP = re.compile(r"\+?[0-9]+")
_N_GROUPS = 8
_GROUPED = phonenumbers.Leniency.STRICT_GROUPING
_N_DIGITS = range(7, 16)  # SOURCE: ITU-T E.164, 6.2.1; no country has shorter ones that are private


def find_phones(
    text: str, plain: str, regions: Sequence[str], taken: Sequence[Stretch]
) -> list[Stretch]:
    """Find phone numbers: those that the matcher finds, and those in rows of numbers.

    text (str): Any text.
    plain (str): The same with digits, blanks and hyphens in ASCII.
    regions (Sequence[str]): Countries whose numbers are known without +.
    taken (Sequence[Stretch]): What holds no phone number: digits that pass a check.
    RETURNS (list[Stretch]): They may overlap.
    """
    # By default the matcher gives up after 65,535 numbers that are none, without a word.
    tries = len(text) + 1
    own: list[str | None] = [*regions] or [None]
    found = []
    for region in own:
        for match in phonenumbers.PhoneNumberMatcher(text, region, max_tries=tries):
            opened = match.raw_string.startswith("(") and ")" not in match.raw_string
            found.append((match.start + opened, match.end))
    return found + list(_in_rows(_hide(plain, taken), own, found))


def _hide(text: str, taken: Sequence[Stretch]) -> str:
    """Write "x" for what is taken, so that numbers beside it end there."""
    parts, end = [], 0
    for start, stop in sorted(taken):
        if stop > end:
            start = max(start, end)
            parts += [text[end:start], "x" * (stop - start)]
            end = stop
    return "".join([*parts, text[end:]])


def _in_rows(
    text: str, regions: Sequence[str | None], found: Sequence[Stretch]
) -> Iterator[Stretch]:
    """Find in rows of numbers what would be found alone; from the left, the longest first."""
    ends: dict[int, int] = {}
    for start, end in found:
        ends[start] = max(end, ends.get(start, 0))
    starts = sorted(ends)
    for row in _ROW.finditer(text):
        groups = [(m.start(), m.end()) for m in _GROUP.finditer(text, row.start(), row.end())]
        i = 0
        while i < len(groups):
            start = groups[i][0]
            place = bisect_right(starts, start) - 1
            if place >= 0 and ends[starts[place]] > start:  # the matcher has it
                i += 1
                continue
            tails = [end for _, end in _tail(groups[i : i + _N_GROUPS])]
            stop = next((e for e in reversed(tails) if _is_phone(text[start:e], regions)), None)
            if stop is not None:
                yield start, stop
                i += tails.index(stop)
            i += 1


def _tail(groups: list[Stretch]) -> list[Stretch]:
    """The groups up to the first of one digit: only a country's code, at the start, is as short."""
    short = (i for i, (start, end) in enumerate(groups) if i and end - start < 2)
    return groups[: next(short, len(groups))]


def _is_phone(value: str, regions: Sequence[str | None]) -> bool:
    """Whether the matcher takes the whole for a number where nothing stands beside it.

    Without + or 0 at the start it must be grouped as its country does, and not in twos: any table
    has ten digits.
    """
    if sum(map(str.isdigit, value)) not in _N_DIGITS:
        return False
    if value[0] == "+":
        return _is_match(value, None, phonenumbers.Leniency.VALID)
    if value[0] != "0" and min(map(len, _GROUP.findall(value))) < 3:
        return False
    known = phonenumbers.Leniency.VALID if value[0] == "0" else _GROUPED
    own = (region for region in regions if region is not None)
    return any(_may_be_of(value, region) and _is_match(value, region, known) for region in own)


def _is_match(value: str, region: str | None, leniency: int) -> bool:
    matches = phonenumbers.PhoneNumberMatcher(value, region, leniency=leniency)
    return any(match.start == 0 and match.end == len(value) for match in matches)


def _may_be_of(value: str, region: str) -> bool:
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
