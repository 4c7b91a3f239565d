"""Two texts -> whether one gives away a part of the other."""

from __future__ import annotations

import unicodedata

RUN = 4


def repeats(source: str, value: str, run: int = RUN) -> bool:
    """Say whether a value repeats a run of characters of its source.

    Compared as they are and without regard to case, width and separators.

    source, value (str): The two texts.
    run (int): Length of a run that counts.
    RETURNS (bool): Whether any run is in both, or the texts are the same.
    """
    pairs = ((source, value), (source.casefold(), value.casefold()), (_bare(source), _bare(value)))
    return any((a == b and a != "") or bool(_runs(a, run) & _runs(b, run)) for a, b in pairs)


def _bare(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if char.isalnum())


def _runs(text: str, run: int) -> set[str]:
    return {text[i : i + run] for i in range(len(text) - run + 1)}
