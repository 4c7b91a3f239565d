"""Makes small documents of every kind, and unpacks documents to the last byte."""

from __future__ import annotations

import base64
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from email import message_from_bytes
from email.message import EmailMessage
from functools import cache
from html import unescape

import docx
import openpyxl
import pptx
from lxml import etree

from spacy_privacy_filter.documents.blocks import Document, Edit
from spacy_privacy_filter.documents.formats import open_document
from spacy_privacy_filter.types import CharSpan

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNiAAAABgADNjd8qAAAAABJRU5ErkJggg=="
)


def find(text: str, values: Sequence[str]) -> list[CharSpan]:
    """Find values in a text; a blank in a value is any blank."""
    pattern = "|".join(re.escape(value).replace(r"\ ", r"\s+") for value in values)
    return [CharSpan(*match.span(), "private_person") for match in re.finditer(pattern, text)]


def redact(content: bytes, form: str, values: Sequence[str], made: str = "[X_1]") -> bytes:
    """Put a placeholder in place of values."""
    document = open_document(content, form)
    return hide(document, values, made)


def hide(document: Document, values: Sequence[str], made: str = "[X_1]") -> bytes:
    """Write a document with a placeholder in place of values."""
    spans = document.carry(find(document.text, values))
    return document.write([Edit(span.start_char, span.end_char, made) for span in spans])


def reread(content: bytes, form: str) -> str:
    """Give the text of a document."""
    return open_document(content, form).text


def save(file: object) -> bytes:
    """Give the bytes of what a library made."""
    out = io.BytesIO()
    file.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def members(content: bytes) -> dict[str, bytes]:
    """Unpack an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Pack an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def word_file(body: str, *, parts: Mapping[str, bytes] | None = None, links: str = "") -> bytes:
    """Make a Word file with a body in XML, more parts, and relations of the document."""
    made = dict(_empty_word_file())
    document = made["word/document.xml"].decode()
    start, end = document.index("<w:body>") + len("<w:body>"), document.index("<w:sectPr")
    made["word/document.xml"] = (document[:start] + body + document[end:]).encode()
    rels = "word/_rels/document.xml.rels"
    made[rels] = made[rels].replace(b"</Relationships>", f"{links}</Relationships>".encode())
    made.update(parts or {})
    types = "".join(
        f'<Override PartName="/{name}" ContentType="{kind_of(name)}"/>' for name in parts or {}
        if not name.endswith(".rels") and name not in ("docProps/core.xml", "docProps/app.xml")
    )  # fmt: skip
    key = "[Content_Types].xml"
    made[key] = made[key].replace(b"</Types>", f"{types}</Types>".encode())
    return pack(made)


@cache
def _empty_word_file() -> dict[str, bytes]:
    return members(save(docx.Document()))


def kind_of(name: str) -> str:
    """Give a content type for a part."""
    if name.endswith(".png"):
        return "image/png"
    stem = re.sub(r"\d*\.xml$", "", name.rpartition("/")[2])
    return f"application/vnd.openxmlformats-officedocument.wordprocessingml.{stem}+xml"


def link(number: int, kind: str, target: str, *, external: bool = False) -> str:
    """Make a relation."""
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="rIdX{number}" Type="{R}/{kind}" Target="{target}"{mode}/>'


def pdf_file(pages: Sequence[Sequence[str]], *, info: str = "", extra: str = "") -> bytes:
    """Make a PDF with lines of text on pages; `extra` goes into each page."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    kids = []
    for lines in pages:
        shown = " ".join(f"({escape_pdf(line)}) Tj T*" for line in lines)
        stream = f"BT /F1 12 Tf 72 720 Td 14 TL {shown} ET"
        objects.append(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1<</Type/Font"
            "/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>>>>>"
            f"/Contents {len(objects) + 2} 0 R{extra}>>"
        )
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
        kids.append(f"{len(objects) - 1} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    objects.append(f"<<{info}>>")
    return write_pdf(objects)


def escape_pdf(text: str) -> str:
    """Write a string of a PDF."""
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def write_pdf(objects: Sequence[str]) -> bytes:
    """Write the objects of a PDF; the first is its catalog, the last its metadata."""
    out, places = b"%PDF-1.4\n", []
    for i, item in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{i} 0 obj\n{item}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}"
        f"/Root 1 0 R/Info {len(objects)} 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    )
    return out + end.encode("latin-1")


