"""The bytes of a file -> the texts in it that are redacted, and the file with other texts."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import WrongUseError
from ..redact.secrets.keys import subject_of

TEXT, JSONL, CSV, TSV, PARQUET = "text", "jsonl", "csv", "tsv", "parquet"
FORMATS = ("auto", TEXT, JSONL, CSV, TSV, PARQUET)
SUFFIXES = {
    ".txt": TEXT, ".text": TEXT, ".md": TEXT, ".log": TEXT, ".eml": TEXT,
    ".jsonl": JSONL, ".ndjson": JSONL, ".csv": CSV, ".tsv": TSV,
    ".parquet": PARQUET, ".pq": PARQUET,
}  # fmt: skip
BOM = "\ufeff"
# The longer marks first: that of UTF-32 begins as that of UTF-16.
_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32", codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16",
}  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """How files are read.

    form (str): One of `FORMATS`; "auto" goes by the name's ending, and takes others for text.
    fields (tuple[str, ...]): Names of JSONL, or columns of CSV or Parquet, that are
        redacted.
    subject (str | None): The field that says whose row it is.
    delimiter (str | None): What parts the columns of CSV; None for a comma.
    """

    form: str = "auto"
    fields: tuple[str, ...] = ("text",)
    subject: str | None = None
    delimiter: str | None = None

    def __post_init__(self) -> None:
        if self.form not in FORMATS:
            raise WrongUseError(f"Unknown format {self.form!r}. Choose: {', '.join(FORMATS)}.")
        if self.delimiter is not None:
            self._check_delimiter(self.delimiter)
        if len(set(self.fields)) < len(self.fields):
            raise WrongUseError("A field is named twice.")
        if self.subject in self.fields:
            raise WrongUseError(
                f"The field {self.subject!r} cannot both be redacted and say whose row it is: what "
                "is left in it would tell. Give rows another id, or remove it after."
            )

    def _check_delimiter(self, delimiter: str) -> None:
        if len(delimiter) != 1 or delimiter.isalnum() or delimiter in '"\r\n \ufeff':
            raise WrongUseError(
                f"--delimiter is {delimiter!r}, but must be one mark, such as ';' or '|'. Columns "
                "that tabs part are the format tsv."
            )
        if self.form not in ("auto", CSV):
            raise WrongUseError(f"--delimiter is for CSV, but the format is {self.form}.")


@dataclass(frozen=True)
class Content:
    """The texts of one file.

    names (list[str]): Where each text is, "" or "row 3, text".
    texts (list[str]): The texts.
    subjects (list): Whose each text is.
    render (Callable): Puts other texts in their places, and gives the bytes of the file.
    """

    names: list[str]
    texts: list[str] = field(repr=False)
    subjects: list[str | None] = field(repr=False)
    render: Callable[[Sequence[str]], bytes] = field(repr=False)


def decode(content: bytes, name: str) -> str:
    """Read bytes as UTF-8. Line ends and a byte order mark stay as they are.

    RAISES (ValueError): Bytes that are not UTF-8.
    """
    for mark, found in _MARKS.items():
        if content.startswith(mark):
            raise ValueError(
                f"{name} is {found} text, as its byte order mark says, not UTF-8. Convert it "
                f"first: iconv -f {found} -t UTF-8"
            )
    try:
        return content.decode("utf8")
    except UnicodeDecodeError as error:
        raise ValueError(
            f"{name} is not UTF-8 text: byte {error.start} does not fit. Convert it first, for "
            "instance with: iconv -f LATIN1 -t UTF-8"
        ) from None


def parse(content: bytes, name: str, reading: Reading) -> Content:
    """Find the texts in a file.

    content (bytes): The file.
    name (str): Its name, for messages, and for the form if that is "auto".
    RAISES (ValueError): Not UTF-8, a row that cannot be read, or one without a field that is named.
    """
    form = reading.form
    if form == "auto":
        form = SUFFIXES.get(Path(name).suffix.lower(), TEXT)
    if form == TEXT:
        text = decode(content, name)
        return Content([""], [text], [None], lambda texts: texts[0].encode("utf8"))
    if form == JSONL:
        return _parse_jsonl(decode(content, name), name, reading)
    if form != PARQUET:
        delimiter = "\t" if form == TSV else reading.delimiter or ","
        return _parse_csv(decode(content, name), name, reading, delimiter)
    from .parquet import parse_parquet

    names, texts, owners, render = parse_parquet(content, name, reading.fields, reading.subject)
    return Content(names, texts, [subject_of(owner) for owner in owners], render)


def _parse_jsonl(text: str, name: str, reading: Reading) -> Content:
    lines = text.split("\n")
    rows: list[tuple[int, dict[str, Any]]] = []
    for i, line in enumerate(lines):
        if line.strip(f"\r {BOM}"):
            rows.append((i, _read_row(line.lstrip(BOM), f"{name}, line {i + 1}")))
    if rows and reading.subject and not any(reading.subject in row for _, row in rows):
        raise ValueError(
            f"{name}: there is no field {reading.subject!r} for the subject in any row."
        )
    names, texts, subjects = [], [], []
    for i, row in rows:
        subject = subject_of(row.get(reading.subject)) if reading.subject else None
        for key in reading.fields:
            value = _value(row, key, f"{name}, line {i + 1}")
            if value is None:  # no text, as an empty cell of a table
                continue
            names.append(f"line {i + 1}, {key}")
            texts.append(value)
            subjects.append(subject)

    def render(new: Sequence[str]) -> bytes:
        values = iter(new)
        made = list(lines)
        for i, row in rows:
            texts_of = [key for key in reading.fields if row[key] is not None]
            changed = {**row, **{key: next(values) for key in texts_of}}
            end = "\r" if lines[i].endswith("\r") else ""
            start = BOM if lines[i].startswith(BOM) else ""
            made[i] = start + json.dumps(changed, ensure_ascii=False) + end
        return "\n".join(made).encode("utf8")

    return Content(names, texts, subjects, render)


def _read_row(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line, parse_float=_number)
    except OverflowError:
        raise ValueError(
            f"{where}: a number is over 1.8e308, so it could not be written back. Write "
            "it in quotes, or leave it out."
        ) from None
    except ValueError:
        raise ValueError(f"{where}: this is no JSON. Every line holds one object.") from None
    if not isinstance(row, dict):
        raise ValueError(f"{where}: every line holds an object, but this is a {_type(row)}.")
    return row


def _number(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise OverflowError
    return number


def _type(value: Any) -> str:
    return {list: "list", str: "text", type(None): "null"}.get(type(value), "number")


def _value(row: dict[str, Any], key: str, where: str) -> str | None:
    if key not in row:
        raise ValueError(
            f"{where}: there is no field {key!r} among its {len(row)}. Name the fields that hold "
            "text: --field NAME"
        )
    value = row[key]
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{where}: the field {key!r} must be text, but is a {_type(value)}.")
    return value


def _delimiter_hint(header: list[str], delimiter: str) -> str:
    """Say what else may part the columns, if the first row has more of it."""
    counts = {mark: sum(name.count(mark) for name in header) for mark in ";\t|"}
    mark = max(counts, key=lambda m: counts[m])
    if delimiter == mark or counts[mark] < len(header):
        return ""
    if mark == "\t":
        return ". Its first row has tabs: if they part the columns, say --format tsv"
    return f". Its first row has {mark!r}: if that parts the columns, say --delimiter {mark!r}"


def _parse_csv(text: str, name: str, reading: Reading, delimiter: str) -> Content:
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

    def render(new: Sequence[str]) -> bytes:
        made = [list(row) for row in rows]
        for (r, place), value in zip(cells, new, strict=True):
            made[r][place] = value
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=delimiter, lineterminator=newline)
        writer.writerows(made)
        end = out.getvalue() if body.endswith(("\n", "\r")) else out.getvalue()[: -len(newline)]
        return (start + end).encode("utf8")

    return Content(
        [f"row {r + 1}, {header[place]}" for r, place in cells],
        [rows[r][place] for r, place in cells],
        [None if whose is None else subject_of(rows[r][whose]) for r, _ in cells],
        render,
    )
