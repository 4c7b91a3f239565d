"""A text -> the addresses of pages in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .finds import FORMED, Find

_URL = re.compile(r"(?<!\w)(?:(?:https?|ftp)://|www\.)[^\s<>\"'`{}|\\^\[\]]+", re.IGNORECASE)


def find_urls(text: str) -> Iterator[Find]:
    """Find addresses of pages, without the marks of the sentence after them."""
    for match in _URL.finditer(text):
        value = match[0].rstrip(".,;:!?…*_~")
        if value.endswith(")") and value.count("(") < value.count(")"):
            value = value.rstrip(").,;:!?")
        if len(value) > len("www.") and not value.endswith("//"):
            yield Find(match.start(), match.start() + len(value), FORMED)
