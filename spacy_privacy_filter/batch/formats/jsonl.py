"""JSON records, one a line -> the texts of some fields, and the lines with other texts.

A row that cannot be read is told and left out. Of the others, all but what is replaced stays to the
byte.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ...errors import WrongUseError
from ...progress import MOST_SHOWN
from ...redact.secrets.keys import subject_of
from . import json_text
from .base import BOM, Content, NewText, Passage
from .field_paths import FieldPath, show_path
from .json_text import LIST, NULL, NUMBER, OBJECT, TEXT, TRUTH, Node, Path
from .names import show_names
from .plain import decode
from .reading import Reading

_CALLED: Final = {
    LIST: "a list", OBJECT: "an object", NUMBER: "a number", TRUTH: "true or false", NULL: "null",
    TEXT: "text",
}  # fmt: skip


@dataclass
class _Row:
    """A record, and what is replaced in it.

    line (str): Its text. number (int): Of its line, from 0.
    subject (str | None): Whom it is about.
    places (list[tuple[Node, str | None]]): What is replaced, with the label of all of it, if that
        was declared.
    cuts (list[tuple[int, int]]): What is left out.
    """

    line: str
    number: int
    subject: str | None
    places: list[tuple[Node, str | None]]
    cuts: list[tuple[int, int]]

    def list_passages(self, line_number: int) -> Iterator[Passage]:
        """List what is replaced; its name tells the line in what is written, from 1."""
        for node, label in self.places:
            keys = [step for step in node.path if isinstance(step, str)]
            yield Passage(
                f"line {line_number}, {show_path(node.path)}",
                self.read(node),
                self.subject,
                keys[-1] if keys else "",
                label,
                self.number,
            )

    def read(self, node: Node) -> str:
        """Read a value that is replaced. RAISES (ValueError): A string with half a character."""
        if node.kind == TEXT:
            return json_text.read_string(self.line, node)
        return self.line[node.start_char : node.end_char]

    def write(self, texts: Iterator[NewText]) -> str:
        """Write the line, with the next of some texts in each place."""
        changes = [(start, end, "") for start, end in self.cuts]
        for node, _ in self.places:
            new = next(texts)
            if new.edits:
                old = self.line[node.start_char : node.end_char]
                written = json_text.write_string(new.text, old)
                changes.append((node.start_char, node.end_char, written))
        return json_text.replace(self.line, changes)


def read_jsonl(content: bytes, name: str, reading: Reading) -> Content:
    """Read a file of JSON objects, one a line.

    RAISES (ValueError): Not UTF-8, or no row that can be read.
    RAISES (WrongUseError): A field that no row has.
    """
    lines = decode(content, name).split("\n")
    fields = _Fields(reading)
    rows: dict[int, _Row] = {}
    problems: dict[int, str] = {}
    for i, line in enumerate(lines):
        if not line.strip(f"\r\t {BOM}"):
            continue
        try:
            rows[i] = fields.read_row(line, i)
        except ValueError as error:
            problems[i] = f"{name}, line {i + 1}: {error}."
    fields.check_seen(name)
    if problems and not rows:
        raise ValueError("\n".join(list(problems.values())[:MOST_SHOWN]))
    kept = [i for i in range(len(lines)) if i not in problems]

    def write(new: Sequence[NewText]) -> bytes:
        texts = iter(new)
        made = (rows[i].write(texts) if i in rows else lines[i] for i in kept)
        return "\n".join(made).encode("utf8")

    return Content(
        [p for n, i in enumerate(kept, 1) if i in rows for p in rows[i].list_passages(n)],
        write,
        [f"{problem} The row is left out." for problem in problems.values()],
        fields.list_notes(name),
    )


class _Fields:
    """The fields that a user named, found in one record after the other."""

    def __init__(self, reading: Reading) -> None:
        self.paths = {name: FieldPath(name) for name in reading.named}
        self.reading = reading
        self.n_records = 0
        self.n_with = Counter[str]()  # records with a field, by how it was named
        self.keys: dict[str, None] = {}

    def read_row(self, line: str, number: int) -> _Row:
        """Find the fields of a record.

        RAISES (ValueError): No JSON object, or a field that does not hold text.
        """
        nodes = json_text.scan(line)
        if nodes[0].kind != OBJECT:
            raise ValueError(f"every line holds an object, but this is {_CALLED[nodes[0].kind]}")
        record = json_text.load(line)
        found = {name: set(path.find(record)) for name, path in self.paths.items()}
        dropped = _gather(found, self.reading.drop)
        row = _Row(
            line,
            number,
            self._subject(record, found),
            list(self._places(nodes, found, dropped)),
            json_text.find_cuts(nodes, dropped),
        )
        for node, _ in row.places:
            row.read(node)  # whether it can be read
        self.n_records += 1
        self.n_with.update(name for name, places in found.items() if places)
        self.keys.update(dict.fromkeys(record))
        return row

    def _subject(self, record: Any, found: Mapping[str, set[Path]]) -> str | None:
        if self.reading.subject is None or not found[self.reading.subject]:
            return None
        value = record
        for step in min(found[self.reading.subject], key=repr):
            value = value[step]
        return subject_of(value)

    def _places(
        self, nodes: Sequence[Node], found: Mapping[str, set[Path]], dropped: set[Path]
    ) -> Iterator[tuple[Node, str | None]]:
        """Say which values are replaced, in order."""
        kept = _gather(found, self.reading.keep) | dropped
        whole = {path: label for name, label in self.reading.whole.items() for path in found[name]}
        text = _gather(found, self.reading.fields)
        for node in nodes:
            if any(node.path[:n] in kept for n in range(1, len(node.path) + 1)):
                continue
            if node.kind == NULL:
                continue  # no text, as an empty cell of a table
            if node.path in whole:
                _check_kind(node, (TEXT, NUMBER, TRUTH))
                yield node, whole[node.path]
            elif node.path in text:
                _check_kind(node, (TEXT,))
                yield node, None
            elif self.reading.all_strings and node.kind == TEXT:
                yield node, None

    def check_seen(self, name: str) -> None:
        """Refuse fields that no record has. RAISES (WrongUseError)."""
        if not self.n_records:
            return
        for field in self.reading.named:
            if not self.n_with[field]:
                what = " for the subject" if field == self.reading.subject else ""
                raise WrongUseError(
                    f"{name}: there is no field {field!r}{what} among its "
                    f"{len(self.keys)} in any row. {show_names(self.keys)} Name the fields that "
                    "hold text: --field NAME, or a path such as messages[].content."
                )

    def list_notes(self, name: str) -> list[str]:
        """Say which fields some records do not have."""
        missing = {
            field: self.n_records - self.n_with[field]
            for field in (*self.reading.fields, *self.reading.whole)
        }
        return [
            f"{name}: {n} of {self.n_records} rows have no field {field!r}."
            for field, n in missing.items()
            if n
        ]


def _gather(found: Mapping[str, set[Path]], names: Iterable[str]) -> set[Path]:
    return {path for name in names for path in found[name]}


def _check_kind(node: Node, kinds: Sequence[str]) -> None:
    if node.kind not in kinds:
        inside = node.kind in (OBJECT, LIST)
        raise ValueError(
            f"the field {show_path(node.path)!r} must be text, but is {_CALLED[node.kind]}"
            + ("; name what is in it by its path" if inside else "")
        )
