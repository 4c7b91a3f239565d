"""Names of columns and fields for messages; what may be data rather than a name is not shown."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from ...language.given_names import GENDERS

_MOST_NAMES: Final = 40
_NAME = re.compile(r"[^\W\d][\w .()/#-]{0,59}")
_LONG_NUMBER = re.compile(r"\d{3}")
_WORD = re.compile(r"[^\W\d_]+")


def show_names(names: Collection[str]) -> str:
    """List names as a sentence: a first row without names would be somebody's data.

    names (Collection[str]): Of columns, or keys of records.
    """
    if not all(is_name(name) for name in names if name.strip()):
        return "They are not shown, as they may be data."
    shown = [name for name in names if name.strip()][:_MOST_NAMES]
    more = len(names) - len(shown)
    return f"There are: {', '.join(shown)}{f', and {more} more' if more else ''}."


def is_name(name: str) -> bool:
    """Whether something looks like the name of a column, and like nobody's."""
    if not _NAME.fullmatch(name) or _LONG_NUMBER.search(name):
        return False
    # "Ada", but not "ADA" or "mark".
    words = (match[0] for match in _WORD.finditer(name))
    return not any(word.istitle() and word.lower() in GENDERS for word in words)
