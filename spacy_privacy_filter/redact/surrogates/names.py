"""A person's name -> another name of the same make, from Faker's lists; and its short forms."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from ...compat import missing
from ...language.given_names import given_gender
from ...language.locales import AUTO, DEFAULT
from ...language.names import PARTICLES, Name
from ...language.short_forms import FIRST_SIGN, is_asian, places_in, write_part
from ...language.spelling import fold_name
from ...language.titles import TITLES
from ..people.mentions import Entity, Mention

try:
    from faker import Faker
    from faker.config import AVAILABLE_LOCALES
except ImportError:
    raise missing("faker", "The operator surrogate") from None

# One token holds the family and the given name.
_FAMILY_FIRST = ("zh_CN", "zh_TW", "ja_JP", "ko_KR")
_UNSPACED = "th_TH"
_NO_NAMES = PARTICLES.union(TITLES)
_EXAMPLES = ("de_DE", "en_GB", "en_US", "es_ES", "fr_FR", "it_IT", "ja_JP", "pt_BR", "zh_CN")
Draw = Callable[[], str]
Source = Callable[[int, str, str], tuple[Draw, Draw]]
BARE = 5  # the way to write a name without titles
N_DRAWS = 20  # for a word that a name does not have yet


def check_locale(locale: str) -> None:
    """Refuse a locale that Faker does not have.

    RAISES (ValueError): Neither "auto" nor one of Faker's.
    """
    if locale != AUTO and locale not in AVAILABLE_LOCALES:
        near = [name for name in AVAILABLE_LOCALES if name[:2] == locale[:2].lower()]
        some = ", ".join(sorted(near) or _EXAMPLES)
        more = "" if near else f", ... (all {len(AVAILABLE_LOCALES)}: faker.config)"
        raise ValueError(
            f'Unknown "locale" of the operator surrogate: {locale!r}. Choose "auto" or one of '
            f"Faker's, a language and a country: {some}{more}."
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
    if entity.told:
        return entity.told
    told = {mention.name.gender for mention in mentions if mention.name} - {""}
    if len(told) == 1:
        return told.pop()
    first = entity.tokens[0]
    if "-" in first and given_gender(first):  # "Jean" alone is a woman in English
        return given_gender(first)
    female, male = _is_given(first, locale, "female"), _is_given(first, locale, "male")
    if not female and not male:
        return given_gender(first)
    return "" if female == male else "female" if female else "male"


@cache
def _folded_names(locale: str, kind: str) -> frozenset[str]:
    return frozenset(fold_name(name) for name in known_names(locale, kind))


def _is_given(token: str, locale: str, kind: str) -> bool:
    """Whether a token is a given name of Faker's list, or begins with one: "mary-jane"."""
    names = _folded_names(locale, kind)
    return token in names or token.partition("-")[0] in names


def draw_of_faker(seed: int, locale: str, gender: str) -> tuple[Draw, Draw]:
    """How given and family names of a locale are drawn, as often as people have them."""
    fake = faker_of(locale)
    fake.seed_instance(seed)
    first = getattr(fake, f"first_name_{gender}" if gender else "first_name")
    last = getattr(fake, f"last_name_{gender}" if gender else "last_name", fake.last_name)
    return first, last


def draw_name(
    seed: int, tokens: tuple[str, ...], gender: str, locale: str, source: Source
) -> tuple[str, ...]:
    """Draw a name with a token for each token of the source, with a hyphen where that has one.

    Of a whole name without a blank, in the scripts of China, Japan and Korea, it has two: the
    family name and the given name.

    seed (int): Decides the name.
    tokens (tuple[str, ...]): Tokens of the source, given names before the family name.
    gender (str): "female", "male" or "".
    locale (str): One of Faker's.
    source (Source): Where the words are drawn from: `draw_of_faker`, or what a stock has left.
    """
    if not gender and locale != DEFAULT:  # in some languages both names must have the same
        gender = ("female", "male")[seed % 2]
    draw_first, draw_last = source(seed, locale, gender)
    used: set[str] = set()

    def draw(make: Draw, token: str) -> str:
        n_words = 2 if "-" in token.strip("-") else 1
        return "-".join(_fresh(make, used) for _ in range(n_words))

    family = draw(draw_last, tokens[-1])
    firsts = [draw(draw_first, token) for token in tokens]
    if len(tokens) == 1:
        if locale in _FAMILY_FIRST:
            return (family, firsts[0])
        if locale == _UNSPACED:
            return (family + firsts[0],)
        given = any(_is_given(tokens[0], locale, kind) for kind in ("female", "male"))
        return (firsts[0] if given else family,)
    if len(tokens) == 2 and locale in _FAMILY_FIRST:
        return (family, firsts[0])
    return (*firsts[:-1], family)


