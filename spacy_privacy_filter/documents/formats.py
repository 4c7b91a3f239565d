"""The ending of a file's name -> what reads it."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Final

from ..compat import missing
from .blocks import Document, DocumentError
from .mail.message import open_mail
from .markup.html import open_html
from .markup.markdown import open_markdown

MAX_BYTES: Final = 1 << 28
# Files that look as if they could be read, and why they are not.
REASONS: Final = {
    **dict.fromkeys(
        (".docm", ".dotm", ".xlsm", ".xltm", ".xlsb", ".xlam", ".pptm", ".potm", ".ppsm"),
        "files with macros are not read: macros may hold or fetch any text. Save it without them "
        "as .docx, .xlsx or .pptx first",
    ),
    **dict.fromkeys(
        (".doc", ".dot", ".xls", ".xlt", ".ppt", ".pps", ".rtf", ".odt", ".ods", ".odp", ".msg"),
        "files of this kind are not read. Save it as .docx, .xlsx, .pptx, .eml or text first",
    ),
}  # fmt: skip


def _open_word(content: bytes) -> Document:
    from .office.word import open_word

    return open_word(content)


def _open_sheets(content: bytes) -> Document:
    from .office.sheets import open_sheets

    return open_sheets(content)


def _open_slides(content: bytes) -> Document:
    from .office.slides import open_slides

    return open_slides(content)


def _open_pdf(content: bytes) -> Document:
    from .pdf import open_pdf

    return open_pdf(content)


def _open_pdf_text(content: bytes) -> Document:
    from .pdf import open_pdf_text

    return open_pdf_text(content)


def _open_mail(content: bytes) -> Document:
    return open_mail(content, _open_attachment)


def _open_attachment(content: bytes, name: str) -> Document:
    form = next(form for form, endings in ENDINGS.items() if name.lower().endswith(endings))
    return open_document(content, form)


OPENERS: Final[dict[str, Callable[[bytes], Document]]] = {
    "docx": _open_word,
    "xlsx": _open_sheets,
    "pptx": _open_slides,
    "eml": _open_mail,
    "html": open_html,
    "md": open_markdown,
    "pdf": _open_pdf,
    "pdf-text": _open_pdf_text,
}
ENDINGS: Final[dict[str, tuple[str, ...]]] = {
    "docx": (".docx", ".dotx"),
    "xlsx": (".xlsx", ".xltx"),
    "pptx": (".pptx", ".potx", ".ppsx"),
    "eml": (".eml",),
    "html": (".html", ".htm", ".xhtml"),
    "md": (".md", ".markdown"),
    "pdf": (".pdf",),
}


def why_refused(name: str) -> str:
    """Say why a file is not read whose name ends as one of `REASONS`."""
    return next(reason for ending, reason in REASONS.items() if name.lower().endswith(ending))


def open_document(content: bytes, form: str) -> Document:
    """Read a document as one text.

    content (bytes): The file.
    form (str): A key of `OPENERS`.
    RETURNS (Document): Its text, and what writes it with other values.
    RAISES (DocumentError): It cannot be read, or not be redacted whole; it says why.
    """
    if len(content) > MAX_BYTES:
        raise DocumentError(f"it has {len(content)} bytes, over {MAX_BYTES}")
    try:
        return OPENERS[form](content)
    except ImportError as error:
        raise DocumentError(str(missing(error.name or "lxml", "This kind of file"))) from None
    except (AttributeError, LookupError, TypeError, struct.error) as error:
        # What a damaged file makes a library stumble over is no reason to stop at the other files.
        raise DocumentError(f"it is damaged ({type(error).__name__})") from None
    except RecursionError:
        raise DocumentError("its parts lie in each other without end") from None
