"""A text -> the keys of services in it that have a known prefix, web tokens, private keys."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .finds import CHECKED, Find, find_form

_KEYS = re.compile(
    r"(?<![\w-])(?:"
    r"(?:sk|pk|rk)_(?:live|test)_[0-9A-Za-z]{16,}"
    r"|sk-[0-9A-Za-z_-]{20,}"
    r"|gh[pousr]_[0-9A-Za-z]{36,}|github_pat_[0-9A-Za-z_]{22,}|glpat-[0-9A-Za-z_-]{20,}"
    r"|(?:AKIA|ASIA)[0-9A-Z]{16}|AIza[0-9A-Za-z_-]{35}"
    r"|xox[abeoprs]-[0-9A-Za-z-]{10,}|hf_[0-9A-Za-z]{30,}|npm_[0-9A-Za-z]{36}"
    r"|pypi-[0-9A-Za-z_-]{50,}|SG\.[0-9A-Za-z_-]{16,}\.[0-9A-Za-z_-]{16,}"
    r"|eyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]+"
    r")(?![\w-])"
)
_PRIVATE_KEY = re.compile(
    r"-----BEGIN (?P<kind>[A-Z ]*PRIVATE KEY)-----[^-]*(?:-----END (?P=kind)-----)?"
)


def find_keys(text: str) -> Iterator[Find]:
    """Find keys of services, JSON web tokens and private keys."""
    yield from find_form(_KEYS, text, CHECKED)
    yield from find_private_keys(text)


def find_private_keys(text: str) -> Iterator[Find]:
    """Find private keys; one that has no end yet reaches up to the first dash."""
    return find_form(_PRIVATE_KEY, text, CHECKED)
