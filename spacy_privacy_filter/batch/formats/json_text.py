"""The text of a JSON value -> where each value in it stands; nothing is read that is not changed.

So numbers, blanks, the order of keys and the way in which characters are written stay to the byte,
and nothing calls itself: brackets cannot exhaust the stack.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]
from typing import Any, Final, TypeAlias

from .base import BOM

Path: TypeAlias = tuple["str | int", ...]
MAX_DEPTH: Final = 100  # what the library for paths follows, too
TEXT, NUMBER, TRUTH, NULL, OBJECT, LIST = "text", "number", "truth", "null", "object", "list"
_BLANK = re.compile(r"[ \t\n\r]*")
_SCALAR = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass
class Node:
    """A value.

    path (Path): Keys and numbers that lead to it.
    kind (str): What it is.
    start_char, end_char (int): Its characters.
    member_start (int): First character of its key, or its own.
    """

    path: Path
    kind: str
    start_char: int
    end_char: int
    member_start: int


@dataclass
class _Container:
    node: Node
    n_items: int = 0
    keys: set[str] | None = None  # None for a list


def scan(text: str) -> list[Node]:
    """Find every value of a JSON text, in order; the first is the whole.

    RAISES (ValueError): No JSON, a key that stands twice, or too many brackets; says nothing of
        what the text holds.
    """
    scanner = _Scanner(text)
    scanner.run()
    return scanner.nodes


class _Scanner:
    """Goes through a text once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = len(text) - len(text.lstrip(BOM))
        self.nodes: list[Node] = []
        self.open: list[_Container] = []

    def run(self) -> None:
        self.skip()
        self.value((), self.place)
        while self.open:
            self.item()
        self.skip()
        if self.place < len(self.text):
            raise ValueError("this is no JSON")

    def skip(self) -> None:
        match = _BLANK.match(self.text, self.place)
        self.place = match.end() if match else self.place

    def take(self, marks: str) -> str:
        """Take one of some marks."""
        self.skip()
        mark = self.text[self.place : self.place + 1]
        if not mark or mark not in marks:
            raise ValueError("this is no JSON")
        self.place += 1
        return mark

    def string(self) -> str:
        """Take a string from after its first quote."""
        try:
            value, self.place = scanstring(self.text, self.place, True)
        except JSONDecodeError:
            raise ValueError("this is no JSON") from None
        return value

    def value(self, path: Path, member_start: int) -> None:
        """Take a value, or the start of an object or list."""
        start = self.place
        mark = self.text[start : start + 1]
        if mark in ("{", "["):
            if len(self.open) == MAX_DEPTH:
                raise ValueError(f"objects and lists are nested more than {MAX_DEPTH} deep")
            self.place += 1
            node = Node(path, OBJECT if mark == "{" else LIST, start, start, member_start)
            self.open.append(_Container(node, keys=set() if mark == "{" else None))
        elif mark == '"':
            self.place += 1
            self.string()
            node = Node(path, TEXT, start, self.place, member_start)
        else:
            match = _SCALAR.match(self.text, start)
            if match is None:
                raise ValueError("this is no JSON")
            self.place = match.end()
            kind = {"t": TRUTH, "f": TRUTH, "n": NULL}.get(mark, NUMBER)
            node = Node(path, kind, start, self.place, member_start)
        self.nodes.append(node)

    def item(self) -> None:
        """Take the next item of what is open, or its end."""
        box = self.open[-1]
        end = "]" if box.keys is None else "}"
        self.skip()
        if self.text[self.place : self.place + 1] == end and not box.n_items:
            self.close()
            return
        if box.n_items and self.take("," + end) == end:
            self.place -= 1
            self.close()
            return
        self.skip()
        start, key = self.place, box.n_items
        name = key if box.keys is None else self.key(box.keys)
        box.n_items += 1
        self.skip()
        self.value((*box.node.path, name), start)

    def key(self, keys: set[str]) -> str:
        self.take('"')
        name = self.string()
        if name in keys:
            raise ValueError("a key of an object stands twice")
        keys.add(name)
        self.take(":")
        return name

    def close(self) -> None:
        self.place += 1
        self.open.pop().node.end_char = self.place


def read_string(text: str, node: Node) -> str:
    """Read a string.

    RAISES (ValueError): Half of a surrogate pair, which is no character.
    """
    value = scanstring(text, node.start_char + 1, True)[0]
    if _SURROGATE.search(value):
        raise ValueError("a string holds half of a surrogate pair, which is no character")
    return value


def write_string(value: str, old: str) -> str:
    """Write a string as the old one was written: in ASCII, if that was."""
    return json.dumps(value, ensure_ascii=old.isascii() and "\\u" in old)


def load(text: str) -> Any:
    """Read a text that `scan` took, to follow paths in it; its numbers may be rounded."""
    return json.loads(text.lstrip(BOM), parse_int=_whole_number)


def _whole_number(digits: str) -> float:
    """Python refuses whole numbers of thousands of digits."""
    return int(digits) if len(digits) < 1000 else float(digits)


def replace(text: str, changes: Iterable[tuple[int, int, str]]) -> str:
    """Put other characters in places that do not overlap."""
    parts, end = [], 0
    for start, stop, new in sorted(changes):
        parts += [text[end:start], new]
        end = stop
    return "".join([*parts, text[end:]])


def find_cuts(nodes: Sequence[Node], dropped: set[Path]) -> list[tuple[int, int]]:
    """Say which characters go with values that are left out: key, value and comma.

    nodes (Sequence[Node]): Of `scan`.
    dropped (set[Path]): What is left out.
    RETURNS (list[tuple[int, int]]): Start and end of each cut, in order.
    """
    by_parent: dict[Path, list[Node]] = {}
    for node in nodes:
        if node.path:
            by_parent.setdefault(node.path[:-1], []).append(node)
    cuts: list[tuple[int, int]] = []
    for parent in {path[:-1] for path in dropped if path}:
        cuts += _cut_members(by_parent.get(parent, []), dropped)
    # What is inside of something that goes has gone with it.
    outer: list[tuple[int, int]] = []
    for start, end in sorted(cuts, key=lambda cut: (cut[0], -cut[1])):
        if not outer or start >= outer[-1][1]:
            outer.append((start, end))
    return outer


def _cut_members(members: Sequence[Node], dropped: set[Path]) -> list[tuple[int, int]]:
    """Cut members of one object or list, so that one comma stays between those that stay."""
    cuts = []
    last_kept = max((i for i, m in enumerate(members) if m.path not in dropped), default=-1)
    for i, member in enumerate(members):
        if member.path not in dropped:
            continue
        if i < last_kept:
            cuts.append((member.member_start, members[i + 1].member_start))
    if last_kept < len(members) - 1:
        start = members[last_kept].end_char if last_kept >= 0 else members[0].member_start
        cuts.append((start, members[-1].end_char))
    return cuts
