"""A source text in which stretches are replaced, and all else stays to the byte."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Final

ENTITY: Final = r"&(?:#[0-9]{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};?)"
_SPECIAL: Final = frozenset("&<>\"'")
_INVISIBLE: Final = "\u00ad\u200b\u2060"
_PIECES: Final = re.compile(rf"{ENTITY}|[{_INVISIBLE}]|[ \t\r\n\f]+|[&<>\"']")


class Source:
    """A text with what takes the place of some of its stretches.

    text (str): The source.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.changes: dict[tuple[int, int], str] = {}

    def write(self) -> str:
        """Give the text with its changes."""
        parts, place = [], 0
        for (start, end), value in sorted(self.changes.items()):
            parts += [self.text[place:start], value]
            place = end
        return "".join([*parts, self.text[place:]])


def same(text: str) -> str:
    """Write a text as it is."""
    return text


class Stretch:
    """A stretch of a source, and what it says.

    text (str): What it says, which need not be how it is written.
    escape (Callable): How another text is written there.
    """

    def __init__(
        self,
        source: Source,
        start: int,
        end: int,
        text: str | None = None,
        escape: Callable[[str], str] = same,
    ) -> None:
        self.source, self.start, self.end, self.escape = source, start, end, escape
        self.text = source.text[start:end] if text is None else text

    def put(self, text: str) -> None:
        """Put another text there."""
        if text != self.text:
            self.source.changes[self.start, self.end] = self.escape(text)


def escape_text(text: str) -> str:
    """Write a text in HTML or XML."""
    return html.escape(text, quote=False)


def cut_html(
    source: Source, start: int, end: int, escape: Callable[[str], str], *, joins_blanks: bool = True
) -> Iterator[Stretch]:
    """Cut text of HTML into stretches: what is written as it reads, entities, blanks, marks.

    Signs that nobody sees are read as nothing, so that they cut no name. Marks of HTML stand alone,
    so that they stay as they are unless they are replaced themselves.

    joins_blanks (bool): Whether a line end and several blanks are read as one blank.
    """
    place = start
    for match in _PIECES.finditer(source.text, start, end):
        raw = match[0]
        said = _said(raw, joins_blanks)
        if said == raw and raw not in _SPECIAL:
            continue
        if place < match.start():
            yield Stretch(source, place, match.start(), escape=escape)
        yield Stretch(source, match.start(), match.end(), said, escape)
        place = match.end()
    if place < end:
        yield Stretch(source, place, end, escape=escape)


def _said(raw: str, joins_blanks: bool) -> str:
    if raw in _SPECIAL:
        return raw
    if raw[0] == "&":
        said = html.unescape(raw)
        return "" if said in _INVISIBLE else said
    if raw in _INVISIBLE:
        return ""
    return " " if joins_blanks else raw


def decode_text(content: bytes, charset: str | None) -> tuple[str, str]:
    """Read bytes by the name of their encoding, or as UTF-8 or Latin-1.

    RETURNS (tuple[str, str]): The text, and the encoding that fits.
    """
    for name in filter(None, (charset, "utf-8")):
        with suppress(ValueError, LookupError):  # also of names that hold a zero
            text = content.decode(name)
            if text.encode(name) == content:
                return text, name
    return content.decode("latin-1"), "latin-1"
