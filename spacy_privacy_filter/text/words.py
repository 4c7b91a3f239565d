"""A text -> its words, in scripts that part words by blanks."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final, TypeAlias

# start_char and end_char of words, in order.
Words: TypeAlias = "list[tuple[int, int]]"
# Scripts without blanks between words, and Hangul, whose particles follow a name without one: a run
# of such letters is no word. Blocks, as first and last character.
GLUED: Final = (
    "\u0e00-\u0eff\u0f00-\u0fff"  # Thai, Lao, Tibetan
    "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"  # Burmese
    "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc"  # Hangul
    "\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\ua980-\ua9df"  # Khmer, Tai, Javanese
    "\u2e80-\u30ff\u3100-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"  # Han, kana
    "\uf900-\ufaff\uff66-\uff9f\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
_RAISED: Final = "²³¹⁰-₎"  # the number of a note is no part of the word before it
_JOINERS: Final = "\u00ad\u200c\u200d\u2060"  # soft hyphen, joiners: parts of a word within it


_ESCAPE: Final = re.compile(r"\\[nrt]")
_ASCII_WORD: Final = re.compile("[A-Za-z0-9]+")


@cache
def mark_class() -> str:
    """All combining marks, as they stand in a class of an expression."""
    runs: list[list[int]] = []
    for code in range(0x300, 0xE01F0):
        if unicodedata.category(chr(code))[0] == "M":
            if runs and runs[-1][1] == code - 1:
                runs[-1][1] = code
            else:
                runs.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in runs)


@cache
def word_form() -> re.Pattern[str]:
    """The form of a word: letters, digits and their marks; not "_", nor the marks of a sentence.

    Catalan's "l·l" is within a word; an apostrophe or hyphen is between two.
    """
    letter = rf"[^\W_{_RAISED}{GLUED}]"
    marks = rf"(?![{GLUED}])[{mark_class()}]"
    inner = rf"[{_JOINERS}](?={letter})|(?<=[lL])·(?=[lL])"
    return re.compile(rf"(?:[A-Za-z0-9]|{letter})(?:[A-Za-z0-9]+|{letter}|{marks}|{inner})*")


def cut_words(text: str) -> Words:
    """Find the words of a text: start_char and end_char of each, in order.

    The letter of an escape is none of a word's: a line break written as backslash and "n".
    """
    form = _ASCII_WORD if text.isascii() else word_form()
    words = [match.span() for match in form.finditer(text)]
    if "\\" not in text:
        return words
    escapes = {match.start() + 1 for match in _ESCAPE.finditer(text)}
    after = [(start + (start in escapes), end) for start, end in words]
    return [(start, end) for start, end in after if start < end]
