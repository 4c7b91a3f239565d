"""Files under data/ -> the words, patterns and lists in them, read once, when first asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

DATA: Final = Path(__file__).parent / "data"
INDEX: Final = "index.json"  # of a folder: in which order its files are read


class Line(NamedTuple):
    """A line of a file.

    place (str): The file and the number of the line, for messages.
    """

    place: str
    text: str


def read_lines(name: str) -> list[Line]:
    """Read a text file.

    name (str): Its path under data/.
    """
    return number_lines((DATA / name).read_text(encoding="utf8"), name)


def number_lines(text: str, name: str) -> list[Line]:
    """Cut a text into its lines, each with its place."""
    return [Line(f"{name}, line {i}", line) for i, line in enumerate(text.split("\n"), 1)]


@cache
def read_table(name: str) -> dict[str, Any]:
    """Read a JSON file that holds one object. Whoever gets it must not change it.

    name (str): Its path under data/.
    RAISES (ValueError): Not JSON, or no object; the message names the file and the line.
    """
    try:
        table = json.loads((DATA / name).read_text(encoding="utf8"))
    except json.JSONDecodeError as error:
        raise ValueError(f"{name}, line {error.lineno}: not JSON: {error.msg}.") from error
    if not isinstance(table, dict):
        raise ValueError(f"{name}, line 1: must hold an object of JSON, {{...}}.")
    return table


def read_order(folder: str) -> tuple[str, ...]:
    """Read in which order the files of a folder come, by name without ending."""
    return words_of(f"{folder}/{INDEX}", "order")


@cache
def words_of(name: str, key: str) -> tuple[str, ...]:
    """Look up a list of texts.

    name (str): A JSON file. key (str): A key of its object.
    RAISES (ValueError): No such key, or something else than a list of texts.
    """
    return check_texts(_entry(name, key), f"{name}: {key!r}")


@cache
def lists_of(name: str, key: str) -> Mapping[str, tuple[str, ...]]:
    """Look up an object whose values are lists of texts; see `words_of`."""
    place = f"{name}: {key!r}"
    entry = _entry(name, key)
    if not isinstance(entry, dict):
        raise ValueError(f"{place} must be an object of JSON, {{...}}.")
    return {inner: check_texts(value, f"{place}, {inner!r}") for inner, value in entry.items()}


@cache
def pairs_of(name: str, key: str) -> tuple[tuple[Any, ...], ...]:
    """Look up a list of short lists, such as pairs; see `words_of`."""
    entry = _entry(name, key)
    if not isinstance(entry, list) or not all(isinstance(pair, list) for pair in entry):
        raise ValueError(f"{name}: {key!r} must be a list of lists.")
    return tuple(tuple(pair) for pair in entry)


def check_texts(value: Sequence[Any], place: str) -> tuple[str, ...]:
    """Refuse what is no list of texts."""
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise ValueError(f'{place} must be a list of texts, ["...", "..."].')
    return tuple(value)


def _entry(name: str, key: str) -> Any:
    table = read_table(name)
    if key not in table:
        raise ValueError(f"{name}: lacks the key {key!r}; it has {', '.join(table)}.")
    return table[key]