def unpacked(content: bytes) -> Iterator[str]:
    """Give all that can be read in a file: raw, unzipped, decoded, joined over tags."""
    for raw in _layers(content):
        for charset in ("utf-8", "latin-1", "utf-16-le", "utf-16-be"):
            text = raw.decode(charset, "replace")
            yield text
            if charset == "utf-8":
                yield unescape(text)
                yield re.sub(r"<[^>]*>", "", unescape(text))


def _layers(content: bytes) -> Iterator[bytes]:
    yield content
    if zipfile.is_zipfile(io.BytesIO(content)):
        for name, member in members(content).items():
            yield name.encode()
            yield from _layers(member)
    if content.startswith(b"%PDF"):
        for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
            with suppress(zlib.error):
                yield zlib.decompress(match[1])
    elif b"MIME-Version:" in content or content.startswith((b"From:", b"To:", b"Subject:")):
        for part in message_from_bytes(content).walk():
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                yield from _layers(payload)


def leaks(content: bytes, values: Sequence[str]) -> list[str]:
    """Find which values are anywhere in a file."""
    wanted = {value: re.sub(r"\s+", " ", value) for value in values}
    texts = [re.sub(r"\s+", " ", text) for text in unpacked(content)]
    return [value for value, plain in wanted.items() if any(plain in text for text in texts)]


def parsed(content: bytes) -> dict[str, bytes]:
    """Give the parts of an office file in a form in which equal parts are equal."""
    return {
        name: etree.tostring(etree.fromstring(part), method="c14n")
        if name.endswith((".xml", ".rels"))
        else part
        for name, part in members(content).items()
    }


def sheet_file(rows: Sequence[Sequence[object]]) -> bytes:
    """Make an Excel file with rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    return save(book)


def slide_file(titles: Sequence[str]) -> bytes:
    """Make a PowerPoint file with a slide a title."""
    file = pptx.Presentation()
    for title in titles:
        file.slides.add_slide(file.slide_layouts[5]).shapes.title.text = title
    return save(file)


def mail_file(text: str, **headers: str) -> bytes:
    """Make a mail."""
    mail = EmailMessage()
    for name, value in {"From": "a@example.org", "Subject": "Plan", **headers}.items():
        mail[name] = value
    mail.set_content(text)
    return mail.as_bytes()


def share_strings(content: bytes) -> bytes:
    """Move the strings of an Excel file into its table of strings, as Excel does."""
    made = members(content)
    strings: list[str] = []

    def share(match: re.Match[str]) -> str:
        if match[2] not in strings:
            strings.append(match[2])
        return f'{match[1]} t="s"><v>{strings.index(match[2])}</v></c>'

    for name in [name for name in made if name.startswith("xl/worksheets/sheet")]:
        sheet = made[name].decode()
        pattern = r'(<c r="\w+"(?: s="\d+")?) t="inlineStr"><is>(.*?)</is></c>'
        made[name] = re.sub(pattern, share, sheet).encode()
    items = "".join(f"<si>{string}</si>" for string in strings)
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    made["xl/sharedStrings.xml"] = f'<sst xmlns="{space}">{items}</sst>'.encode()
    rels, types = "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
    relation = link(9, "sharedStrings", "sharedStrings.xml")
    made[rels] = made[rels].replace(b"</Relationships>", f"{relation}</Relationships>".encode())
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    made[types] = made[types].replace(b"</Types>", override.encode())
    return pack(made)
