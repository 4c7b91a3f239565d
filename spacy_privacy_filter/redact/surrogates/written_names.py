"""A drawn name -> the name in the form of a mention: its order, initials, titles and case."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from ...language.names import Name, Part
from ...language.short_forms import find_places, is_asian, write_part
from ...language.titles import TITLES
from ..people.mentions import Mention


class TitleForm(Enum):
    """How the titles of a name are written, the likest to the source first.

    DOTTED: With the source's dot, and with what follows a name.
    UNDOTTED: Without it.
    SYNONYM: Another title that means the same; what follows a name is left out from here on.
    FIRST: The first title alone.
    FIRST_SYNONYM: The first alone, as another that means the same.
    LEFT_OUT: No title.
    """

    DOTTED = 0
    UNDOTTED = 1
    SYNONYM = 2
    FIRST = 3
    FIRST_SYNONYM = 4
    LEFT_OUT = 5

    @property
    def has_suffixes(self) -> bool:
        """Whether what follows a name is written: "Jr"."""
        return self in (TitleForm.DOTTED, TitleForm.UNDOTTED)

    @property
    def has_all_titles(self) -> bool:
        """Whether all titles are written, and what joins them."""
        return self.has_suffixes or self is TitleForm.SYNONYM

    @property
    def has_synonyms(self) -> bool:
        """Whether another title of the same meaning is written."""
        return self in (TitleForm.SYNONYM, TitleForm.FIRST_SYNONYM)


def write_name(mention: Mention, drawn: tuple[str, ...], form: TitleForm) -> str:
    """Write a drawn name in the form of a mention: its parts, order, initials, case and marks.

    mention (Mention): A mention of a person.
    drawn (tuple[str, ...]): The drawn name, a token for each token of the entity.
    form (TitleForm): How titles are written.
    """
    return _Writer(mention, drawn, form).write()


class _Writer:
    """Writes one name, part by part."""

    def __init__(self, mention: Mention, drawn: tuple[str, ...], form: TitleForm) -> None:
        self.name, self.text = mention.name or Name((), ()), mention.text
        self.full, self.drawn, self.form = mention.entity.tokens, drawn, form
        self.places = find_places(self.name, self.full) or tuple(range(len(self.name.tokens)))
        parts = self.name.parts
        self.joint = "&" in self.text or any(part.role == "joiner" for part in parts)
        self.small = all(self._source(part).islower() for part in parts if part.role == "name")
        self.written: list[str] = []
        self.titles = [""]

    def write(self) -> str:
        """Write all parts, with what stands between them."""
        text, end = self.text, 0
        for part in self.name.parts:
            gap = text[end : part.start_char]
            if part.role == "title" and "&" in gap:
                gap = gap.replace("&", "+" if self.form.has_all_titles else "")
            end = part.end_char
            dotted = part.role in ("title", "suffix", "particle") and text[end : end + 1] == "."
            end += dotted
            if part.role == "title" and text[end : end + 1] in tuple("'’׳"):
                end += 1  # of a short form in Hebrew, whose other forms have their own
            new = self._write_part(part, dotted)
            if self._is_gap_needless(part, gap, new):
                gap = ""
            end += not new and part.role != "suffix" and text[end : end + 1] == " "
            self.written += [gap, new]
        rest = text[end:]
        if rest == "s" and self.written[-1:] and self.written[-1][-1:] in ("s", "x", "z", "ß"):
            rest = "’"  # the genitive of a German name
        return re.sub(r" {2,}", " ", "".join([*self.written, rest])).strip() or self.drawn[-1]

    def _source(self, part: Part) -> str:
        return self.text[part.start_char : part.end_char]

    def _is_gap_needless(self, part: Part, gap: str, new: str) -> bool:
        """Whether what stands before a part goes with it."""
        if not new and (part.role == "suffix" or gap == "-"):
            return True
        asian = part.role == "suffix" and is_asian(self._source(part))
        return asian and self.form is TitleForm.UNDOTTED

    def _write_part(self, part: Part, dotted: bool) -> str:
        old = self._source(part)
        if part.role == "name":
            return self._write_token(part.place, old)
        if part.role == "title":
            return self._add_title(part.norm, old, dotted)
        if part.role == "suffix":
            dot = "." if dotted and self.form is TitleForm.DOTTED else ""
            return f"{old}{dot}" if self.form.has_suffixes else ""
        joins = part.role == "joiner" and self.form.has_all_titles and any(self.written)
        return "&" if joins else ""

    def _write_token(self, i: int, old: str) -> str:
        """Write what the drawn name has for a token."""
        place = self.places[i]
        if len(self.full) == 1 < len(self.drawn):  # a whole name without a blank
            pieces: Sequence[str] = self.drawn
        else:
            pieces = self.drawn[min(place, len(self.drawn) - 1)].split("-")
        full = self.full[min(place, len(self.full) - 1)]
        n_before = self.places[:i].count(place)
        new = write_part(self.name.tokens[i], full, pieces, old, n_before)
        if len(old) > 1 and old.isupper():
            return new.upper()
        return new.lower() if self.small else new[:1].title() + new[1:]

    def _add_title(self, norm: str, old: str, dotted: bool) -> str:
        """Write a title that does not stand yet. Of "Prof. Dr." one is enough."""
        title = _write_title(norm, old, dotted, self.form)
        if not self.form.has_all_titles and (self.joint or any(self.titles)):
            title = ""
        if title.strip(".") in self.titles and not self.joint:
            title = ""
        self.titles.append(title.strip("."))
        return title


def _write_title(norm: str, old: str, dotted: bool, form: TitleForm) -> str:
    options = TITLES[norm].written
    if form is TitleForm.LEFT_OUT or not options:
        return ""
    title = options[min(form.has_synonyms, len(options) - 1)]
    if dotted and form is TitleForm.DOTTED and len(title) < 4 and title.isalpha():
        title = f"{title}."
    return title[:1].upper() + title[1:] if old[:1].isupper() else title
