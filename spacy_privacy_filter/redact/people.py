"""A person's name -> another name of the same make, from Faker's lists; and its short forms."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from ..compat import missing
from .entities import Entity, Mention
from .given import GENDERS
from .locales import AUTO, DEFAULT
from .names import FEMALE, MALE, TITLES, Name, places_in

try:
    from faker import Faker
    from faker.config import AVAILABLE_LOCALES
except ImportError:
    raise missing("faker", "The operator surrogate") from None

# One token holds the family and the given name.
_FAMILY_FIRST = ("zh_CN", "zh_TW", "ja_JP", "ko_KR")
_UNSPACED = (*_FAMILY_FIRST, "th_TH")


def check_locale(locale: str) -> None:
    """Refuse a locale that Faker does not have.

    RAISES (ValueError): Neither "auto" nor one of Faker's.
    """
    if locale != AUTO and locale not in AVAILABLE_LOCALES:
        near = [name for name in AVAILABLE_LOCALES if name[:2] == locale[:2].lower()]
        raise ValueError(
            f'Unknown "locale" of the operator surrogate: {locale!r}. Choose "auto" or one of '
            f"Faker's: {', '.join(near or AVAILABLE_LOCALES)}."
        )


@cache
def faker_of(locale: str) -> Any:
    """One generator for each locale; whoever uses it sets its seed first."""
    return Faker(locale)


@cache
def known_names(locale: str, kind: str) -> frozenset[str]:
    """Given names of Faker's list, case folded.

    kind (str): "female" or "male".
    """
    for provider in faker_of(locale).get_providers():
        names = getattr(provider, f"first_names_{kind}", None)
        if names:
            return frozenset(str(name).casefold() for name in names)
    return frozenset()


def gender_of(mentions: list[Mention], entity: Entity, locale: str) -> str:
    """Guess "female", "male" or "" from titles, else from the given name."""
    tokens = entity.tokens
    if entity.told:
        return entity.told
    titles = {
        part.norm
        for mention in mentions
        if mention.name
        for part in mention.name.parts
        if part.role == "title"
    }
    female, male = bool(titles & FEMALE), bool(titles & MALE)
    if female == male:
        female = tokens[0] in known_names(locale, "female")
        male = tokens[0] in known_names(locale, "male")
    if not female and not male:
        return GENDERS.get(tokens[0], "")
    return "" if female == male else "female" if female else "male"


def draw_name(
    seed: int, tokens: tuple[str, ...], gender: str, locale: str, doubled: bool
) -> tuple[str, ...]:
    """Draw a name with a token for each token of the source.

    seed (int): Decides the name.
    tokens (tuple[str, ...]): Tokens of the source, given names before the family name.
    gender (str): "female", "male" or "".
    locale (str): One of Faker's.
    doubled (bool): Make double-barrelled names, of which there are many more.
    """
    fake = faker_of(locale)
    fake.seed_instance(seed)
    if not gender and locale != DEFAULT:  # in some languages both names must have the same
        gender = ("female", "male")[seed % 2]
    draw_first = getattr(fake, f"first_name_{gender}" if gender else "first_name")
    draw_last = getattr(fake, f"last_name_{gender}" if gender else "last_name", fake.last_name)
    n_words = 2 if doubled else 1
    family = "-".join(_word(draw_last()) for _ in range(n_words))
    firsts = ["-".join(_word(draw_first()) for _ in range(n_words)) for _ in tokens]
    if len(tokens) == 1:
        if locale in _UNSPACED:
            return (family + firsts[0],)
        given = any(tokens[0] in known_names(locale, kind) for kind in ("female", "male"))
        return (firsts[0] if given else family,)
    if len(tokens) == 2 and locale in _FAMILY_FIRST:
        return (family, firsts[0])
    return (*firsts[:-1], family)


def _word(name: str) -> str:
    """The longest word of a name: some lists hold "Le Goff", or names with a title."""
    words = [word for word in str(name).split() if word.rstrip(".").casefold() not in TITLES]
    return max(words or [str(name)], key=len)


def write_name(mention: Mention, made: tuple[str, ...], way: int = 0) -> str:
    """Write a drawn name in the form of a mention: its parts, order, initials, case and marks.

    mention (Mention): A mention of a person.
    made (tuple[str, ...]): The drawn name, a token for each token of the entity.
    way (int): How titles are written: with the source's dot (0), without (1), another one that
        means the same (2), or not at all (3).
    """
    name, text = mention.name or Name((), ()), mention.text
    places = places_in(name, mention.entity.tokens) or tuple(range(len(name.tokens)))
    written, end = [], 0
    for part in name.parts:
        written.append(text[end : part.start_char])
        end = part.end_char
        old = text[part.start_char : end]
        if part.role == "name":
            new = made[min(places[part.place], len(made) - 1)]
            new = _cased(new[:1] if len(part.norm) == 1 < len(new) else new, old)
        elif part.role == "title":
            dot = text[end : end + 1] == "."
            end += dot
            new = _title(part.norm, dot, way)
        else:
            new = "&" if part.role == "joiner" and way < 3 else ""
        end += not new and text[end : end + 1] == " "
        written.append(new)
    return re.sub(r" {2,}", " ", "".join([*written, text[end:]])).strip() or made[-1]


def _title(norm: str, dot: bool, way: int) -> str:
    if way == 3:
        return ""
    options = TITLES[norm]
    title = options[min(way // 2, len(options) - 1)]
    return f"{title}." if dot and way == 0 and len(title) == 2 else title


def _cased(new: str, old: str) -> str:
    if len(old) > 1 and old.isupper():
        return new.upper()
    return new.lower() if old.islower() else new
