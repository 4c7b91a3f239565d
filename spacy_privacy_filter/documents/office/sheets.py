"""An Excel file (.xlsx) -> its cells, hidden ones too, each with its column's name; and anew."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from ..blocks import Block, Document, DocumentError, Slot
from ..values import Replaced
from .cells import CellNumber, CellResult, Formula, find_dates, number_text
from .package import Package
from .slides import find_drawn
from .strings import find_strings, sweep
from .xml import Attribute, Element, ElementText, Part, name_of

MAX_HEADER: Final = 40  # characters of the name of a column
_NO_SHEET_NAME: Final = re.compile(r"[\[\]:*?/\\]")
_MAX_SHEET_NAME: Final = 31


def open_sheets(content: bytes) -> Document:
    """Read an Excel file.

    RAISES (DocumentError): No such file, or one that cannot be redacted whole.
    """
    package = Package(content)
    workbook = next((p for p in package.parts.values() if p.root.tag.endswith("}workbook")), None)
    if workbook is None:
        raise DocumentError("it holds no workbook of Excel")
    _forget_pivots(package)
    book = _Book(package, workbook)
    blocks = [*book.find_cells()]
    for part in package.parts.values():
        blocks += find_drawn(part, book.used)
    blocks += find_strings(package, book.used)

    def render(replaced: Sequence[Replaced]) -> bytes:
        book.rename_sheets()
        sweep(package, replaced)
        return package.write(replaced)

    return Document(blocks, render, package.notes)


def _forget_pivots(package: Package) -> None:
    """Let pivot tables read their cells anew, not what was kept of them."""
    for part in package.parts.values():
        if name_of(part.root) == "pivotCacheDefinition":
            part.is_changed = True
            part.root.set("saveData", "0")
            part.root.set("refreshOnLoad", "1")


class _SheetName(Attribute):
    """The name of a sheet, in which some characters cannot be."""

    before = ""

    def put(self, text: str) -> None:
        """Put another name there, unlike those of the other sheets."""
        self.before = self.text
        _, element, key = self.holders[0]
        others = [*element.itersiblings(), *element.itersiblings(preceding=True)]
        taken = {str(other.get(key)).casefold() for other in others}
        name = stem = _NO_SHEET_NAME.sub("", text).strip("' ")[:_MAX_SHEET_NAME] or "Sheet"
        number = 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem[: _MAX_SHEET_NAME - 5]} {number}"
        super().put(name)


@dataclass
class _Book:
    """A workbook.

    used (set): Elements whose text was read.
    names (list): Of the sheets.
    """

    package: Package
    workbook: Part
    used: set[Element] = field(default_factory=set)
    names: list[_SheetName] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._strings: list[list[Slot]] = []
        self._sounds: list[list[Slot]] = []  # how strings are read aloud, in Japanese
        self._n_used: list[int] = []
        self._dates: set[int] = set()
        for part in self.package.parts.values():
            kind = name_of(part.root)
            if kind == "sst":
                self._read_strings(part)
            elif kind == "styleSheet":
                self._dates = find_dates(part.root)
        properties = next((e for e in self.workbook.root if name_of(e) == "workbookPr"), None)
        is_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self._epoch = 1904 if is_1904 else 1900

    def _read_strings(self, part: Part) -> None:
        for item in part.root:
            texts, sounds = _texts(part, item)
            self.used.update(slot.element for slot in (*texts, *sounds))
            self._strings.append([*texts])
            self._sounds.append([*sounds])
            self._n_used.append(0)

    def find_cells(self) -> Iterator[Block]:
        """Find the cells of all sheets, and strings that none of them shows."""
        targets = self.package.targets(self.workbook.name)
        for sheet in self.workbook.root.iter("{*}sheet"):
            name = _SheetName([(self.workbook, sheet, "name")])
            self.names.append(name)
            number = len(self.names)
            yield Block([name], f"name of sheet {number}")
            ids = [str(v) for k, v in sheet.attrib.items() if str(k).endswith("}id")]
            part = self.package.parts.get(targets.get(ids[0], "")) if ids else None
            if part is not None:
                yield from self._find_cells_of(part, f"sheet {number}")
        for part in self.package.parts.values():
            # Sheets that the workbook does not list, and values kept of other workbooks.
            if name_of(part.root) in ("worksheet", "macrosheet", "dialogsheet"):
                yield from self._find_cells_of(part, part.name.rpartition("/")[2])
        for i, slots in enumerate(self._strings):
            if not self._n_used[i]:
                yield Block(slots, "shared strings, in no cell")
            yield Block(self._sounds[i], "shared strings, phonetic")

    def _find_cells_of(self, part: Part, place: str) -> Iterator[Block]:
        header: dict[str, str] | None = None
        formulas: list[Block] = []
        for row in part.root.iter("{*}row"):
            cells = [c for c in row if name_of(c) == "c" and c not in self.used]
            self.used.update(cells)
            read = [(c, self._read_cell(part, c)) for c in cells]
            shown = [(c, slots) for c, slots in read if any(slot.text.strip() for slot in slots)]
            if header is None and shown:
                header = _read_header(shown)
            for i, (cell, slots) in enumerate(shown):
                column = _column(cell)
                lead = (header or {}).get(column, "")
                if lead and lead == "".join(slot.text for slot in slots):
                    lead = ""
                end = "\n\n" if i == len(shown) - 1 else "\n"
                where = f"{place}, cell {cell.get('r', '?')}"
                yield Block(slots, where, f"{lead}: " if lead else "", end=end)
            formulas += self._find_formulas(part, cells, place)
        yield from formulas

    def _find_formulas(self, part: Part, cells: Sequence[Element], place: str) -> Iterator[Block]:
        for cell in cells:
            for element in cell:
                if name_of(element) == "f":
                    self.used.add(element)
                    if '"' in (element.text or ""):
                        where = f"{place}, formula of {cell.get('r', '?')}"
                        yield Block([Formula(part, element)], where)

    def _read_cell(self, part: Part, cell: Element) -> list[Slot]:
        kind = cell.get("t", "n")
        value = next((e for e in cell if name_of(e) == "v"), None)
        inline = next((e for e in cell if name_of(e) == "is"), None)
        if inline is not None:
            texts, sounds = _texts(part, inline)
            self.used.update(slot.element for slot in (*texts, *sounds))
            return [*texts, *sounds]
        if value is None:
            return []
        self.used.add(value)
        text = value.text or ""
        if kind == "s":
            return self._shared(text)
        if kind in ("str", "d"):
            return [CellResult(part, value)]
        if kind != "n":
            return []
        style = cell.get("s", "0")
        is_date = style.isdigit() and int(style) in self._dates
        return [CellNumber(part, value, number_text(text, self._epoch if is_date else None))]

    def _shared(self, text: str) -> list[Slot]:
        index = int(text) if text.strip().isdigit() else -1
        if not 0 <= index < len(self._strings):
            raise DocumentError("a cell shows a string that the file does not have")
        self._n_used[index] += 1
        return self._strings[index]

    def rename_sheets(self) -> None:
        """Let formulas and names say the new names of sheets."""
        pairs = [(n.before, n.text) for n in self.names if n.before and n.before != n.text]
        if not pairs:
            return
        for part in self.package.parts.values():
            for element in part.root.iter("*"):
                for key in ("location", "ref", "sheet"):
                    if value := element.get(key):
                        new = _rename(value, pairs, key == "sheet")
                        if new != value:
                            part.is_changed = True
                            element.set(key, new)
                if element.text and name_of(element) in ("f", "definedName", "lpstr", "formula"):
                    new = _rename(element.text, pairs, name_of(element) == "lpstr")
                    if new != element.text:
                        part.is_changed = True
                        element.text = new


def _rename(text: str, pairs: Sequence[tuple[str, str]], is_name: bool) -> str:
    for before, after in pairs:
        if is_name and text == before:
            return after
        quoted = after.replace("'", "''")
        text = text.replace("'{}'!".format(before.replace("'", "''")), f"'{quoted}'!")
        pattern = rf"(?<![\w'.]){re.escape(before)}!"
        text = re.sub(pattern, f"'{quoted}'!".replace("\\", r"\\"), text)
    return text


def _texts(part: Part, item: Element) -> tuple[list[ElementText], list[ElementText]]:
    """Give the texts of a string, in runs or not, and how they are read aloud."""
    texts, sounds = [], []
    for child in item:
        name = name_of(child)
        inner = [child] if name == "t" else [e for e in child if name_of(e) == "t"]
        slots = [ElementText(part, element, keeps_space=True) for element in inner]
        if name == "rPh":
            sounds += slots
        else:
            texts += slots
    return texts, sounds


def _column(cell: Element) -> str:
    return (cell.get("r") or "").rstrip("0123456789")


def _read_header(cells: Sequence[tuple[Element, list[Slot]]]) -> dict[str, str]:
    """Take a first row of short names without digits for the names of the columns."""
    names = {_column(cell): "".join(slot.text for slot in slots) for cell, slots in cells}
    texts = [name.strip() for name in names.values()]
    is_header = len(texts) > 1 and all(
        0 < len(text) <= MAX_HEADER and not any(map(str.isdigit, text)) for text in texts
    )
    return names if is_header and len(set(texts)) == len(texts) else {}
