"""The words of a name, old and new -> which mail addresses are of it, and how the new ones are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, permutations, product

from ...language.names import Name
from ...language.short_forms import find_places
from ...language.spelling import WIDE, fold_name, latin

# Letters that a piece of an address has in the source, and what is written for them.
Piece = tuple[str, str]
_MARKS = "._-"
_STRETCH = re.compile(r"[^\W\d_]+|[._-]")
_MANY = 5  # words; of a longer name only the first and the last count
_MANY_WIDE = 3  # letters of `WIDE`; with more of them in a name, all are written in one way


def join_letters(local: str) -> str:
    """The letters of the local part of an address, as `list_local_parts` gives them."""
    return "".join(latin(match[0]) for match in _STRETCH.finditer(local) if match[0] not in _MARKS)


def list_spellings(names: Iterable[Name], tokens: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Every way in which names spell the words of a full one: "müller", "mueller"; "vanderberg",
    "vdberg".

    names (Iterable[Name]): Of one person.
    tokens (Sequence[str]): Of the full name.
    """
    spelled = [{token: None} for token in tokens]
    for name in names:
        before: list[str] = []
        places = find_places(name, tuple(tokens))
        for part in name.parts if places else ():
            if part.role == "name" and places and len(part.norm) > 1:
                words = spelled[places[part.place]]
                if fold_name(part.norm) == tokens[places[part.place]]:
                    initials = "".join(word[0] for word in before)
                    spellings = (part.norm, "".join(before) + part.norm, initials + part.norm)
                    words.update(dict.fromkeys(spellings))
            before = [*before, part.norm] if part.role == "particle" else []
    if len(spelled) == 1:
        yield from ((one,) for one in spelled[0])
    else:
        for first, last in product(spelled[0], spelled[-1]):
            yield (first, *tokens[1:-1], last)


def list_local_parts(
    old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[tuple[Piece, ...], bool]]:
    """Every way to make a local part of a name: a word, two in any order, or all, some as initials.

    old, new (Sequence[str]): Words of the name and of the one that is invented for it, given names
        before the family name, in any script. Letters that mail cannot write give nothing.
    YIELDS (tuple[tuple[Piece, ...], bool]): The pieces, and whether all of them are whole words or
        initials, none half of a double name.
    """
    for wide in _choose_wide(old):
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
            for pieces in product(*(_cut_word(*words[i], short=short) for i in order)):
                if any(size and len(one) > 1 for one, _, size in pieces):
                    whole = all(size != _HALF for _, _, size in pieces)
                    yield tuple((one, other) for one, other, _ in pieces), whole


def _choose_wide(words: Sequence[str]) -> Iterator[str]:
    """Which letters are written in two: all, all but some that a name has, or none."""
    letters = sorted(set("".join(words)) & set(WIDE))
    yield "".join(WIDE)
    for n in range(1, len(letters) if len(letters) <= _MANY_WIDE else 1):
        for narrow in combinations(letters, n):
            yield "".join(letter for letter in WIDE if letter not in narrow)
    yield ""


_INITIAL, _HALF, _WHOLE = range(3)


def _cut_word(old: str, new: str, short: bool) -> list[tuple[str, str, int]]:
    """A word in whole, its halves, and its initials: those of "jean-pierre" are "j" and "jp"."""
    pieces = [(old.replace("-", ""), new.replace("-", ""), _WHOLE)]
    if short:
        pieces.append((old[0], new[0], _INITIAL))
    if "-" in old:
        pairs = zip(old.split("-"), new.split("-"), strict=False)
        pieces += [(one, other, _HALF) for one, other in pairs if one and other]
    if short and "-" in old:
        pieces.append((_initials(old), _initials(new), _INITIAL))
    return pieces


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
