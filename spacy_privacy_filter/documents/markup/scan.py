"""The source of a page of HTML -> its tokens with their places, as the HTML standard cuts it.

Linear in the length of any text: what is not closed goes to the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

ELEMENT: Final = "element"  # the name of an element, as if it were an attribute
TEXT, START, END, COMMENT, RAW = "text", "start", "end", "comment", "raw"
_RAW_NAMES: Final = frozenset("script style textarea title xmp iframe noembed noframes".split())
_NAME: Final = re.compile(r"[A-Za-z][^\s/>]*")
_BETWEEN: Final = re.compile(r"[\s/]*")
_KEY: Final = re.compile(r"=?[^\s/>=]*")
_EQUALS: Final = re.compile(r"\s*=\s*")
_PLAIN_KEY: Final = re.compile(r"[a-z][A-Za-z0-9:_.-]*|[A-Z][A-Z0-9:_.-]*")
_PLAIN_NAME: Final = re.compile(r"[a-z][A-Za-z0-9:-]*|[A-Z][A-Z0-9:-]*")
_BARE: Final = re.compile(r"[^\s>]*")


class Attribute(NamedTuple):
    """An attribute: the place of its value, without quotes.

    name (str): In small letters; "" for what stands where a name is expected and is read as text.
    """

    name: str
    start: int
    end: int
    is_quoted: bool


class Token(NamedTuple):
    """A stretch of the source.

    kind (str): TEXT, START or END of an element, COMMENT (without its marks), or RAW text.
    start, end (int): Characters of the source.
    name (str): Of the element, in small letters; of raw text, of the element around it.
    """

    kind: str
    start: int
    end: int
    name: str = ""
    attributes: tuple[Attribute, ...] = ()


def scan(text: str) -> Iterator[Token]:
    """Cut a page into tokens, in order."""
    place, begun = 0, 0  # begun: where the text starts that was not given yet
    while (mark := text.find("<", place)) >= 0:
        token, place = _read_markup(text, mark)
        if token is None:
            continue
        if begun < mark:
            yield Token(TEXT, begun, mark)
        yield token
        begun = place
        if token.kind == START and token.name in _RAW_NAMES:
            end = _end_of_raw(text, place, token.name)
            if place < end:
                yield Token(RAW, place, end, token.name)
            begun = place = end
    if begun < len(text):
        yield Token(TEXT, begun, len(text))


def _read_markup(text: str, mark: int) -> tuple[Token | None, int]:
    """Read what a `<` starts. RETURNS (tuple): The token, if there is one, and what follows."""
    if text.startswith("<!--", mark):
        return _read_comment(text, mark)
    follows = text[mark + 1 : mark + 3]
    if follows[:1].isascii() and follows[:1].isalpha():
        return _read_tag(text, mark, mark + 1, START)
    if follows[:1] == "/" and follows[1:].isascii() and follows[1:].isalpha():
        return _read_tag(text, mark, mark + 2, END)
    if follows[:1] in ("!", "?", "/") and follows:
        end = text.find(">", mark)
        end = len(text) if end < 0 else end
        return Token(COMMENT, min(mark + 2, end), end), min(end + 1, len(text))
    return None, mark + 1


def _read_comment(text: str, mark: int) -> tuple[Token, int]:
    start = mark + 4
    for short in (">", "->"):
        if text.startswith(short, start):
            return Token(COMMENT, start, start), start + len(short)
    match = _COMMENT_END.search(text, start)
    if match is None:
        return Token(COMMENT, start, len(text)), len(text)
    return Token(COMMENT, start, match.start()), match.end()


_COMMENT_END: Final = re.compile("--!?>")


def _read_tag(text: str, mark: int, start: int, kind: str) -> tuple[Token, int]:
    match = _NAME.match(text, start)
    name = match[0].lower() if match else ""
    place = match.end() if match else start
    attributes = [Attribute(ELEMENT, start, place, is_quoted=True)]
    if not _PLAIN_NAME.fullmatch(text, start, place):  # <kai@example.org> is a tag, too
        attributes = [Attribute("", start, place, is_quoted=True)]
    while True:
        place = _end_of(_BETWEEN, text, place)
        if place >= len(text):
            return Token(TEXT, mark, len(text)), len(text)  # a tag that does not end
        if text[place] == ">":
            return Token(kind, mark, place + 1, name, tuple(attributes)), place + 1
        key_end = _end_of(_KEY, text, place)
        key = text[place:key_end].lower()
        is_odd = not _PLAIN_KEY.fullmatch(text, place, key_end)
        match = _EQUALS.match(text, key_end)
        if match is None:
            # A name without a value may be text as well: <p Kai Lund>
            attributes.append(Attribute("", place, key_end, is_quoted=True))
            place = key_end
            continue
        if is_odd:
            attributes.append(Attribute("", place, key_end, is_quoted=True))
        attribute, place = _read_value(text, key, match.end())
        attributes.append(attribute)


def _read_value(text: str, key: str, start: int) -> tuple[Attribute, int]:
    mark = text[start : start + 1]
    if mark in ('"', "'") and mark:
        end = text.find(mark, start + 1)
        end = len(text) if end < 0 else end
        return Attribute(key, start + 1, end, is_quoted=True), min(end + 1, len(text))
    end = _end_of(_BARE, text, start)
    return Attribute(key, start, end, is_quoted=False), end


def _end_of(pattern: re.Pattern[str], text: str, place: int) -> int:
    match = pattern.match(text, place)
    return place if match is None else match.end()


_RAW_ENDS: Final = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW_NAMES}


def _end_of_raw(text: str, place: int, name: str) -> int:
    match = _RAW_ENDS[name].search(text, place)
    return len(text) if match is None else match.start()
