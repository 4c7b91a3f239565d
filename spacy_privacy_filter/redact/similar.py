"""Two texts -> whether one gives away a part of the other."""

from __future__ import annotations

import unicodedata

RUN = 4
SEPARATORS = frozenset(" ,.;:/-()'’_")


def repeats(source: str, value: str, run: int = RUN) -> bool:
    """Say whether a value repeats a run of characters of its source.

    Compared without regard to case and width: the runs of each word, and those of all digits, which
    separators may group in other ways. Blanks and marks between words tell nothing: ", 19" is no
    run. Other marks count, as they may be a part of a secret.

    source, value (str): The two texts.
    run (int): Length of a run that counts.
    RETURNS (bool): Whether any run is in both, or the texts are the same.
    """
    one, other = _fold(source), _fold(value)
    if one and _bare(one) == _bare(other):
        return True
    return bool(_words(one, run) & _words(other, run))


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _bare(text: str) -> str:
    return "".join(char for char in text if char.isalnum()) or text


def _words(text: str, run: int) -> set[str]:
    words = "".join(" " if char in SEPARATORS else char for char in text).split(" ")
    words.append("".join(char for char in text if char.isdigit()))
    return set().union(*(_runs(word, run) for word in words))


def _runs(text: str, run: int) -> set[str]:
    return {text[i : i + run] for i in range(len(text) - run + 1)}
