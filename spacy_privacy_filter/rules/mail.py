"""A text -> the addresses of mail in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .finds import Find, find_form

# A start is only tried at the edge of a word, so that no text takes quadratic time.
_EMAIL = re.compile(
    r"(?<![\w.+%-])(?<!\w['\u2019])[\w+%-](?:[\w.+%-]|(?<=\w)['\u2019](?=\w))*@(?:[\w-]+\.)+"
    r"(?:[xX][nN]--[0-9A-Za-z-]*[0-9A-Za-z]|[^\W\d_]{2,})(?![\w-])"
)


def find_emails(text: str) -> Iterator[Find]:
    """Find addresses of mail."""
    return find_form(_EMAIL, text)
