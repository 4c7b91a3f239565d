"""Names and paths of fields, as a user writes them -> places in a record.

A name that is a key of the record itself goes first. Paths are JSONPath (RFC 9535), of which what
comes before the first key may be left out: `user.name`, `messages[].content`, `*.email`, `..email`,
`$.items[?@.kind == "note"].body`. They need python-jsonpath, the extra "records".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from ...compat import missing
from ...errors import WrongUseError
from .json_text import MAX_DEPTH, Path

# A step of a path in short form: a key, or *; and then perhaps [] or [*] or [0], several times.
_STEP = re.compile(r"([^.\[\]]{1,200})((?:\[(?:\*|-?[0-9]{0,9})\]){0,20})")
_KEY = re.compile(r"[^.\[\]\"\\\s]+(?: [^.\[\]\"\\\s]+){0,20}")
_MARKS: Final = ".[]*$"


class FieldPath:
    """A field, by its name or path.

    expression (str): As the user wrote it.
    RAISES (WrongUseError): No path. (ImportError): A path, without the extra.
    """

    def __init__(self, expression: str) -> None:
        self.expression = expression
        self.is_name = not any(mark in expression for mark in _MARKS)
        self._query = None if self.is_name else _compile(expression)

    def find(self, record: Any) -> Iterator[Path]:
        """Find the places of a record that it names, each as keys and numbers.

        RAISES (ValueError): Values that are nested too deep.
        """
        if isinstance(record, dict) and self.expression in record:
            yield (self.expression,)
            return
        if self._query is None:
            return
        from jsonpath.exceptions import JSONPathError

        try:
            yield from (tuple(match.parts) for match in self._query.finditer(record))
        except JSONPathError:
            raise ValueError(
                f"the path {self.expression!r} cannot be followed here, more than {MAX_DEPTH} deep"
            ) from None


def _compile(expression: str) -> Any:
    try:
        import jsonpath
        from jsonpath.exceptions import JSONPathError
    except ImportError:
        raise missing("jsonpath", f"The path {expression!r} of a field") from None
    try:
        return jsonpath.JSONPathEnvironment(strict=True).compile(_spell_out(expression))
    except (JSONPathError, ValueError, RecursionError):
        raise WrongUseError(
            f"{expression!r} is neither the name of a field nor a path. Paths are such as "
            "user.name, messages[].content, *.email or ..email (JSONPath, RFC 9535)."
        ) from None


def _spell_out(expression: str) -> str:
    """Write a path in full, as the standard has it."""
    if expression.startswith("$"):
        return expression.replace("[]", "[*]")
    if expression.startswith(".."):
        return f"${expression}".replace("[]", "[*]")
    matches = list(_STEP.finditer(expression))
    if ".".join(match[0] for match in matches) != expression:
        start = "$" if expression.startswith("[") else "$."
        return f"{start}{expression}".replace("[]", "[*]")
    steps = ((match[1], match[2].replace("[]", "[*]")) for match in matches)
    return "$" + "".join(
        ("[*]" if key == "*" else f"[{json.dumps(key, ensure_ascii=False)}]") + rest
        for key, rest in steps
    )


def show_path(path: Path) -> str:
    """Write a place as a user would: user.name, messages[0].content. No two places look alike."""
    shown = ""
    for step in path:
        if isinstance(step, int):
            shown += f"[{step}]"
        elif _KEY.fullmatch(step):
            shown += f".{step}"
        else:
            shown += f"[{json.dumps(step, ensure_ascii=False)}]"
    return shown.removeprefix(".")
