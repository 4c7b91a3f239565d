"""The dates of a document -> what each says of the others: their order, years and centuries."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from .dates import (
    LATEST_YEAR,
    NO_YEAR,
    NOT_OURS,
    ParsedDate,
    full_year,
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
_FIRST_LATEST = 2000  # an earlier year in full does not say that a document is as old


@dataclass(frozen=True)
class Timeline:
    """What the dates of a document tell of each other.

    A date without a year is of the year of the nearest date before it that has one, else after it.
    A year of two digits is the last one with them that is not after a fixed year, or after the
    latest year that a date of the document has in full, where that is later. A birth is not after
    that latest year, even where it is earlier (but since 2000).

    day_first (bool | None): What the dates prove of their order; None if nothing, or both.
    years (tuple): start_char and year of each date that has one, in order; short years as text.
    latest (int | None): The latest year in full.
    births (frozenset[int]): start_char of each date of a birth, as far as its label or words
        before it tell.
    """

    day_first: bool | None = None
    years: tuple[tuple[int, str], ...] = field(default=(), repr=False)
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
        near = NO_YEAR
        if self.years:
            place = bisect_right(self.years, start_char, key=lambda item: item[0])
            start, year = self.years[max(0, place - 1)]
            near = full_year(year, self._latest(start, latest_year))
        return parse_date(text, day_first, near, self._latest(start_char, latest_year))

    def _latest(self, start_char: int, latest_year: int) -> int:
        if self.latest is None or self.latest < _FIRST_LATEST:
            return latest_year
        return self.latest if start_char in self.births else max(self.latest, latest_year)


def read_timeline(text: str, dates: Iterable[tuple[int, int, str]]) -> Timeline:
    """Read what the dates of a document tell of each other.

    text (str): The document.
    dates (Iterable): start_char, end_char and label of each date in it.
    """
    years: list[tuple[int, str]] = []
    births = set()
    proofs = set()
    for start, end, label in sorted(dates):
        proofs.add(order_of(text[start:end]))
        if _BIRTH_LABEL.search(label) or _BORN.search(text, max(0, start - _BEFORE), start):
            births.add(start)
        found = parse_date(text[start:end])
        if found is not None and found.has_year:
            years.append((start, found.get("year")))
    proofs.discard(None)
    full = (int(year) for _, year in years if len(year) == 4)
    latest = max((year for year in full if year < NOT_OURS), default=None)
    day_first = proofs.pop() if len(proofs) == 1 else None
    return Timeline(day_first, tuple(years), latest, frozenset(births))


def hangs_on_others(text: str) -> bool:
    """Whether other dates of a document may tell what a date means."""
    found = parse_date(text)
    if found is None:
        return False
    return is_ambiguous(text) or len(found.get("year")) < 4
