"""A text -> the numbers in it that states give to people and firms, and those of vehicles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..identifiers.table import get_kind, is_valid
from .finds import CHECKED, Find

_SSN = re.compile(
    r"(?<![\w-])[0-9]{3}-[0-9]{2}-[0-9]{4}(?![\w-])"
    r"|(?<![\w-])(?<![0-9] )[0-9]{3} [0-9]{2} [0-9]{4}(?![\w-]| [0-9])"
)
# Nine digits alone may be anything.
_NAMED_SSN = re.compile(
    r"(?<!\w)(?:ssn|security)(?: numbers?| no| nr)?[.:#]{0,2}(?: is| was)?[ \t]{0,2}[=:#]?"
    r"[ \t]{0,2}([0-9]{9})(?![\w-])",
    re.IGNORECASE,
)
_VIN = re.compile(
    r"(?<!\w)(?:(?=[0-9]*[A-Z])[A-HJ-NPR-Z0-9]{17}"
    r"|(?=[0-9]*[a-z])(?=[a-z]*[0-9])[a-hj-npr-z0-9]{17})(?!\w)"
)


def find_ssns(text: str) -> Iterator[Find]:
    """Find US social security numbers in print, or right after their name."""
    for match in _SSN.finditer(text):
        if is_valid("us_ssn", match[0]):
            yield Find(match.start(), match.end(), CHECKED)
    for match in _NAMED_SSN.finditer(text):
        if is_valid("us_ssn", match[1]):
            yield Find(match.start(1), match.end(1), CHECKED)


def find_vins(text: str) -> Iterator[Find]:
    """Find numbers of vehicles, in capitals or small letters, not in both."""
    for match in _VIN.finditer(text):
        if is_valid("vin", match[0]):
            yield Find(match.start(), match.end(), CHECKED)


def find_numbers(key: str, text: str) -> Iterator[Find]:
    """Find numbers of any kind of the table, in its layouts or without marks.

    key (str): A key of `identifiers.table.KINDS`.
    text (str): With digits, blanks and hyphens in ASCII.
    """
    for match in _layouts_of(key).finditer(text):
        if is_valid(key, match[0]):
            yield Find(match.start(), match.end(), CHECKED)


@cache
def _layouts_of(key: str) -> re.Pattern[str]:
    """Make a pattern of the layouts of a kind, the longest first."""
    layouts = get_kind(key).layouts
    plain = ("#" * layout.count("#") for layout in layouts)
    forms = (re.escape(layout) for layout in sorted({*layouts, *plain}, key=len, reverse=True))
    places = "|".join(form.replace(re.escape("#"), "[0-9A-Za-z]") for form in forms)
    return re.compile(rf"(?<![\w-])(?:{places})(?![\w-])")
