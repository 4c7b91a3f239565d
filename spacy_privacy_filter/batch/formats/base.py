"""What every format of files gives: the passages of a file, and the file with other texts in them.

A format is a `Format` in `registry.FORMATS`; all else that reads or writes files knows only these.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from ...types import CharSpan
from .reading import Reading

BOM: Final = "\ufeff"


@dataclass(frozen=True)
class Passage:
    """One text of a file, which is read and redacted by itself.

    name (str): Where it is, as "row 3, note"; "" for a file that is one text. No two passages of a
        file share one: it is how a map knows them.
    text (str): The text.
    subject (str | None): Whom it is about, as a column says.
    column (str): What the column or field is called that it stands in, or "".
    label (str | None): What all of it is, if somebody declared that; None to look for it.
    record (int | None): Passages of one number tell each other names, as the cells of a row do.
    settle (Callable | None): What becomes of the spans found in it, for a text put together of
        others: it cuts them at the ends of paragraphs. None to leave them.
    place_of (Callable | None): Says for people where a character of it is in the file.
    """

    name: str
    text: str = field(repr=False)
    subject: str | None = field(default=None, repr=False)
    column: str = ""
    label: str | None = None
    record: int | None = None
    settle: Callable[[Sequence[CharSpan]], Sequence[CharSpan]] | None = field(
        default=None, repr=False, compare=False
    )
    place_of: Callable[[int], str] | None = field(default=None, repr=False, compare=False)


class Edit(NamedTuple):
    """One change of a passage. Edits are in order, and none overlaps the next.

    start_char, end_char (int): Characters of the old text.
    text (str): What is in their place.
    """

    start_char: int
    end_char: int
    text: str


@dataclass(frozen=True)
class NewText:
    """What a passage becomes.

    text (str): All of it.
    edits (tuple[Edit, ...]): What changed, for formats that keep the style of what did not.
    """

    text: str = field(repr=False)
    edits: tuple[Edit, ...] = field(repr=False)


@dataclass(frozen=True)
class Content:
    """The passages of one file.

    passages (list[Passage]): In the order in which they are read.
    write (Callable): Takes what each passage becomes, and gives the bytes of the file.
    problems (list[str]): Of parts that could not be read and are left out of what `write` gives,
        such as a row that is no JSON: each says file, place and reason, and no text.
    notes (list[str]): What a user should know, such as which attachments a mail has.
    """

    passages: list[Passage]
    write: Callable[[Sequence[NewText]], bytes] = field(repr=False)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """Where each text is."""
        return [passage.name for passage in self.passages]

    @property
    def texts(self) -> list[str]:
        """The texts."""
        return [passage.text for passage in self.passages]

    @property
    def subjects(self) -> list[str | None]:
        """Whose each text is."""
        return [passage.subject for passage in self.passages]

    def render(self, texts: Sequence[str]) -> bytes:
        """Put texts in place of the passages, each as a whole, and give the bytes of the file."""
        pairs = zip(self.passages, texts, strict=True)
        return self.write([replace_whole(passage.text, text) for passage, text in pairs])


def replace_whole(old: str, new: str) -> NewText:
    """Put a text in the place of another."""
    return NewText(new, () if old == new else (Edit(0, len(old), new),))


@dataclass(frozen=True)
class Format:
    """A format of files.

    name (str): What --format calls it.
    suffixes (tuple[str, ...]): Endings of names, in small letters with the dot.
    read (Callable): Takes the bytes of a file, its name for messages, and how it is to be read.
        Raises ValueError, which names the file, for one that cannot be read at all.
    written_as (str | None): An ending that is added to the name of what is written in a folder,
        as ".txt" by a format that comes out as plain text: "a.pdf" -> "a.pdf.txt".
    is_one (bool): Whether a file is one text, in which places can be told by characters.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[bytes, str, Reading], Content]
    written_as: str | None = None
    is_one: bool = False
