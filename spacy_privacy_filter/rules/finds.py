"""What rules find in a text, and how sure of it they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

CHECKED: Final = 1.0  # a checksum, a range or a prefix that nothing else has
NAMED: Final = 0.97  # the form, and a word beside it or a prefix that says what it is
FORMED: Final = 0.95  # the form only


class Find(NamedTuple):
    """A find of one rule."""

    start_char: int
    end_char: int
    score: float


def find_form(pattern: re.Pattern[str], text: str, score: float = FORMED) -> Iterator[Find]:
    """Find whatever has a form."""
    for match in pattern.finditer(text):
        yield Find(match.start(), match.end(), score)
