"""The text of a name -> its parts, and which short names stand for which full one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

# What a surrogate writes for each title, the best first: often a short form, so that little of the
# source repeats, and another for a source that has it.
TITLES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("mr", "mister", "sir"), ("Mr",)),
    **dict.fromkeys(("mrs", "ms", "miss", "madam"), ("Ms",)),
    "mx": ("Mx",),
    **dict.fromkeys(("dr", "doctor", "prof", "professor"), ("Dr",)),
    **dict.fromkeys(("herr", "hr"), ("Hr.", "Herr")),
    "frau": ("Fr.", "Frau"),
    "monsieur": ("M.", "Monsieur"),
    **dict.fromkeys(("madame", "mme", "mlle"), ("Mme", "Madame")),
    **dict.fromkeys(("señor", "sr"), ("Sr.", "Señor")),
    **dict.fromkeys(("señora", "sra"), ("Sra.", "Señora")),
    "signor": ("Sig.", "Signor"),
    "signora": ("Sig.ra", "Signora"),
}
# "Mr. and Mrs. Smith"
JOINERS = frozenset(("and", "und"))
FEMALE = frozenset("mrs ms miss madam frau madame mme mlle señora sra signora".split())
MALE = frozenset("mr mister sir herr hr monsieur señor sr signor".split())
LEARNED = frozenset("dr doctor prof professor".split())
# Before a name, they say whose it is as a title does: "your son, Daniel".
KIN = {
    "female": frozenset("mother mum mom wife daughter sister aunt grandmother niece".split()),
    "male": frozenset("father dad husband son brother uncle grandfather nephew".split()),
}
PARTICLES = frozenset("van von der den de del della di da dos du la le el al bin ibn ter".split())
_WORD = re.compile(r"""[^\s,.;:()\[\]{}"/\\|<>&+=*#@!?_]+""")
_BEFORE = re.compile(r"([^\W\d_]+)(?:\.[ \t]*\n?|,?[ \t]+|[ \t]*\n)[ \t]*$")
_POSSESSIVE = re.compile(r"['’]s?$", re.IGNORECASE)


def normalise(text: str) -> str:
    """Write a text in the form that is compared: NFKC, case folded, white space single."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass(frozen=True)
class Part:
    """One word of a name: where it is in the text, and what it does.

    role (str): "name", "title", "particle", or "joiner" for an "and".
    place (int): Index into the name's tokens, -1 for all but names.
    """

    start_char: int
    end_char: int
    norm: str = field(repr=False)
    role: str = "name"
    place: int = -1


@dataclass(frozen=True)
class Name:
    """A name as it was written, and its tokens in the order given names, family name.

    has_title (bool): Whether a title is in it or right before it.
    gender (str): "female", "male" or "", by its titles or the word before it.
    rank (str): "learned" (Dr), "plain" (Mr, Mx) or "" (none, or both), by its titles.
    """

    parts: tuple[Part, ...] = field(repr=False)
    tokens: tuple[str, ...] = field(repr=False)
    has_title: bool = False
    gender: str = ""
    rank: str = ""


def parse_name(text: str, before: str = "") -> Name:
    """Cut a name in parts. "Johnson, Sarah" has the tokens ("sarah", "johnson").

    before (str): The end of what stands before it: its last word may be a title, too.
    """
    found = [_part(match) for match in _WORD.finditer(text)]
    if not any(part.role == "name" for part in found):
        found = [Part(part.start_char, part.end_char, part.norm) for part in found]
    names = [i for i, part in enumerate(found) if part.role == "name"]
    comma = text.find(",")
    if comma >= 0:
        after = [i for i in names if found[i].start_char > comma]
        names = after + [i for i in names if i not in after]
    places = {i: place for place, i in enumerate(names)}
    parts = tuple(
        Part(part.start_char, part.end_char, part.norm, part.role, places.get(i, -1))
        for i, part in enumerate(found)
    )
    tokens = tuple(found[i].norm for i in names) or (normalise(text),)
    titles = {part.norm for part in parts if part.role == "title"}
    match = _BEFORE.search(before)
    word = normalise(match[1]) if match and before[match.end(1)] != "\n" else ""
    if not titles and word in TITLES and match and "," not in match[0]:
        titles = {word}
    gender = _one("female" * bool(titles & FEMALE), "male" * bool(titles & MALE))
    if not titles:
        gender = next((kind for kind, words in KIN.items() if word in words), "")
    rank = _one("learned" * bool(titles & LEARNED), "plain" * bool(titles - LEARNED))
    return Name(parts, tokens, bool(titles), gender, rank)


def _one(first: str, second: str) -> str:
    return "" if first and second else first or second


def _part(match: re.Match[str]) -> Part:
    word = match[0]
    own = _POSSESSIVE.search(word)
    if own and own.start() > 0:
        word = word[: own.start()]
    norm = normalise(word) or word
    role = "joiner" if norm in JOINERS else "particle" if norm in PARTICLES else "name"
    role = "title" if norm in TITLES else role
    return Part(match.start(), match.start() + len(word), norm, role)


def places_in(short: Name, full: tuple[str, ...]) -> tuple[int, ...] | None:
    """Find the tokens of a full name that a shorter name has, in order.

    An initial stands for a token that it begins, but not alone. A title before a single token says
    that it is the family name, the last.

    short (Name): For instance "Ms Johnson" or "S. Johnson".
    full (tuple[str, ...]): Tokens of the full name.
    RETURNS (tuple[int, ...] | None): Index into `full` of each token, or None.
    """
    if short.tokens == full:
        return tuple(range(len(full)))
    if len(short.tokens) == 1:
        wanted = short.tokens[0]
        allowed = [len(full) - 1] if short.has_title else range(len(full))
        return next(((i,) for i in allowed if full[i] == wanted and len(wanted) > 1), None)
    places: list[int] = []
    whole = 0
    for token in short.tokens:
        start = places[-1] + 1 if places else 0
        fits = (i for i in range(start, len(full)) if _fits(token, full[i]))
        place = next(fits, None)
        if place is None:
            return None
        whole += len(token) > 1 and full[place] == token
        places.append(place)
    return tuple(places) if whole else None


def _fits(token: str, full: str) -> bool:
    return token == full or (len(token) == 1 and full.startswith(token))
