"""A place in a text -> the words right before it that say what stands there: "Phone:", "MRN"."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Final, NamedTuple, TypeAlias

from ..identifiers.table import KINDS
from ..language.tables import read_table, read_words

# How far before a value its name may begin.
N_BEFORE: Final = 64
_N_WORDS = 4
_MARKS = " \t\u00a0.:;#=*|>'\"`([{-\u2013\u2014_/?\\<\u200e\u200f\uff1a"
_N_MARKS = 12
# With the marks of Indian and Thai letters.
_WORD = re.compile(
    r"(?:[^\W_]+|[\u0300-\u036f\u0900-\u0e4e]+)+(?:['\u2019][^\W\d_]+)?|[\u2116\u00ba\u00b0#]"
)
_PARTICLES = (
    "\u306f\u304c\u3092\u306e\ub294\uc740\ub97c\uc744"  # after a name, in Japanese and Korean
)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,20}>\s?\Z")
_JOINED = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

PHONE: Final = "phone"
STRONG: Final = "strong"  # of an account, whatever follows
WEAK: Final = "weak"  # of an account, if a mark follows or the value looks like one
AGAINST: Final = "against"  # of what is no phone number
KIND: Final = "kind"  # of a kind of the table of identifiers


class Name(NamedTuple):
    """What the words before a value call it.

    words (str): In small letters.
    group (str): One of "phone", "strong", "weak", "against", "kind".
    marked (bool): Whether a mark or a word such as "no." stands between it and the value.
    """

    words: str
    group: str
    marked: bool


# Where a value begins in some text -> what the words before it call it.
NameAt: TypeAlias = Callable[[int], "Name | None"]


class NamesBefore(dict[int, "Name | None"]):
    """What the words before each place of a text call it; read once, where it is asked first.

    text (str): Any text.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def __missing__(self, start: int) -> Name | None:
        name = self[start] = name_before(self.text, start)
        return name


@cache
def _read_names() -> dict[str, str]:
    """The names of fields, in small letters -> their group; kinds of numbers come first."""
    fields = read_table("fields")
    names = {word: group for group in (AGAINST, WEAK, STRONG, PHONE) for word in fields[group]}
    names |= {word.casefold(): KIND for kind in KINDS.values() for word in kind.words}
    return names


@cache
def read_kinds() -> dict[str, tuple[str, ...]]:
    """The names of kinds of numbers, in small letters -> the keys of `KINDS` that have them."""
    kinds: dict[str, tuple[str, ...]] = {}
    for kind in KINDS.values():
        for word in kind.words:
            kinds[word.casefold()] = (*kinds.get(word.casefold(), ()), kind.key)
    return kinds


@cache
def _fillers() -> frozenset[str]:
    return read_words("fields", "fillers")


def name_before(text: str, start: int) -> Name | None:
    """Find what the words right before a value call it; None if they are no name of a field.

    text (str): Any text.
    start (int): Where the value begins.
    """
    end, marked = _skip_marks(text, start)
    if end == 0 or not _WORD.match(text, end - 1) or text[end - 1].isdigit():
        return None
    first = max(0, start - N_BEFORE)
    line = max(text.rfind("\n", first, end) + 1, first)
    words = [match[0].casefold() for match in _WORD.finditer(text, line, end)][-2 * _N_WORDS :]
    while words and words[-1] in _fillers() and words[-1] not in _read_names():
        marked = marked or words[-1] in _COUNTING
        words.pop()
    return _look_up(words, marked)


# Words that announce a number.
_COUNTING: Final = frozenset(
    "no nr num number numbers n\u00b0 n\u00ba \u2116 \u00ba \u00b0 numero n\u00famero num\u00e9ro "
    "nummer is code".split()
)


def _look_up(words: list[str], marked: bool) -> Name | None:
    names = _read_names()
    for n in range(min(_N_WORDS, len(words)), 0, -1):
        phrase = " ".join(words[-n:])
        if phrase in names:
            return Name(phrase, names[phrase], marked)
    last = words[-1] if words else ""
    if last.endswith("s") and last[:-1] in names:
        return Name(last[:-1], names[last[:-1]], marked)
    if _JOINED.search(last):  # nothing parts a name from the words before it
        last = last.rstrip(_PARTICLES)
        for i in range(max(0, len(last) - 6), len(last)):
            if last[i:] in names:
                return Name(last[i:], names[last[i:]], marked)
    if last in ("id", "ids"):
        return Name(last, AGAINST, marked)
    return None


def _skip_marks(text: str, start: int) -> tuple[int, bool]:
    """Where the marks before a value begin, and whether there are others than blanks and dashes."""
    end, marked = start, False
    while end > 0 and start - end < _N_MARKS:
        char = text[end - 1]
        if char == ">" and (tag := _TAG.search(text, max(0, end - 25), end)):
            end, marked = tag.start(), True
        elif char in _MARKS:
            marked = marked or char in ':#=|"\uff1a'
            end -= 1
        else:
            break
    return end, marked


@cache
def _joining() -> frozenset[str]:
    """Words that may stand between a name and its value, or after the first word of a name."""
    phrases = [*_read_names(), *_fillers()]
    later = {word for phrase in phrases for word in phrase.split()[1:]}
    return frozenset({*later, *_fillers(), *read_words("fields", "digits")})


def joins(word: str) -> bool:
    """Whether a word hangs together with the words before it, so that no text is cut there."""
    return word.casefold() in _joining() or word.casefold().removesuffix("s") in _joining()
