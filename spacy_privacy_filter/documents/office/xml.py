"""The bytes of an XML part -> its tree, with nothing from outside; and places in it that hold text.

Entities and document types are refused: office files have none, and they are how a small file is
made to fill memory or to read another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final, TypeAlias

from lxml import etree

from ..blocks import DocumentError

Element: TypeAlias = Any  # lxml has no types of its own
SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """Put a mark in place of characters that XML cannot hold."""
    return _ILLEGAL.sub("\ufffd", text)


class Part:
    """A part of a file that is XML.

    name (str): Its name. content (bytes): What it holds.
    RAISES (DocumentError): It is no XML, or has a document type.
    """

    def __init__(self, name: str, content: bytes, *, recover: bool = False) -> None:
        self.name, self.content = name, content
        self.is_changed = False
        # In UTF-16 every other byte is zero.
        plain = content.replace(b"\0", b"")
        if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
            raise DocumentError(f"its part {name} has a document type, as XML bombs have")
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
            remove_pis=False, remove_comments=False, recover=recover, huge_tree=False,
        )  # fmt: skip
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError):
            raise DocumentError(f"its part {name} is no well-formed XML") from None
        if root is None:
            raise DocumentError(f"its part {name} is no well-formed XML")
        if root.getroottree().docinfo.doctype:  # in an encoding that hid it
            raise DocumentError(f"its part {name} has a document type, as XML bombs have")
        self.root: Element = root
        self._drop_comments()

    def _drop_comments(self) -> None:
        """Take out comments and instructions; those beside the root are not written anyway."""
        for node in list(self.root.iter(etree.Comment, etree.ProcessingInstruction)):
            self.is_changed = True
            remove(node)
        beside = self.root.getprevious() is not None or self.root.getnext() is not None
        self.is_changed = self.is_changed or beside

    def write(self) -> bytes:
        """Give the bytes; what was not changed stays as it was."""
        if not self.is_changed:
            return self.content
        return etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)


def remove(element: Element) -> None:
    """Take an element out of its tree; what follows it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def name_of(element: Element) -> str:
    """Give the name of an element without its namespace; "" for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def space_of(element: Element) -> str:
    """Give the namespace of an element."""
    return element.tag.rpartition("}")[0][1:] if isinstance(element.tag, str) else ""


class ElementText:
    """The text at the start of an element."""

    def __init__(self, part: Part, element: Element, *, keeps_space: bool = False) -> None:
        self.part, self.element, self.keeps_space = part, element, keeps_space

    @property
    def text(self) -> str:
        """What it holds."""
        return self.element.text or ""

    def put(self, text: str) -> None:
        """Put another text there."""
        self.part.is_changed = True
        self.element.text = legal(text)
        if self.keeps_space and text != text.strip():
            self.element.set(SPACE, "preserve")


class TailText(ElementText):
    """The text behind an element."""

    @property
    def text(self) -> str:
        """What it holds."""
        return self.element.tail or ""

    def put(self, text: str) -> None:
        """Put another text there."""
        self.part.is_changed = True
        self.element.tail = legal(text)


class Mark:
    """An element that is read as a character, such as a tab; without it, it is gone."""

    def __init__(self, part: Part, element: Element, text: str) -> None:
        self.part, self.element, self.text = part, element, text

    def put(self, text: str) -> None:
        """Take it out unless the text is the same."""
        if text != self.text:
            self.part.is_changed = True
            remove(self.element)
            self.text = ""


class Attribute:
    """The value that some attributes have in common.

    holders (Sequence): The part, element and name of each.
    """

    def __init__(self, holders: Sequence[tuple[Part, Element, str]]) -> None:
        self.holders = holders

    @property
    def text(self) -> str:
        """What it holds."""
        _, element, name = self.holders[0]
        return str(element.get(name) or "")

    def put(self, text: str) -> None:
        """Put another text there."""
        for part, element, name in self.holders:
            part.is_changed = True
            element.set(name, legal(text))
