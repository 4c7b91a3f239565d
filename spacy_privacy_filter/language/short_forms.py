"""A short form of a name -> the tokens of the full name that it has, and the same of another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .given_names import given_gender
from .names import Name
from .tables import read_table

FIRST_SIGN = 0x2E80  # from here on, Unicode has the scripts of China, Japan and Korea
_SPANISH = frozenset(("es_ES", "pt_BR"))
# Parts of double given names that tell no gender.
_GIVEN_TOO = frozenset(read_table("given_names")["parts"])
_KANA = range(0x3040, 0x3100)  # names in kana have no family name of one or two signs
_MOST = 5  # signs of a whole name without a blank


def is_asian(token: str) -> bool:
    """Whether a token is written in the script of China, Japan or Korea."""
    return bool(token) and all(ord(char) >= FIRST_SIGN for char in token)


def list_keys(tokens: Sequence[str]) -> Iterator[str]:
    """What a name shares with its full one: whole tokens, halves, or the begin of signs."""
    for token in tokens:
        yield token
        yield from token.split("-")[: len(token) * ("-" in token)]
        if is_asian(token) and len(token) <= _MOST:
            yield from (token[:i] for i in range(1, len(token)))
            yield from (token[i:] for i in range(1, len(token)))


def count_words(tokens: Sequence[str]) -> int:
    """How many words a name has; initials that follow each other are one, as in "J. C."."""
    return sum(len(token) > 1 or i == 0 or len(tokens[i - 1]) > 1 for i, token in enumerate(tokens))


def find_places(short: Name, full: tuple[str, ...]) -> tuple[int, ...] | None:
    """Find the tokens of a full name that a shorter name has, in order.

    An initial stands for a token that it begins, but not alone; two for a double one. A title
    before a single token says that it is the family name: the last, or in Spanish also the one
    before. Half of a double family name needs the given name, or no title.

    short (Name): For instance "Ms Johnson" or "S. Johnson".
    full (tuple[str, ...]): Tokens of the full name.
    RETURNS (tuple[int, ...] | None): Index into `full` of each token, or None.
    """
    if short.tokens == full:
        return tuple(range(len(full)))
    if len(short.tokens) > 1:
        return _find_several(short.tokens, full)
    return _find_one(short, full)


def _find_several(tokens: Sequence[str], full: Sequence[str]) -> tuple[int, ...] | None:
    places: list[int] = []
    last = len(full) - 1
    n_whole = 0
    for i, token in enumerate(tokens):
        if i and _goes_on(token, tokens[i - 1], full[places[-1]], places.count(places[-1])):
            places.append(places[-1])
            continue
        start = places[-1] + 1 if places else 0
        fitting = (
            k
            for k in range(start, len(full))
            if _fits(token, full[k]) or (k == last and n_whole and _is_half(token, full[k]))
        )
        place = next(fitting, None)
        if place is None:
            return None
        n_whole += len(token) > 1 and full[place] == token
        places.append(place)
    return tuple(places) if n_whole else None


def _find_one(short: Name, full: tuple[str, ...]) -> tuple[int, ...] | None:
    token, last = short.tokens[0], len(full) - 1
    allowed = range(last, len(full)) if short.has_title else range(len(full))
    if short.has_title and short.locale in _SPANISH and len(full) > 2:
        allowed = range(len(full) - 2, len(full))
    asian = is_asian(token)
    if len(token) > 1 or asian:
        for i in allowed:
            if full[i] == token:
                return (i,)
    titled = short.has_title or bool(short.ranks)
    if asian and len(full) == 1 and _is_signs_of(token, full[0], short):
        return (0,)
    given = len(full) == 1 and _is_given(full[0])
    return (last,) if not titled and not given and _is_half(token, full[last]) else None


def _is_given(token: str) -> bool:
    return bool(given_gender(token)) or not _GIVEN_TOO.isdisjoint(token.split("-"))


def _is_signs_of(token: str, full: str, short: Name) -> bool:
    """Whether signs are the family name or the given name of a whole name without a blank."""
    n = len(full) - len(token)
    if not is_asian(full) or n < 1 or len(full) > _MOST or any(ord(c) in _KANA for c in full):
        return False
    honoured = any(part.role == "suffix" for part in short.parts)
    family = full.startswith(token) and len(token) <= 2
    return (family and (honoured or len(token) > 1)) or (full.endswith(token) and len(token) > 1)


def _fits(token: str, full: str) -> bool:
    return (
        token == full or (full.startswith(token) and len(token) == 1) or _are_initials(token, full)
    )


def _are_initials(token: str, full: str) -> bool:
    """Whether a token has the initials of a double one: "j-c" or "jc"."""
    if "-" not in full or len(token) < 2:
        return False
    return token.replace("-", "") == "".join(part[:1] for part in full.split("-"))


def _goes_on(token: str, last: str, full: str, n: int) -> bool:
    """Whether an initial after another one is the next of a double token."""
    parts = full.split("-")
    return len(token) == len(last) == 1 and n < len(parts) and parts[n].startswith(token)


def _is_half(token: str, full: str) -> bool:
    return len(token) > 1 and "-" in full and token in full.split("-")


def write_part(token: str, full: str, pieces: Sequence[str], old: str, n: int) -> str:
    """Write of a drawn token what a token of a mention has of the full one.

    token, full (str): "j-c" and "jean-claude".
    pieces (Sequence[str]): Of the drawn token: its halves, or the family name and the given name
        of one without a blank.
    old (str): The token as the mention has it, "J.-C".
    n (int): How many initials of this token stand before it.
    """
    if is_asian(token):
        return _write_signs(token, full, pieces)
    if len(token) == 1:
        return pieces[min(n, len(pieces) - 1)][:1]
    if all(len(part) == 1 for part in token.split("-")) or (
        token != full and _are_initials(token, full)
    ):
        mark = ".-" if "." in old else "-" if "-" in old else ""
        return mark.join(piece[:1] for piece in pieces)
    if token != full and _is_half(token, full):
        return pieces[min(full.split("-").index(token), len(pieces) - 1)]
    return "-".join(pieces)


def _write_signs(token: str, full: str, pieces: Sequence[str]) -> str:
    if len(pieces) == 1:
        return pieces[0][: 1 if len(token) == 1 else None]
    if len(token) == 1 or (token != full and full.startswith(token)):
        return pieces[0]
    return pieces[-1] if token != full and full.endswith(token) else "".join(pieces)
