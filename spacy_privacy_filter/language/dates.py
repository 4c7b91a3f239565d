"""The text of a date -> its fields and their form; and another day in the same form."""

from __future__ import annotations

import re
from calendar import isleap
from dataclasses import dataclass, field
from datetime import date

from .date_forms import DateForm, open_form, ordinal, read_forms
from .months import (
    MONTH,
    WEEKDAY,
    hide_names,
    is_weekday,
    language_of,
    later_weekday,
    month_number,
    other_month,
    other_weekday,
)

_SLOTS = ("year", "month", "day", "name", "weekday", "nth")
# For dates without a year, a leap year: 29 February is one of them.
NO_YEAR = 2024
# No two-digit year is later. Fixed, so that a text gives the same in any year.
LATEST_YEAR = 2026
NOT_OURS = 2400  # of the Thai calendar


@dataclass(frozen=True)
class ParsedDate:
    """A date as it was written.

    day (date): The day; the middle of the month or year where the text says no more.
    text (str): What was written.
    slots (tuple): start_char, end_char and name of each field in the text.
    tail (int): Where in the text the time of day and the like begin.
    language (str): What dates before it tell of its names, or "".
    """

    day: date = field(repr=False)
    text: str = field(repr=False)
    slots: tuple[tuple[int, int, str], ...] = field(repr=False)
    tail: int = 0
    language: str = ""

    @property
    def has_year(self) -> bool:
        """Whether the text names a year."""
        return self.get("year") != ""

    def get(self, name: str) -> str:
        """What is written in a field: "year", "month", "day", "name", "weekday", "nth"; or ""."""
        return next((self.text[a:b] for a, b, slot in self.slots if slot == name), "")

    def render(self, day: date) -> str:
        """Write another day in the form of this one: order, width, language, case."""
        parts, end = [], 0
        for start, stop, name in self.slots:
            parts += [self.text[end:start], self._write(self.text[start:stop], name, day)]
            end = stop
        return "".join([*parts, self.text[end:]])

    def _write(self, old: str, name: str, day: date) -> str:
        """Write a field.

        After a month's name or beside a field of one digit, "12" does not say that such are padded.
        """
        if name == "nth":
            return ordinal(old, day.day)
        if name == "name":
            return other_month(old, day.month, self.text, self.language)
        if name == "weekday":
            if not self.has_year:  # the weekday that is written knows more of the year than we
                return later_weekday(old, (day - self.day).days, self.text, self.language)
            return other_weekday(old, day.weekday(), self.text, self.language)
        if name == "year":
            return _like(f"{day.year:04d}"[-len(old) :], old)
        number = day.day if name == "day" else day.month
        joined = bool(self.get("name")) or re.search(r"[月월]|tháng", self.text) is not None
        bare = min(len(self.get(slot) or "00") for slot in ("day", "month")) == 1
        padded = int(old[0]) == 0 or (len(old) == 2 and not joined and not bare)
        return _like(f"{number:02d}" if padded else str(number), old)


def parse_date(
    text: str,
    day_first: bool = False,
    near: int = NO_YEAR,
    latest: int = LATEST_YEAR,
    language: str = "",
) -> ParsedDate | None:
    """Read a date, alone or with a time after it, in one of the usual forms.

    text (str): For instance "2026-03-12", "Monday, 9 March 2026", "12 de marzo de 2026" or "Mar
        2026".
    day_first (bool): What 03/04/2026 means: 3 April if true, March 4 if false. Dates with dots or
        with a number over 12 say it themselves.
    near (int): The year of a date without one; of 29 February, the leap year next to it.
    latest (int): A year of two digits is the last one with them up to this: "30" is 1930.
    language (str): Whose names those are that others have as well, as far as dates before it tell;
        see `months.sure_language`.
    RETURNS (ParsedDate | None): None if the text is anything else.
    """
    if MONTH in text or WEEKDAY in text:
        return None
    hidden = hide_names(text)
    for form in read_forms():
        match = form.pattern.fullmatch(hidden)
        if match is None or not _has_form(match, text, form, language):
            continue
        if found := _read(match, text, day_first, near, latest, language):
            return found
    return None


def _has_form(match: re.Match[str], text: str, form: DateForm, language: str) -> bool:
    """Whether the name of the month is of a language that has a form."""
    if not form.languages:
        return True
    start, end = match.span("name")
    return language_of(text[start:end], text, language) in form.languages


def order_of(text: str) -> bool | None:
    """Say what a date proves of the order of day and month: 13/02/2024 has the day first.

    RETURNS (bool | None): True if the day is first, False if the month is, None if nothing is said.
    """
    pair = _pair(text)
    if pair is None or (pair[0] > 12) == (pair[1] > 12):
        return None
    return pair[0] > 12


def is_ambiguous(text: str) -> bool:
    """Whether a date has another day if its first number is the month."""
    pair = _pair(text)
    return pair is not None and pair[0] != pair[1] and max(pair) <= 12


def is_month_or_day(text: str) -> bool:
    """Whether a date may as well be a month with its year: "Mar-26" is in 2026, or on a 26th."""
    return re.fullmatch(rf"{MONTH}+\.?-\d\d", hide_names(text)) is not None


def _pair(text: str) -> tuple[int, int] | None:
    """The numbers of day and month where their order is open: not with dots."""
    match = open_form().fullmatch(hide_names(text))
    return (int(match["a"]), int(match["b"])) if match and "." not in match["sep"] else None


def _read(
    match: re.Match[str], text: str, day_first: bool, near: int, latest: int, language: str
) -> ParsedDate | None:
    """Read the fields that a form found where names are hidden, from the text itself."""
    slots = {name: match.span(name) for name, value in match.groupdict().items() if value}
    if "a" in slots:
        first = day_first or "." in match["sep"] or int(match["a"]) > 12
        first = first and int(match["b"]) <= 12
        slots["day"], slots["month"] = (slots["a"], slots["b"]) if first else (
            slots["b"], slots["a"]
        )  # fmt: skip
    fields = {name: text[start:end] for name, (start, end) in slots.items()}
    if "weekday" in fields and not is_weekday(fields["weekday"]):
        return None
    month = (
        month_number(fields["name"], text, language)
        if "name" in fields
        else int(fields.get("month", "7"))
    )
    number = int(fields.get("day", "15"))
    year = near
    if "year" in fields:
        year = _full_year(fields["year"], latest)
    elif (month, number) == (2, 29):
        year = min(filter(isleap, range(near - 8, near + 9)), key=lambda y: abs(y - near))
    try:
        day = date(year, month or 0, number)
    except ValueError:
        return None
    ordered = sorted((*slots[name], name) for name in _SLOTS if name in slots)
    return ParsedDate(day, text, tuple(ordered), match.start("tail"), language)


def _full_year(text: str, latest: int) -> int:
    """The year of four digits, or of two, which is the last one up to the latest."""
    return int(text) if len(text) == 4 else latest - (latest - int(text)) % 100


def _like(digits: str, old: str) -> str:
    """Write digits in the script of others: "١٢" for "12"."""
    zero = ord(old[0]) - int(old[0])
    return "".join(chr(zero + int(digit)) for digit in digits)
