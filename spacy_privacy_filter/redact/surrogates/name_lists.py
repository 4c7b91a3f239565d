"""Names of Faker's lists -> those that a scope of many people has not used yet."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from random import Random

from ...language.locales import LATIN
from .names import get_faker, pick_word

# Whose names are taken when those of a language are used up; only names of the letters a to z.
_OTHERS = (
    "en_GB", "en_IE", "en_NZ", "de_AT", "nl_BE", "sv_SE", "fr_BE", "it_IT", "es_ES", "fi_FI",
    "de_DE", "nl_NL", "en_US", "et_EE", "da_DK", "no_NO",
)  # fmt: skip
_FEWEST = 20  # a list that is shorter is none: some locales make their names by rules
_ENOUGH = 100  # given names from which to choose


class UnusedNames:
    """What names are left. A family name that somebody has is drawn no more, so a draw is fast.

    seen (set[str]): Words of the sources, normalised: no name of real people is drawn.
    taken (set[str]): What is handed out, normalised; it only grows.
    normalise (Callable): Gives the form of a name that is in both.
    """

    def __init__(self, seen: set[str], taken: set[str], normalise: Callable[[str], str]) -> None:
        self.seen, self.taken, self.normalise = seen, taken, normalise
        self._families: dict[tuple[str, str], list[list[str]]] = {}
        self._unseen: dict[tuple[str, str, str, bool], tuple[str, ...]] = {}

    def family(self, rng: Random, locale: str, gender: str) -> str:
        """Draw a family name that nobody has: of the locale, of others, or of two words."""
        key = locale, gender
        if key not in self._families:
            lists = (list_names(locale, "last", gender), _list_names_of_others(locale, "last", ""))
            self._families[key] = [self._drop_seen(names) for names in lists]
        for names in self._families[key]:
            while names:
                i = rng.randrange(len(names))
                if self.normalise(names[i]) not in self.taken:
                    return names[i]
                names[i] = names[-1]
                names.pop()
        return "-".join(rng.sample(self._list_choices(locale, "last", gender), 2))

    def given(self, rng: Random, locale: str, gender: str, wide: bool, doubled: bool) -> str:
        """Draw a given name: of the locale, of others as well, or one of two words."""
        names = self._list_choices(locale, "first", gender, wide)
        return "-".join(rng.sample(names, 2)) if doubled else rng.choice(names)

    def any_family(self, rng: Random, locale: str, gender: str) -> str:
        """Draw a family name that others may have as well."""
        return rng.choice(self._list_choices(locale, "last", gender))

    def _list_choices(
        self, locale: str, part: str, gender: str, wide: bool = False
    ) -> tuple[str, ...]:
        key = locale, part, gender, wide
        if key not in self._unseen:
            names = list_names(locale, part, gender)
            unseen = self._drop_seen(names)
            if wide or len(unseen) < _ENOUGH:
                unseen += self._drop_seen(_list_names_of_others(locale, part, gender))
            self._unseen[key] = tuple(unseen if len(unseen) >= _FEWEST else names)
        return self._unseen[key]

    def _drop_seen(self, names: tuple[str, ...]) -> list[str]:
        return [name for name in names if self.normalise(name) not in self.seen]


@cache
def list_names(locale: str, part: str, gender: str) -> tuple[str, ...]:
    """Names of one word of a locale, sorted.

    part (str): "first" or "last".
    gender (str): "female", "male" or "" for both.
    """
    attributes = (f"{part}_names_{gender}", f"{part}_names") if gender else (f"{part}_names",)
    fake = get_faker(locale)
    for provider in fake.get_providers():
        for attribute in attributes:
            names = {pick_word(str(name)) for name in getattr(provider, attribute, None) or ()}
            names = {name for name in names if name.isalpha()}
            if len(names) >= _FEWEST:
                return tuple(sorted(names))
    fake.seed_instance(0)
    draw = getattr(fake, f"{part}_name_{gender}" if gender else f"{part}_name")
    return tuple(sorted({pick_word(draw()) for _ in range(2000)}))


@cache
def _list_names_of_others(locale: str, part: str, gender: str) -> tuple[str, ...]:
    if locale not in LATIN:
        return ()
    names = {
        name: None
        for other in _OTHERS
        if other != locale
        for name in list_names(other, part, gender)
        if name.isascii() and len(name) > 2
    }
    return tuple(names)
