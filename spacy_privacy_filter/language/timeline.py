"""The dates of a document -> what each says of the others: their order, years and centuries."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from .dates import (
    LATEST_YEAR,
    NO_YEAR,
    NOT_OURS,
    ParsedDate,
    is_ambiguous,
    is_month_or_day,
    order_of,
    parse_date,
)
from .months import sure_language
from .tables import read_table

_BEFORE = 24  # characters before a date that may say that it is a birth
_BORN = re.compile(
    rf"(?<![^\W\d_])(?:{'|'.join(read_table('dates')['birth'])})(?![^\W\d_])", re.IGNORECASE
)
_BIRTH_LABEL = re.compile(r"birth|dob(?![a-z])", re.IGNORECASE)
_BESIDE = timedelta(60)
_FAR = 20  # years between dates that do not tell the year of each other's neighbours
_FIRST_LATEST = 2000  # an earlier year in full does not say that a document is as old


@dataclass(frozen=True)
class Timeline:
    """What the dates of a document tell of each other.

    A date without a year is of the year of the nearest date before it, else after it; of the year
    beside if that is within 60 days: "3 January" after "28 December 2023" is of 2024, and so is
    "5 March" after both. Births tell no year, nor do dates that lie decades before the latest ones,
    unless nothing else has a year.
    A year of two digits is the last one with them that is not after a fixed year, or after the
    latest year that a date of the document has in full, where that is later. A birth is not after
    that latest year, even where it is earlier (but since 2000).

    A name of a month that several languages have is of the language of the last date before it
    that tells one for sure, unless that is of those that names go to anyway.

    day_first (bool | None): What the dates prove of their order; None if nothing, or both.
    dates (tuple): start_char and text of each date that can be read, in order.
    latest (int | None): The latest year in full.
    births (frozenset[int]): start_char of each date of a birth, as far as its label or words
        before it tell.
    languages (tuple): start_char and language of each date that tells whose the names after it are.
    """

    day_first: bool | None = None
    dates: tuple[tuple[int, str], ...] = field(default=(), repr=False)
    latest: int | None = field(default=None, repr=False)
    births: frozenset[int] = field(default=frozenset(), repr=False)
    languages: tuple[tuple[int, str], ...] = field(default=(), repr=False)
    _known: dict[tuple[bool, int], dict[int, int]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def parse_date(
        self, text: str, start_char: int, day_first: bool, latest_year: int = LATEST_YEAR
    ) -> ParsedDate | None:
        """Parse a date of the document.

        text (str): The date, which starts at `start_char`.
        day_first (bool): What 03/04/2026 means.
        latest_year (int): No two-digit year is later, unless the document has a later one in full.
        RETURNS (ParsedDate | None): None if it cannot be read.
        """
        found = self._parse(text, start_char, day_first, latest_year)
        if found is None or found.has_year:
            return found
        how = (day_first, latest_year)
        if how not in self._known:
            self._known[how] = self._years(day_first, latest_year)
        near = self._known[how].get(start_char, NO_YEAR)
        return parse_date(text, day_first, near, language=found.language)

    def _parse(
        self, text: str, start_char: int, day_first: bool, latest_year: int
    ) -> ParsedDate | None:
        """Read a date with what others tell of it, but for its year."""
        latest = self._latest(start_char, latest_year)
        told = (language for start, language in reversed(self.languages) if start < start_char)
        return parse_date(text, day_first, latest=latest, language=next(told, ""))

    def _years(self, day_first: bool, latest_year: int) -> dict[int, int]:
        """The year of each date that has none, by start_char."""
        parsed = [
            (start, self._parse(text, start, day_first, latest_year)) for start, text in self.dates
        ]
        found = [(start, one) for start, one in parsed if one is not None]
        dated = {start: one.day for start, one in found if one.has_year}
        telling = _telling({start: day for start, day in dated.items() if start not in self.births})
        telling = telling or dated
        made: dict[int, int] = {}
        first, last = next(iter(telling.items()), (None, None))
        n_before = 0 if first is None else [start for start, _ in found].index(first)
        # What stands before every date that tells a year hangs on the next one, not on the last.
        for start, one in found[:n_before][::-1]:
            last = self._follow(start, one, last, telling, made)
        last = None
        for start, one in found[n_before:]:
            last = self._follow(start, one, last, telling, made)
        return made

    def _follow(
        self,
        start: int,
        found: ParsedDate,
        last: date | None,
        telling: dict[int, date],
        made: dict[int, int],
    ) -> date | None:
        """Note the year of a date without one; say which day tells that of the next date."""
        if found.has_year:
            return telling.get(start, last)
        day = found.day if last is None else _beside(found, last)
        made[start] = day.year
        return last if start in self.births else day

    def _latest(self, start_char: int, latest_year: int) -> int:
        if self.latest is None or self.latest < _FIRST_LATEST:
            return latest_year
        return self.latest if start_char in self.births else max(self.latest, latest_year)


def _telling(dated: dict[int, date]) -> dict[int, date]:
    """Of dates, by start_char, those of the time that the document is about.

    Who leaves out a year means that of the document, not that of a birth or passport in it.
    """
    near = {start: day for start, day in dated.items() if day.year <= LATEST_YEAR + _FAR} or dated
    years = sorted({day.year for day in near.values()}, reverse=True)
    gaps = (later for later, year in pairwise(years) if later - year >= _FAR)
    earliest = next(gaps, 0)
    return {start: day for start, day in near.items() if day.year >= earliest}


def _beside(found: ParsedDate, last: date) -> date:
    """The day of a date without a year: of the year of another, or of that beside if it is near."""
    near = [
        parse_date(found.text, near=last.year + step, language=found.language)
        for step in (-1, 1, 0)
    ]
    days = [other.day for other in near if other is not None] or [found.day]
    return next((day for day in days if abs(day - last) <= _BESIDE), days[-1])


def build_timeline(text: str, dates: Iterable[tuple[int, int, str]]) -> Timeline:
    """Find what the dates of a document tell of each other.

    text (str): The document.
    dates (Iterable): start_char, end_char and label of each date in it.
    """
    readable: list[tuple[int, str]] = []
    full: list[int] = []
    births = set()
    proofs = set()
    languages: list[tuple[int, str]] = []
    language = ""
    for start, end, label in sorted(dates):
        proofs.add(order_of(text[start:end]))
        if _BIRTH_LABEL.search(label) or _BORN.search(text, max(0, start - _BEFORE), start):
            births.add(start)
        found = parse_date(text[start:end], language=language)
        if found is not None and found.get("name"):
            language = sure_language(found.get("name"), found.text, language)
            languages += [(start, language)] if language else []
        if found is not None and not is_month_or_day(text[start:end]):
            readable.append((start, text[start:end]))
            full += [found.day.year] if len(found.get("year")) == 4 else []
    proofs.discard(None)
    latest = max((year for year in full if year < NOT_OURS), default=None)
    day_first = proofs.pop() if len(proofs) == 1 else None
    return Timeline(day_first, tuple(readable), latest, frozenset(births), tuple(languages))


def hangs_on_others(text: str) -> bool:
    """Whether other dates of a document may tell what a date means, or it what others mean."""
    found = parse_date(text)
    if found is None:
        return False
    tells = found.get("name") and sure_language(found.get("name"), text)
    return bool(tells) or is_ambiguous(text) or len(found.get("year")) < 4