def _fresh(make: Draw, used: set[str]) -> str:
    """Draw a word that the name does not have yet, if the list is not too short for it."""
    word = ""
    for _ in range(N_DRAWS):
        word = word_of(make())
        if word.casefold() not in used:
            break
    used.add(word.casefold())
    return word


def word_of(name: str) -> str:
    """The longest word of a name: some lists hold "van Es", or names with a title."""
    words = [word for word in str(name).split() if word.rstrip(".").casefold() not in _NO_NAMES]
    return max(words or [str(name)], key=len)


def keeps_a_name(tokens: tuple[str, ...], made: tuple[str, ...]) -> bool:
    """Whether a drawn name has a name of the source, however short it is.

    tokens (tuple[str, ...]): Tokens of the source.
    made (tuple[str, ...]): The drawn name. Where names are written without a blank, as in Chinese,
        no character may be the same: the first is the family name.
    """
    signs = {char for char in "".join(tokens) if ord(char) >= FIRST_SIGN}
    if signs & set("".join(made)):
        return True
    words = {fold_name(word) for token in made for word in token.split("-")}
    own = {word for token in tokens for word in (token, *token.split("-"))}
    return bool(words & {word for word in own if len(word) > 1})


def write_name(mention: Mention, made: tuple[str, ...], way: int = 0) -> str:
    """Write a drawn name in the form of a mention: its parts, order, initials, case and marks.

    mention (Mention): A mention of a person.
    made (tuple[str, ...]): The drawn name, a token for each token of the entity.
    way (int): How titles are written: with the source's dot (0), without (1), another one that
        means the same (2), the first alone (3), in another form (4), or not at all (5). From the
        third on, what follows a name is left out.
    """
    name, text = mention.name or Name((), ()), mention.text
    full = mention.entity.tokens
    places = places_in(name, full) or tuple(range(len(name.tokens)))
    names = [text[p.start_char : p.end_char] for p in name.parts if p.role == "name"]
    joint = "&" in text or any(part.role == "joiner" for part in name.parts)
    small = all(word.islower() for word in names)
    written: list[str] = []
    titles, end = [""], 0
    for part in name.parts:
        gap, old = text[end : part.start_char], text[part.start_char : part.end_char]
        if part.role == "title" and "&" in gap:
            gap = gap.replace("&", "+" if way < 3 else "")
        end = part.end_char
        dot = part.role in ("title", "suffix", "particle") and text[end : end + 1] == "."
        end += dot
        if part.role == "title" and text[end : end + 1] in tuple("'’׳"):
            end += 1  # of a short form in Hebrew, whose other forms have their own
        if part.role == "name":
            place = places[part.place]
            unspaced = len(full) == 1 < len(made)
            pieces = made if unspaced else made[min(place, len(made) - 1)].split("-")
            token, n = name.tokens[part.place], places[: part.place].count(place)
            new = write_part(token, full[min(place, len(full) - 1)], pieces, old, n)
            new = _cased(new, old, small)
        elif part.role == "title":
            new = _title(part.norm, old, dot, way)
            # Of "Prof. Dr." one is enough.
            more = way > 2 and (joint or any(titles))
            new = "" if more or (new.strip(".") in titles and not joint) else new
            titles.append(new.strip("."))
        elif part.role == "suffix":
            new = f"{old}{'.' * (dot and way == 0)}" if way < 2 else ""
            gap = "" if way == 1 and is_asian(old) else gap
        else:
            new = "&" if part.role == "joiner" and way < 3 and any(written) else ""
        if not new and (part.role == "suffix" or gap == "-"):
            gap = ""
        end += not new and part.role != "suffix" and text[end : end + 1] == " "
        written += [gap, new]
    rest = text[end:]
    if rest == "s" and written[-1:] and written[-1][-1:] in ("s", "x", "z", "ß"):
        rest = "’"  # the genitive of a German name
    return re.sub(r" {2,}", " ", "".join([*written, rest])).strip() or made[-1]


def _title(norm: str, old: str, dot: bool, way: int) -> str:
    options = TITLES[norm].written
    if way == BARE or not options:
        return ""
    title = options[min(way in (2, 4), len(options) - 1)]
    title = f"{title}." if dot and way == 0 and len(title) < 4 and title.isalpha() else title
    return title[:1].upper() + title[1:] if old[:1].isupper() else title


def _cased(new: str, old: str, small: bool) -> str:
    if len(old) > 1 and old.isupper():
        return new.upper()
    return new.lower() if small else new[:1].title() + new[1:]
