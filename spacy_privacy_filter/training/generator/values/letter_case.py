"""Capitals and small letters as a language has them."""

from __future__ import annotations

import unicodedata

DOTTED = ("tr", "az")  # i and ı are two letters there
_GEORGIAN = range(0x10D0, 0x1100)  # has capitals in Unicode, but hardly in print


def to_upper(text: str, language: str = "") -> str:
    """Write a text in capitals.

    language (str): Its code: Turkish keeps its dots, Greek drops its accents.
    """
    if language in DOTTED:
        text = text.replace("i", "İ").replace("ı", "I")
    upper = "".join(char if ord(char) in _GEORGIAN else char.upper() for char in text)
    if language == "el":
        bare = unicodedata.normalize("NFD", upper).replace("\u0301", "")
        upper = unicodedata.normalize("NFC", bare)
    return upper


def to_lower(text: str, language: str = "") -> str:
    """Write a text in small letters."""
    if language in DOTTED:
        text = text.replace("İ", "i").replace("I", "ı")
    return text.lower().replace("i\u0307", "i")


def to_title(text: str, language: str = "") -> str:
    """Write each word of a text with a capital, as headings have it."""
    return "".join(
        to_upper(char, language) if i == 0 or text[i - 1].isspace() else char
        for i, char in enumerate(text)
    )
