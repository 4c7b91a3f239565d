"""An HTML file -> its text, attributes, comments and scripts; and the file with other values.

The source is cut as the HTML standard says, and what is not replaced stays to the byte. A second
parser, libxml2's, reads the result: what it still finds is an error.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any, Final
from urllib.parse import quote, unquote

from ..blocks import Block, Document, DocumentError, Slot
from ..values import Replaced, Values
from .data_links import clean_data_links
from .raw import Source, Stretch, cut_html, decode_text, escape_text
from .scan import COMMENT, ELEMENT, END, RAW, START, Attribute, Token, scan

_INLINE: Final = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr output "
    "q rp rt ruby s samp small span strike strong sub sup time "
    "tt u var wbr".split()
)
# Attributes whose values are words of HTML, or that only programs read.
_WORDS: Final = frozenset(
    "class style type rel lang dir charset colspan rowspan width height align valign border "
    "bgcolor color target method enctype media sizes loading decoding crossorigin integrity async "
    "defer checked disabled selected readonly required hidden cellpadding cellspacing tabindex "
    "role xmlns xml:lang http-equiv viewbox d fill stroke transform points x y cx cy r rx ry size "
    "face autocomplete spellcheck translate scope start maxlength minlength min max step rows "
    "cols".split()
)
_LINKS: Final = frozenset(
    "href src action formaction poster cite data background longdesc srcset ping xlink:href".split()
)
_CHARSET: Final = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([A-Za-z0-9_.:-]{2,40})""")


def open_html(content: bytes) -> Document:
    """Read an HTML file.

    RAISES (DocumentError): Its encoding is not the one that it says.
    """
    text, charset = _decode(content)
    page = Page(text)

    def render(replaced: Sequence[Replaced]) -> bytes:
        new = page.write(replaced)
        check_html(new, replaced)
        return new.encode(charset, "xmlcharrefreplace")

    return Document(page.blocks, render, page.notes)


def _decode(content: bytes) -> tuple[str, str]:
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if content.startswith(mark):
            raise DocumentError(f"it is {name.upper()} text. Convert it first: iconv -t UTF-8")
    said = _CHARSET.search(content[:4096].lower())
    name = "utf-8" if content.startswith(codecs.BOM_UTF8) or said is None else said[1].decode()
    text, charset = decode_text(content, name)
    if said is not None and charset == "latin-1" and name not in ("latin-1", "iso-8859-1"):
        raise DocumentError("its bytes do not fit the encoding that it says. Convert it to UTF-8")
    return text, charset


@dataclass
class Page:
    """The text of a page of HTML.

    text (str): The source.
    place (str): Where the page is, for people.
    """

    text: str
    place: str = ""
    blocks: list[Block] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.text, n_kept, n_blank = clean_data_links(self.text)
        if n_kept:
            self.notes.append(f"pictures kept, which nothing reads: {n_kept}")
        if n_blank:
            self.notes.append(f"files in links dropped: {n_blank}")
        self.source = Source(self.text)
        self._words: list[Stretch] = []
        self._flow: list[Slot] = []
        self._beside: list[Block] = []
        self._n_blocks = 0
        self._open_pre = 0
        for token in scan(self.text):
            self._read(token)
        self._end_block()
        self.blocks += self._beside

    def _read(self, token: Token) -> None:
        if token.kind in (START, END):
            self._read_tag(token)
        elif token.kind == COMMENT:
            slot = Stretch(self.source, token.start, token.end, escape=_escape_comment)
            self._beside.append(Block([slot], f"{self.place}comment"))
        elif token.kind == RAW and token.name in ("script", "style"):
            slot = Stretch(self.source, token.start, token.end, escape=_escape_script)
            self._beside.append(Block([slot], f"{self.place}{token.name}"))
        else:
            joins = not self._open_pre and token.name != "textarea"
            self._flow += cut_html(
                self.source, token.start, token.end, escape_text, joins_blanks=joins
            )
            if token.kind == RAW:
                self._end_block()

    def _read_tag(self, token: Token) -> None:
        if token.name == "pre":
            self._open_pre = max(0, self._open_pre + (1 if token.kind == START else -1))
        if token.name == "br":
            self._flow.append(Stretch(self.source, token.start, token.end, "\n"))
        elif token.name not in _INLINE:
            self._end_block()
        for attribute in token.attributes:
            self._read_attribute(token.name, attribute)

    def _end_block(self) -> None:
        if self._flow:
            self._n_blocks += 1
            self.blocks.append(Block(self._flow, f"{self.place}text {self._n_blocks}"))
            self._flow = []

    def _read_attribute(self, tag: str, attribute: Attribute) -> None:
        start, end = attribute.start, attribute.end
        name = attribute.name
        escape = _escape_quoted if attribute.is_quoted else _quote
        is_word = name in _WORDS or (not name and self.text[start:end].lower() in _WORDS)
        if is_word or name == ELEMENT:
            self._words.append(Stretch(self.source, start, end, escape=escape))
            return
        slots: list[Slot]
        raw = self.text[start:end]
        if name in _LINKS and "%" in raw:
            slots = [_LinkStretch(self.source, start, end, unquote(unescape(raw)), escape)]
        elif attribute.is_quoted:
            slots = [*cut_html(self.source, start, end, escape, joins_blanks=False)]
        else:
            slots = [Stretch(self.source, start, end, unescape(raw), escape)]
        if any(map(str.isalnum, raw)):
            self._beside.append(Block(slots, f"{self.place}attribute {name} of {tag}"))

    def write(self, replaced: Sequence[Replaced]) -> str:
        """Give the page with its changes; what was found goes from attributes of words, too."""
        values = Values(replaced)
        for stretch in self._words:
            stretch.put(values.replace(stretch.text))
        return self.source.write()


class _LinkStretch(Stretch):
    """A link, read without its escapes."""

    def put(self, text: str) -> None:
        """Put another link there."""
        if text != self.text:
            safe = quote(text, safe="/:?#[]@!$&'()*+,;=~-._")
            self.source.changes[self.start, self.end] = self.escape(safe)


def _escape_quoted(text: str) -> str:
    return escape_text(text).replace('"', "&quot;").replace("'", "&#39;")


def _quote(text: str) -> str:
    return f'"{_escape_quoted(text)}"'


def _escape_comment(text: str) -> str:
    return re.sub(r"--+|>", "", text)


def _escape_script(text: str) -> str:
    return re.sub(r"</(?=[A-Za-z])|<!--", r"<\\/", text)


def check_html(text: str, replaced: Sequence[Replaced]) -> None:
    """Read a page with another parser, and look for what was replaced.

    RAISES (DocumentError): Something is still there.
    """
    from lxml import etree

    wanted = [pair for pair in replaced if pair.source not in pair.value]
    values = Values(wanted)
    parser = etree.HTMLParser(no_network=True, huge_tree=True, encoding="utf-8")
    root = etree.fromstring(text.encode("utf8", "replace") or b" ", parser)
    if root is None or not wanted:
        return
    made = Values(Replaced(pair.value, "") for pair in replaced)  # they may say the same as another
    for string in _strings(root):
        if any(True for _ in values.find(made.replace(string))):
            raise DocumentError("a value that was found is still in it: its tags do not nest")


def _strings(root: Any) -> Iterator[str]:
    for element in root.iter():
        yield from filter(None, (element.text, element.tail))
        if isinstance(element.tag, str):
            yield from map(str, element.attrib.values())
