"""A text -> names of people in it that stand for a test, a disease, a law or a unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final

from ...language.tables import read_table
from ...language.titles import TITLES
from .token import Token

_BEFORE: Final = 60  # characters that a method with two names may begin before a span
_AFTER: Final = 80
_ARTICLE: Final = r"(?:(?:[Aa]n?|[Tt]he) )?"
_POSSESSIVE: Final = r"(?:['\u2019]s?(?!\w))?"
_WORD_BEFORE: Final = re.compile(r"([^\W\d_]+)\.?[ \t]{1,2}\Z")
_INITIAL_BEFORE: Final = re.compile(r"(?<!\w)[^\W\d_]\.[ \t]?\Z")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_DASHES: Final = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))


def find_eponyms(text: str, start: int, end: int) -> Iterator[Token]:
    """Find methods, diseases and the like whose names touch a stretch.

    Names that are usual stand for one only before the words that make one: "Friedman test",
    "Graves' disease". None follows a title, an initial or a
    word with a capital that may be a given name.

    text (str): Any text.
    start, end (int): The stretch.
    """
    if _known_words().isdisjoint(_LETTERS.findall(text[start:end])):
        return
    first, last = max(0, start - _BEFORE), min(len(text), end + _AFTER)
    part = text[first:last].translate(_DASHES)
    for pattern in _patterns():
        for match in pattern.finditer(part):
            begin, stop = first + match.start(), first + match.end()
            if begin < end and start < stop and not _follows_name(text, begin):
                yield Token(begin, stop, begin, is_named=True)


def _follows_name(text: str, start: int) -> bool:
    """Whether a title, an initial or what may be a given name stands right before."""
    before = text[max(0, start - 30) : start]
    if _INITIAL_BEFORE.search(before):
        return True
    word = _WORD_BEFORE.search(before)
    if word is None:
        return False
    small = word[1].casefold()
    return small in _titles() or (
        word[1][0].isupper() and small not in read_table("eponyms")["before"]
    )


@cache
def _known_words() -> frozenset[str]:
    """Every word of the table, so that most names are passed over fast."""
    return frozenset(_LETTERS.findall(str(read_table("eponyms"))))


@cache
def _titles() -> frozenset[str]:
    return frozenset(title.rstrip(".") for title in TITLES)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Make the patterns: names alone, names of a field before its words, and pairs of both."""
    table = read_table("eponyms")
    fields = [group for key, group in table.items() if isinstance(group, dict) and key != "pairs"]
    alone = _any(name for group in fields for name in group["alone"])
    after = _any(word for group in fields for word in _cased(group["after"]))
    names = "|".join(
        f"(?:{_any(group['names'])})(?:(?:-| (?:and|&) )(?:{_any(group['names'])})){{0,2}}"
        f"{_before(group['after'])}"
        for group in fields
    )
    pairs = "|".join(f"{re.escape(name)}{_before(words)}" for name, words in table["pairs"].items())
    units = rf"\d[ \t]?(?:{_any(table['units'])})"
    return (
        re.compile(rf"(?<![\w-]){_ARTICLE}(?:{alone}){_POSSESSIVE}(?:[ -](?:{after}))?(?!\w)"),
        re.compile(rf"(?<![\w-]){_ARTICLE}(?:{names})(?![\w-])"),
        re.compile(rf"(?<![\w-]){_ARTICLE}(?:{pairs})(?![\w-])"),
        re.compile(rf"{units}(?!\w)"),
    )


def _before(after: Iterable[str]) -> str:
    """A pattern of what follows a name: words, or a capital alone after "'s" only.

    In lists of papers a capital after a name is the initial of a given name: "Friedman H".
    """
    capitals = {word for word in after if len(word) == 1 and word.isupper()}
    words = f"(?:[ -]{{1,2}}(?:{_any(_cased(set(after) - capitals))})){{1,3}}"
    plain = rf"{_POSSESSIVE}(?:[ -]{{1,2}}{_BETWEEN}){{0,3}}{words}"
    if not capitals:
        return f"(?:{plain})"
    return rf"(?:{plain}|['\u2019]s? (?:{_any(capitals)})(?![\w.]))"


def _cased(words: Iterable[str]) -> set[str]:
    """The words, and those of three letters or more with capitals: "Coma Scale"."""
    words = set(words)
    return words | {word.title() for word in words if len(word) > 2 and word.islower()}


# Words between a name and the word that says what it is.
_BETWEEN: Final = (
    r"(?:one-way|two-way|two-sided|two-tailed|one-sided|one-tailed|two-sample|one-sample|paired|unpaired"
    r"|independent|exact|rank|sum|rank-sum|signed|signed-rank|matched-pairs|sign|log-rank|non-parametric"
    r"|nonparametric|multiple|range|honestly|honest|significant|difference|least|post|hoc|post-hoc|unequal"
    r"|variances?|equality|weighted|partial|product-moment|moment|linear|normality|omnibus|random|mixed"
    r"|maximum|generali[sz]ed|extended|conditional|simple|squared|chi-squared?|univariate|multivariate"
    r"|hidden|fast|discrete|inverse|chain|large|small|B-cell|T-cell|cell|muscular|nodular|idiopathic|juvenile|early|late|onset)"
)


def _any(words: Iterable[Any]) -> str:
    """A pattern of words, the longest first; a blank may be a hyphen."""
    parts = sorted({str(word) for word in words}, key=lambda word: (-len(word), word))
    return "|".join(re.escape(part).replace(r"\ ", "[ -]") for part in parts)
