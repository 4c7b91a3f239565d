"""The words of a name, old and new -> which mail addresses are of it, and how the new ones are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations, product

from .forms import places_in
from .letters import latin
from .names import Name

# Letters that a piece of an address has in the source, and what is written for them.
Piece = tuple[str, str]
_MARKS = "._-"
_STRETCH = re.compile(r"[^\W\d_]+|[._-]")
_MANY = 5  # words; of a longer name only the first and the last count


def letters_of(local: str) -> str:
    """The letters of the local part of an address, as `local_parts` gives them."""
    return "".join(latin(match[0]) for match in _STRETCH.finditer(local) if match[0] not in _MARKS)


def spellings(names: Iterable[Name], tokens: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Every way in which names spell the words of a full one: "müller", "mueller"; "vanderberg".

    names (Iterable[Name]): Of one person.
    tokens (Sequence[str]): Of the full name.
    """
    spelled = [{token: None} for token in tokens]
    for name in names:
        before = ""
        places = places_in(name, tuple(tokens))
        for part in name.parts if places else ():
            if part.role == "name" and places and len(part.norm) > 1:
                spelled[places[part.place]] |= {part.norm: None, before + part.norm: None}
            before = before + part.norm if part.role == "particle" else ""
    if len(spelled) == 1:
        yield from ((one,) for one in spelled[0])
    else:
        for first, last in product(spelled[0], spelled[-1]):
            yield (first, *tokens[1:-1], last)


def local_parts(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    """Every way to make a local part of a name: a word, two in any order, or all, some as initials.

    old, new (Sequence[str]): Words of the name and of the one that is invented for it, given names
        before the family name, in any script. Letters that mail cannot write give nothing.
    """
    for wide in (True, False):
        pairs = zip(old, new, strict=True)
        words = [(latin(one, wide), latin(other, wide)) for one, other in pairs]
        if not all(one and other for one, other in words):
            return
        if len(words) > _MANY:
            words = [words[0], words[-1]]
        n = len(words)
        orders = [*((i,) for i in range(n)), *permutations(range(n), 2)]
        for order in [*orders, tuple(range(n))] if n > 2 else orders:
            short = len(order) > 1
            for pieces in product(*(_pieces(*words[i], short=short) for i in order)):
                if any(whole and len(one) > 1 for one, _, whole in pieces):
                    yield tuple((one, other) for one, other, _ in pieces)


def _pieces(old: str, new: str, short: bool) -> list[tuple[str, str, bool]]:
    """A word in whole, and its initials: those of "jean-pierre" are "j" and "jp"."""
    found = [(old.replace("-", ""), new.replace("-", ""), True)]
    if short:
        found.append((old[0], new[0], False))
    if short and "-" in old:
        found.append((_initials(old), _initials(new), False))
    return found


def _initials(word: str) -> str:
    return "".join(part[:1] for part in word.split("-"))


def write_local(local: str, pieces: Sequence[Piece]) -> str:
    """Write pieces with the marks that the source has between them."""
    marks: dict[int, str] = {}
    n_letters = 0
    for match in _STRETCH.finditer(local):
        if match[0] in _MARKS:
            marks.setdefault(n_letters, match[0])
        else:
            n_letters += len(latin(match[0]))
    written, at = "", 0
    for old, new in pieces:
        written += (marks.get(at, "") if at else "") + new
        at += len(old)
    return written
