"""Two texts -> whether one gives away a part of the other."""

from __future__ import annotations

import unicodedata

RUN = 4


def repeats(source: str, value: str, run: int = RUN) -> bool:
    """Say whether a value repeats a run of characters of its source.

    Of any characters, blanks and marks as well: compared as they are, without regard to case and
    width, and the digits alone, which separators may group in other ways.

    source, value (str): The two texts.
    run (int): Length of a run that counts.
    RETURNS (bool): Whether any run is in both, or the texts are the same.
    """
    one, other = _fold(source), _fold(value)
    if one and _bare(one) == _bare(other):
        return True
    pairs = ((source, value), (one, other), (_digits(one), _digits(other)))
    return any(_runs(a, run) & _runs(b, run) for a, b in pairs)


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _bare(text: str) -> str:
    return "".join(char for char in text if char.isalnum()) or text


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def _runs(text: str, run: int) -> set[str]:
    return {text[i : i + run] for i in range(len(text) - run + 1)}
