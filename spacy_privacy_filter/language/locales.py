"""Letters and words of a text -> the locale in which invented values are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from .titles import LOCALES

AUTO = "auto"
DEFAULT = "en_US"
# The first word of a letter's Unicode name -> whose names are written so.
_SCRIPTS = {
    "CYRILLIC": "ru_RU", "GREEK": "el_GR", "ARABIC": "ar_AA", "HEBREW": "he_IL", "CJK": "zh_CN",
    "HIRAGANA": "ja_JP", "KATAKANA": "ja_JP", "HANGUL": "ko_KR", "DEVANAGARI": "hi_IN",
    "THAI": "th_TH", "ARMENIAN": "hy_AM", "GEORGIAN": "ka_GE", "TAMIL": "ta_IN",
    "BENGALI": "bn_BD",
}  # fmt: skip
# Words of streets, and forms of postcodes.
_STREETS = {
    "de_DE": r"\w+(?:straße|strasse|str\.|gasse|platz|allee)",
    "fr_FR": r"\b(?:rue|avenue d\w+|boulevard|chemin|impasse|allée|quai|cedex)\b",
    "es_ES": r"\b(?:calle|avenida|avda|plaza|paseo|carrer)\b|\bc/",
    "it_IT": r"\b(?:via|viale|piazza|corso|vicolo)\b",
    "pt_BR": r"\b(?:rua|travessa|praça|alameda)\b",
    "nl_NL": r"\w+(?:straat|laan|gracht|plein|kade)\b|\b\d{4} [A-Z]{2}\b",
    "sv_SE": r"\w+(?:gatan|vägen)\b",
    "pl_PL": r"\b(?:ul|al)\. ",
    "en_GB": r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b",
}
# Frequent words that no other language of the table has.
_FREQUENT = {
    "en_US": "the and is of to you your was for with her his at by has",
    "de_DE": "der das und ist nicht sie ich mit für auf ein eine wurde haben zu ihre am geehrte",
    "fr_FR": "et est vous pour dans une des avec pas votre au êtes sur nous le",
    "es_ES": "el los y es por su una las usted nació vive del con para",
    "it_IT": "il gli che di è sono della per suo nel alla ha vive nato nata",
    "pt_BR": "os não uma seu sua em do da foi você são ao com para",
    "nl_NL": "het een en van niet zijn op te voor met bij heeft",
    "sv_SE": "och det att är inte för som jag på av den",
    "pl_PL": "nie na się jest że do jak pan pani oraz przez",
}
# Whose names may stand in for each other: those of Latin letters that do not change with gender.
LATIN = frozenset(
    "en_US en_GB en_AU en_CA en_IE en_IN en_NZ de_DE de_AT de_CH fr_FR fr_BE fr_CA fr_CH es_ES "
    "es_MX es_AR es_CL es_CO it_IT pt_BR pt_PT nl_NL nl_BE sv_SE da_DK no_NO fi_FI et_EE".split()
)
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
    counts = {name: len(words & set(own.split())) for name, own in _FREQUENT.items()}
    best = max(counts, key=lambda name: counts[name])
    others = max(n for name, n in counts.items() if name != best)
    return best if counts[best] >= _ENOUGH and counts[best] > others else ""
