"""A table in CSV or TSV -> the texts of some columns, and the table with other texts."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from ...redact.secrets.keys import subject_of
from .base import Content, NewText, Passage
from .plain import BOM, decode
from .reading import Reading


def _delimiter_hint(header: list[str], delimiter: str) -> str:
    """Say what else may part the columns, if the first row has more of it."""
    counts = {mark: sum(name.count(mark) for name in header) for mark in ";\t|"}
    mark = max(counts, key=lambda m: counts[m])
    if delimiter == mark or counts[mark] < len(header):
        return ""
    if mark == "\t":
        return ". Its first row has tabs: if they part the columns, say --format tsv"
    return f". Its first row has {mark!r}: if that parts the columns, say --delimiter {mark!r}"


def read_csv(content: bytes, name: str, reading: Reading) -> Content:
    """Read a table. RAISES (ValueError): Not UTF-8, no such column, or a row of another length."""
    return _read(decode(content, name), name, reading, reading.delimiter or ",")


def read_tsv(content: bytes, name: str, reading: Reading) -> Content:
    """Read a table whose columns tabs part. RAISES (ValueError): As `read_csv`."""
    return _read(decode(content, name), name, reading, "\t")


def _read(text: str, name: str, reading: Reading, delimiter: str) -> Content:
    csv.field_size_limit(2**31 - 1)  # the default refuses texts of over 131,072 characters
    start = BOM if text.startswith(BOM) else ""
    body = text.removeprefix(BOM)
    newline = "\r\n" if "\r\n" in body.split("\n", 1)[0] + "\n" else "\n"
    try:
        rows = list(csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise ValueError(f"{name} cannot be read as CSV: {error}.") from None
    if not rows:
        raise ValueError(f"{name} is empty: there is no row with the names of the columns.")
    header = rows[0]
    wanted = [*reading.fields, *([reading.subject] if reading.subject else [])]
    if missing := [column for column in wanted if column not in header]:
        raise ValueError(
            f"{name} has no column {missing[0]!r} among the {len(header)} that its first row names "
            "(they are not shown, as they may be data). Name the columns that hold text: "
            f"--field NAME{_delimiter_hint(header, delimiter)}"
        )
    if twice := [column for column in wanted if header.count(column) > 1]:
        raise ValueError(f"{name} has the column {twice[0]!r} twice. Rename one of them.")
    for i, row in enumerate(rows[1:], start=2):
        if row and len(row) != len(header):
            raise ValueError(
                f"{name}, row {i}: {len(row)} values, but there are {len(header)} columns. Is a "
                "quote missing?"
            )
    places = [header.index(column) for column in reading.fields]
    cells = [(r, place) for r, row in enumerate(rows) if r and row for place in places]
    whose = header.index(reading.subject) if reading.subject else None

    def write(new: Sequence[NewText]) -> bytes:
        made = [list(row) for row in rows]
        for (r, place), value in zip(cells, new, strict=True):
            made[r][place] = value.text
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=delimiter, lineterminator=newline)
        writer.writerows(made)
        end = out.getvalue() if body.endswith(("\n", "\r")) else out.getvalue()[: -len(newline)]
        return (start + end).encode("utf8")

    return Content(
        [
            Passage(
                f"row {r + 1}, {header[place]}",
                rows[r][place],
                None if whose is None else subject_of(rows[r][whose]),
                header[place],
                record=r,
            )
            for r, place in cells
        ],
        write,
    )
