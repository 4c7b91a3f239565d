"""The names of a document -> their parts, where the others tell what words with two senses mean."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from ...language.locales import locale_of_words
from ...language.names import PLAIN, Name, Reading, parse_name
from ...language.short_forms import places_in
from ...language.titles import SENSED, SENSES

_BEFORE = 24  # characters before a name that may hold its title
# Letters that are titles, and in which languages.
_LONE = {"m": ("fr_FR",), "d": ("es_ES", "pt_BR", "it_IT")}
# Letters that French family names have, and few others.
_FRENCH = frozenset("àâçèéêëîïôœûÿ")
# Words that a document gives a sense: "M. Dupont", "Fr. Kern"; and what may be a genitive.
_OPEN = re.compile(rf"(?:{'|'.join(sorted({*_LONE, *SENSED}))})\b", re.IGNORECASE)
_GENITIVE = re.compile(r"[^\W\d_]{3,}s$")
_UMLAUT = re.compile("[äöü]|[aou]\u0308", re.IGNORECASE)
_WIDE = re.compile("([aou])e")
_NOUN = re.compile(r" [A-ZÄÖÜ][a-zäöüß]")


def read_names(text: str, places: Mapping[int, tuple[int, int]]) -> dict[int, Name]:
    """Cut the names of a document in parts.

    text (str): The text.
    places (Mapping[int, tuple[int, int]]): Begin and end of each name, half-open.
    """
    held = {i: text[start:end] for i, (start, end) in places.items()}
    before = {i: text[max(0, start - _BEFORE) : start] for i, (start, _) in places.items()}
    names = {i: parse_name(own, before[i]) for i, own in held.items()}
    unsure = [i for i, own in held.items() if _OPEN.match(own)]
    owned = [
        i
        for i, (_, end) in places.items()
        if _GENITIVE.search(held[i]) and _NOUN.match(text[end : end + 3])
    ]
    if unsure or owned:
        others = list(names.values())
        locale = _locale(text, others)
        for i in unsure:
            names[i] = parse_name(held[i], before[i], Reading(locale))
        others = list(names.values())
        for i in unsure:
            if _is_lone(names[i], others, locale):
                names[i] = parse_name(held[i], before[i], Reading(locale, lone=True))
        others = list(names.values())
        for i in owned if locale == "de_DE" else ():
            bare = parse_name(held[i], before[i], Reading(locale, genitive=True))
            if _is_owner(bare, names[i], others):
                names[i] = bare
    marked = [i for i, own in held.items() if _UMLAUT.search(own)]
    known = {token for i in marked for token in names[i].tokens}
    plain = {t for i, own in held.items() for t, big in _sizes(own, names[i]) if not big}
    for i, own in held.items() if known else ():
        names[i] = _in_capitals(own, names[i], known, plain)
    return names


def _in_capitals(text: str, name: Name, known: Iterable[str], plain: Collection[str] = ()) -> Name:
    """Read a name in capitals without its dots as the one that has them: "MULLER", "Müller".

    known (Iterable[str]): Tokens that may have them.
    plain (Collection[str]): Tokens of others, who have none.
    """
    bare = {_WIDE.sub(r"\1", token): token for token in sorted(known)}
    tokens = [bare.get(t, t) if big and t not in plain else t for t, big in _sizes(text, name)]
    return replace(name, tokens=tuple(tokens)) if tokens else name


def _sizes(text: str, name: Name) -> list[tuple[str, bool]]:
    """Each token of a name, and whether it is written in capitals."""
    places = {p.place: text[p.start_char : p.end_char] for p in name.parts if p.place >= 0}
    return [(name.tokens[i], len(w) > 1 and w.isupper()) for i, w in sorted(places.items())]


def read_as(text: str, tokens: tuple[str, ...]) -> Name:
    """Cut the name of a person whose tokens are known in parts, without its document.

    tokens (tuple[str, ...]): Of the full name.
    """
    readings = [PLAIN, *(Reading(locale) for locale in SENSES), Reading(lone=True)]
    readings += [Reading(locale, lone=True) for locale in SENSES]
    readings += [Reading("de_DE", genitive=True)]
    names = (_in_capitals(text, parse_name(text, "", r), tokens, tokens) for r in readings)
    fits = (name for name in names if places_in(name, tokens) is not None)
    return next(fits, None) or parse_name(text)


def _locale(text: str, names: Sequence[Name]) -> str:
    """The language of a document by its words, else by titles; or ""."""
    words = re.findall(r"\w+", text.casefold())
    titles = sorted(name.locale for name in names if name.locale)
    return locale_of_words(words) or "".join(titles[:1]) or ("en_US" if "father" in words else "")


def _is_lone(name: Name, others: Sequence[Name], locale: str) -> bool:
    """Whether the "M." or "D." of a name is no initial: nobody whom it fits has it as one."""
    letter = name.tokens[0]
    if len(name.tokens) < 2 or name.parts[0].norm != letter or letter not in _LONE:
        return False
    kin = (o.tokens[0] for o in others if len(o.tokens) > 1 and o.tokens[-1] == name.tokens[-1])
    if any(len(given) > 1 and given.startswith(letter) for given in kin):
        return False
    french = letter == "m" and any(_FRENCH & set(part.norm) for part in name.parts)
    return french or locale in _LONE[letter]


def _is_owner(bare: Name, name: Name, others: Sequence[Name]) -> bool:
    """Whether a name without its "s" is that of somebody, and with it of nobody else."""
    named = any(places_in(bare, other.tokens) is not None for other in others)
    longer = (other for other in others if len(other.tokens) > len(name.tokens))
    return named and not any(places_in(name, other.tokens) is not None for other in longer)
