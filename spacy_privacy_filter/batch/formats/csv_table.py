"""A table in CSV or TSV -> the texts of some columns, and the table with other texts.

Of what is not replaced, every byte stays: quotes, blanks and line ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from ...redact.secrets.keys import subject_of
from .base import BOM, Content, NewText, Passage
from .plain import decode
from .reading import Reading
from .table_columns import check_columns, note_others

TAB: Final = "\t"
COMMA: Final = ","
_DELIMITERS: Final = (COMMA, ";", TAB, "|")  # what is found out; the first wins a tie
_MOST_LINES: Final = 20  # of the start of a file, which tell its delimiter
_QUOTED = re.compile(r'"[^"]*(?:""[^"]*)*"')
_END = re.compile(r"\r\n|\r|\n|\Z")


class Cell(NamedTuple):
    """A cell: its first character in the file, one past its last, and whether it has quotes."""

    start_char: int
    end_char: int
    is_quoted: bool


@dataclass(frozen=True)
class Table:
    """A table, cut into cells.

    name (str): Of the file. text (str): All of it, without a byte order mark.
    delimiter (str): What parts its columns.
    rows (list[list[Cell]]): With the header; a blank line has no cell.
    """

    name: str
    text: str
    delimiter: str
    rows: list[list[Cell]]

    @property
    def header(self) -> list[str]:
        """The names of the columns."""
        return [self.read(cell) for cell in self.rows[0]]

    def read(self, cell: Cell) -> str:
        """The value of a cell."""
        value = self.text[cell.start_char : cell.end_char]
        return value[1:-1].replace('""', '"') if cell.is_quoted else value

    def quote(self, value: str, is_quoted: bool) -> str:
        """Write a value: in quotes, if the old one was, or if it needs them."""
        if is_quoted or any(mark in value for mark in ('"', "\r", "\n", self.delimiter)):
            return '"' + value.replace('"', '""') + '"'
        return value


def read_csv(content: bytes, name: str, reading: Reading) -> Content:
    """Read a table. RAISES (ValueError): Not UTF-8, no such column, or a row of another length."""
    return _read(content, name, reading, reading.delimiter)


def read_tsv(content: bytes, name: str, reading: Reading) -> Content:
    """Read a table whose columns tabs part. RAISES (ValueError): As `read_csv`."""
    return _read(content, name, reading, TAB)


def read_table(content: bytes, name: str, delimiter: str | None) -> Table:
    """Cut a table into cells.

    delimiter (str | None): What parts its columns; None to find out.
    RAISES (ValueError): Not UTF-8, no row, or one of another length.
    """
    text = decode(content, name).removeprefix(BOM)
    mark = find_delimiter(text) if delimiter is None else delimiter
    try:
        rows = list(_cut(text, mark))
    except ValueError as error:
        raise ValueError(f"{name} cannot be read as CSV: {error}.") from None
    if not rows:
        raise ValueError(f"{name} is empty: there is no row with the names of the columns.")
    n_columns = len(rows[0])
    for i, row in enumerate(rows[1:], start=2):
        if row and len(row) != n_columns:
            raise ValueError(
                f"{name}, row {i}: {len(row)} values, but there are {n_columns} columns. Is a "
                "quote missing?"
            )
    return Table(name, text, mark, rows)


def find_delimiter(text: str) -> str:
    """Find what parts the columns: what cuts the first rows into the same number, and the most."""
    lines = text.split("\n", _MOST_LINES)
    start = "\n".join(lines[:_MOST_LINES])
    scores = {mark: _rate(start, mark, len(lines) > _MOST_LINES) for mark in _DELIMITERS}
    return max(_DELIMITERS, key=lambda mark: scores[mark])


def _rate(start: str, mark: str, is_cut: bool) -> int:
    """How many columns a mark makes, if all rows have as many; else 0."""
    lengths: list[int] = []
    try:
        lengths.extend(len(row) for row in _cut(start, mark) if row)
    except ValueError:
        if not is_cut:
            return 0
    whole = lengths[:-1] if is_cut and len(lengths) > 1 else lengths
    return whole[0] if len(set(whole)) == 1 and whole[0] > 1 else 0


def _cut(text: str, delimiter: str) -> Iterator[list[Cell]]:
    """Cut a text into rows of cells.

    RAISES (ValueError): A quote that never ends, or something behind one.
    """
    plain = re.compile(rf"[^{re.escape(delimiter)}\r\n]*")
    place, n_chars, row = 0, len(text), 1
    while place < n_chars:
        cells: list[Cell] = []
        while True:
            is_quoted = text.startswith('"', place)
            match = (_QUOTED if is_quoted else plain).match(text, place)
            if match is None:
                raise ValueError(f"a quote in row {row} never ends")
            cells.append(Cell(place, match.end(), is_quoted))
            place = match.end()
            if not text.startswith(delimiter, place):
                break
            place += len(delimiter)
        end = _END.match(text, place)
        if end is None:
            raise ValueError(f"in row {row}, something stands behind the quote that ends a value")
        place, row = end.end(), row + 1
        is_blank = len(cells) == 1 and cells[0].start_char == cells[0].end_char
        yield [] if is_blank else cells


def _read(content: bytes, name: str, reading: Reading, delimiter: str | None) -> Content:
    table = read_table(content, name, delimiter)
    places = check_columns(name, table.header, reading)
    shown = sorted(places.items())
    whose = None if reading.subject is None else table.header.index(reading.subject)
    twice = {place for place in places if table.header.count(table.header[place]) > 1}
    passages, cells = [], []
    for r, row in enumerate(table.rows):
        if not r or not row:
            continue
        subject = None if whose is None else subject_of(table.read(row[whose]))
        for place, label in shown:
            cells.append(row[place])
            column = table.header[place]
            where = f"row {r + 1}, {column}" + (f" ({place + 1})" if place in twice else "")
            passages.append(Passage(where, table.read(row[place]), subject, column, label, r))
    dropped = {table.header.index(column) for column in reading.drop}
    start = BOM if content.startswith(BOM.encode()) else ""

    def write(new: Sequence[NewText]) -> bytes:
        changed = {
            cell.start_char: table.quote(text.text, cell.is_quoted)
            for cell, text in zip(cells, new, strict=True)
            if text.edits
        }
        return (start + _write(table, changed, dropped)).encode("utf8")

    return Content(passages, write, notes=_list_notes(table, delimiter, reading, places))


def _write(table: Table, changed: Mapping[int, str], dropped: set[int]) -> str:
    """Write the table with other cells, without some columns."""
    parts, end = [], 0
    for row in table.rows:
        kept = [i for i in range(len(row)) if i not in dropped]
        for i, cell in enumerate(row):
            if i in dropped:
                parts.append(table.text[end : cell.start_char] if not i else "")
                end = cell.end_char
                continue
            if kept and i == kept[0] and i:  # what parted it from a column before that has gone
                end = cell.start_char
            parts += [table.text[end : cell.start_char], _value(table, cell, changed)]
            end = cell.end_char
    return "".join([*parts, table.text[end:]])


def _value(table: Table, cell: Cell, changed: Mapping[int, str]) -> str:
    return changed.get(cell.start_char, table.text[cell.start_char : cell.end_char])


def _list_notes(
    table: Table, delimiter: str | None, reading: Reading, places: Mapping[int, str | None]
) -> list[str]:
    """Say what was found out, and which columns stay as they are though nobody said so."""
    notes = []
    if delimiter is None and table.delimiter != COMMA:
        shown = "tabs" if table.delimiter == TAB else repr(table.delimiter)
        notes.append(f"{table.name}: the columns are taken to be parted by {shown} (--delimiter).")
    return [*notes, *note_others(table.name, table.header, reading, places)]
