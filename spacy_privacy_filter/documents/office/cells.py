"""The value of a cell -> what people see of it, and the cell with other text."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from lxml import etree

from .xml import SPACE, Element, ElementText, Part, legal, name_of, remove

# Built-in forms of dates and times; 27 to 36 and 50 to 58 are those of East Asia.
_DATE_FORMS: Final = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_MAX_SERIAL: Final = 2_958_466  # the day after 9999-12-31
_MAX_EXACT: Final = 1e15  # numbers have 15 digits


def find_dates(styles: Element) -> set[int]:
    """Find which formats of cells show dates.

    styles (Element): The root of the part with the styles.
    """
    forms = {
        int(element.get("numFmtId") or 0)
        for element in styles.iter("*")
        if name_of(element) == "numFmt" and _shows_date(element.get("formatCode") or "")
    }
    formats = next((e for e in styles if name_of(e) == "cellXfs"), None)
    if formats is None:
        return set()
    return {
        i
        for i, element in enumerate(formats)
        if int(element.get("numFmtId") or 0) in forms | _DATE_FORMS
    }


_NO_DATE: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|[\\_*].')


def _shows_date(form: str) -> bool:
    """Whether a form has a letter of a date outside of quotes, brackets and escapes."""
    return any(char in "dmy" for char in _NO_DATE.sub("", form).lower())


def number_text(text: str, epoch: int | None) -> str:
    """Write a number as people see it.

    text (str): As it is in the file.
    epoch (int | None): The first year of its dates, 1900 or 1904; None for what is no date.
    """
    try:
        number = float(text)
    except ValueError:
        return text
    if epoch is not None and 0 < number < _MAX_SERIAL:
        # Excel takes 1900 for a leap year, as Lotus did.
        start = datetime(1904, 1, 1) if epoch == 1904 else datetime(1899, 12, 30)  # noqa: DTZ001
        moment = start + timedelta(seconds=round(number * 86_400))
        return f"{moment:%Y-%m-%d}" if number == int(number) else f"{moment:%Y-%m-%d %H:%M:%S}"
    if number == number and abs(number) < _MAX_EXACT and number == int(number):
        return str(int(number))
    return text


class CellResult(ElementText):
    """What a formula gave, as text. With another text the formula goes: it would give it anew."""

    def put(self, text: str) -> None:
        """Put another text there."""
        super().put(text)
        cell = self.element.getparent()
        if cell is not None:
            cell.set("t", "str")
            drop_formula(self.part, cell)


class CellNumber:
    """A number or date; with another text the cell holds text."""

    def __init__(self, part: Part, element: Element, text: str) -> None:
        self.part, self.element, self.text = part, element, text

    def put(self, text: str) -> None:
        """Put a text in place of the number."""
        cell = self.element.getparent()
        if text == self.text or cell is None:
            return
        self.part.is_changed = True
        drop_formula(self.part, cell)
        space = etree.QName(cell).namespace
        cell.set("t", "inlineStr")
        inline = etree.Element(f"{{{space}}}is")
        string = etree.SubElement(inline, f"{{{space}}}t")
        string.text = legal(text)
        string.set(SPACE, "preserve")
        cell.replace(self.element, inline)


class Formula(ElementText):
    """A formula that holds text. It cannot hold another: the cell keeps what it gave."""

    def put(self, text: str) -> None:
        """Take the formula out unless the text is the same."""
        cell = self.element.getparent()
        if text != self.text and cell is not None:
            drop_formula(self.part, cell)


def drop_formula(part: Part, cell: Element) -> None:
    """Take the formula out of a cell, and out of those that share it: they keep their values."""
    for formula in [e for e in cell if name_of(e) == "f"]:
        part.is_changed = True
        shared = formula.get("si") if formula.get("t") == "shared" else None
        remove(formula)
        if shared is None:
            continue
        for other in list(part.root.iter("{*}f")):
            if other.get("si") == shared:
                remove(other)
