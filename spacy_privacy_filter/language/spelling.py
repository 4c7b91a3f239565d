"""Letters of many scripts, with marks -> letters in which spellings of a name compare."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from .tables import read_table

_TABLE: Final = read_table("spelling")
# How passports write the letters of other scripts, roughly.
ROMANISED: Final[dict[str, str]] = {**_TABLE["cyrillic"], **_TABLE["greek"]}
# Latin letters that are no other letter with a mark.
_SPECIAL: Final[dict[str, str]] = _TABLE["special"]
_UMLAUTS: Final[dict[str, str]] = _TABLE["umlauts"]
# What else is written in two letters where a keyboard lacks one.
WIDE: Final[dict[str, str]] = {**_UMLAUTS, **_TABLE["wide"]}
# Marks of Latin, Greek and Cyrillic letters; in other scripts marks tell names apart.
_MARKS = re.compile("[\u0300-\u036f]+")
_ARTICLE = re.compile(r"^(?:al|el)-(?=\w)")


def strip_marks(text: str) -> str:
    """Leave out the marks of letters: "é" gives "e". Letters that are composed stay as they are."""
    parts = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in parts if unicodedata.category(char) != "Mn")
    return unicodedata.normalize("NFKC", bare)


def fold_name(word: str) -> str:
    """Give all spellings of a word of a name as one: "Müller" and "Mueller", "José" and "Jose".

    "Muller" is not "Müller" here: that would make "Michael" and "Michal" one as well.

    word (str): As `names.normalise` gives it.
    """
    word = _ARTICLE.sub("", word)
    if word.isascii():
        return word
    plain = _replace(word, {**_SPECIAL, **_UMLAUTS})
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", plain))
    return unicodedata.normalize("NFKC", bare) or word


def latin(word: str, wide: Iterable[str] = ()) -> str:
    """Write a word of a name as mail addresses do; what has no letters of a to z gives "".

    word (str): In Latin, Cyrillic or Greek letters; hyphens stay.
    wide (Iterable[str]): Letters of `WIDE` that give two: "ü" gives "ue", not "u".
    """
    table = {**ROMANISED, **_SPECIAL, **{letter: WIDE[letter] for letter in wide}}
    plain = unicodedata.normalize("NFKD", _replace(word.casefold(), table))
    return re.sub("[^a-z-]", "", plain).strip("-")


def _replace(word: str, table: dict[str, str]) -> str:
    return "".join(table.get(char, char) for char in unicodedata.normalize("NFC", word))
