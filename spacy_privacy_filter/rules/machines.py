"""A text -> the addresses of machines in it."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from .finds import FORMED, Find, find_form

_MAC = re.compile(r"(?<![\w:-])[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}(?![\w:-])")
# As Cisco writes it; with a letter, so that it is no number in groups.
_DOTTED_MAC = re.compile(
    r"(?<![\w.])(?=[0-9.]{0,13}[A-Fa-f])[0-9A-Fa-f]{4}(?:\.[0-9A-Fa-f]{4}){2}(?![\w-]|\.\w)"
)
_IPV4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?!\w|\.\d)", re.ASCII)
# Right before four numbers, they say that it is no address. No cut falls between, as after a cut
# comes a word of letters (see `Rules.cuts`).
_VERSION = re.compile(r"\b(?:versions?|ver|v|release|firmware|build)[.:]?\s{0,2}$", re.IGNORECASE)
_N_BEFORE = 12
_IPV6 = re.compile(r"(?<![\w:.])(?=[0-9A-Fa-f]*:)[0-9A-Fa-f:]{6,39}(?![\w:])")


def find_macs(text: str) -> Iterator[Find]:
    """Find addresses of network cards."""
    yield from find_form(_MAC, text)
    yield from find_form(_DOTTED_MAC, text)


def find_ips(text: str) -> Iterator[Find]:
    """Find addresses of the internet; not numbers of versions."""
    for pattern in (_IPV4, _IPV6):
        for match in pattern.finditer(text):
            try:
                ipaddress.ip_address(match[0])
            except ValueError:
                continue
            before = text[max(0, match.start() - _N_BEFORE) : match.start()]
            if any(char.isdigit() for char in match[0]) and not _VERSION.search(before):
                yield Find(match.start(), match.end(), FORMED)
