"""Values that were found -> every other place of a text where one stands as a whole word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

MIN_CHARS: Final = 4  # shorter ones are parts of too much
MAX_QUICK: Final = 50
_BLANKS: Final = {ord(char): " " for char in "\t\n\r\x0b\x0c\xa0\u2007\u202f"}
_START: Final = re.compile(r"(?<!\w)\w+|[^\w\s]")


class Replaced(NamedTuple):
    """A value that was replaced, and what stands for it now."""

    source: str
    value: str


class Values:
    """Values, and what stands for each; they are looked up by their first word.

    A blank is a blank, whichever it is. Of several that start at one place the longest counts.
    """

    def __init__(self, replaced: Iterable[Replaced]) -> None:
        # By the first word: the values, and their lengths, of which there are few.
        self._by_start: dict[str, dict[str, Replaced]] = {}
        for pair in replaced:
            plain = pair.source.translate(_BLANKS).strip()
            match = _START.match(plain)
            if len(plain) >= MIN_CHARS and match is not None:
                self._by_start.setdefault(match[0], {}).setdefault(plain, pair)
        self._lengths = {
            start: sorted({len(value) for value in values}, reverse=True)
            for start, values in self._by_start.items()
        }
        starts = "|".join(map(re.escape, self._by_start))
        # Most texts hold none; to try a few words at every place is quick.
        self._quick = re.compile(starts) if len(self._by_start) <= MAX_QUICK else None

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Find where the values stand: start, end, and the value as it was given."""
        for start, end, pair in self._find(text):
            yield start, end, pair.source

    def replace(self, text: str) -> str:
        """Put what stands for them in place of all values in a text."""
        if len(text) < MIN_CHARS or not self.may_be_in(text):
            return text
        parts, place = [], 0
        for start, end, pair in self._find(text):
            parts += [text[place:start], pair.value]
            place = end
        return "".join([*parts, text[place:]]) if place else text

    def may_be_in(self, text: str) -> bool:
        """Say quickly whether a value may stand in a text; False is certain."""
        if not self._by_start:
            return False
        return self._quick is None or self._quick.search(text) is not None

    def _find(self, text: str) -> Iterator[tuple[int, int, Replaced]]:
        plain = text.translate(_BLANKS)
        place = 0
        for match in _START.finditer(plain):
            start = match.start()
            if start < place:
                continue
            for n_chars in self._lengths.get(match[0], ()):
                end = start + n_chars
                pair = self._by_start[match[0]].get(plain[start:end])
                if pair is not None and _ends(plain, end):
                    yield start, end, pair
                    place = end
                    break


def _ends(text: str, end: int) -> bool:
    """Whether a value that ends there is no part of a longer word."""
    return end >= len(text) or not (_is_word(text[end - 1]) and _is_word(text[end]))


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"
