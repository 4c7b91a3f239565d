"""A PowerPoint file (.pptx) -> the paragraphs of slides, notes, masters; and the file anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..blocks import Block, Document, DocumentError, Slot
from ..values import Replaced
from .package import Package
from .strings import find_strings, sweep
from .xml import Element, ElementText, Mark, Part, name_of, space_of


def open_slides(content: bytes) -> Document:
    """Read a PowerPoint file.

    RAISES (DocumentError): No such file, or one that cannot be redacted whole.
    """
    package = Package(content)
    shows = [part for part in package.parts.values() if part.root.tag.endswith("}presentation")]
    if not shows:
        raise DocumentError("it holds no presentation of PowerPoint")
    blocks: list[Block] = []
    used: set[Element] = set()
    for name in _order(package, shows[0]):
        blocks += find_drawn(package.parts[name], used)
    blocks += find_strings(package, used)

    def render(replaced: Sequence[Replaced]) -> bytes:
        sweep(package, replaced)
        return package.write(replaced)

    return Document(blocks, render, package.notes)


def _order(package: Package, presentation: Part) -> list[str]:
    """Order parts as they are read: slides as they are shown, each with its notes; then others."""
    targets = package.targets(presentation.name)
    ids = [
        str(value)
        for slide in presentation.root.iter("{*}sldId")
        for value in slide.attrib.values()
    ]
    names = []
    for slide in (targets[one] for one in ids if one in targets):
        notes = [name for name in package.targets(slide).values() if "/notesSlides/" in name]
        names += [slide, *notes]
    return list(dict.fromkeys([name for name in (*names, *package.parts) if name in package.parts]))


def find_drawn(part: Part, used: set[Element]) -> Iterator[Block]:
    """Find the paragraphs of drawings, which all office files may have.

    used (set): Gets the elements whose text was read.
    """
    number = 0
    for element in part.root.iter("{*}p"):
        if not space_of(element).endswith(("/drawingml/main", "/drawingml/2006/main")):
            continue
        number += 1
        slots = list(_slots(part, element))
        used.update(slot.element for slot in slots if isinstance(slot, ElementText))
        file = part.name.rpartition("/")[2].removesuffix(".xml")
        yield Block(slots, f"{file}, paragraph {number}")


def _slots(part: Part, paragraph: Element) -> Iterator[Slot]:
    for element in paragraph.iter("*"):
        name = name_of(element)
        if name == "t":
            yield ElementText(part, element)
        elif name == "br":
            yield Mark(part, element, "\n")
