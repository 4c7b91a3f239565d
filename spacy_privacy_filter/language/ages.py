"""An age in words of several languages -> the band of years that holds it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from .tables import read_table

_TABLE: Final = read_table("ages")
_YEAR, _MONTH = 365.25, 365.25 / 12
# Days in each unit, and in what its words stand for.
_UNITS: Final = {"year": _YEAR, "month": _MONTH, "week": 7.0, "day": 1.0}
_DAYS: Final[dict[str, float]] = {
    word: _UNITS[unit] for unit, words in _TABLE["units"].items() for word in words
}
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")
_AFTER = re.compile(r"[\s.\u2010-\u2015-]*([^\W\d_]+)")
_DECADE = re.compile(r"0(?:['\u2019]?s|\s?-?er[nsj]?)(?![^\W\d_])")


def _words(key: str, marks: str = r"(?!)") -> re.Pattern[str]:
    """A pattern of marks, or of the words of the table, with an "or" before them."""
    joined = "|".join(_TABLE["and"])
    words = "|".join(_TABLE[key])
    return re.compile(rf"{marks}|(?<![^\W\d_])(?:(?:{joined}) +)?(?:{words})(?![^\W\d_])")


# What says that an age is over or under the number, or on it. Phrases with "least" come first:
# "moins de 89" is less, "au moins 89" is not.
_COMPARED = (
    (">=", _words("over", r"[>≥⩾+]=?|以上|超")),
    ("<=", _words("up_to", r"[≤⩽]|<=|=<|以下|以内")),
    ("<", _words("under", r"<|未満|未满|미만")),
)
_NEGATED = _words("not")


def coarse_age(text: str, band: int, most: int) -> str | None:
    """Give the band of years that holds an age: "47 years" is "40-49", "18 months" is "0-9".

    text (str): An age with one number, of years if it names no unit; or a decade, "in her 40s".
    band (int): Years in a band; a decade has all the bands it meets.
    most (int): Ages over this are "90+".
    Of what is over ("> 89", "at least 89") nothing is told but that it is over the most.
    RETURNS (str | None): None if it cannot be read, or may lie on both sides of the most.
    """
    text = unicodedata.normalize("NFKC", text).casefold()
    numbers = list(_NUMBER.finditer(text))
    if len(numbers) != 1 or len(numbers[0][0]) > 3:
        return None
    number, end = int(numbers[0][0]), numbers[0].end()
    signs, rest = _compared(text)
    if _DECADE.match(text, end - 1):
        return None if signs else _band(number, number + 9, band, most)
    days = _days(rest, end) if signs in ([], [">="], ["<="], ["<"]) else None
    if days is None:
        return None
    # A quotient of whole months must not fall short by a rounding.
    exact = number / 12 if days == _MONTH else number * days / _YEAR
    years = int(exact)
    if signs == [">="]:
        return f"{most + 1}+" if years >= most else None
    if signs:
        last = years if signs == ["<="] or exact > years else years - 1
        return _band(0, max(0, last), band, most)
    return _band(years, years, band, most)


def _compared(text: str) -> tuple[list[str], str]:
    """Say how an age is compared with its number; and the text, blank where it says so.

    RETURNS (tuple): Of several signs nobody can say what they mean together.
    """
    signs = []
    for sign, pattern in _COMPARED:
        text, n_found = pattern.subn(lambda match: " " * len(match[0]), text)
        signs += [sign] if n_found else []
    return signs + (["not"] if signs and _NEGATED.search(text) else []), text


def _days(text: str, end: int) -> float | None:
    """Days in the unit of the number that ends there; None for a word that is no unit we know."""
    found = {days for word in _WORD.findall(text) if (days := _days_of(word)) is not None}
    after = _AFTER.match(text, end)
    if len(found) > 1 or (after is not None and _days_of(after[1]) is None):
        return None
    return found.pop() if found else _YEAR


def _days_of(word: str) -> float | None:
    if word.isascii() or word in _DAYS:
        return _DAYS.get(word)
    # Chinese, Japanese and Korean write on after it.
    return next((d for unit, d in _DAYS.items() if ord(unit[-1]) > 0x3000 and unit in word), None)


def _band(first: int, last: int, band: int, most: int) -> str | None:
    if first > most:
        return f"{most + 1}+"
    if last > most:
        return None
    low, high = first // band * band, min(last // band * band + band - 1, most)
    return str(low) if high == low else f"{low}-{high}"
