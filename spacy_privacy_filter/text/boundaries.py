"""A text that goes on -> the place up to which its pieces are final, whatever comes.

SOURCE: the pattern in pieces.py, which decides what is merged; no piece crosses its matches.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from .o200k import BLANKS

BREAKS: Final = "\r\n"
_BLANKS: Final = frozenset(BLANKS)
# Marks that no version of Unicode takes for a letter, digit, combining mark or blank. No
# apostrophe: "'s" may belong to the word before it.
MARKS: Final = frozenset(',.;:!?()"。，、！？；：「」『』（）・।॥،؛؟')


def final_end(text: str) -> int:
    """Find the last place at which any text that goes on from here is split in two.

    A match of the pattern ends before a blank that follows something else than white space, before
    a line break or mark that follows a letter or digit, and a new match begins there. What is left
    of such a place is matched without a look at what is right of it, so the pieces of the two sides
    put together are the pieces of the whole.

    text (str): What there is of the text; its start is the start of the text or such a place.
    RETURNS (int): The place, in characters; 0 if there is none.
    """
    return next((i for i in range(len(text) - 1, 0, -1) if _splits(text[i - 1], text[i])), 0)


def _splits(before: str, after: str) -> bool:
    if after in _BLANKS:
        return before not in _BLANKS and before not in BREAKS
    return (after in BREAKS or after in MARKS) and _is_word(before)


def _is_word(char: str) -> bool:
    """Whether a character is a letter or digit, and was already in an old version of Unicode."""
    old = unicodedata.ucd_3_2_0.category(char)
    return old[0] in "LN" and unicodedata.category(char)[0] in "LN"
