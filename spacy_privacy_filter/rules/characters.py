"""A text -> the same with blanks, hyphens, digits and letters in ASCII, one character for one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

DIGIT: Final = re.compile("[0-9]")
_NARROW: Final = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}  # of full width
# What else is written for a blank, hyphen, digit or capital.
_PLAIN: Final = {
    **dict.fromkeys(
        "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000", " "
    ),
    **dict.fromkeys("\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"),
    **_NARROW,
    **{chr(zero + n): str(n) for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50) for n in range(10)},
}
_OTHER, _WIDE = (re.compile(f"[{''.join(chars)}]") for chars in (_PLAIN, _NARROW))
_TO_PLAIN, _TO_NARROW = str.maketrans(_PLAIN), str.maketrans(_NARROW)


def plain_text(text: str) -> str:
    """Write what is a blank, hyphen, digit or letter in numbers in ASCII."""
    if text.isascii() or not _OTHER.search(text):
        return text
    return text.translate(_TO_PLAIN)


def narrow_text(text: str) -> str:
    """Write what is of full width in ASCII, and leave blanks and hyphens as they are."""
    if text.isascii() or not _WIDE.search(text):
        return text
    return text.translate(_TO_NARROW)


def find_near_digits(
    pattern: re.Pattern[str], text: str, n_before: int = 0
) -> Iterator[re.Match[str]]:
    """Find what has a form that holds digits; where none is near is passed over fast.

    pattern (re.Pattern[str]): Matches no empty text.
    text (str): With digits in ASCII.
    n_before (int): Characters of the form before its first digit, at most.
    """
    place = 0
    while digit := DIGIT.search(text, place):
        match = pattern.search(text, max(place, digit.start() - n_before))
        if match is None:
            return
        yield match
        place = match.end()


def count_digits(text: str) -> int:
    """Count the digits of ASCII: rules whose numbers have more need not look."""
    return sum(map(text.count, "0123456789"))
