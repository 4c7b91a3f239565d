"""A Word file (.docx) -> its paragraphs, with changes, notes and hidden text; and the file anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from ..blocks import Block, Document, DocumentError, Slot
from ..values import Replaced
from .package import Package
from .slides import find_drawn
from .strings import find_strings, sweep
from .xml import Element, ElementText, Mark, Part, name_of, remove, space_of

_MARKS: Final = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-",
}  # fmt: skip
_FIRST: Final = ("document", "header", "footer", "footnotes", "endnotes", "comments")


def open_word(content: bytes) -> Document:
    """Read a Word file.

    RAISES (DocumentError): No such file, or one that cannot be redacted whole.
    """
    package = Package(content)
    names = [name for name in package.parts if name.startswith("word/")]
    if not any(part.root.tag.endswith("}document") for part in package.parts.values()):
        raise DocumentError("it holds no document of Word")
    for name in names:
        _drop_sources(package.parts[name])
    blocks: list[Block] = []
    used: set[Element] = set()
    for name in sorted(package.parts, key=_rank):
        blocks += find_paragraphs(package.parts[name], used)
        blocks += find_drawn(package.parts[name], used)
    blocks += find_strings(package, used)

    def render(replaced: Sequence[Replaced]) -> bytes:
        sweep(package, replaced)
        return package.write(replaced)

    return Document(blocks, render, package.notes)


def _rank(name: str) -> tuple[int, str]:
    file = name.rpartition("/")[2]
    ranks = (i for i, start in enumerate(_FIRST) if file.startswith(start))
    return next(ranks, len(_FIRST)), name


def _is_word(element: Element) -> bool:
    return "wordprocessingml" in space_of(element)


def _drop_sources(part: Part) -> None:
    """Take out ties to data outside: from there a program would fill in again what was redacted."""
    for element in list(part.root.iter("{*}dataBinding", "{*}mailMerge")):
        part.is_changed = True
        remove(element)
    for element in part.root.iter("{*}date"):  # of a control: what it shows, in another form
        for key in [key for key in element.attrib if str(key).endswith("}fullDate")]:
            part.is_changed = True
            del element.attrib[key]


@dataclass
class _Paragraph:
    """The slots of a paragraph, as it was before its changes, as it is after, and of its fields."""

    before: list[Slot] = field(default_factory=list)
    after: list[Slot] = field(default_factory=list)
    fields: list[Slot] = field(default_factory=list)
    has_changes: bool = False


def find_paragraphs(part: Part, used: set[Element]) -> Iterator[Block]:
    """Find the paragraphs of a part.

    One with tracked changes is read twice, as it was and as it is, so that a name of which a part
    was struck out is found in both.

    used (set): Gets the elements whose text was read.
    """
    number = 0
    for element in part.root.iter("{*}p"):
        if not _is_word(element):
            continue
        number += 1
        paragraph = _Paragraph()
        _read(part, element, paragraph, used, None)
        place = f"{part.name.rpartition('/')[2].removesuffix('.xml')}, paragraph {number}"
        yield Block(paragraph.after, place)
        if paragraph.has_changes:
            yield Block(paragraph.before, f"{place}, before its changes")
        yield Block(paragraph.fields, f"{place}, field")


def _read(
    part: Part, element: Element, paragraph: _Paragraph, used: set[Element], change: str | None
) -> None:
    """Read what is in an element, but paragraphs within, which are read by themselves."""
    for child in element:
        name = name_of(child)
        if name == "p" and _is_word(child):
            continue
        if name in ("del", "moveFrom"):
            _read(part, child, paragraph, used, "before")
        elif name in ("ins", "moveTo"):
            # What one inserted and another struck out is in neither text: it is read as before.
            _read(part, child, paragraph, used, change or "after")
        elif name in ("instrText", "delInstrText"):
            used.add(child)
            paragraph.fields.append(ElementText(part, child, keeps_space=True))
        elif slot := _slot(part, child):
            used.add(child)
            seen = "before" if name == "delText" else change
            _put(paragraph, slot, seen)
        elif not name.endswith("Pr"):
            _read(part, child, paragraph, used, change)


def _slot(part: Part, element: Element) -> Slot | None:
    name = name_of(element)
    if name in ("t", "delText") and ("wordprocessingml" in space_of(element) or _is_math(element)):
        return ElementText(part, element, keeps_space=True)
    if name in _MARKS and _is_word(element):
        return Mark(part, element, _MARKS[name])
    return None


def _is_math(element: Element) -> bool:
    return space_of(element).endswith("/math")


def _put(paragraph: _Paragraph, slot: Slot, change: str | None) -> None:
    paragraph.has_changes = paragraph.has_changes or change is not None
    if change != "before":
        paragraph.after.append(slot)
    if change != "after":
        paragraph.before.append(slot)
