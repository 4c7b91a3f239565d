"""A text -> the dates in it that words near them say to be of a birth, or of a stay in hospital."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from ..language.date_forms import AFTER_YEAR, BEFORE_MONTH
from ..language.months import month_number
from ..language.tables import read_words
from .finds import FORMED, Find

# How far before a date the words may stand; where they do, a text is not cut.
N_BEFORE: Final = 48
_NTH = r"(?:st|nd|rd|th|er|[.º°ª])?"
_MONTH = r"(?P<{}>[^\W\d_]{{3,14}})\.?"
_DATE = re.compile(
    r"(?<![\w/.,-])(?:"
    r"(?P<y1>[12]\d{3})(?P<s1>[-/.])(?P<m1>\d{1,2})(?:(?P=s1)(?P<d1>\d{1,2}))?"
    r"|(?P<a>\d{1,2})(?P<s2>[-/.]|\. )(?P<b>\d{1,2})(?P=s2)(?P<y2>[12]\d{3}|\d{2})"
    rf"|(?P<d3>\d{{1,2}}){_NTH}(?:[ -]|, )?(?:{BEFORE_MONTH} )?{_MONTH.format('n3')},?[ -]?"
    rf"(?:{BEFORE_MONTH} )?(?P<y3>[12]\d{{3}})(?: {AFTER_YEAR}(?!\w))?"
    r"|(?P<y4>[12]\d{3})(?P<m4>0[1-9]|1[0-2])(?P<d4>0[1-9]|[12]\d|3[01])"
    rf"|{_MONTH.format('n5')} (?:(?P<d5>\d{{1,2}}){_NTH},? )?(?P<y5>[12]\d{{3}})"
    r"|(?P<m6>0?[1-9]|1[0-2])/(?P<y6>[12]\d{3})"
    r")(?![\w/]|[.,-]\d)",
    re.IGNORECASE,
)
_EASTERN = re.compile(
    r"(?:(?:明治|大正|昭和|平成|令和|民國|民国)(?:\d{1,2}|元)|[12]\d{3}) ?[年년] ?\d{1,2} ?"
    r"[月월](?: ?\d{1,2} ?[日號号일])?"
)
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_JOINED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_BREAK = re.compile(r"[;!?\n]|[.]\s+[A-Z]")
_INITIALS = re.compile(r"[dD](?<!\w[dD])\.? ?[oO]\.? ?[bB]\.?(?!\w)")
_N_CLINICAL = 18


def find_births(text: str) -> Iterator[Find]:
    """Find dates of births, and of stays in hospital where a field names them."""
    if not _DIGIT.search(text) or not _may_tell(text):
        return
    for pattern in (_DATE, _EASTERN):
        for match in pattern.finditer(text):
            if _is_told(text, match.start()) and _is_date(match):
                yield Find(match.start(), match.end(), FORMED)


def _may_tell(text: str) -> bool:
    """Whether a text holds any word that tells; most do not, which is fast to see."""
    folded = text.casefold()
    stems = _stems()[folded.isascii()]
    return any(word in folded for word in stems) or _INITIALS.search(text) is not None


def tells_birth(text: str, place: int) -> bool:
    """Whether words before a place may say of a date behind it what it is."""
    before = text[max(0, place - N_BEFORE) : place]
    return bool(_INITIALS.search(before)) or not _tellers().isdisjoint(_words(before))


@cache
def _tellers() -> frozenset[str]:
    return read_words("fields", "birth") | read_words("fields", "clinical")


@cache
def _stems() -> tuple[list[str], list[str]]:
    """The words that tell, but those that hold another of them; and those of them in ASCII."""
    words = _tellers()
    stems = sorted(w for w in words if not any(o in w for o in words if o != w))
    return stems, list(filter(str.isascii, stems))


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _LETTERS.findall(text)}


def _is_told(text: str, start: int) -> bool:
    """Whether the words right before a date, in its sentence, tell a birth or a stay."""
    before = text[max(0, start - N_BEFORE) : start]
    for mark in _BREAK.finditer(before):
        before = " " * mark.end() + before[mark.end() :]
    # Another date between belongs to the words, and this one does not.
    last = max((i for i, char in enumerate(before) if char.isdigit()), default=-1)
    before = before[last + 1 :]
    if _INITIALS.search(before):
        return True
    words = _words(before)
    if words & read_words("fields", "birth"):
        return True
    if _JOINED.search(before) and any(
        _JOINED.match(word) and word in before for word in read_words("fields", "birth")
    ):
        return True
    return bool(_words(before[-_N_CLINICAL:]) & read_words("fields", "clinical"))


def _is_date(match: re.Match[str]) -> bool:
    """Whether the fields of a form are a day that there is."""
    fields = match.groupdict()
    if not fields:
        return True
    if name := fields["n3"] or fields["n5"]:
        day = fields["d3"] or fields["d5"] or "1"
        return 1 <= int(day) <= 31 and _is_month(name.casefold())
    if fields["a"]:
        first, second = int(fields["a"]), int(fields["b"])
        return 1 <= min(first, second) <= 12 and max(first, second) <= 31 and min(first, second) > 0
    month = int(fields["m1"] or fields["m4"] or fields["m6"])
    return 1 <= month <= 12 and 1 <= int(fields["d1"] or fields["d4"] or 1) <= 31


def _is_month(name: str) -> bool:
    return month_number(name) is not None
