"""Word files: whatever is hidden where, what was found is gone, and the rest stays."""

from __future__ import annotations

import io
from itertools import pairwise

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spacy_privacy_filter.documents.blocks import DocumentError
from spacy_privacy_filter.documents.formats import open_document

from ..makers import (
    PNG,
    R,
    W,
    leaks,
    link,
    members,
    pack,
    parsed,
    redact,
    reread,
    save,
    word_file,
)  # fmt: skip

NAME = "Kai Lund"
P = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
NS = f'xmlns:w="{W}" xmlns:r="{R}"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


@settings(max_examples=25)
@given(st.lists(st.integers(1, len(NAME) - 1), max_size=4, unique=True), st.booleans())
def test_a_name_split_over_runs_is_found_whole(cuts: list[int], is_bold: bool) -> None:
    places = [0, *sorted(cuts), len(NAME)]
    runs = [NAME[a:b] for a, b in pairwise(places)]
    style = "<w:rPr><w:b/></w:rPr>" if is_bold else ""
    body = "".join(
        f'<w:r>{style if i == 0 else ""}<w:t xml:space="preserve">{run}</w:t></w:r>'
        for i, run in enumerate(["Dear ", *runs, ", yours"])
    )
    new = redact(word_file(f"<w:p>{body}</w:p>"), "docx", [NAME])
    assert leaks(new, [NAME]) == []
    paragraph = docx.Document(io.BytesIO(new)).paragraphs[0]
    assert paragraph.text == "Dear [X_1], yours"
    assert paragraph.runs[1].text == "[X_1]"  # the first of its runs has it all
    assert paragraph.runs[0].bold is (True if is_bold else None)


UTF_16 = "<?xml version='1.0' encoding='utf-16'?><!DOCTYPE a><a/>"
HIDDEN = {
    "hidden text": f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{NAME}</w:t></w:r></w:p>",
    "a table": f"<w:tbl><w:tr><w:tc>{P.format(NAME)}</w:tc></w:tr></w:tbl>",
    "struck out": f'<w:p><w:del w:id="1" w:author="B C"><w:r><w:delText>{NAME}</w:delText></w:r>'
    "</w:del></w:p>",
    "put in": f'<w:p><w:ins w:id="1" w:author="{NAME}"><w:r><w:t>{NAME}</w:t></w:r></w:ins></w:p>',
    "a part struck out": '<w:p><w:r><w:t>Kai Lu</w:t></w:r><w:del w:id="1" w:author="B"><w:r>'
    "<w:delText>nd</w:delText></w:r></w:del><w:r><w:t> left</w:t></w:r></w:p>",
    "a part put in": '<w:p><w:r><w:t>Kai L</w:t></w:r><w:ins w:id="1" w:author="B"><w:r>'
    "<w:t>und</w:t></w:r></w:ins></w:p>",
    "moved away": f'<w:p><w:moveFrom w:id="1" w:author="B"><w:r><w:t>{NAME}</w:t></w:r>'
    "</w:moveFrom></w:p>",
    "a field": '<w:p><w:r><w:instrText>HYPERLINK "mailto:Kai </w:instrText></w:r><w:r>'
    '<w:instrText>Lund"</w:instrText></w:r></w:p>',
    "a simple field": f'<w:p><w:fldSimple w:instr="QUOTE {NAME}"/></w:p>',
    "a text box": "<w:p><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml' "
    "alt='Kai Lund'>"
    f"<v:textbox><w:txbxContent>{P.format(NAME)}</w:txbxContent></v:textbox></v:shape></w:pict>"
    "</w:r></w:p>",
    "a control": f'<w:sdt><w:sdtPr><w:alias w:val="{NAME}"/><w:tag w:val="{NAME}"/><w:comboBox>'
    f'<w:listItem w:displayText="{NAME}" w:value="{NAME}"/></w:comboBox></w:sdtPr><w:sdtContent>'
    f"{P.format('x')}</w:sdtContent></w:sdt>",
    "an alt text": "<w:p><w:r><w:drawing><wp:inline xmlns:wp='http://schemas.openxmlformats.org/"
    f"drawingml/2006/wordprocessingDrawing'><wp:docPr id='1' name='{NAME}' descr='of {NAME}'/>"
    "</wp:inline></w:drawing></w:r></w:p>",
    "a bookmark": f'<w:p><w:bookmarkStart w:id="0" w:name="{NAME}"/>'
    '<w:bookmarkEnd w:id="0"/></w:p>',
    "a line break": "<w:p><w:r><w:t>Kai</w:t><w:br/><w:t>Lund</w:t></w:r></w:p>",
    "a tab": "<w:p><w:r><w:t>Kai</w:t><w:tab/><w:t>Lund</w:t></w:r></w:p>",
    "a control with a date": "<w:sdt><w:sdtPr><w:date w:fullDate='Kai Lund'/></w:sdtPr>"
    "<w:sdtContent/></w:sdt>",
    "a comment of XML": f"<!-- {NAME} --><?note {NAME}?>" + P.format("x"),
    "a formula": "<w:p><m:oMath xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/"
    f"math'><m:r><m:t>{NAME}</m:t></m:r></m:oMath></w:p>",
    "letters written as numbers": "<w:p><w:r><w:t>&#75;ai&#x20;Lund</w:t></w:r></w:p>",
}


