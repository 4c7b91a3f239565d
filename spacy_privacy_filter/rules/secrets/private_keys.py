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


# SOURCE: PuTTY's manual, appendix C: fields, lines of base 64, and a hash at the end.
_PUTTY = re.compile(r"PuTTY-User-Key-File-[123]: ")
_PUTTY_LINE = re.compile(
    r"[ \t>]{0,8}(?:(?P<field>Encryption|Comment|Public-Lines|Key-Derivation|Argon2-[A-Za-z]{1,12}"
    r"|Private-Lines|Private-(?P<end>MAC|Hash)): ?[^\n]{0,400}|[0-9A-Za-z+/=]{1,76})\r?(?:\n|\Z)"
)


def find_private_keys(text: str) -> Iterator[Find]:
    """Find private keys; one that has no end yet reaches up to the next line of dashes.

    Its lines may be indented, or in one line, with line ends that are written out.
    """
    yield from _find_of_putty(text)
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


def _find_of_putty(text: str) -> Iterator[Find]:
    """Find the keys of PuTTY, from their first field to their last."""
    end = 0
    for match in _PUTTY.finditer(text):
        if match.start() < end:
            continue
        line_end = text.find("\n", match.end())
        place = len(text) if line_end < 0 else line_end + 1
        has_end = False
        while not has_end and (line := _PUTTY_LINE.match(text, place)) and line.end() > place:
            place, has_end = line.end(), bool(line["end"])
        end = place
        yield Find(match.start(), match.start() + len(text[match.start() : end].rstrip()), CHECKED)
