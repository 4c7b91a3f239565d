"""JSON objects, one a line -> the texts of some fields, and the lines with other texts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ...redact.secrets.keys import subject_of
from .base import Content, NewText, Passage
from .plain import BOM, decode
from .reading import Reading


def read_jsonl(content: bytes, name: str, reading: Reading) -> Content:
    """Read a file of JSON objects, one a line.

    RAISES (ValueError): Not UTF-8, a row that cannot be read, or one without a field that is named.
    """
    lines = decode(content, name).split("\n")
    rows: list[tuple[int, dict[str, Any]]] = []
    for i, line in enumerate(lines):
        if line.strip(f"\r {BOM}"):
            rows.append((i, _read_row(line.lstrip(BOM), f"{name}, line {i + 1}")))
    if rows and reading.subject and not any(reading.subject in row for _, row in rows):
        raise ValueError(
            f"{name}: there is no field {reading.subject!r} for the subject in any row."
        )
    passages: list[Passage] = []
    for i, row in rows:
        subject = subject_of(row.get(reading.subject)) if reading.subject else None
        for key in reading.fields:
            value = _value(row, key, f"{name}, line {i + 1}")
            if value is None:  # no text, as an empty cell of a table
                continue
            passages.append(Passage(f"line {i + 1}, {key}", value, subject, key, record=i))

    def write(new: Sequence[NewText]) -> bytes:
        values = iter(one.text for one in new)
        made = list(lines)
        for i, row in rows:
            texts_of = [key for key in reading.fields if row[key] is not None]
            changed = {**row, **{key: next(values) for key in texts_of}}
            end = "\r" if lines[i].endswith("\r") else ""
            start = BOM if lines[i].startswith(BOM) else ""
            made[i] = start + json.dumps(changed, ensure_ascii=False) + end
        return "\n".join(made).encode("utf8")

    return Content(passages, write)


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
