"""A YAML file of patterns, ours or Presidio's -> the entries in it, and where mistakes stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from srsly.ruamel_yaml import SafeLoader
from srsly.ruamel_yaml.error import MarkedYAMLError, YAMLError
from srsly.ruamel_yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from .entries import PatternError, check_keys, kind_of_value, read_entry
from .presidio import RECOGNIZERS, REGISTRY, convert_registry

PATTERNS: Final = "patterns"
# Aliases may stand for more than a file could ever mean.
MAX_NODES: Final = 1_000_000

Keys = tuple[str | int, ...]


@dataclass
class _Document:
    """What a file holds, and the line of each value by the way to it."""

    value: Any = None
    lines: dict[Keys, int] = field(default_factory=dict)

    def find_line(self, keys: Keys) -> int:
        """The line of a value, or of the nearest around it."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 1)


def read_patterns(path: str | Path) -> list[dict[str, Any]]:
    """Read the entries of a file, checked.

    The file is a list of entries, or has it under "patterns"; or it is a file of Presidio's, with
    "recognizers". Of these, what is predefined is not read: a warning says who finds the same.

    path (str | Path): YAML, or JSON.
    RETURNS (list[dict[str, Any]]): What `Patterns.from_settings` and the setting `patterns` take.
    RAISES (ValueError): A mistake: file, line, key, and what is allowed.
    RAISES (FileNotFoundError): No such file.
    """
    path = Path(path)
    if not path.is_file():
        raise FileNotFoundError(f"No such file of patterns: {path}.")
    document = _Document()
    try:
        document.value = _read_yaml(path, document.lines)
        found = _list_entries(document.value, path)
        return [read_entry(entry, keys).to_settings() for keys, entry in found]
    except PatternError as error:
        way = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in error.keys)
        line = document.find_line(error.keys)
        shown = f" {way.removeprefix('.')}:" if way else ""
        raise ValueError(f"{path}, line {line}:{shown} {error.reason}") from None


def _list_entries(value: Any, path: Path) -> list[tuple[Keys, Any]]:
    """Find the entries, and the way to each."""
    if isinstance(value, list):
        return [((i,), entry) for i, entry in enumerate(value)]
    if isinstance(value, dict) and (RECOGNIZERS in value or REGISTRY in value):
        return convert_registry(value, path)
    if not isinstance(value, dict):
        raise PatternError(
            (), f"expected {PATTERNS} (ours) or {RECOGNIZERS} (Presidio's), but found "
            f"{kind_of_value(value)}.",
        )  # fmt: skip
    check_keys(value, (PATTERNS,), ())
    entries = value.get(PATTERNS)
    if not isinstance(entries, list):
        raise PatternError(
            (PATTERNS,), f"expected a list of entries, but found {kind_of_value(entries)}."
        )
    return [((PATTERNS, i), entry) for i, entry in enumerate(entries)]


def _read_yaml(path: Path, lines: dict[Keys, int]) -> Any:
    """Read a file, and write down the lines of what it holds."""
    try:
        loader = SafeLoader(path.read_text(encoding="utf8"))
        node = loader.get_single_node()
        return None if node is None else _Builder(loader, lines).build(node, ())
    except UnicodeDecodeError:
        raise ValueError(f"The file of patterns {path} is not UTF-8 text.") from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = "" if mark is None else f", line {mark.line + 1}"
        raise ValueError(f"{path}{where}: not YAML: {error.problem}.") from None
    except YAMLError:
        raise ValueError(
            f"{path}: not YAML: it holds characters that YAML does not allow."
        ) from None


class _Builder:
    """Makes plain values of YAML's nodes."""

    def __init__(self, loader: Any, lines: dict[Keys, int]) -> None:
        self.loader, self.lines, self.n_nodes = loader, lines, 0

    def build(self, node: Node, keys: Keys) -> Any:
        self.n_nodes += 1
        if self.n_nodes > MAX_NODES or len(keys) > 50:
            raise PatternError((), "it is too large, or refers to itself.")
        self.lines[keys] = node.start_mark.line + 1
        if isinstance(node, SequenceNode):
            return [self.build(item, (*keys, i)) for i, item in enumerate(node.value)]
        if isinstance(node, MappingNode):
            return self._build_mapping(node, keys)
        return self._build_scalar(node, keys)

    def _build_mapping(self, node: MappingNode, keys: Keys) -> dict[Any, Any]:
        values: dict[Any, Any] = {}
        for name, item in node.value:
            self.lines[keys] = min(self.lines[keys], name.start_mark.line + 1)
            key = self._build_scalar(name, keys)
            if key in values:
                raise PatternError(keys, f"a key stands twice: {str(key)[:80]!r}.")
            # A value may begin on the line after its key.
            values[key] = self.build(item, (*keys, key))
            self.lines[(*keys, key)] = name.start_mark.line + 1
        return values

    def _build_scalar(self, node: Node, keys: Keys) -> Any:
        if not isinstance(node, ScalarNode):
            raise PatternError(keys, "a key must be a name.")
        try:
            return self.loader.construct_object(node, deep=True)
        except (ValueError, YAMLError):
            raise PatternError(keys, "a value that YAML cannot read. Put it in quotes.") from None
