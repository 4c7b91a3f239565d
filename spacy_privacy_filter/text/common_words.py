"""A word of a name -> how likely it is another word, by how often it is written in small letters.

SOURCE: the ranks of o200k_base, which follow how often a piece stands in texts of many languages.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from .o200k import word_ranks

RARE, COMMON, FREQUENT = range(3)
# Above these ranks, a small form is mostly a part of words or of user names ("liam" has none).
_COMMON_RANK: Final = 80_000
_FREQUENT_RANK: Final = 30_000
_COMMON_RATIO: Final = 2.0  # "jack" has 1.96 times the rank of "Jack", "rose" 1.04, "may" 0.3


@cache
def commonness(word: str) -> int:
    """Say how likely a word is more than a name: `RARE`, `COMMON` or `FREQUENT`.

    A script without capitals tells nothing: there all words are rare.

    word (str): In any case.
    """
    small, title = word.lower(), word.title()
    if small == title:
        return RARE
    ranks = word_ranks()
    rank = ranks.get(small)
    if rank is None:
        return RARE
    ratio = rank / ranks.get(title, 10 * _COMMON_RANK)
    if rank < _FREQUENT_RANK and ratio < 1.0:
        return FREQUENT
    return COMMON if rank < _COMMON_RANK and ratio < _COMMON_RATIO else RARE
