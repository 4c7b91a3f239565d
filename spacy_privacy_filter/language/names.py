"""The text of a name -> its parts: titles, given names, family name, suffixes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from .given_names import given_gender
from .spelling import fold_name
from .tables import read_table
from .titles import (
    AGED,
    ARTICLES,
    DEGREES,
    GENERATIONS,
    HONORIFICS,
    SENSED,
    SUFFIXES,
    TITLES,
    Title,
    is_title,
    sense_of,
    title_before,
)

_TABLE: Final = read_table("names")
# "Mr. and Mrs. Smith"; the others only between titles, else they part family names.
JOINERS = frozenset(_TABLE["joiners"])
_SHORT_JOINERS = frozenset(_TABLE["short_joiners"])
# Before a name, they say whose it is as a title does: "your son, Daniel".
KIN = {gender: frozenset(words) for gender, words in _TABLE["kin"].items()}
PARTICLES = frozenset(_TABLE["particles"])
_NOBLE = frozenset(_TABLE["noble"])
# Short for "von", "van", "der", "den", "zu" with a dot, in small letters; a token is none.
_SHORT_PARTICLES = frozenset(_TABLE["short_particles"])
# Titles and degrees that hold a dot, and else what marks part.
_WORD = re.compile(
    r"(?<![^\W\d_])(?:[Ss]ig\.(?:ra|na)|(?:[Dd]ott|[Dd]r|[Pp]rof)\.ssa|[Aa]vv\.ta|Ph\. ?D|h\. ?c"
    r"|M\.D(?=\.?\s*$)|(?:D|Dr|Sr|Prof)\.? ?ª|Dipl\.-[A-Z]\w+|Univ\.-Prof|Priv\.-Doz)"
    r"(?![^\W\d_])|[A-Z]\.-[A-Z](?=\.)"
    r"""|[^\s,.;:()\[\]{}"“”„«»・/\\|<>&+=*#@!?_]+"""
)
_BEFORE = re.compile(
    r"((?:[^\W\d_]|(?<=\w)-(?=\w))+)(?:\.[ \t]*\n?|,?[ \t]+|,?[ \t]*\r?\n)[ \t]*$",
)
_QUOTED = re.compile(r"['’‘‚](?!t$)\w")
_ELIDED = re.compile(r"[LlDd]['’](\w{3,})$")
_PATRONYMIC = re.compile(r"(?:ович|евич|ьич|мич|овна|евна|ична|івна|ївна)$")
_POSSESSIVE = re.compile(r"['’׳]s?$", re.IGNORECASE)
# These end names, too, so that they must stand alone.
_APART = frozenset(_TABLE["apart"])
_ASIAN = "|".join(
    sorted((n for n in HONORIFICS if n[0] > "\u2e80" and n not in _APART), key=len, reverse=True)
)
_HONORIFIC = re.compile(rf"(?<=.)(?:-(?:san|sama|sensei|kun|chan)|{_ASIAN})$")
# An apostrophe in a name, as keyboards and word processors write it.
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])[’‘ʼ´`′＇](?=[^\W\d_])")
_JOINT = re.compile(r"M\.? (?:et|&) M")


def normalise(text: str) -> str:
    """Write a text in the form that is compared: NFKC, case folded, white space single."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass(frozen=True)
class Hints:
    """What a document tells of a name, where its words alone leave it open.

    locale (str): Of the document, or "": "Fr." is "Frau" in German.
    lone (bool): Whether a letter with which it begins is a title: "M.", "D.".
    genitive (bool): Whether an "s" at its end is no part of it: "Maiers".
    """

    locale: str = ""
    lone: bool = False
    genitive: bool = False


NO_HINTS = Hints()
# Where a word of a name begins and ends, and its normal form.
Word = tuple[int, int, str]


@dataclass(frozen=True)
class Part:
    """One word of a name: where it is in the text, and what it does.

    role (str): "name", "title", "particle", "suffix" (Jr, PhD), or "joiner" for an "and".
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

    has_title (bool): Whether a title is in it or right before it that goes with family names.
    gender (str): "female", "male" or "", by its titles or the word before it.
    ranks (tuple[str, ...]): Of its titles: "learned" (Dr), "office Hon" (Judge), "plain" (Mr).
    generation (str): "jr", "sr", "ii", ... or "".
    locale (str): Of its titles, or "".
    """

    parts: tuple[Part, ...] = field(repr=False)
    tokens: tuple[str, ...] = field(repr=False)
    has_title: bool = False
    gender: str = ""
    ranks: tuple[str, ...] = ()
    generation: str = ""
    locale: str = ""


@dataclass(frozen=True)
class CutName:
    """A name that is cut in words, once; what they do in it can hang on its document.

    text (str): The name, with the apostrophes of typewriters.
    words (tuple[Word, ...]): Its words.
    before (str): The end of what stands before it: its last word may be a title, too.
    """

    text: str = field(repr=False)
    words: tuple[Word, ...] = field(repr=False)
    before: str = field(repr=False, default="")

    def parse(self, hints: Hints = NO_HINTS) -> Name:
        """Say what each word does. "Johnson, Sarah" has the tokens ("sarah", "johnson").

        hints (Hints): What the document tells of words with several senses.
        """
        text = self.text
        words = list(_cut_words(text, genitive=True)) if hints.genitive else list(self.words)
        _give_senses(words, hints)
        roles = _find_roles(text, words, hints.lone or bool(_JOINT.match(text)))
        names = _order_names(text, words, roles)
        places = {i: place for place, i in enumerate(names)}
        parts = tuple(
            Part(*word, role, places.get(i, -1))
            for i, (word, role) in enumerate(zip(words, roles, strict=True))
        )
        tokens = tuple(fold_name(words[i][2]) for i in names) or (normalise(text),)
        return Name(parts, tokens, *_use_titles(parts, self.before))


def cut_name(text: str, before: str = "") -> CutName:
    """Cut a name in words.

    text (str): The name, with its titles.
    before (str): The end of what stands before it.
    """
    text = _APOSTROPHE.sub("'", text)
    return CutName(text, tuple(_cut_words(text)), before)


def _order_names(text: str, words: Sequence[Word], roles: Sequence[str]) -> list[int]:
    """Which words are names, given names before the family name."""
    names = [i for i, role in enumerate(roles) if role == "name"]
    comma = text.find(",")
    if comma >= 0:
        given = [i for i in names if words[i][0] > comma]
        return given + [i for i in names if words[i][0] <= comma]
    if _begins_with_family([words[i][2] for i in names]):
        return [*names[1:], names[0]]
    return names


def _begins_with_family(words: Sequence[str]) -> bool:
    """Whether the family name comes first: "Петров И. И.", "Петров Иван Иванович"."""
    initials = len(words) == 3 and len(words[0]) > 1 and all(len(word) == 1 for word in words[1:])
    return initials or (len(words) == 3 and bool(_PATRONYMIC.search(words[2])))


def _give_senses(words: list[Word], hints: Hints) -> None:
    """Put the titles for which short forms at the begin stand in their place: "Sr. D. José"."""
    locale, lone = hints.locale, hints.lone
    for i, (start, stop, norm) in enumerate(words[:-1]):
        if norm in SENSED:
            given = given_gender(fold_name(words[i + 1][2]))
            norm = sense_of(norm, given, locale, lone)
            words[i] = (start, stop, norm)
        if norm not in TITLES:
            return
        locale = locale or TITLES[norm].locale
        lone = True


def _use_titles(parts: Sequence[Part], before: str) -> tuple[bool, str, tuple[str, ...], str, str]:
    """What titles, suffixes and the word before a name tell, as `Name` has it."""
    titles = [TITLES[part.norm] for part in parts if part.role == "title"]
    match = _BEFORE.search(before)
    word = normalise(match[1]) if match and before[match.end(1)] != "\n" else ""
    title = title_before(word)
    if not titles and title and match and "," not in match[0]:
        titles = [title]
    after = [part.norm for part in parts if part.role == "suffix"]
    titles += [HONORIFICS[norm] for norm in after if norm in HONORIFICS]
    gender = _agree_on([title.gender for title in titles])
    if not titles and not gender:
        gender = next((kind for kind, words in KIN.items() if word in words), "")
    has_title = any(title.rank in ("plain", "learned") for title in titles)
    ages = {**GENERATIONS, **AGED}
    generation = next((ages[norm] for norm in after if norm in ages), "")
    return has_title, gender, _list_ranks(titles), generation, _first_locale(titles)


def _list_ranks(titles: Sequence[Title]) -> tuple[str, ...]:
    return tuple(sorted({f"{title.rank} {title.office}".strip() for title in titles} - {""}))


def _first_locale(titles: Sequence[Title]) -> str:
    return next((title.locale for title in titles if title.locale), "")


def _agree_on(values: Sequence[str]) -> str:
    """The one value that all agree on that have any; or ""."""
    different = set(values) - {""}
    return different.pop() if len(different) == 1 else ""


def _cut_words(text: str, genitive: bool = False) -> Iterator[Word]:
    """Cut a name in words. genitive (bool): Whether an "s" at its end is no part of it."""
    for match in _WORD.finditer(text):
        start, word = match.start(), match[0]
        if genitive and match.end() == len(text.rstrip()):
            word = word.removesuffix("s")
        hyphens = len(word) - len(word.lstrip("-"))
        if 0 < hyphens < len(word):
            start, word = start + hyphens, word[hyphens:]
        if _QUOTED.match(word):
            start, word = start + 1, word[1:]
        elided = _ELIDED.match(word)
        if elided and normalise(elided[1]) in TITLES:  # "l'avvocato Rossi"
            yield start, start + 2, "l"
            start, word = start + 2, elided[1]
        ending = _POSSESSIVE.search(word)
        if ending and ending.start() > 0 and normalise(word[: ending.start()]) not in PARTICLES:
            word = word[: ending.start()]
        honorific = _HONORIFIC.search(word)
        if honorific:
            yield start, start + honorific.start(), normalise(word[: honorific.start()])
            start, word = start + honorific.start(), honorific[0]
        yield start, start + len(word), _normalise_word(word, match[0])


def _normalise_word(word: str, whole: str) -> str:
    """The form of a word that is compared; `whole` has what is no part of it, too."""
    norm = normalise(word) or word
    if whole[-1] == "ª" and whole[0] == "D" and "r" not in norm:
        return "doña"
    if word == "RAin":
        return "rechtsanwältin"
    if norm.startswith("dipl.-"):
        return "dipl"
    norm = re.sub(r"[. ]", "", norm) if "." in whole else norm
    if norm.rstrip("'’") in PARTICLES:
        return norm.rstrip("'’")  # "de' Medici"
    return norm.strip("-") or norm


def _find_roles(text: str, words: Sequence[Word], lone: bool) -> list[str]:
    """What each word does; if none is a name, all are."""
    roles = _give_roles(text, words, lone)
    if words[2:] and words[-2][2] == "the" and words[-1][2] in AGED:
        roles[-2:] = ["particle", "suffix"]  # "John Smith the elder"
    return roles if "name" in roles else ["name"] * len(words)


def _give_roles(text: str, words: Sequence[Word], lone: bool) -> list[str]:
    """What each word does. A title stands before the names, a suffix after them."""
    roles: list[str] = []
    norms = [norm for _, _, norm in words]
    lead, end = True, 0
    for i, (start, stop, norm) in enumerate(words):
        lead = lead or "," in text[end:start]
        end = stop
        dotted = text[stop : stop + 1] == "."
        follows = text[stop + dotted : stop + dotted + 1]
        last = roles[-1] if roles else ""
        coming = norms[i + 1] if i + 1 < len(words) else ""
        titled = lead and is_title(text[start:stop], norm, text, dotted, lone, coming)
        ends = follows == "," or all(other in SUFFIXES for other in norms[i + 1 :])
        if lead and norm in ARTICLES and coming in TITLES and not dotted:
            role = "particle"
        elif last == "particle" and coming in PARTICLES and norm in JOINERS:
            role = "particle"  # "von und zu"
        elif norm in JOINERS or (norm in _SHORT_JOINERS and last == "title" and coming in TITLES):
            role = "joiner"
        elif norm in DEGREES and last == "name" and ends:
            role = "suffix"
        elif titled and (follows != "," or i + 1 == len(words)):
            role = "title"
        elif norm in _SHORT_PARTICLES and dotted and coming and _is_small(text, start):
            role = "particle"  # "v.d. Berg"
        elif norm in PARTICLES or (norm in _NOBLE and coming in {*PARTICLES, "v"}):
            role = "particle"
        elif norm in _SHORT_JOINERS and last == "name" and coming and not dotted:
            role = "particle" if text[start:stop].islower() else "name"
        else:
            role = "suffix" if norm in SUFFIXES and "name" in roles and ends else "name"
        lead = lead and role != "name"
        roles.append(role)
    return roles


def _is_small(text: str, start: int) -> bool:
    return text[start].islower() and not text.islower()
