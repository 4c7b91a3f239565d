"""A Markdown file -> its text without marks, and the targets of its links; and the file anew."""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator, Sequence
from typing import Final

from ..blocks import Block, Document, DocumentError, Slot
from ..values import Replaced
from .data_links import clean_data_links
from .raw import ENTITY, Source, Stretch

_MARKS: Final = re.compile(
    r"(?P<link>\]\([^()\[\]\n]{1,2000}\))"
    r"|(?P<escape>\\[!-/:-@\[-`{-~])"
    rf"|(?P<entity>{ENTITY})"
    r"|(?P<comment><!--)"
    r"|(?P<tag></?[A-Za-z][A-Za-z0-9-]{0,20}(?:[ \t/][^<>\n]{0,2000})?>)"
    r"|(?P<quote>\n(?:>| {1,3}>)[> ]*)"
    r"|(?P<emphasis>(?<=\S)[*~`]+|[*~`]+(?=\S)|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)|[\u00ad\u200b])"
)


def open_markdown(content: bytes) -> Document:
    """Read a Markdown file.

    RAISES (DocumentError): It is not UTF-8.
    """
    text = decode_utf8(content)
    text, n_kept, n_gone = clean_data_links(text)
    source = Source(text)
    beside: list[Block] = []
    flow: list[Slot] = [*_cut(source, beside)]
    notes = [f"pictures kept, which nothing reads: {n_kept}"] if n_kept else []
    notes += [f"files in links dropped: {n_gone}"] if n_gone else []

    def render(replaced: Sequence[Replaced]) -> bytes:
        return source.write().encode("utf8")

    return Document([Block(flow, "text", end=""), *_parted(beside)], render, notes)


def _parted(blocks: Sequence[Block]) -> Iterator[Block]:
    """Part what stands beside the text from it, and from each other, by line ends before them."""
    for block in blocks:
        block.lead, block.end = "\n", ""
        yield block


def decode_utf8(content: bytes) -> str:
    """Read UTF-8; line ends and a byte order mark stay.

    RAISES (DocumentError): Other bytes.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise DocumentError("it is UTF-16 text. Convert it first: iconv -f UTF-16 -t UTF-8")
    try:
        return content.decode("utf8")
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"it is not UTF-8 text: byte {error.start} does not fit. Convert it first, for "
            "instance with: iconv -f LATIN1 -t UTF-8"
        ) from None


def _cut(source: Source, beside: list[Block]) -> Iterator[Stretch]:
    place = 0
    has_comments = True
    for match in _MARKS.finditer(source.text):
        start, end = match.span()
        if start < place:
            continue
        if match.lastgroup == "comment":
            end = source.text.find("-->", end) if has_comments else -1
            has_comments = end >= 0  # from here on none ends
            if end < 0:
                continue
            beside.append(Block([Stretch(source, start + 4, end)], "comment"))
            end += 3
        said = _said(source, match, beside)
        if said is None:
            continue
        if place < start:
            yield Stretch(source, place, start)
        yield Stretch(source, start, end, said) if said else _Silent(source, start, end, "")
        place = end
    if place < len(source.text):
        yield Stretch(source, place, len(source.text))


class _Silent(Stretch):
    """A mark that is not read: it stays when what is around it is replaced."""

    def put(self, text: str) -> None:
        """Leave it."""


def _said(source: Source, match: re.Match[str], beside: list[Block]) -> str | None:
    """Give what is read of a mark; what it hides goes beside the text."""
    start, end = match.span()
    kind = match.lastgroup
    if kind == "escape":
        return match[0][1]
    if kind == "entity":
        said = html.unescape(match[0])
        return None if said == match[0] else said
    if kind == "quote":
        return "\n"
    if kind == "link":
        beside.append(Block([Stretch(source, start + 2, end - 1)], "target of a link"))
    elif kind == "tag" and any(char in match[0] for char in " \t"):
        beside.append(Block([Stretch(source, start + 1, end - 1)], "tag"))
    return ""
