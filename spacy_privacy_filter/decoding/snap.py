"""Spans that begin or end within a word -> spans of whole words."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from ..rules.sharing import share_out
from ..text.words import Words, cut_words
from ..types import CharSpan

_N_MARKS: Final = 32  # on one letter; no writing has more, and a text of marks alone stays linear


def snap_words(text: str, spans: Sequence[CharSpan], words: Words | None = None) -> list[CharSpan]:
    """Let spans grow to whole words.

    A word is a run of letters and digits, with their marks; see `text.words`. A span never grows
    over a blank, "-", "_" or "'", nor in scripts that write no blanks between words.

    text (str): The text.
    spans (Sequence[CharSpan]): Disjoint.
    words (Words | None): What `cut_words` gives of the text, where that is known.
    RETURNS (list[CharSpan]): Sorted and disjoint, over all characters of the spans that came in.
        Spans that grow into each other are one, with the better score, if they have one label; else
        the word goes to a secret, then to the better score, then to the first.
    """
    if not spans:
        return []
    words = cut_words(text) if words is None else words
    starts = [start for start, _ in words]
    grown = []
    for span in spans:
        start, end = _whole_characters(text, span.start_char, span.end_char)
        start = min(start, _word_at(words, starts, start)[0])
        end = max(end, _word_at(words, starts, end)[1])
        grown.append(span._replace(start_char=start, end_char=end))
    return share_out(text, grown)


def _word_at(
    words: Sequence[tuple[int, int]], starts: Sequence[int], place: int
) -> tuple[int, int]:
    """The word that goes on at a place; or the place itself, if none does."""
    i = bisect_right(starts, place - 1) - 1
    if i >= 0 and words[i][0] < place < words[i][1]:
        return words[i]
    return place, place


def _whole_characters(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in the letter of a mark with which a span begins, and the marks of its last letter."""
    least, most = max(0, start - _N_MARKS), min(len(text), end + _N_MARKS)
    while start > least and _is_mark(text[start]) and not text[start - 1].isspace():
        start -= 1
    while end < most and _is_mark(text[end]):
        end += 1
    return start, end


def _is_mark(char: str) -> bool:
    return char > "\u02ff" and unicodedata.category(char)[0] == "M"
