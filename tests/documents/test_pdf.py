"""PDF: text that is found is covered, and what is written has no text, note or file in it."""

from __future__ import annotations

import io

import numpy as np
import pypdf
import pypdfium2
import pytest
from pypdf.annotations import Text

from spacy_privacy_filter.documents.blocks import DocumentError
from spacy_privacy_filter.documents.formats import open_document

from .makers import leaks, pdf_file, redact, reread, write_pdf

NAME = "Kai Lund"
LINES = [["Patient: Kai Lund", "The weather was fine."], ["page two, Kai", "Lund left"]]


def draw(content: bytes, page: int = 0) -> np.ndarray:
    """Draw a page. RETURNS: grey values. Shape: (rows, columns)."""
    pdf = pypdfium2.PdfDocument(content)
    image = pdf[page].render(scale=1, grayscale=True).to_numpy().copy()
    pdf.close()
    return image[..., 0] if image.ndim == 3 else image


def box_of(content: bytes, text: str) -> tuple[int, int, int, int]:
    """Find a text on the first page: rows and columns from, to."""
    pdf = pypdfium2.PdfDocument(content)
    textpage = pdf[0].get_textpage()
    start, n_chars = textpage.search(text).get_next()
    boxes = np.array([textpage.get_charbox(i) for i in range(start, start + n_chars)])
    height = pdf[0].get_height()
    top, bottom = height - boxes[:, 3].max(), height - boxes[:, 1].min()
    pdf.close()
    return round(top), round(bottom), round(boxes[:, 0].min()), round(boxes[:, 2].max())


def with_parts(content: bytes) -> bytes:
    """Add a file, metadata, a note and a link to a PDF."""
    writer = pypdf.PdfWriter(io.BytesIO(content))
    writer.add_attachment("kai.txt", NAME.encode())
    writer.add_metadata({"/Author": NAME, "/Title": NAME})
    writer.add_annotation(0, Text(rect=(9, 9, 30, 30), text=f"Note of {NAME}"))
    writer.add_outline_item(title=NAME, page_number=0)
    writer.add_uri(0, f"mailto:{NAME}", pypdf.generic.RectangleObject((9, 9, 30, 30)))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_pages_are_drawn_anew_and_covered() -> None:
    source = with_parts(pdf_file(LINES))
    assert "Patient: Kai Lund" in reread(source, "pdf")
    document = open_document(source, "pdf")
    assert "attachments dropped: 1" in document.notes
    new = redact(source, "pdf", [NAME])
    assert leaks(new, [NAME, "Kai", "Lund", "weather"]) == []
    made = pypdf.PdfReader(io.BytesIO(new))
    assert [page.extract_text().strip() for page in made.pages] == ["", ""]
    assert not made.attachments
    assert not made.outline
    assert all("/Annots" not in page for page in made.pages)
    assert NAME not in str(made.metadata)
    assert [page.mediabox[2:] for page in made.pages] == [[612, 792]] * 2
    before, after = draw(source), draw(new)
    top, bottom, left, right = box_of(source, NAME)
    assert (after[top : bottom + 1, left : right + 1] < 20).all()
    top, bottom, left, right = box_of(source, "weather")
    ink = [
        (255 - image[top + 2 : bottom, left:right].astype(float)).sum() for image in (before, after)
    ]
    assert 0.7 < ink[1] / ink[0] < 1.3  # drawn as it was
    assert (after[300:] > 250).all()


def test_a_name_over_two_lines_is_covered_in_both() -> None:
    source = pdf_file([["the patient Kai", "Lund was seen"]])
    after = draw(redact(source, "pdf", [NAME]))
    for word in ("Kai", "Lund"):
        top, bottom, left, right = box_of(source, word)
        assert (after[top : bottom + 1, left : right + 1] < 20).all()


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages(turn: int) -> None:
    source = pdf_file([["Patient: Kai Lund"]], extra=f"/Rotate {turn}")
    after = draw(redact(source, "pdf", [NAME]))
    back = np.rot90(after, turn // 90)
    top, bottom, left, right = box_of(pdf_file([["Patient: Kai Lund"]]), NAME)
    assert (back[top : bottom + 1, left : right + 1] < 20).all()
    assert (back < 20).sum() < 5000


def test_filled_forms_and_notes_are_text() -> None:
    field = "<</Type/Annot/Subtype/FreeText/Rect[72 600 300 640]/Contents(x)/F 4/AP<</N 6 0 R>>>>"
    shown = "BT /F1 12 Tf 5 5 Td (Kai Lund) Tj ET"
    page = (
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 5 0 R/Annots[4 0 R]"
        "/Resources<</Font<</F1 7 0 R>>>>>>"
    )
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", page, field,
        "<</Length 41>>stream\nBT /F1 12 Tf 72 720 Td (Some text) Tj ET \nendstream",
        ("<</Type/XObject/Subtype/Form/BBox[0 0 228 40]/Resources<</Font<</F1 7 0 R>>>>"
         f"/Length {len(shown)}>>stream\n{shown}\nendstream"),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", "<<>>",
    ]  # fmt: skip
    source = write_pdf(objects)
    assert NAME in reread(source, "pdf")
    after = draw(redact(source, "pdf", [NAME]))
    assert (after < 20).sum() > 400


def test_as_text() -> None:
    new = redact(pdf_file(LINES), "pdf-text", [NAME]).decode()
    assert "Patient: [X_1]" in new
    assert "The weather was fine." in new
    assert leaks(new.encode(), [NAME, "Lund left"]) == []


def image_page(text: str) -> bytes:
    """Make a page that is a picture, with other things to draw over it."""
    stream = f"q 612 0 0 792 0 0 cm /I Do Q {text}"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        ("<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
         "/Resources<</XObject<</I 5 0 R>>/Font<</F1 6 0 R>>>>>>"),
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        ("<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray"
         "/BitsPerComponent 8/Length 1>>stream\nz\nendstream"),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", "<<>>",
    ]  # fmt: skip
    return write_pdf(objects)


def locked(content: bytes) -> bytes:
    writer = pypdf.PdfWriter(io.BytesIO(content))
    writer.encrypt("secret", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("form", ["pdf", "pdf-text"])
@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (locked(pdf_file(LINES)), "password"),
        (image_page(""), "page 1 is a picture"),
        (image_page("BT 3 Tr /F1 12 Tf 72 720 Td (Kai Lund) Tj ET"), "page 1 is a picture"),
        (pdf_file([[]]), "no text"),
        (b"%PDF-1.4\nnothing", "broken"),
        (b"Kai Lund", "no PDF"),
        (b"", "no PDF"),
    ],
)
def test_bad_files_are_refused_with_a_reason(source: bytes, reason: str, form: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        open_document(source, form)


def test_a_picture_under_drawn_text_stays_and_is_told() -> None:
    source = image_page("BT /F1 12 Tf 72 720 Td (Kai Lund) Tj ET")
    assert "pictures kept, which nothing reads: 1" in open_document(source, "pdf").notes


def test_damaged_files_are_refused_or_read() -> None:
    source = with_parts(pdf_file(LINES))
    rng = np.random.default_rng(20260)
    for _ in range(40):
        damaged = bytearray(source)
        for place in rng.integers(len(damaged), size=20):
            damaged[place] = rng.integers(256)
        try:
            redact(bytes(damaged), "pdf", [NAME])
        except DocumentError:
            continue
