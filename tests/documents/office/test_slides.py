"""PowerPoint files: slides, hidden ones too, notes, masters, charts; what is found is gone."""

from __future__ import annotations

import io

import pptx
import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from spacy_privacy_filter.documents.blocks import DocumentError
from spacy_privacy_filter.documents.formats import open_document

from ..makers import (
    leaks,
    members,
    pack,
    parsed,
    redact,
    reread,
    save,
    sheet_file,
    slide_file,
)

NAME = "Kai Lund"
BOX = [Inches(n) for n in (1, 1, 2, 2)]


def test_whatever_is_hidden() -> None:
    file = pptx.Presentation()
    slide = file.slides.add_slide(file.slide_layouts[5])
    slide._element.set("show", "0")
    paragraph = slide.shapes.title.text_frame.paragraphs[0]
    for text in ("stays, K", "ai Lu", "nd"):
        paragraph.add_run().text = text
    slide.notes_slide.notes_text_frame.text = NAME
    box = slide.shapes.add_textbox(*BOX)
    box.text_frame.text = "Kai\vLund"
    box.name = box._element.nvSpPr.cNvPr.attrib["descr"] = NAME
    box.click_action.hyperlink.address = "https://example.org/Kai%20Lund"
    slide.shapes.add_table(1, 1, *BOX).table.cell(0, 0).text = NAME
    data = CategoryChartData()
    data.categories = [NAME, "b"]
    data.add_series(NAME, (1, 2))
    slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *BOX, data)
    book = io.BytesIO(sheet_file([[NAME]]))
    slide.shapes.add_ole_object(book, "Excel.Sheet.12", *BOX)
    file.slide_masters[0].shapes[0].text_frame.text = NAME
    file.core_properties.author = file.core_properties.title = NAME
    source = save(file)
    assert leaks(source, [NAME]) == [NAME]
    document = open_document(source, "pptx")
    new = redact(source, "pptx", [NAME])
    assert leaks(new, [NAME, "Kai%20Lund"]) == []
    again = pptx.Presentation(io.BytesIO(new)).slides[0]
    assert again.shapes.title.text == "stays, [X_1]"
    assert again.notes_slide.notes_text_frame.text == "[X_1]"
    assert [shape.has_chart for shape in again.shapes].count(True) == 1
    assert "embedded files dropped: 2" in document.notes  # of the chart, and by itself


def test_slides_are_read_in_order_each_with_its_notes() -> None:
    file = pptx.Presentation(io.BytesIO(slide_file([f"Slide {i}" for i in range(12)])))
    file.slides[1].notes_slide.notes_text_frame.text = "to the second"
    lines = reread(save(file), "pptx").splitlines()
    assert [line for line in lines if line.startswith(("Slide ", "to "))][:13] == [
        "Slide 0", "Slide 1", "to the second", *(f"Slide {i}" for i in range(2, 12))
    ]  # fmt: skip


def test_what_is_not_redacted_stays() -> None:
    source = slide_file(["one", "two"])
    first = redact(source, "pptx", [])
    assert parsed(redact(first, "pptx", [])) == parsed(first)
    kept = [name for name in members(first) if name.startswith("ppt/slides/slide")]
    assert len(kept) == 2
    assert all(members(first)[name] == members(source)[name] for name in kept)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("ppt/presentation.xml", b"<a/>", "no presentation"),
        ("ppt/slides/slide1.xml", b"<!DOCTYPE a><a/>", "document type"),
        ("ppt/activeX/activeX1.bin", b"", "macros"),
    ],
)
def test_bad_files_are_refused_with_a_reason(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        open_document(pack({**members(slide_file(["a"])), name: content}), "pptx")
