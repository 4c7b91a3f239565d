"""A PDF with text -> its text; and pages drawn anew with places covered, and no text in them.

What is drawn is pixels: no text, no hidden layer, no metadata, form, link, note or attachment is
taken over. Notes and filled forms that a reader sees are drawn into the page first, so that they
are text like the rest.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium

from .blocks import Block, Document, DocumentError, Slot
from .values import Replaced

SCALE: Final = 150 / 72  # pixels for a point
MAX_PIXELS: Final = 40_000_000  # of a page
MAX_PAGES: Final = 5000
_MARGIN: Final = 0.06  # of the height of a letter, that is covered around it
_MAX_UNREADABLE: Final = 0.1  # share of letters without a meaning
_BLACK: Final = (0, 0, 0, 255)
_PDFIUM: Final = Lock()
_INVISIBLE: Final = pdfium.FPDF_TEXTRENDERMODE_INVISIBLE


@dataclass(eq=False)
class _Letter:
    """A letter of a page.

    box (tuple | None): left, bottom, right, top in points; None for one that is not drawn.
    """

    text: str
    box: tuple[float, float, float, float] | None
    is_covered: bool = False

    def put(self, text: str) -> None:
        """Cover it."""
        self.is_covered = self.is_covered or text != self.text


@dataclass
class _Page:
    """A page: its letters, and places that are covered in any case."""

    letters: list[_Letter] = field(default_factory=list)
    unreadable: list[tuple[float, float, float, float]] = field(default_factory=list)


def open_pdf(content: bytes) -> Document:
    """Read a PDF; it is written as pages drawn anew.

    RAISES (DocumentError): No PDF, an encrypted or broken one, or a scan.
    """
    pages = []
    n_pictures = 0
    with _opened(content) as pdf:
        notes = _list_dropped(pdf)
        for number in range(len(pdf)):
            page, n_on_page = _read_page(pdf, number)
            pages.append(page)
            n_pictures += n_on_page
    if not any(page.letters for page in pages):
        raise DocumentError("it has no text at all. If it is a scan, read it by OCR first")
    if n_pictures:
        notes.append(f"pictures kept, which nothing reads: {n_pictures}")
    blocks = [block for i, page in enumerate(pages) for block in _blocks(page, i + 1)]

    def render(replaced: Sequence[Replaced]) -> bytes:
        try:
            with _opened(content) as pdf:
                return _draw(pdf, pages)
        except (pypdfium2.PdfiumError, ValueError) as error:
            if isinstance(error, DocumentError):
                raise
            raise DocumentError("a page of it cannot be drawn") from None

    return Document(blocks, render, notes)


def open_pdf_text(content: bytes) -> Document:
    """Read a PDF; it is written as plain text."""
    drawn = open_pdf(content)
    blocks = [Block([_Line(block)], block.place) for block in drawn.blocks]
    lines = [block.slots[0] for block in blocks]

    def render(replaced: Sequence[Replaced]) -> bytes:
        return "".join(f"{line.text}\n" for line in lines).encode("utf8", "replace")

    return Document(blocks, render, drawn.notes)


class _Line:
    """A line of text that is written as text."""

    def __init__(self, block: Block) -> None:
        self.text = "".join(slot.text for slot in block.slots)

    def put(self, text: str) -> None:
        """Put another text there."""
        self.text = text


@contextmanager
def _opened(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF, for one thread at a time: more at once PDFium does not bear."""
    with _PDFIUM:
        pdf = _open(content)
        try:
            yield pdf
        finally:
            pdf.close()


def _open(content: bytes) -> pypdfium2.PdfDocument:
    if b"%PDF-" not in content[:1024]:
        raise DocumentError("it is no PDF")
    try:
        pdf = pypdfium2.PdfDocument(content)
        n_pages = len(pdf)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise DocumentError(
                "it is protected by a password. Save it without one first"
            ) from None
        raise DocumentError("it is broken, or no PDF") from None
    if not n_pages:
        raise DocumentError("it has no pages")
    if n_pages > MAX_PAGES:
        raise DocumentError(f"it has {n_pages} pages, over {MAX_PAGES}. Cut it first")
    if pdf.get_formtype() in (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND):
        raise DocumentError("it is a form in XFA, which is not drawn as it is. Print it first")
    return pdf


def _list_dropped(pdf: pypdfium2.PdfDocument) -> list[str]:
    notes = []
    if n_files := pdf.count_attachments():
        notes.append(f"attachments dropped: {n_files}")
    if any(pdf.get_metadata_dict(skip_empty=True).values()):
        notes.append("metadata dropped")
    return notes


def _read_page(pdf: pypdfium2.PdfDocument, number: int) -> tuple[_Page, int]:
    """Read a page. RETURNS (tuple): Its letters, and how many pictures are on it."""
    try:
        page = _flatten(pdf, number)
        try:
            return _read_letters(page, number), _check_pictures(page, number)
        finally:
            page.close()
    except pypdfium2.PdfiumError:
        raise DocumentError(f"its page {number + 1} is broken") from None


