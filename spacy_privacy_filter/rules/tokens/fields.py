"""The words before or after a value -> whether they name a field of somebody's data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from ...language.tables import read_table

_BEFORE: Final = 32  # characters
_AFTER: Final = 20
_WORDS: Final = read_table("field_names")


def any_word(words: Iterable[str]) -> str:
    """A pattern of some words, the longest first; a blank is also a hyphen or "_", or none.

    Those with one first letter stand together, so that most are passed over at once.
    """
    groups: dict[str, list[str]] = {}
    for part in sorted({*words}, key=lambda word: (-len(word), word)):
        rest = re.escape(part[1:]).replace(r"\ ", "[ _-]?")
        groups.setdefault(part[0], []).append(rest)
    return "|".join(f"{re.escape(first)}(?:{'|'.join(own)})" for first, own in groups.items())


def _named(words: Iterable[str], stems: Iterable[str] = (), unspaced: Iterable[str] = ()) -> str:
    """A pattern of words between other letters' marks: "phone", "phone_no", "phoneNumber"."""
    whole = rf"(?i:{any_word(words)})(?:s(?![^\W\d_])|(?![^\W\d_])|(?<=[a-z])(?=[A-Z]))"
    parts = [whole]
    if stems := any_word(stems):
        parts.append(rf"(?i:{stems})")
    pattern = rf"(?:(?<![^\W\d_])|(?<=[a-z])(?=[A-Z]))(?:{'|'.join(parts)})"
    others = any_word(unspaced)
    return rf"{pattern}|{others}" if others else pattern


_SECRET: Final = re.compile(_named(_WORDS["secret"]))
# The criterion of that name is followed by a number, the code of a bank by letters; the number of
# a user of a machine is nobody's.
_NO_FIELD: Final = r"(?!(?:BIC|[uU](?:id|ID))[ \t]{0,3}[=<>:]?[ \t]{0,3}\Z)"
_PERSONAL: Final = re.compile(
    _NO_FIELD + "(?:" + _named(_WORDS["personal"], _WORDS["stems"], _WORDS["unspaced"]) + ")"
)


def names_secret(text: str, start: int) -> bool:
    """Say whether a word for a secret stands before a place on its line: "password: ".

    text (str): Any text.
    start (int): First character of the value.
    """
    return _SECRET.search(text, _line_start(text, start), start) is not None


def field_end(text: str, start: int) -> int:
    """Find the last word before a place that names somebody's data: "MRN", "account", "phone".

    RETURNS (int): One past its last character, or -1 if there is none near, on the same line.
    """
    begin = _line_start(text, start)
    return max((m.end() for m in _PERSONAL.finditer(text, begin, start)), default=-1)


def named_after(text: str, end: int) -> bool:
    """Say whether such a word stands right after a value, before any other: "1234 (phone)"."""
    stop = min(end + _AFTER, len(text))
    found = re.compile(r"[\n\d]").search(text, end, stop)
    stop = found.start() if found else stop
    return any(p.search(text, end, stop) is not None for p in (_SECRET, _PERSONAL))


def names_any(text: str, start: int, end: int) -> bool:
    """Say whether a stretch, such as the heading of a table, has a word for somebody's data."""
    return any(pattern.search(text, start, end) is not None for pattern in (_SECRET, _PERSONAL))


def _line_start(text: str, start: int) -> int:
    """Find where to look from: the start of the line, or as far as a word may be away."""
    return max(text.rfind("\n", 0, start) + 1, start - _BEFORE)