@pytest.mark.parametrize("kind", HIDDEN)
def test_hidden_text_is_text(kind: str) -> None:
    source = word_file(HIDDEN[kind] + P.format("stays"))
    new = redact(source, "docx", [NAME])
    assert leaks(new, [NAME]) == []
    assert "stays" in reread(new, "docx")
    docx.Document(io.BytesIO(new))


def test_parts_beside_the_document() -> None:
    note = (
        f"{HEAD}<w:{{0}}s {NS}><w:{{0}} w:id='1' w:author='{NAME}'>{P.format(NAME)}</w:{{0}}>"
        "</w:{0}s>"
    )
    stories = ("footnote", "endnote", "comment")
    parts = {f"word/{name}s.xml": note.format(name).encode() for name in stories}
    for name in ("header", "footer"):
        parts[f"word/{name}7.xml"] = (
            f"{HEAD}<w:{'hdr' if name == 'header' else 'ftr'} {NS}>{P.format(NAME)}"
            f"</w:{'hdr' if name == 'header' else 'ftr'}>"
        ).encode()
    parts["word/people.xml"] = (
        f"{HEAD}<w15:people xmlns:w15='http://schemas.microsoft.com/office/word/2012/wordml'>"
        f"<w15:person w15:author='{NAME}'><w15:presenceInfo w15:providerId='AD' "
        f"w15:userId='S::kai@example.org'/></w15:person></w15:people>"
    ).encode()
    links = "".join(
        link(i, name.rpartition("/")[2].rstrip("7.xml"), name.removeprefix("word/"))
        for i, name in enumerate(parts)
    ) + link(90, "hyperlink", "mailto:Kai%20Lund?subject=x", external=True)
    new = redact(word_file(P.format("stays"), parts=parts, links=links), "docx", [NAME])
    assert leaks(new, [NAME, "Kai%20Lund", "S::kai@example.org"]) == []
    assert set(parts) <= set(members(new))
    for name in (*stories, "header7.xml", "footer7.xml"):
        kept = members(new)[f"word/{name if '.' in name else f'{name}s.xml'}"]
        assert b"[X_1]" in kept
    assert b'Target="mailto:[X_1]?subject=x"' in members(new)["word/_rels/document.xml.rels"]