def _flatten(pdf: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    """Draw notes and filled forms into a page; that shows when the page is loaded anew."""
    page = pdf[number]
    pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
    page.close()
    return pdf[number]


def _check_pictures(page: pypdfium2.PdfPage, number: int) -> int:
    """Refuse scans. RETURNS (int): How many pictures a page has."""
    width, height = page.get_size()
    n_pictures, is_filled = 0, False
    for image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=5):
        left, bottom, right, top = image.get_bounds()
        share = max(0, right - left) * max(0, top - bottom) / max(1, width * height)
        n_pictures += 1
        is_filled = is_filled or share > 0.5
    textpage = page.get_textpage()
    n_chars = textpage.count_chars()
    has_text = bool(textpage.get_text_range().strip()) if n_chars else False
    is_scan = is_filled and (_is_hidden(page) or not has_text)
    if is_scan or (n_pictures and not has_text):
        raise DocumentError(
            f"its page {number + 1} is a picture, as of a scan: nothing reads what it shows. Read "
            "it by OCR, and give the text"
        )
    return n_pictures


def _is_hidden(page: pypdfium2.PdfPage) -> bool:
    """Whether a page has text that is not drawn, as OCR puts it under a scan."""
    return any(
        pdfium.FPDFTextObj_GetTextRenderMode(text.raw) == _INVISIBLE
        for text in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=5)
    )


def _read_letters(page: pypdfium2.PdfPage, number: int) -> _Page:
    textpage = page.get_textpage()
    read = _Page()
    n_chars = textpage.count_chars()
    for i in range(n_chars):
        code = pdfium.FPDFText_GetUnicode(textpage, i)
        is_unknown = pdfium.FPDFText_HasUnicodeMapError(textpage, i) > 0 or code in (0, 0xFFFD)
        is_made = pdfium.FPDFText_IsGenerated(textpage, i) > 0
        box = None if is_made else _box(textpage, i)
        if is_unknown and box is not None:
            read.unreadable.append(box)
        elif code in (0xFFFE, 2):  # a hyphen at the end of a line
            read.letters.append(_Letter("", box))
        elif 0xDC00 <= code < 0xE000 and read.letters:
            _join_halves(read.letters[-1], code)
        else:
            read.letters.append(_Letter(chr(code), box))
    if len(read.unreadable) > _MAX_UNREADABLE * max(1, n_chars):
        raise DocumentError(
            f"its page {number + 1} has letters of which it does not say what they mean"
        )
    return read


def _join_halves(letter: _Letter, code: int) -> None:
    """Make one letter of two halves in UTF-16."""
    first = ord(letter.text) if letter.text else 0
    if 0xD800 <= first < 0xDC00:
        letter.text = chr(0x10000 + ((first - 0xD800) << 10) + code - 0xDC00)


def _box(textpage: pypdfium2.PdfTextPage, i: int) -> tuple[float, float, float, float] | None:
    left, bottom, right, top = textpage.get_charbox(i, loose=True)
    tight = textpage.get_charbox(i)
    box = (
        min(left, tight[0]), min(bottom, tight[1]), max(right, tight[2]), max(top, tight[3])
    )  # fmt: skip
    return box if box[2] > box[0] and box[3] > box[1] else None


def _blocks(page: _Page, number: int) -> Iterator[Block]:
    """Make one block of a page: lines go on in the next, and so do names.

    A hyphen that parts a word at the end of a line goes with the line end.
    """
    slots: list[Slot] = [letter for letter in page.letters if letter.text != "\r"]
    yield Block(slots, f"page {number}", end="\n\n")


def _draw(pdf: pypdfium2.PdfDocument, pages: Sequence[_Page]) -> bytes:
    """Draw pages anew, as pictures in which places are black."""
    new = pypdfium2.PdfDocument.new()
    for number, read in enumerate(pages):
        page = _flatten(pdf, number)
        width, height = page.get_size()
        scale = min(SCALE, (MAX_PIXELS / max(1.0, width * height)) ** 0.5)
        bitmap = page.render(
            scale=scale, may_draw_forms=False, draw_annots=False, rev_byteorder=False
        )
        boxes = [x.box for x in read.letters if x.is_covered and x.box is not None]
        for box in [*boxes, *read.unreadable]:
            bitmap.fill_rect(_BLACK, *_to_pixels(page, bitmap, box))
        target = new.new_page(width, height)
        image = pypdfium2.PdfImage.new(new)
        image.set_bitmap(bitmap)
        image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
        target.insert_obj(image)
        target.gen_content()
        for part in (target, bitmap, page):
            part.close()
    out = io.BytesIO()
    new.save(out)
    new.close()
    return out.getvalue()


def _to_pixels(
    page: pypdfium2.PdfPage,
    bitmap: pypdfium2.PdfBitmap,
    box: tuple[float, float, float, float],
) -> tuple[int, int, int, int]:
    """Give the pixels of a box: left, top, width, height, with a margin. Pages may be turned."""
    margin = _MARGIN * (box[3] - box[1]) + 0.5
    convert = bitmap.get_posconv(page)
    corners = [
        convert.to_bitmap(x, y)
        for x in (box[0] - margin, box[2] + margin)
        for y in (box[1] - margin, box[3] + margin)
    ]
    left, top = (max(0, min(corner[i] for corner in corners)) for i in (0, 1))
    right = min(bitmap.width, max(corner[0] for corner in corners) + 1)
    bottom = min(bitmap.height, max(corner[1] for corner in corners) + 1)
    return left, top, max(0, right - left), max(0, bottom - top)
