"""The names of a document -> their parts, where the others tell what words with two senses mean."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from ...language.locales import locale_of_words
from ...language.names import NO_HINTS, CutName, Hints, Name, cut_name
from ...language.short_forms import find_places
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
# What documents may tell, the likest first.
_ALL_HINTS = (
    NO_HINTS,
    *(Hints(locale) for locale in SENSES),
    Hints(lone=True),
    *(Hints(locale, lone=True) for locale in SENSES),
    Hints("de_DE", genitive=True),
)


def parse_names(text: str, places: Mapping[int, tuple[int, int]]) -> dict[int, Name]:
    """Cut the names of a document in parts.

    text (str): The text.
    places (Mapping[int, tuple[int, int]]): Begin and end of each name, half-open.
    RETURNS (dict[int, Name]): The name at each place.
    """
    written = {i: text[start:end] for i, (start, end) in places.items()}
    cut = {
        i: cut_name(written[i], text[max(0, start - _BEFORE) : start])
        for i, (start, _) in places.items()
    }
    names = {i: name.parse() for i, name in cut.items()}
    unsure = [i for i, name in written.items() if _OPEN.match(name)]
    owned = [
        i
        for i, (_, end) in places.items()
        if _GENITIVE.search(written[i]) and _NOUN.match(text[end : end + 3])
    ]
    if unsure or owned:
        locale = _find_locale(text, names.values())
        names.update(_give_senses(names, {i: cut[i] for i in unsure}, locale))
        if locale == "de_DE":
            names.update(_drop_genitives(names, {i: cut[i] for i in owned}, locale))
    return _give_marks(written, names)


def _find_locale(text: str, names: Iterable[Name]) -> str:
    """The language of a document by its words, else by titles; or ""."""
    words = re.findall(r"\w+", text.casefold())
    titles = sorted(name.locale for name in names if name.locale)
    return locale_of_words(words) or "".join(titles[:1]) or ("en_US" if "father" in words else "")


def _give_senses(
    names: Mapping[int, Name], unsure: Mapping[int, CutName], locale: str
) -> dict[int, Name]:
    """Parse the names anew whose first word means another title in this language: "Fr.", "M."."""
    parsed = {i: cut.parse(Hints(locale)) for i, cut in unsure.items()}
    given_by_family: dict[str, set[str]] = {}
    for name in {**names, **parsed}.values():
        if len(name.tokens) > 1:
            given_by_family.setdefault(name.tokens[-1], set()).add(name.tokens[0])
    for i, cut in unsure.items():
        if _is_lone(parsed[i], given_by_family, locale):
            parsed[i] = cut.parse(Hints(locale, lone=True))
    return parsed


def _is_lone(name: Name, given_by_family: Mapping[str, Iterable[str]], locale: str) -> bool:
    """Whether the "M." or "D." of a name is no initial: nobody whom it fits has it as one."""
    letter = name.tokens[0]
    if len(name.tokens) < 2 or name.parts[0].norm != letter or letter not in _LONE:
        return False
    kin = given_by_family.get(name.tokens[-1], ())
    if any(len(given) > 1 and given.startswith(letter) for given in kin):
        return False
    french = letter == "m" and any(_FRENCH & set(part.norm) for part in name.parts)
    return french or locale in _LONE[letter]


def _drop_genitives(
    names: Mapping[int, Name], owned: Mapping[int, CutName], locale: str
) -> dict[int, Name]:
    """Parse names without the "s" at their end where that is of the genitive: "Maiers Hund"."""
    parsed = {i: cut.parse(Hints(locale, genitive=True)) for i, cut in owned.items()}
    others = list(names.values())
    return {i: bare for i, bare in parsed.items() if _is_owner(bare, names[i], others)}


def _is_owner(bare: Name, name: Name, others: Collection[Name]) -> bool:
    """Whether a name without its "s" is that of somebody, and with it of nobody else."""
    named = any(find_places(bare, other.tokens) is not None for other in others)
    longer = (other for other in others if len(other.tokens) > len(name.tokens))
    return named and not any(find_places(name, other.tokens) is not None for other in longer)


def _give_marks(written: Mapping[int, str], names: dict[int, Name]) -> dict[int, Name]:
    """Give names in capitals the dots that the same names have elsewhere."""
    marked = [i for i, text in written.items() if _UMLAUT.search(text)]
    if not marked:
        return names
    with_marks = {token for i in marked for token in names[i].tokens}
    without = {
        token
        for i, text in written.items()
        for token, capital in _find_capitals(text, names[i])
        if not capital
    }
    return {i: _give_name_marks(text, names[i], with_marks, without) for i, text in written.items()}


def _give_name_marks(
    text: str, name: Name, with_marks: Iterable[str], without: Collection[str] = ()
) -> Name:
    """Take a name in capitals without its dots for the one that has them: "MULLER", "Müller".

    with_marks (Iterable[str]): Tokens that may have them.
    without (Collection[str]): Tokens of others, who have none.
    """
    marked = {_WIDE.sub(r"\1", token): token for token in sorted(with_marks)}
    tokens = tuple(
        marked.get(token, token) if capital and token not in without else token
        for token, capital in _find_capitals(text, name)
    )
    return replace(name, tokens=tokens) if tokens else name


def _find_capitals(text: str, name: Name) -> list[tuple[str, bool]]:
    """Each token of a name, and whether it is written in capitals."""
    words = {p.place: text[p.start_char : p.end_char] for p in name.parts if p.place >= 0}
    return [(name.tokens[i], len(word) > 1 and word.isupper()) for i, word in sorted(words.items())]


def parse_alone(text: str, tokens: tuple[str, ...]) -> Name:
    """Cut the name of a person whose tokens are known in parts, without its document.

    tokens (tuple[str, ...]): Of the full name.
    """
    name = cut_name(text)
    parsed = (_give_name_marks(text, name.parse(hints), tokens, tokens) for hints in _ALL_HINTS)
    fitting = (one for one in parsed if find_places(one, tokens) is not None)
    return next(fitting, None) or name.parse()