def test_properties() -> None:
    file = docx.Document()
    file.add_paragraph("stays")
    for name in ("author", "last_modified_by", "title", "subject", "keywords", "comments"):
        setattr(file.core_properties, name, NAME)
    source = members(save(file))
    source["docProps/app.xml"] = source["docProps/app.xml"].replace(
        b"</Properties>", f"<Company>{NAME}</Company><Manager>Ada</Manager></Properties>".encode()
    )
    new = redact(pack(source), "docx", [NAME])
    assert leaks(new, [NAME]) == []
    assert b"Ada" not in members(new)["docProps/app.xml"]  # a name in any case, found or not
    assert docx.Document(io.BytesIO(new)).core_properties.title == "[X_1]"


def test_who_wrote_what_goes_in_any_case_and_stays_apart() -> None:
    body = "".join(
        f'<w:p><w:ins w:id="{i}" w:author="{who}" w:initials="QZ"><w:r><w:t>stays</w:t>'
        "</w:r></w:ins></w:p>"
        for i, who in enumerate(["Ada Berg", "Ben Carl", "Ada Berg"])
    )
    new = redact(word_file(body), "docx", [])
    xml = members(new)["word/document.xml"].decode()
    assert leaks(new, ["Ada Berg", "Ben Carl"]) == []
    assert [xml.count(f'w:author="Author {n}"') for n in (1, 2)] == [2, 1]


def test_what_cannot_be_read_is_dropped_and_told() -> None:
    ole = (
        "<w:p><w:r><w:object><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:imagedata "
        "r:id='rIdX2'/></v:shape><o:OLEObject xmlns:o='urn:schemas-microsoft-com:office:office' "
        f"r:id='rIdX1' {NS}/></w:object></w:r></w:p>"
    )
    parts = {
        "word/embeddings/oleObject1.bin": NAME.encode(),
        "word/media/image9.png": PNG + NAME.encode(),
        "word/media/image8.png": PNG[:33] + b"\0\0\0\x08tEXtKai Lund\0\0\0\0" + PNG[33:],
        "customXml/item1.xml": f"<a>{NAME}</a>".encode(),
        "word/unused.xml": f"<a>{NAME}</a>".encode(),
    }
    links = (
        link(1, "oleObject", "embeddings/oleObject1.bin")
        + link(2, "image", "media/image9.png")
        + link(3, "image", "media/image8.png")
        + link(4, "customXml", "../customXml/item1.xml")
    )
    source = word_file(ole + P.format("stays"), parts=parts, links=links)
    document = open_document(source, "docx")
    new = document.write([])
    assert leaks(new, [NAME]) == []
    assert "stays" in reread(new, "docx")
    assert members(new)["word/media/image8.png"] == PNG
    assert b"oleObject" not in b"".join(members(new).values())
    assert "embedded files dropped: 1" in document.notes
    assert "pictures kept, which nothing reads: 1" in document.notes
    assert NAME not in repr(document.notes)


def test_what_is_not_redacted_stays() -> None:
    file = docx.Document()
    file.add_heading("Plan", 1)
    file.add_paragraph("one", style="List Bullet").add_run(" two").italic = True
    file.add_table(2, 2).cell(0, 0).text = "cell"
    source = save(file)
    first = redact(source, "docx", [])
    # Once what is always dropped is gone, nothing else changes.
    assert parsed(redact(first, "docx", [])) == parsed(first)
    for name in ("word/document.xml", "word/styles.xml", "word/settings.xml"):
        assert members(first)[name] == members(source)[name]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"word/vbaProject.bin": b"x"}, "macros"),
        ({"word/extra.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}, "document type"),
        ({"word/extra.xml": UTF_16.encode("utf-16")}, "document type"),
        ({"word/document.xml": b"<a>"}, "well-formed"),
        ({"word/document.xml": b"<a/>"}, "no document of Word"),
        ({"word/document.xml": b"<a>" * 5000 + b"</a>" * 5000}, "well-formed"),
    ],
)  # fmt: skip
def test_bad_files_are_refused_with_a_reason(change: dict[str, bytes], reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        open_document(word_file(P.format(NAME), parts=change), "docx")
