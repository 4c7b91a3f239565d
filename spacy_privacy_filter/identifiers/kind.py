"""What there is to know of one kind of identifier: form, check, print, and how to make one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

Fix = Callable[[str], str | None]
Fill = Callable[[list[str], str, Random], None]
Check = Callable[[str], bool]
Make = Callable[[Random], str]


@dataclass(frozen=True)
class Kind:
    """A kind of identifier.

    key (str): For settings and code; that of one country begins with its code: "pl_pesel".
    name (str): For people.
    countries (tuple[str, ...]): Who gives it out, ISO 3166; empty where it is of the world.
    form (str): A regular expression of the whole, digits and capitals without marks.
    fix (Callable): Sets the check characters, and gives None where none fits.
    examples (tuple[str, ...]): Valid ones of each form, published or invented; without marks.
    layouts (tuple[str, ...]): How it is printed, # for a character; without the marks as well.
    fill (Callable | None): Writes a date or prefix into what was drawn.
    make (Callable | None): Makes a new one; None if one is drawn like an example.
    check (Callable | None): Decides instead of form and fix which are given out.
    prefix (int): How many characters at the start are always the same.
    sought (bool): Whether `find_kinds` looks for it. Surrogates keep what that finds, so a kind
        that is sought anew changes them.
    words (tuple[str, ...]): What it is called where it stands in a text: "PESEL".
    alone (bool): Whether it is so particular in one of its layouts that nothing else looks like it.
    """

    key: str
    name: str
    countries: tuple[str, ...]
    form: str
    fix: Fix
    examples: tuple[str, ...]
    layouts: tuple[str, ...]
    fill: Fill | None = None
    make: Make | None = None
    check: Check | None = None
    prefix: int = 0
    sought: bool = True
    words: tuple[str, ...] = ()
    alone: bool = False

    def fits(self, value: str) -> bool:
        """Say whether it has the form and keeps the checksum."""
        return self.has_form(value) and self.fix(value) == value

    def has_form(self, value: str) -> bool:
        """Say whether it has the form, whatever its check characters."""
        return bool(re.fullmatch(self.form, value, re.ASCII))

    def write(self, value: str, mark: str | None = None) -> str:
        """Print a number in the first layout that is as long, or begins as long a one.

        value (str): Without marks.
        mark (str | None): Instead of the marks of the layout; empty for none.
        """
        layouts = sorted(self.layouts, key=lambda layout: layout.count("#"))
        layout = next(layout for layout in layouts if layout.count("#") >= len(value))
        return write_in(layout, value, mark)


def write_in(layout: str, value: str, mark: str | None = None) -> str:
    """Write characters in the places of a layout; it ends with the last of them.

    layout (str): Such as "###-##-####".
    value (str): Without marks; at most as many characters as there are places.
    mark (str | None): Instead of every mark of the layout.
    """
    written, places = "", iter(value)
    for char in layout[: _end(layout, len(value))]:
        written += next(places) if char == "#" else char if mark is None else mark
    return written


def _end(layout: str, n_chars: int) -> int:
    places = [i for i, char in enumerate(layout) if char == "#"]
    return places[n_chars - 1] + 1 if n_chars else 0
