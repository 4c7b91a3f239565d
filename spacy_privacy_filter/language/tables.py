"""The name of a table -> what its file in data/ holds, read once and when it is first wanted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent / "data"


@cache
def read_table(name: str) -> Mapping[str, Any]:
    """Read a table of words.

    name (str): Of its file, without ".json": "titles".
    RETURNS (Mapping): What the file holds; nobody may change it.
    RAISES (FileNotFoundError): There is no such file; the message names it.
    RAISES (ValueError): The file is no JSON object; the message names it.
    """
    file = FOLDER / f"{name}.json"
    try:
        table = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise FileNotFoundError(
            f"The table {file} is missing, which comes with the package. Install it again."
        ) from None
    except ValueError as error:
        raise ValueError(
            f"The table {file} is damaged ({error}). Install the package again."
        ) from error
    if not isinstance(table, dict):
        raise ValueError(
            f"The table {file} must hold a JSON object, but holds a {type(table).__name__}."
        )
    return table


@cache
def read_words(name: str, key: str) -> frozenset[str]:
    """Read a list of words of a table.

    RAISES (FileNotFoundError, ValueError): As `read_table`.
    """
    words: Iterable[str] = read_table(name)[key]
    return frozenset(words)
