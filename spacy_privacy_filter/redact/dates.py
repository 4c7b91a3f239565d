"""The text of a date -> its fields and their form; and another day in the same form."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

_NAMES = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
    "dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro "
    "dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}
# "May" is both a full and a short form: the full ones come first, so it stays what it is.
_MONTHS: list[tuple[str, ...]] = [tuple(names.split()) for names in _NAMES.values()]
_MONTHS.append(tuple(name[:3] for name in _MONTHS[0]))
_DAYS = [tuple(calendar.day_name), tuple(calendar.day_abbr)]
_ORDINAL = r"(?:st|nd|rd|th|ST|ND|RD|TH)"
_MONTH = "|".join(sorted({re.escape(n) for names in _MONTHS for n in names}, key=len, reverse=True))
_DAY = "|".join(sorted({name for names in _DAYS for name in names}, key=len, reverse=True))
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[apAP]\.?[mM]\.?)?"
_TIME = rf"(?:(?:T|,? +| at ){_CLOCK}(?:Z|[+-]\d\d:?\d\d)?)?"
_WEEKDAY = rf"(?:(?P<weekday>{_DAY})\.?,? +)?"
_TAIL = rf"(?P<tail>{_TIME})"
_FORMS = [
    re.compile(form + _TAIL, re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})",
        r"(?P<year>\d{4})(?P<month>[01]\d)(?P<day>[0-3]\d)",
        _WEEKDAY + r"(?P<a>\d{1,2})(?P<sep>[-/. ])(?P<b>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})",
        _WEEKDAY + rf"(?:the +)?(?P<day>\d{{1,2}})(?P<nth>{_ORDINAL}|\.)?(?:[ -]| +(?:of|de) +)"
        rf"(?P<name>{_MONTH})(?:\.?,?(?:[ -]| +de +)(?P<year>\d{{4}}|\d{{2}}))?",
        _WEEKDAY + rf"(?P<name>{_MONTH})\.? +(?P<day>\d{{1,2}})(?P<nth>{_ORDINAL})?"
        r"(?!\d)(?:,? +(?P<year>\d{4}))?",
        rf"(?P<name>{_MONTH})\.?,? +(?P<year>\d{{4}})",
        r"(?P<year>\d{4})-(?P<month>\d{2})",
        r"(?P<month>\d{1,2})/(?P<year>\d{4})",
        r"(?P<year>\d{4})",
    )
]
_OPEN = next(form for form in _FORMS if "a" in form.groupindex)
# For dates without a year, a leap year: 29 February is one of them.
_NO_YEAR = 2024
_PIVOT = 69


@dataclass(frozen=True)
class ParsedDate:
    """A date as it was written.

    day (date): The day; the middle of the month or year where the text says no more.
    text (str): What was written.
    slots (tuple): start_char, end_char and name of each field in the text.
    """

    day: date = field(repr=False)
    text: str = field(repr=False)
    slots: tuple[tuple[int, int, str], ...] = field(repr=False)

    @property
    def has_year(self) -> bool:
        """Whether the text names a year."""
        return any(name == "year" for *_, name in self.slots)

    def render(self, day: date) -> str:
        """Write another day in the form of this one: order, width, language, case."""
        parts, end = [], 0
        for start, stop, name in self.slots:
            named = any(slot == "name" for *_, slot in self.slots)
            parts += [self.text[end:start], _write(self.text[start:stop], name, day, named)]
            end = stop
        return "".join([*parts, self.text[end:]])


def parse_date(text: str, day_first: bool = False) -> ParsedDate | None:
    """Read a date, alone or with a time after it, in one of the usual forms.

    text (str): For instance "2026-03-12", "Monday, 9 March 2026" or "Mar 2026".
    day_first (bool): What 03/04/2026 means: 3 April if true, March 4 if false. Dates with dots or
        with a number over 12 say it themselves.
    RETURNS (ParsedDate | None): None if the text is anything else.
    """
    for form in _FORMS:
        match = form.fullmatch(text)
        if match and (found := _read(match, day_first)):
            return found
    return None


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


def _pair(text: str) -> tuple[int, int] | None:
    """The numbers of day and month where their order is open: not with dots."""
    match = _OPEN.fullmatch(text)
    return (int(match["a"]), int(match["b"])) if match and match["sep"] != "." else None


def _read(match: re.Match[str], day_first: bool) -> ParsedDate | None:
    groups = {name: value for name, value in match.groupdict().items() if value}
    slots = {name: match.span(name) for name in groups}
    if "a" in groups:
        first = day_first or groups["sep"] == "." or int(groups["a"]) > 12
        first = first and int(groups["b"]) <= 12
        slots["day"], slots["month"] = (
            match.span("a" if first else "b"),
            match.span("b" if first else "a"),
        )
        groups["day"], groups["month"] = (
            groups["a" if first else "b"],
            groups["b" if first else "a"],
        )
    month = _month_number(groups["name"]) if "name" in groups else int(groups.get("month", "7"))
    year = _year(groups.get("year"))
    try:
        day = date(year, month, int(groups.get("day", "15")))
    except ValueError:
        return None
    kept = ("year", "month", "day", "name", "weekday", "nth")
    ordered = sorted((*slots[name], name) for name in kept if name in slots)
    return ParsedDate(day, match.string, tuple(ordered))


def _year(text: str | None) -> int:
    if text is None:
        return _NO_YEAR
    if len(text) == 4:
        return int(text)
    return int(text) + (1900 if int(text) >= _PIVOT else 2000)


def _month_number(name: str) -> int:
    return next(i for names in _MONTHS if (i := _index(names, name)))


def _index(names: Sequence[str], name: str) -> int:
    """Position from 1 of a name in a list, 0 if it is not there."""
    folded = [each.casefold() for each in names]
    return folded.index(name.casefold()) + 1 if name.casefold() in folded else 0


def _write(old: str, name: str, day: date, named: bool) -> str:
    """Write a field. After a month's name, "12" does not say that one digit is padded."""
    if name == "year":
        return f"{day.year:04d}"[-len(old) :]
    if name == "nth":
        return old if old == "." else _cased(_ordinal(day.day), old)
    if name == "name":
        names = next(names for names in _MONTHS if _index(names, old))
        return _cased(names[day.month - 1], old)
    if name == "weekday":
        names = next(names for names in _DAYS if _index(names, old))
        return _cased(names[day.weekday()], old)
    number = day.day if name == "day" else day.month
    padded = old[0] == "0" or (len(old) == 2 and not named)
    return f"{number:02d}" if padded else str(number)


def _ordinal(number: int) -> str:
    return "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _cased(text: str, like: str) -> str:
    if like.isupper():
        return text.upper()
    return text.lower() if like.islower() else text.capitalize()
