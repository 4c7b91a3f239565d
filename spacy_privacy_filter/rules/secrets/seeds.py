"""A text -> the words in it that restore a wallet, after what calls them so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..finds import FORMED, Find

# SOURCE: BIP 39: 12, 15, 18, 21 or 24 words of three to eight letters.
_COUNTS: Final = (24, 21, 18, 15, 12)
_CUE: Final = re.compile(
    r"(?<![^\W_])(?:(?:seed|recovery|backup|mnemonic|wallet|secret)[ _-]?(?:phrase|words?|seed)"
    r"|mnemonic|bip-?39|seed)(?![^\W_])",
    re.IGNORECASE,
)
_STEMS: Final = ("seed", "phrase", "mnemonic", "bip", "words")  # each has one in it
# What stands between the cue and the words: marks and up to three short words, such as "is".
_GAP: Final = re.compile(
    r"[\"']?[ \t]{0,2}(?:\([^()\n]{1,30}\)[ \t]?)?"
    r"(?:(?:phrase|is|was|are|words?|for|my|wallet|the)[ \t:]{1,2}){0,4}"
    r"(?:=>|[:=-])?\s{0,3}[\"'`\[(]{0,2}",
    re.IGNORECASE,
)
_WORDS: Final = re.compile(
    r"(?:(?:\d{1,2}[.):]\s?)?[\"']?[a-z]{3,8}[\"']?(?:,?[ \t]{1,2}|,?\s{1,3}|,)){11,23}"
    r"(?:\d{1,2}[.):]\s?)?[\"']?[a-z]{3,8}(?![\w-])",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[A-Za-z]{3,8}")
# None of the list, and in nearly every sentence.
_OF_PROSE: Final = frozenset(
    "the and for are your with from was were not have has but his her our its who which what when "
    "please never anyone must should would could been their them then than keep store".split()
)
_REACH: Final = 320  # characters from the start of a cue to the last word, at most


def find_seeds(text: str) -> Iterator[Find]:
    """Find the words that restore a wallet: twelve to twenty-four, after "seed phrase:"."""
    lowered = text.lower()
    for cue in _CUE.finditer(text) if any(stem in lowered for stem in _STEMS) else ():
        gap = _GAP.match(text, cue.end())
        words = _WORDS.match(text, gap.end() if gap else cue.end())
        if words is None:
            continue
        own = list(_WORD.finditer(text, words.start(), words.end()))
        count = next(n for n in _COUNTS if n <= len(own))
        if _OF_PROSE.isdisjoint(word[0].lower() for word in own[:count]):
            yield Find(own[0].start(), own[count - 1].end(), FORMED)


def is_near_seed(text: str, place: int, start: int = 0) -> bool:
    """Whether such words may begin before a place, but not before a start, and end after it."""
    return _CUE.search(text, max(start, place - _REACH), place) is not None
