"""Two texts -> whether one gives away a part of the other."""

from __future__ import annotations

import unicodedata

from ...language.spelling import strip_marks

RUN = 4


def repeats(source: str, value: str, run: int = RUN) -> bool:
    """Say whether a value repeats a run of characters of its source.

    Of any characters, blanks and marks as well: compared as they are, without regard to case and
    width, then without the marks of letters, and the digits alone, which separators may group in
    other ways.

    source, value (str): The two texts.
    run (int): Length of a run that counts.
    RETURNS (bool): Whether any run is in both, or the texts are the same.
    """
    folded = _fold(source), _fold(value)
    plain = strip_marks(folded[0]), strip_marks(folded[1])
    if any(one and _bare(one) == _bare(other) for one, other in (folded, plain)):
        return True
    digits = _digits(folded[0]), _digits(folded[1])
    pairs = ((source, value), folded, plain, digits)
    return any(_runs(a, run) & _runs(b, run) for a, b in pairs)


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _bare(text: str) -> str:
    return "".join(char for char in text if char.isalnum()) or text


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def _runs(text: str, run: int) -> set[str]:
    return {text[i : i + run] for i in range(len(text) - run + 1)}
