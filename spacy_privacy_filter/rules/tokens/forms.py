"""A text -> the tokens around a stretch of it that are known by their form or by words before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from . import goods, hashes, measures, times
from .token import Form, Token

_FORMS: Final = (*hashes.FORMS, *times.FORMS, *measures.FORMS, *goods.FORMS)
# Characters: of a token, of the words before it, and of those after it.
_LONGEST: Final = 200
_BEFORE: Final = 64
_AFTER: Final = 40
_DIGIT: Final = re.compile(r"\d")


def find_tokens(text: str, start: int, end: int, kind: str) -> Iterator[Token]:
    """Find tokens that touch a stretch, and that speak against its being of a kind.

    text (str): With blanks, hyphens and digits in ASCII.
    start, end (int): The stretch.
    kind (str): One of `labels.kinds.KINDS`.
    """
    first, last = _around(text, start, end)
    held = text[first:last].lower()
    digit = _DIGIT.search(text, first, last)
    first_digit = digit.start() if digit else last
    for form, group in _forms_of(kind):
        # A loop, as this is what most time is spent on.
        for need in form.needs:
            if need in held:
                break
        else:
            if form.needs:
                continue
        if form.also is not None and not form.also.search(held):
            continue
        place = first if form.lead is None else max(first, first_digit - form.lead)
        for match in form.pattern.finditer(text, place, last):
            if match.start() >= end:
                break
            if match.end() > start and (form.check is None or form.check(match[group])):
                stretch = match.start(), match.end(), match.start(group)
                yield Token(*stretch, form.is_named, form.below)


@cache
def _forms_of(kind: str) -> tuple[tuple[Form, int | str], ...]:
    """The forms that speak against a kind, and the group of each that is its value."""
    forms = (form for form in _FORMS if kind in form.kinds)
    return tuple((form, "t" if "t" in form.pattern.groupindex else 0) for form in forms)


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the tokens of a stretch may begin and end: its words, and some words around them."""
    part = text[max(0, start - _LONGEST) : start]
    first = start - (len(part) - 1 - max(map(part.rfind, " \t\n")))
    part = text[end : end + _LONGEST]
    last = end + next((i for i, char in enumerate(part) if char.isspace()), len(part))
    return max(0, first - _BEFORE), min(len(text), last + _AFTER)
