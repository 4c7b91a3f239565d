"""Words about dates -> the patterns of the forms in which dates are written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from .months import MONTH, WEEKDAY
from .tables import read_table

_WORDS: Final = read_table("dates")


def _any(words: Iterable[str]) -> str:
    """A pattern of any of some words, the longest first."""
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"


# Patterns of words about a date.
BEFORE_TIME: Final = _any(_WORDS["before_time"])
BEFORE_DAY: Final = _any(_WORDS["before_day"])
BEFORE_MONTH: Final = _any(_WORDS["before_month"])
AFTER_YEAR: Final = _any(_WORDS["after_year"])
AFTER_TIME: Final = _any(_WORDS["after_time"])

_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[apAP]\.?[mM]\.?)?"
_ZONE = rf"(?:Z| ?[+-]\d\d:?\d\d| {_any(_WORDS['zones'])})?"
_TIME = rf"(?:(?:T|,? +(?:{BEFORE_TIME} +)?|:){_CLOCK}{_ZONE}(?: {AFTER_TIME})?)?"
_TAIL = rf"(?P<tail>(?: ?{AFTER_YEAR})?{_TIME})"
_WEEKDAY = rf"(?:(?P<weekday>{WEEKDAY}+)(?:\.?,? +|,))?"
_LEAD = rf"(?:{BEFORE_DAY} +)?"
_NTH = _any(_WORDS["after_day"])
_NAME = rf"(?P<name>{MONTH}+)\.?"
_OF = rf"(?:{BEFORE_MONTH} +)?"
_DAY = r"(?P<day>\d\d?)"
_YEAR = r"(?P<year>\d{4})"
_SHORT_YEAR = r"['\u2019]?(?P<year>\d{4}|\d{2})"
_LAST_YEAR = rf"(?:,?(?: +{_OF}|[-/.]){_SHORT_YEAR})?"
_SIGN = r"(?: ?[(（]?(?P<weekday>[^\s\d()（）]{1,3})[)）]?)"
_FORMS = (
    rf"(?P<year>\d{{4}})(?P<sep>[-/.]|\. )(?P<month>\d\d?)(?P=sep){_DAY}\.?",
    r"(?P<year>\d{4})(?P<month>[01]\d)(?P<day>[0-3]\d)",
    rf"{_WEEKDAY}{_LEAD}(?P<a>\d\d?)(?P<sep>[-/. ]|\. )(?P<b>\d\d?)(?P=sep){_SHORT_YEAR}",
    rf"{_WEEKDAY}{_LEAD}{_DAY}(?P<nth>{_NTH}|\.)?(?: +{_OF}|[-/.]){_NAME}{_LAST_YEAR}",
    rf"{_DAY}(?P<name>{MONTH}+){_SHORT_YEAR}",
    rf"{_WEEKDAY}{_NAME}[ -] *{_DAY}(?P<nth>{_NTH})?(?!\d)(?:(?:,? +|,|-){_YEAR})?",
    rf"{_NAME},?(?: +{_OF}|[-/]){_YEAR}",
    rf"{_NAME} +['\u2019](?P<year>\d\d)",
    rf"{_WEEKDAY}{_LEAD}{_DAY}\. ?(?P<month>\d\d?)\.",
    rf"{_YEAR}(?:\. ?|[-/ ]){_NAME}[-/ ]{_DAY}\.?",
    r"(?P<year>\d{4})-(?P<month>\d{2})",
    r"(?P<month>\d{1,2})/(?P<year>\d{4})",
    r"(?P<year>\d{4})",
    rf"(?:{_YEAR} ?[年년] ?)?(?P<month>\d{{1,2}}) ?[月월](?: ?{_DAY} ?[日号號일]{_SIGN}?)?",
    rf"{_YEAR} ?[年년]",
    rf"(?:ngày +)?{_DAY} +tháng +(?P<month>\d{{1,2}})(?:,? +năm +{_YEAR})?",
)
# What a form of some languages holds in braces -> its pattern.
_FIELDS = {
    "{day}": _DAY,
    "{name}": _NAME,
    "{year}": _YEAR,
    "{weekday}": rf"(?P<weekday>{WEEKDAY}+)",
    "[": "(?:",
    "]": ")?",
    " ": " +",
}


@dataclass(frozen=True)
class DateForm:
    """A form of dates, in texts whose names are hidden.

    languages (frozenset[str]): Those that have it; none if all may.
    """

    pattern: re.Pattern[str]
    languages: frozenset[str] = frozenset()


@cache
def read_forms() -> tuple[DateForm, ...]:
    """The forms of dates, in the order in which they are tried; those of some languages last.

    RAISES (FileNotFoundError, ValueError): As `tables.read_table`.
    """
    own = (
        DateForm(_compile(_pattern(form, language)), frozenset(row["languages"]))
        for row in _WORDS["forms"]
        for language in row["languages"][:1]
        for form in row["forms"]
    )
    return (*(DateForm(_compile(form)) for form in _FORMS), *own)


def _compile(form: str) -> re.Pattern[str]:
    return re.compile(form + _TAIL, re.IGNORECASE)


def _pattern(form: str, language: str) -> str:
    """Read a form as the table has it: "{year} m. {name} {day}[ d.]"."""
    ordinals = _WORDS["ordinals"].get(language, ())
    fields = {**_FIELDS, "{nth}": f"(?P<nth>{_any(set(ordinals))})"}
    parts = re.split(r"(\{\w+\}|[][ ])", form)
    return "".join(fields.get(part, re.escape(part)) for part in parts)


@cache
def open_form() -> re.Pattern[str]:
    """The form whose numbers "a" and "b" are day and month in one order or the other."""
    return next(form.pattern for form in read_forms() if "a" in form.pattern.groupindex)


def ordinal(old: str, day: int) -> str:
    """Write what stands after the number of another day, as "st" does after 1."""
    for endings in _WORDS["ordinals"].values():
        if old in endings:
            return str(endings[day - 1])
    if old == ".":
        return old
    if old.casefold() in ("er", "º", "°"):  # French, Portuguese and Italian have it for 1 alone
        return old if day == 1 else ""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    ending = "th" if 10 < day % 100 < 14 else ending
    return ending.upper() if old.isupper() else ending
