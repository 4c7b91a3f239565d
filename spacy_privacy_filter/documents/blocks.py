"""Places of a file that hold text -> blocks -> one text to be searched; edits of it -> the places.

A block is what a reader takes for one text, a paragraph or a cell; slots are the places in the file
of which it is put together, its runs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from ..types import CharSpan
from .values import Replaced, Values


class DocumentError(ValueError):
    """A file that cannot be read, or not be redacted whole; says why, and no text of it."""


class Edit(NamedTuple):
    """What takes the place of a stretch of a text.

    start_char, end_char (int): Characters of the text.
    value (str): What is put there.
    """

    start_char: int
    end_char: int
    value: str


class Slot(Protocol):
    """A place in a file that holds text."""

    @property
    def text(self) -> str:
        """What the place holds."""
        ...

    def put(self, text: str) -> None:
        """Put another text there."""
        ...


@dataclass(eq=False)
class Block:
    """Slots that are read as one text.

    slots (Sequence[Slot]): In the order of reading. A slot may be in several blocks.
    place (str): Where it is, for people: "header1, paragraph 3".
    lead (str): What is read before it and is no part of it, as the name of a column.
    instead (str | None): What is written if it was not replaced as a whole; None to leave it.
    end (str): What parts it from the next.
    """

    slots: Sequence[Slot] = field(repr=False)
    place: str
    lead: str = field(default="", repr=False)
    instead: str | None = None
    end: str = "\n"


Render = Callable[[Sequence[Replaced]], bytes]


class Document:
    """A file as one text, which can be written with other values in place of some.

    blocks (Iterable[Block]): In the order of reading; those that are blank do not count.
    render (Callable): Gives the bytes of the file once slots have their new texts; it gets what was
        replaced, to look for what is left of it.
    notes (Sequence[str]): What was dropped and what nobody read, for people, without any text.
    """

    def __init__(self, blocks: Iterable[Block], render: Render, notes: Sequence[str] = ()) -> None:
        self.blocks: list[Block] = []
        self.notes = list(notes)
        self.render = render
        self._starts: list[int] = []  # of each block, behind its lead
        self._ends: list[int] = []
        parts: list[str] = []
        n_chars = 0
        for block in blocks:
            text = "".join(slot.text for slot in block.slots)
            if not text.strip():
                continue
            self.blocks.append(block)
            self._starts.append(n_chars + len(block.lead))
            self._ends.append(self._starts[-1] + len(text))
            parts += [block.lead, text, block.end]
            n_chars = self._ends[-1] + len(block.end)
        self.text = "".join(parts)

    def __repr__(self) -> str:
        return f"Document({len(self.blocks)} blocks)"

    def place_of(self, char: int) -> str:
        """Say for people where a character of the text is in the file."""
        return self.blocks[max(0, bisect_right(self._starts, char) - 1)].place

    def clip(self, spans: Iterable[CharSpan]) -> list[CharSpan]:
        """Cut spans at the ends of blocks: a name and the next line are two values.

        RETURNS (list[CharSpan]): What of the spans is in blocks, and not blank.
        """
        clipped = []
        for span in spans:
            for start, end in self._stretches(span.start_char, span.end_char):
                text = self.text[start:end]
                start += len(text) - len(text.lstrip())
                end -= len(text) - len(text.rstrip())
                if start < end:
                    clipped.append(span._replace(start_char=start, end_char=end))
        return clipped

    def carry(self, spans: Iterable[CharSpan]) -> list[CharSpan]:
        """Cut spans at the ends of blocks, and add each other place where the same value stands.

        Nothing that was found may stay in the file, whatever its surroundings made of it.

        spans (Iterable[CharSpan]): What was found in the text.
        RETURNS (list[CharSpan]): What of it is in blocks, sorted.
        """
        clipped = sorted(self.clip(spans))
        taken = bytearray(len(self.text))
        first: dict[str, CharSpan] = {}
        for span in clipped:
            taken[span.start_char : span.end_char] = b"\1" * (span.end_char - span.start_char)
            first.setdefault(self.text[span.start_char : span.end_char], span)
        values = Values(Replaced(value, value) for value in first)
        carried = []
        for start, end, value in values.find(self.text):
            if not all(taken[start:end]):
                origin = first[value]
                why = f"carried:{origin.start_char}"
                carried.append(origin._replace(start_char=start, end_char=end, source=why))
        return sorted([*clipped, *self.clip(carried)])

    def _stretches(self, start: int, end: int) -> Iterable[tuple[int, int]]:
        i = max(0, bisect_right(self._starts, start) - 1)
        while i < len(self.blocks) and self._starts[i] < end:
            first, last = max(start, self._starts[i]), min(end, self._ends[i])
            if first < last:
                yield first, last
            i += 1

    def write(self, edits: Iterable[Edit]) -> bytes:
        """Give the file with other values in place of stretches of its text; call it once.

        The first slot of a stretch gets the value, the others lose their share of it.

        edits (Iterable[Edit]): Of the text, apart from each other; what is outside of blocks does
            not count.
        """
        ordered = sorted(edits)
        changes = _Changes()
        replaced = [Replaced(self.text[e.start_char : e.end_char], e.value) for e in ordered]
        i = 0
        for number, block in enumerate(self.blocks):
            start, end = self._starts[number], self._ends[number]
            while i < len(ordered) and ordered[i].end_char <= start:
                i += 1
            own = []
            j = i
            while j < len(ordered) and ordered[j].start_char < end:
                own.append(ordered[j])
                j += 1
            if block.instead is not None and not _covers(own, self.text, start, end):
                replaced.append(Replaced(self.text[start:end], block.instead))
                own = [Edit(start, end, block.instead)]
            for edit in own:
                changes.add(block, edit, start)
        changes.put()
        return self.render([pair for pair in replaced if pair.source != pair.value])


def _covers(edits: Sequence[Edit], text: str, start: int, end: int) -> bool:
    """Whether nothing but blanks and marks of a stretch is outside of edits."""
    rest, place = "", start
    for edit in edits:
        rest += text[place : edit.start_char]
        place = edit.end_char
    return not any(map(str.isalnum, rest + text[place:end]))


class _Changes:
    """What becomes of each slot; several blocks may ask for the same."""

    def __init__(self) -> None:
        self._of: dict[int, tuple[Slot, set[Edit]]] = {}

    def add(self, block: Block, edit: Edit, offset: int) -> None:
        """Share an edit of the text out among the slots of a block that starts at an offset."""
        start, end, value = edit.start_char - offset, edit.end_char - offset, edit.value
        place = 0
        for slot in block.slots:
            n_chars = len(slot.text)
            first, last = max(start - place, 0), min(end - place, n_chars)
            if first < last:
                self._of.setdefault(id(slot), (slot, set()))[1].add(Edit(first, last, value))
                value = ""
            place += n_chars

    def put(self) -> None:
        """Write all slots."""
        for slot, edits in self._of.values():
            slot.put(apply_edits(slot.text, edits))


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Replace stretches of a text. Those that overlap are replaced as one, by the first value."""
    parts: list[str] = []
    place, value = 0, ""
    for edit in sorted(edits, key=lambda e: (e.start_char, -e.end_char, not e.value)):
        if edit.start_char >= place or not parts:
            parts += [text[place : edit.start_char], edit.value]
            value = edit.value
        elif not value:
            parts.append(edit.value)
            value = edit.value
        place = max(place, edit.end_char)
    return "".join([*parts, text[place:]])
