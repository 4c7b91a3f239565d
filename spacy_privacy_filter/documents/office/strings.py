"""What of an office file is neither paragraph nor cell: names, titles, targets of links, settings.

Whatever has no place in a paragraph or cell is read here, so that hidden text is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Final
from urllib.parse import quote, unquote

from ..blocks import Block
from ..values import Replaced, Values
from .package import CONTENT_TYPES, Package
from .xml import Attribute, Element, ElementText, Part, TailText, legal, name_of, space_of

# Attributes that people fill in, or programs with what people typed.
_TEXTS: Final = frozenset(
    "descr title tooltip alt Target displayText display instr location anchor prompt error "
    "promptTitle errorTitle comment sourceFile path fileName userName string text caption "
    "codeName uniqueName formatCode sheet mappingName header footer connection command url "
    "odcFile description docLocation".split()
)
# Those that are text on some elements and the name of a form on others.
_NAMES: Final = {
    element: tuple(keys.split(","))
    for element, keys in (
        row.split("=")
        for row in (
            "bookmarkStart=name docPr=name cNvPr=name definedName=name table=name,displayName "
            "tableColumn=name alias=val tag=name,val docVar=name,val attr=name,val listItem=value "
            "statusText=val helpText=val default=val ddList=name listEntry=val name=val s=v "
            "lvlText=val property=name filter=val customFilter=val cacheField=name pivotField=name "
            "custShow=name section=name cSld=name imagedata=title,href textpath=string"
        ).split()
    )
}
# Whom a change or comment is by; hidden in any case.
_PEOPLE: Final = {
    "author": "Author", "initials": "A", "userName": "Author", "userId": "author",
    "displayName": "Author", "lastIdx": "",
}  # fmt: skip
_PERSON_ELEMENTS: Final = frozenset(
    "ins del moveFrom moveTo rPrChange pPrChange sectPrChange tblPrChange trPrChange tcPrChange "
    "tblGridChange tblPrExChange numberingChange cellIns cellDel cellMerge moveFromRangeStart "
    "moveToRangeStart customXmlInsRangeStart customXmlDelRangeStart comment person presenceInfo "
    "cmAuthor author authors user commentEx".split()
)
_PERSON_TEXTS: Final = {"creator": "", "lastModifiedBy": "", "Manager": "", "Company": ""}
# Parts that hold forms, colours and fonts: their names are no text.
_FORMS: Final = re.compile(
    r"/(theme/|styles|fontTable|webSettings|tableStyles|presProps|viewProps|numbering|metadata)"
)
# What programs count and measure.
_MEASURES: Final = frozenset(
    "Application AppVersion DocSecurity ScaleCrop LinksUpToDate SharedDoc HyperlinksChanged "
    "TotalTime Pages Words Characters Lines Paragraphs CharactersWithSpaces Slides Notes "
    "HiddenSlides MMClips Vertices i4 revision created modified lastPrinted version posOffset "
    "align pctWidth pctHeight pctPosHOffset pctPosVOffset PresentationFormat attrName "
    "Row Column Anchor MoveWithCells SizeWithCells AutoFill Visible".split()
)
_OWN_NAME: Final = re.compile(
    r"(?:Picture|Image|Graphic|Rectangle|TextBox|Text Box|Shape|Straight Connector|Title|Subtitle|"
    r"Content Placeholder|Text Placeholder|Slide Number Placeholder|Date Placeholder|Group|Oval|"
    r"Footer Placeholder|Header Placeholder|Notes Placeholder|Slide Image Placeholder|Chart|Table|"
    r"Picture Placeholder|Diagram|Line|Arrow|Object|Sheet|_GoBack|_Toc|_Ref|_Hlk|_xlnm)[\w. :]{0,9}"
)
_TALKS: Final = re.compile(r"@|[^\W\d_]{2} [^\W\d_]{2}|\+\d{7}|\d{3}[-. ]\d{3,4}(?!\d)")
_STEADY: Final = re.compile(
    r"https?://(schemas|www\.w3|purl)\.|urn:schemas|\{[0-9A-Fa-f-]{36}\}$|[0-9A-Fa-f]{8}$|[-+.,\d]+$"
)


class Link(Attribute):
    """The target of a link, read without its escapes."""

    @property
    def text(self) -> str:
        """What it holds."""
        return unquote(super().text)

    def put(self, text: str) -> None:
        """Put another target there; what is no target is escaped."""
        super().put(quote(text, safe="/:?#[]@!$&'()*+,;=%~-._\\"))


class _Value(Attribute):
    """A number or day that a pivot table kept; it becomes a string if it is replaced."""

    def put(self, text: str) -> None:
        """Put a text there."""
        super().put(text)
        for _, element, _ in self.holders:
            if (space_of(element), name_of(element)) in _PIVOT_VALUES:
                element.tag = f"{{{space_of(element)}}}s"


_PIVOT_VALUES: Final = {
    (space, name)
    for space in (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    for name in "nd"
}
_SLOTS: Final = {"text": Attribute, "link": Link, "value": _Value}


class _Strings:
    """Collects strings; attributes that say the same are one."""

    def __init__(self) -> None:
        self.holders: dict[tuple[str, str], list[tuple[Part, Element, str]]] = {}
        self.texts: list[Block] = []

    def add_attribute(self, kind: str, part: Part, element: Element, key: str) -> None:
        value = element.get(key) or ""
        self.holders.setdefault((kind, value), []).append((part, element, key))

    def blocks(self) -> Iterator[Block]:
        yield from self.texts
        numbers: dict[str, int] = {}
        for (kind, _), holders in self.holders.items():
            name = holders[0][2].rpartition("}")[2]
            place = f"{holders[0][0].name}, {name}"
            if kind in ("Author", "A", "author"):
                numbers[kind] = numbers.get(kind, 0) + 1
                lead = "Author: " if kind == "Author" else ""
                yield Block([Attribute(holders)], place, lead, f"{kind} {numbers[kind]}")
            else:
                yield Block([_SLOTS[kind](holders)], place)


def find_strings(package: Package, used: set[Element]) -> Iterator[Block]:
    """Find the text that is in no paragraph and no cell.

    package (Package): The file.
    used (set): Elements whose text was read already.
    """
    strings = _Strings()
    for name, part in package.parts.items():
        if name == CONTENT_TYPES:
            continue
        is_form = _FORMS.search(f"/{name}") is not None
        if is_form and b"@" not in part.content and not str(part.root.xpath("string()")).strip():
            continue  # thousands of elements
        for element in part.root.iter("*"):
            _find_texts(strings, part, element, used)
            for key, value in element.attrib.items():
                kind = _kind_of(element, str(key), str(value), is_form)
                if kind is not None:
                    strings.add_attribute(kind, part, element, str(key))
    return strings.blocks()


def _find_texts(strings: _Strings, part: Part, element: Element, used: set[Element]) -> None:
    name = name_of(element)
    if element not in used and name not in _MEASURES and (element.text or "").strip():
        is_person = name in _PERSON_TEXTS or (name == "author" and not len(element))
        lead = "Author: " if is_person else ""
        instead = _PERSON_TEXTS.get(name, "Author") if is_person else None
        place = f"{part.name}, {name}"
        strings.texts.append(Block([ElementText(part, element)], place, lead, instead))
    if (element.tail or "").strip():
        strings.texts.append(Block([TailText(part, element)], f"{part.name}, {name}"))


def _kind_of(element: Element, key: str, value: str, is_form: bool) -> str | None:
    """Say whether the value of an attribute is text, a link or the name of a person, or nothing."""
    if is_form:  # forms are many
        return "text" if "@" in value else None
    key, name = key.rpartition("}")[2], name_of(element)
    if name == "sheet" and key == "name":
        return None  # read with the cells
    if name == "Relationship":
        return "link" if key == "Target" and element.get("TargetMode") == "External" else None
    if key in _PEOPLE and name in _PERSON_ELEMENTS and (key, name) != ("userName", "s"):
        return _PEOPLE[key] or None
    if key == "name" and name == "cmAuthor":
        return "Author"
    if key == "name" and name == "author":
        return "Author"
    if name in ("n", "d") and key == "v" and (space_of(element), name) in _PIVOT_VALUES:
        return "value"
    if not value.strip() or value.isdigit() or _STEADY.match(value) or _OWN_NAME.fullmatch(value):
        return None
    if key in _TEXTS or key in _NAMES.get(name, ()):
        return "text" if any(map(str.isalnum, value)) else None
    return "text" if _TALKS.search(value) else None


# Attributes that say what a thing is; a value that happens to be spelled so is not meant.
_KEYWORDS: Final = frozenset(
    "type Type Id id ContentType PartName Extension uri Requires Ignorable styleId typeface ascii "
    "hAnsi cs eastAsia lang val w14 prst algn r s t spans ref sqref cellRef lastClr".split()
)


def sweep(package: Package, replaced: Sequence[Replaced]) -> None:
    """Replace what was found once wherever the file still has it: in settings, names and formulas.

    A value is left only where it is but a part of a word, or spelled as a word of the format.
    """
    values = Values(replaced)
    words = Values(pair for pair in replaced if not pair.source.isalpha())
    for name, part in package.parts.items():
        text = unescape(part.write().decode("utf8", "replace"))
        if name == CONTENT_TYPES or not values.may_be_in(text):
            continue
        for element in part.root.iter("*"):
            _sweep_text(part, element, values)
            for key, value in element.attrib.items():
                used = words if str(key).rpartition("}")[2] in _KEYWORDS else values
                if (new := used.replace(str(value))) != value:
                    _Value([(part, element, str(key))]).put(new)


def _sweep_text(part: Part, element: Element, values: Values) -> None:
    if element.text and (new := values.replace(element.text)) != element.text:
        part.is_changed = True
        element.text = legal(new)
    if element.tail and (new := values.replace(element.tail)) != element.tail:
        part.is_changed = True
        element.tail = legal(new)
