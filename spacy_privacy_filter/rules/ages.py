"""A text -> the ages over 89 in it, which few people have: "97 years old", "aged 93"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from ..language.tables import read_table
from .characters import find_near_digits
from .finds import FORMED, Find

MOST: Final = 89  # SOURCE: 45 CFR 164.514(b)(2)(i)(C)
_OLDEST: Final = 125
_NUMBER = re.compile(r"(?<![\w.,$€£/#:-])(?<!\d )(?:9\d|1[0-2]\d)(?![\d%°])(?![.,/:]\d)")
_SIGNS = re.compile(r"[歳岁歲才세살]")
_N_BEFORE, _N_AFTER = 24, 28
_LAST, _N_LAST = re.compile(r"[ ,;]{1,3}[0-9]{1,3}\Z"), 8
# Words of ages in words: no text is cut beside them.
JOINS: Final = frozenset({"ninety", "hundred", "year", "years"})


def find_ages(text: str) -> Iterator[Find]:
    """Find ages over 89, in digits or in English words; not how long something took."""
    for match in find_near_digits(_NUMBER, text):
        if not MOST < int(match[0]) <= _OLDEST:
            continue
        after = _unit().match(text, match.end(), match.end() + _N_AFTER)
        if after is not None and (after["old"] or after["age"]):
            yield Find(match.start(), after.end(), FORMED)
        elif _aged().search(text, max(0, match.start() - _N_BEFORE), match.start()):
            yield Find(match.start(), after.end() if after else match.end(), FORMED)
    for match in _in_words().finditer(text) if "year" in text.lower() else ():
        yield Find(match.start(), match.end(), FORMED)


def end_before_age(text: str, start: int, end: int) -> int:
    """Where a number ends that the number of an age was taken for a part of: "0958 97 years".

    text (str): Any text.
    start, end (int): The number, with all of its groups.
    """
    last = _LAST.search(text, max(start, end - _N_LAST), end)
    return last.start() if last and _unit().match(text, end) else end


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _unit() -> re.Pattern[str]:
    """What follows the number of an age: a unit with "old", or a unit that only ages have."""
    table = read_table("ages")
    own = [word for word in table["units"]["year"] if len(word) > 1 and not _SIGNS.match(word)]
    only = [word for word in own if word.startswith("jährig")] + ["yo"]
    units = [word for word in own if word not in only]
    return re.compile(
        rf"(?P<age>[ -]?(?:y\.?/?o\.?(?!\w)|(?:{_any(only)})(?!\w))| ?[歳岁歲才세살])"
        rf"|[ -]?(?:{_any(units)})\.?(?P<old>[ -](?:{_any(table['old'])})(?!\w))?(?!\w)",
        re.IGNORECASE,
    )


@cache
def _aged() -> re.Pattern[str]:
    """What stands before the number of an age."""
    words = _any(read_table("ages")["aged"])
    return re.compile(rf"(?<!\w)(?:{words})[\"']?[ ]?[:=(]?[ \"']?(?:is |was )?\Z", re.IGNORECASE)


@cache
def _in_words() -> re.Pattern[str]:
    table = read_table("ages")
    ones = _any(table["ones"])
    number = rf"(?:ninety(?:[ -](?:{ones}))?|(?:a|one) hundred(?: (?:and )?(?:{ones}))?)"
    return re.compile(rf"(?<!\w){number}[ -]years?[ -](?:old|of age)(?!\w)", re.IGNORECASE)
