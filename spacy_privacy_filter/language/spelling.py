"""Letters of many scripts, with marks -> letters in which spellings of a name compare."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя" + "іїєґ",
        (
            "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya i yi ye g"
        ).split(),
        strict=True,
    )
)
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω" + "άέήίόύώϊϋΐΰ",
        "a v g d e z i th i k l m n x o p r s s t y f ch ps o a e i i o y o i y i y".split(),
        strict=True,
    )
)
# How passports write the letters of other scripts, roughly.
ROMANISED = {char: latin.replace("_", "") for char, latin in {**_CYRILLIC, **_GREEK}.items()}
# Latin letters that are no other letter with a mark.
_SPECIAL = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h",
}  # fmt: skip
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue"}
# What else is written in two letters where a keyboard lacks one.
WIDE = {**_UMLAUTS, "ø": "oe", "å": "aa"}
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
