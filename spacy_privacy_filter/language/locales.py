"""Letters and words of a text -> the locale in which invented values are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from .tables import read_table
from .titles import LOCALES

AUTO = "auto"
DEFAULT = "en_US"
_TABLE: Final = read_table("locales")
# The first word of a letter's Unicode name -> whose names are written so.
_SCRIPTS: Final[dict[str, str]] = _TABLE["scripts"]
# Patterns of words of streets, and of forms of postcodes.
_STREETS: Final[dict[str, str]] = _TABLE["streets"]
# Frequent words that no other language of the table has.
_FREQUENT: Final = {name: frozenset(words) for name, words in _TABLE["frequent"].items()}
# Whose names may stand in for each other: those of Latin letters that do not change with gender.
LATIN: Final = frozenset(_TABLE["latin"])
_ENOUGH = 3
_JAPANESE = re.compile("[\u3041-\u30ff県]|丁目|番地|東京都|大阪府|北海道")


def locale_of_name(tokens: Iterable[str], words: set[str], locale: str, around: str) -> str:
    """The locale that is set; or else that of the letters, the titles, the document of a name.

    tokens (Iterable[str]): Of the name.
    words (set[str]): Titles and particles: "herr", "van".
    locale (str): What is set; "auto" if nothing is.
    around (str): Of the document; "" if nothing is known of it.
    """
    told = (name for word, name in LOCALES.items() if word in words)
    return _of_letters("".join(tokens), locale, around) or next(told, _latin(around))


def locale_of_address(text: str, locale: str, around: str) -> str:
    """As `locale_of_name`, with words of streets and forms of postcodes in place of titles."""
    told = (name for name, words in _STREETS.items() if re.search(words, text, re.I))
    return _of_letters(text, locale, around) or next(told, _latin(around))


def _latin(around: str) -> str:
    return around if around in _FREQUENT else DEFAULT


def _of_letters(text: str, locale: str, around: str) -> str:
    """The locale that is set, or else that of the first letter that tells; or ""."""
    if locale != AUTO:
        return locale
    letters = (char for char in text if char.isalpha() and not char.isascii())
    scripts = (unicodedata.name(char, "").split(" ")[0] for char in letters)
    script = next((script for script in scripts if script in _SCRIPTS), "")
    # Names are written in the same letters in China and Japan.
    japanese = script == "CJK" and (around == "ja_JP" or _JAPANESE.search(text))
    return "ja_JP" if japanese else _SCRIPTS.get(script, "")


def locale_of_words(words: Iterable[str]) -> str:
    """The locale of a document by its words; "" if they tell nothing.

    words (Iterable[str]): Case folded, in any order.
    """
    words = set(words)
    if any("\u3041" <= char <= "\u30ff" for word in words for char in word):
        return "ja_JP"  # Chinese has no kana
    counts = {name: len(words & own) for name, own in _FREQUENT.items()}
    best = max(counts, key=lambda name: counts[name])
    others = max(n for name, n in counts.items() if name != best)
    return best if counts[best] >= _ENOUGH and counts[best] > others else ""
