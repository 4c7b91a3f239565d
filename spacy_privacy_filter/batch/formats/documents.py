"""Office files, mails, pages and PDF files -> one passage each, so that a person keeps one number.

What these formats are is known in `documents/` alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from ...documents import blocks
from ...documents.formats import open_document, why_refused
from .base import Content, NewText, Passage
from .reading import Reading


def read_document(content: bytes, name: str, form: str) -> Content:
    """Read a document.

    content (bytes): The file. name (str): Its name, for messages.
    form (str): A key of `documents.formats.OPENERS`.
    RAISES (ValueError): It cannot be read, or not be redacted whole.
    """
    try:
        document = open_document(content, form)
    except blocks.DocumentError as error:
        raise ValueError(f"{name} cannot be read: {error}.") from None

    def write(texts: Sequence[NewText]) -> bytes:
        edits = [blocks.Edit(*edit) for text in texts for edit in text.edits]
        try:
            return document.write(edits)
        except blocks.DocumentError as error:
            raise ValueError(f"{name} cannot be redacted: {error}.") from None

    passage = Passage("", document.text, settle=document.carry, place_of=document.place_of)
    notes = [f"{name}: {note}." for note in document.notes]
    return Content([passage], write, notes=notes)


def refuse_document(content: bytes, name: str, reading: Reading) -> NoReturn:
    """Say why a file is not read. RAISES (ValueError): Always."""
    raise ValueError(f"{name} cannot be read: {why_refused(name)}.")
