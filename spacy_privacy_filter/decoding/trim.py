"""The first and last piece of a span -> where the span really starts and ends.

A piece may hold a mark of the text together with a part of the value, as "=https" and '?",' do. The
tags speak of whole pieces, so they cannot say that the mark is outside; what it is, can.
"""

from __future__ import annotations

from typing import Final

PAIRS: Final = {"(": ")", "[": "]", "{": "}", "<": ">", "（": "）", "「": "」", "『": "』"}
CLOSING: Final = {close: start for start, close in PAIRS.items()}
# Marks that stand between a value and what is left of it: never a part of personal data there.
BEFORE: Final = frozenset("=:>,;|*\"'`“”‘’«»„＝：，；、、")
# Full stops, question and exclamation marks are not among them: "Jr.", and passwords, end in them.
AFTER: Final = frozenset(",;:|*\"'`“”‘’«»，；：、、。")
TAGS: Final = ("/>", "</")


def trim_space(text: str, start_char: int, end_char: int) -> tuple[int, int]:
    """Leave out white space at both ends of a stretch; start = end if it holds nothing else."""
    held = text[start_char:end_char]
    start = start_char + len(held) - len(held.lstrip())
    return start, max(start, start_char + len(held.rstrip()))


def trim_marks(text: str, start_char: int, end_char: int, first: int, last: int) -> tuple[int, int]:
    """Leave out marks that share the first or the last piece of a span with what is in it.

    Of both pieces, at least one character stays: what a piece holds alone, its tag speaks of. A
    bracket goes if its partner is not in the span.

    text (str): The text.
    start_char, end_char (int): The span, without white space at its ends.
    first (int): One past the first piece, in characters; the span's end if there is just one.
    last (int): Start of the last piece; the span's start if there is just one.
    RETURNS (tuple[int, int]): start_char and end_char, never empty if the span is not.
    """
    if not any(char.isalnum() for char in text[start_char:end_char]):
        return start_char, end_char  # nothing but marks: then they are what was found
    while start_char + 1 < first and _goes_before(text, start_char, end_char):
        start_char += 1
    while end_char - 1 > max(last, start_char) and (n := _goes_after(text, start_char, end_char)):
        end_char = max(end_char - n, max(last, start_char) + 1)
    return start_char, end_char


def _goes_before(text: str, start: int, end: int) -> bool:
    char = text[start]
    if char in PAIRS:
        return _surplus(text[start:end], char, PAIRS[char]) > 0
    return char in CLOSING or char in BEFORE


def _goes_after(text: str, start: int, end: int) -> int:
    """How many characters at the end are outside."""
    char, before = text[end - 1], text[end - 2]
    if text[end - 2 : end] in TAGS:
        return 2
    if char in CLOSING:
        return int(_surplus(text[start:end], CLOSING[char], char) < 0)
    if char == "." and not before.isalnum():  # the end of a sentence, after another mark
        return int(before != ".")
    return int(char in AFTER or char in PAIRS)


def _surplus(held: str, opening: str, closing: str) -> int:
    return held.count(opening) - held.count(closing)
