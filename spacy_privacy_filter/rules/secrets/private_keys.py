"""A text -> the blocks of private keys in it, whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..finds import CHECKED, Find

# SOURCE: RFC 7468, RFC 1421 (headers inside), RFC 9580 (PGP), RFC 4716 (four dashes).
_BEGIN = re.compile(
    r"(?P<dashes>-----|---- )BEGIN (?P<kind>[A-Z0-9 ]{0,40}?PRIVATE KEY(?: BLOCK)?)(?: ----|-----)"
)

_LINE_ENDS: Final = ("\\r\\n", "\\n")  # written out, as in JSON


def find_private_keys(text: str) -> Iterator[Find]:
    """Find private keys; one that has no end yet reaches up to the next line of dashes.

    Its lines may be indented, or in one line, with line ends that are written out.
    """
    end = 0
    for match in _BEGIN.finditer(text):
        if match.start() < end:
            continue
        dashes, kind = match["dashes"], match["kind"]
        end = text.find(dashes.strip(), match.end())
        closing = f"{dashes}END {kind}{dashes[::-1]}"
        if end < 0:
            end = len(text)
        elif text.startswith(closing, end):
            end += len(closing)
            end += len(next((e for e in _LINE_ENDS if text.startswith(e, end)), ""))
        yield Find(match.start(), end, CHECKED)
