"""A person's name -> another name of the same make, from Faker's lists."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from ...compat import missing
from ...language.given_names import given_gender
from ...language.locales import AUTO, DEFAULT
from ...language.names import PARTICLES
from ...language.short_forms import FIRST_SIGN
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
def get_faker(locale: str) -> Any:
    """One generator for each locale; whoever uses it sets its seed first."""
    fake = Faker(locale)
    for provider in fake.get_providers():
        if type(provider).__module__ == "faker.providers.address.it_IT":
            # Faker 40 takes them out of a set, whose order is another in each process: the same key
            # and seed would draw other towns there.
            provider.cities = sorted(provider.cities)
    return fake


@cache
def known_names(locale: str, kind: str) -> frozenset[str]:
    """Given names of Faker's list, case folded.

    kind (str): "female" or "male".
    """
    for provider in get_faker(locale).get_providers():
        names = getattr(provider, f"first_names_{kind}", None)
        if names:
            return frozenset(str(name).casefold() for name in names)
    return frozenset()


def guess_gender(mentions: list[Mention], entity: Entity, locale: str) -> str:
    """Guess "female", "male" or "" from titles, else from the given name."""
    if entity.told:
        return entity.told
    genders = {mention.name.gender for mention in mentions if mention.name} - {""}
    if len(genders) == 1:
        return genders.pop()
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
    fake = get_faker(locale)
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
        word = pick_word(make())
        if word.casefold() not in used:
            break
    used.add(word.casefold())
    return word


def pick_word(name: str) -> str:
    """The longest word of a name: some lists hold "van Es", or names with a title."""
    words = [word for word in str(name).split() if word.rstrip(".").casefold() not in _NO_NAMES]
    return max(words or [str(name)], key=len)


def keeps_a_name(tokens: tuple[str, ...], drawn: tuple[str, ...]) -> bool:
    """Whether a drawn name has a name of the source, however short it is.

    tokens (tuple[str, ...]): Tokens of the source.
    drawn (tuple[str, ...]): The drawn name. Where names are written without a blank, as in Chinese,
        no character may be the same: the first is the family name.
    """
    signs = {char for char in "".join(tokens) if ord(char) >= FIRST_SIGN}
    if signs & set("".join(drawn)):
        return True
    words = {fold_name(word) for token in drawn for word in token.split("-")}
    source = {word for token in tokens for word in (token, *token.split("-"))}
    return bool(words & {word for word in source if len(word) > 1})
