"""A text -> lines of numbers in it that are rows of a table, not a number in groups."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ...identifiers.table import find_kinds, is_valid
from ...labels.kinds import DATE
from .fields import names_any
from .token import NUMBERS, Token

_LONGEST: Final = 300  # characters of a line
_N_NEAR: Final = 4  # lines above and below that are looked at
_SURE: Final = 0.99  # a row that stands alone is believed from here on
_CELL: Final = r"[-+]?(?:\d{1,7}|\d{0,9}\.\d{1,12})(?:[eE][-+]?\d{1,3})?%?"
_GAP: Final = r"(?:[ \t]{1,12}|[ \t]{0,3}[,;|][ \t]{0,3})"
_ROW: Final = re.compile(
    rf"[ \t|\[(]{{0,12}}{_CELL}(?:{_GAP}(?:{_CELL}|-|NA|nan|null)){{2,60}}[ \t|,;\])]{{0,12}}\r?"
)
_NUMBER: Final = re.compile(_CELL)
# How many digits the groups of phone numbers have that begin with no zero, by country.
_PHONES: Final = frozenset(
    """
    3-3-4 3-4-4 2-4-4 3-3-3 2-3-4 3-2-2-2 2-2-2-2 2-2-2-2-2 3-2-2 3-3-2-2 2-3-2-2 1-2-2-2-2 3-2-3
    2-5-4 1-4-4 3-4-3 4-3-3 4-3-4 4-4-4 5-3-3 3-2-2-2-2 1-3-3-4 2-3-3-3 2-3-3-4 2-2-3-4
    3-3-3-3 3-2-3-4 3-2-3-2-2 2-4-3-3 2-4-6 2-3-7 2-2-8 1-800-3-4 2-2-2-2-2-2
    3-3-3-4 2-1-2-2-2-2 3-1-3-4 3-2-7 2-2-7 2-2-4-4 3-2-4-4
""".split()
)
_CARD: Final = "4-4-4-4"


def find_rows(text: str, start: int, end: int, kind: str) -> Iterator[Token]:
    """Find the lines that a stretch touches, and that are rows of numbers.

    text (str): With blanks, hyphens and digits in ASCII.
    start, end (int): The stretch.
    kind (str): One of `labels.kinds.KINDS`; a row that may be a date speaks against none.
    """
    if kind not in NUMBERS and kind != DATE:
        return
    begin = text.rfind("\n", 0, start) + 1
    while begin < end:
        stop = _line_end(text, begin)
        if _is_row(text, begin, stop):
            near = [*reversed(list(_rows_before(text, begin))), *_rows_after(text, stop)]
            cells = _cells(text, begin, stop)
            others = [_cells(text, *line) for line in near]
            below = _believed_from(text, begin, cells, others)
            if below and (kind != DATE or any(map(_is_no_part_of_date, cells))):
                yield Token(begin, stop, begin, is_named=False, below=below)
        begin = stop + 1


def _is_no_part_of_date(cell: str) -> bool:
    """Whether a number is neither a day or month nor a year."""
    return len(cell) > 2 and not re.fullmatch(r"(?:19|20)\d\d", cell)


def _believed_from(
    text: str, begin: int, cells: Sequence[str], others: Sequence[Sequence[str]]
) -> float:
    """From which score a number in a row is believed all the same; 0 for any."""
    first = begin
    for _ in range(_N_NEAR + 1):  # the heading may be above the rows
        first = text.rfind("\n", 0, max(0, first - 1)) + 1
    if names_any(text, max(first, begin - 4 * _LONGEST), begin):
        return 0.0
    if any("." in cell for cell in cells):
        return 2.0
    if any(len(cell) > 1 and cell[0] in "+0" for cell in cells):
        return 0.0
    alike = [row for row in others if len(row) == len(cells)]
    if alike and any(_shape(row) != _shape(cells) for row in alike):
        return 2.0
    if alike and _shape(cells) == _CARD:  # of several, one that is valid tells that all are
        return 0.0 if any(is_valid("card", "".join(row)) for row in (cells, *alike)) else 2.0
    if alike or _shape(cells) in _PHONES or len({*map(len, cells)}) == 1:
        return 0.0
    printed = {_layout(layout) for kind in find_kinds("".join(cells)) for layout in kind.layouts}
    return 0.0 if _shape(cells) in printed else _SURE


def _layout(layout: str) -> str:
    """The shape of a layout of `identifiers`: "### ####" gives "3-4"."""
    return "-".join(str(len(group)) for group in re.findall("#+", layout))


def _shape(cells: Sequence[str]) -> str:
    return "-".join(str(sum(map(str.isdigit, cell))) for cell in cells)


def _cells(text: str, begin: int, stop: int) -> list[str]:
    return [match[0] for match in _NUMBER.finditer(text, begin, stop)]


def _is_row(text: str, begin: int, stop: int) -> bool:
    return stop - begin <= _LONGEST and _ROW.fullmatch(text, begin, stop) is not None


def _line_end(text: str, begin: int) -> int:
    end = text.find("\n", begin)
    return len(text) if end < 0 else end


def _rows_before(text: str, begin: int) -> Iterator[tuple[int, int]]:
    for _ in range(_N_NEAR):
        if not begin:
            return
        stop, begin = begin - 1, text.rfind("\n", 0, begin - 1) + 1
        if not _is_row(text, begin, stop):
            return
        yield begin, stop


def _rows_after(text: str, stop: int) -> Iterator[tuple[int, int]]:
    for _ in range(_N_NEAR):
        begin = stop + 1
        stop = _line_end(text, begin)
        if begin >= len(text) or not _is_row(text, begin, stop):
            return
        yield begin, stop
