"""The dates of a document -> what each says of the others: their order, years and centuries."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from .dates import (
    LATEST_YEAR,
    NOT_OURS,
    ParsedDate,
    is_ambiguous,
    order_of,
    parse_date,
)

_BEFORE = 24  # characters before a date that may say that it is a birth
_BORN = re.compile(
    r"(?<![^\W\d_])(?:born|birth(?:day|date)?|d\.?o\.?b|geb|geboren\w*|geburts\w+|née?|naissance"
    r"|nacid[oa]|nacimiento|nat[oa]|nascit[oa]|nascid[oa]|nascimento)(?![^\W\d_])",
    re.IGNORECASE,
)
_BIRTH_LABEL = re.compile(r"birth|dob(?![a-z])", re.IGNORECASE)
_BESIDE = timedelta(60)
_FIRST_LATEST = 2000  # an earlier year in full does not say that a document is as old


@dataclass(frozen=True)
class Timeline:
    """What the dates of a document tell of each other.

    A date without a year is of the year of the nearest date before it that has one, else after it;
    of the year beside if that is within 60 days: "3 January" after "28 December 2023" is of 2024.
    A year of two digits is the last one with them that is not after a fixed year, or after the
    latest year that a date of the document has in full, where that is later. A birth is not after
    that latest year, even where it is earlier (but since 2000).

    day_first (bool | None): What the dates prove of their order; None if nothing, or both.
    dated (tuple): start_char and text of each date that has a year, in order.
    latest (int | None): The latest year in full.
    births (frozenset[int]): start_char of each date of a birth, as far as its label or words
        before it tell.
    """

    day_first: bool | None = None
    dated: tuple[tuple[int, str], ...] = field(default=(), repr=False)
    latest: int | None = field(default=None, repr=False)
    births: frozenset[int] = field(default=frozenset(), repr=False)

    def read(
        self, text: str, start_char: int, day_first: bool, latest_year: int = LATEST_YEAR
    ) -> ParsedDate | None:
        """Read a date of the document.

        text (str): The date, which starts at `start_char`.
        day_first (bool): What 03/04/2026 means.
        latest_year (int): No two-digit year is later, unless the document has a later one in full.
        RETURNS (ParsedDate | None): None if it cannot be read.
        """
        found = parse_date(text, day_first, latest=self._latest(start_char, latest_year))
        if found is None or found.has_year or not self.dated:
            return found
        place = bisect_right(self.dated, start_char, key=lambda item: item[0])
        start, written = self.dated[max(0, place - 1)]
        other = parse_date(written, day_first, latest=self._latest(start, latest_year))
        if other is None:
            return found
        year = other.day.year
        beside = (parse_date(text, day_first, near) for near in (year - 1, year + 1))
        near_ones = (b for b in beside if b is not None and abs(b.day - other.day) <= _BESIDE)
        return next(near_ones, parse_date(text, day_first, year))

    def _latest(self, start_char: int, latest_year: int) -> int:
        if self.latest is None or self.latest < _FIRST_LATEST:
            return latest_year
        return self.latest if start_char in self.births else max(self.latest, latest_year)


def read_timeline(text: str, dates: Iterable[tuple[int, int, str]]) -> Timeline:
    """Read what the dates of a document tell of each other.

    text (str): The document.
    dates (Iterable): start_char, end_char and label of each date in it.
    """
    dated: list[tuple[int, str]] = []
    full: list[int] = []
    births = set()
    proofs = set()
    for start, end, label in sorted(dates):
        proofs.add(order_of(text[start:end]))
        if _BIRTH_LABEL.search(label) or _BORN.search(text, max(0, start - _BEFORE), start):
            births.add(start)
        found = parse_date(text[start:end])
        if found is not None and found.has_year:
            dated.append((start, text[start:end]))
            full += [found.day.year] if len(found.get("year")) == 4 else []
    proofs.discard(None)
    latest = max((year for year in full if year < NOT_OURS), default=None)
    day_first = proofs.pop() if len(proofs) == 1 else None
    return Timeline(day_first, tuple(dated), latest, frozenset(births))


def hangs_on_others(text: str) -> bool:
    """Whether other dates of a document may tell what a date means."""
    found = parse_date(text)
    if found is None:
        return False
    return is_ambiguous(text) or len(found.get("year")) < 4
