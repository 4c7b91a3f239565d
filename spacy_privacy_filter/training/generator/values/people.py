"""People: a language -> a person with given and family name, and how such a name is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from ....language.spelling import ROMANISED
from ..languages import load_languages
from ..tables import lists_of, read_table, words_of
from .letter_case import to_lower, to_upper

try:
    from faker import Faker
except ImportError as error:
    raise ImportError(
        "The generator of training texts needs faker, which is not installed here. "
        "Install it: pip install 'spacy-privacy-filter[training]'"
    ) from error

PEOPLE = "words/people.json"
# How a name alone is written: in which shape, and in which letters.
CELL_SHAPES = ("full", "given", "family", "sorted", "initial", "back")
CELL_SHAPE_WEIGHTS = (36, 22, 16, 14, 6, 6)
CELL_CASES = ("", "upper", "lower", "caps")
CELL_CASE_WEIGHTS = (42, 27, 18, 13)


@dataclass(frozen=True)
class Person:
    """A made-up person.

    given, family (str): Names, in the script of the culture.
    culture (str): Of the names; see `load_cultures`.
    middle (str): One capital letter, or nothing.
    family_first (bool): Whether the family name is written first and joined as the culture does.
    joiner (str): Between given and family name.
    """

    given: str
    family: str
    culture: str
    middle: str = ""
    family_first: bool = False
    joiner: str = " "

    @property
    def full(self) -> str:
        """The whole name as its culture writes it."""
        if self.family_first:
            return f"{self.family}{'' if self.culture in ('zh', 'ja', 'ko') else ' '}{self.given}"
        return f"{self.given}{self.joiner}{self.family}"


def load_cultures() -> Mapping[str, tuple[str, ...]]:
    """Read which of Faker's lists of names serve the people of a language."""
    return lists_of(PEOPLE, "locales")


@cache
def load_faker(locale: str) -> Faker:
    """Load Faker's lists of a locale once."""
    return Faker(locale)


def seeded_faker(rng: Random, locale: str) -> Faker:
    """Bring Faker's own randomness in step with ours."""
    fake = load_faker(locale)
    fake.seed_instance(rng.getrandbits(32))
    return fake


def make_person(rng: Random, language: str) -> Person:
    """Make a person for a text in a language: mostly of its culture, at times of another."""
    if language == "en":
        kinds = ("local", "western", "romanised", "listed", "nick")
        kind = rng.choices(kinds, (46, 24, 12, 12, 6))[0]
    else:
        spelt = read_table(PEOPLE)["transliterated"].get(language)
        sources = ("local", "western", "listed", "transliterated")
        kind = rng.choices(sources, (72, 4, 4, 20) if spelt else (86, 8, 6, 0))[0]
        if kind == "transliterated":
            given, family = rng.choice(spelt["given"]), rng.choice(spelt["family"])
            joiner = rng.choice(spelt["joiners"])
            return Person(given, family, f"{language}_foreign", joiner=joiner)
    if kind == "listed":
        # of cultures whose names Faker has in native script only
        names = rng.choice(read_table(PEOPLE)["listed"])
        return Person(rng.choice(names["given"]), rng.choice(names["family"]), "listed")
    if kind == "romanised":
        return romanised_person(rng)
    culture = language if kind != "western" else rng.choice(words_of(PEOPLE, "western"))
    person = faker_person(rng, culture)
    if kind == "nick":
        return Person(rng.choice(words_of(PEOPLE, "nicknames")), person.family, culture)
    return decorate(rng, person)


def faker_person(rng: Random, culture: str) -> Person:
    """Draw a person from our own list of a culture, or from Faker's."""
    listed = load_languages().get(culture)
    first = culture in words_of(PEOPLE, "family_first") or (
        culture in ("hu", "vi") and rng.random() < 0.8
    )
    # lists of ours hold common names, those of Faker rare ones too
    if (
        listed is not None
        and listed.given
        and (culture not in load_cultures() or rng.random() < 0.6)
    ):
        given, family = rng.choice(listed.given), rng.choice(listed.family)
        if culture in ("ru", "bg") and given[-1] in "аяь" and given != "Игорь":
            family += "а"
        return Person(given, family, culture, family_first=first)
    fake = seeded_faker(rng, rng.choice(load_cultures()[culture]))
    female = rng.random() < 0.5
    given = fake.first_name_female() if female else fake.first_name_male()
    family = given
    # some lists hold blanks or brackets; a name is letters, spaces and the marks of names
    for _ in range(5):
        family = fake.last_name_female() if female else fake.last_name_male()
        if family and not set(family) & set("()/,0123456789"):
            break
    return Person(given.strip(), family.strip(), culture, family_first=first)


def romanised_person(rng: Random) -> Person:
    """Draw a person whose name is written in another script at home, in Latin letters."""
    culture = rng.choice(("ru", "uk", "el", "ja"))
    if culture == "ja":
        fake = seeded_faker(rng, "ja_JP")
        return Person(fake.first_romanized_name(), fake.last_romanized_name(), "ja_latin")
    person = faker_person(rng, culture)
    given, family = (romanise(name) for name in (person.given, person.family))
    return Person(given, family, f"{culture}_latin")


def romanise(name: str) -> str:
    """Write a Cyrillic or Greek name in Latin letters, roughly as passports do."""
    latin = "".join(ROMANISED.get(char, char) for char in name.lower())
    return "-".join(part.capitalize() for part in latin.split("-"))


def decorate(rng: Random, person: Person) -> Person:
    """Add at times what lists of names lack: middle initials, double names, particles."""
    roll = rng.random()
    if person.family_first or not person.family.isascii():
        return person
    if roll < 0.08:
        return Person(person.given, person.family, person.culture, rng.choice("ABCDEFGHJKLMNPRSTW"))
    family = person.family
    if roll < 0.11:
        other = faker_person(rng, person.culture).family
        family = f"{family}{rng.choice('- ')}{other}"
    elif roll < 0.13:
        particle = rng.choice(words_of(PEOPLE, "particles"))
        family = f"{particle}{'' if particle[-1] in ' ' or not particle.islower() else ' '}{family}"
    return Person(person.given, family, person.culture)


def write_name(rng: Random, person: Person, form: str) -> str:
    """Write a person's name.

    form (str): "full", "given", "family", "sorted" (family name first), "back" (the same without
        a comma), "initial", "low" (small letters), "wordname" (a given name that is also a word
        or a place), "wordlow" (such a name in small letters), "wordfull" (such a name and a
        family name), "cell" (as a cell of a table may have it), or "" for any. Behind a blank
        may stand "upper" (capitals), "lower", or "caps" (the family name in capitals).
    """
    shape, _, case = form.partition(" ")
    if shape == "cell":
        shape = rng.choices(CELL_SHAPES, CELL_SHAPE_WEIGHTS)[0]
        # a family name of one character is no name by itself
        shape = "full" if shape == "family" and len(person.family) == 1 else shape
        case = rng.choices(CELL_CASES, CELL_CASE_WEIGHTS)[0]
    if case == "caps":
        person = replace(person, family=to_upper(person.family, person.culture))
    name = write_shape(rng, person, shape)
    change = {"upper": to_upper, "lower": to_lower}.get(case)
    return change(name, person.culture) if change else name


def write_shape(rng: Random, person: Person, form: str) -> str:
    """Write a person's name in a form without a case; see `write_name`."""
    if not form:
        forms = ("full", "given", "family", "initial", "sorted")
        weights = (80, 20, 0, 0, 0) if person.family_first else (70, 17, 5, 6, 2)
        form = rng.choices(forms, weights)[0]
    if form.startswith("word"):
        word = rng.choice(words_of(PEOPLE, "word_names"))
        return {"wordlow": word.lower(), "wordfull": f"{word} {person.family}"}.get(form, word)
    if form == "low":
        return write_name(rng, person, rng.choice(("given", "given", "full"))).lower()
    if form in ("given", "family"):
        # in Chinese and Japanese few are called by one character alone
        alone = person.culture in ("zh", "ja") and len(person.given) == 1
        given = person.full if alone else person.given
        return given if form == "given" else person.family
    if form == "sorted" and not person.family_first:
        return f"{person.family}, {person.given}{f' {person.middle}.' if person.middle else ''}"
    if form == "initial" and not person.family_first:
        second = f"{person.middle}." if person.middle else ""
        dot = rng.choice([". ", ". ", " ", "."])
        if second:  # has a dot of its own
            return f"{person.given[0]}.{second}{dot.lstrip('.')}{person.family}"
        return f"{person.given[0]}{dot}{person.family}".strip()
    if form == "back" and not person.family_first:
        return f"{person.family} {person.given}"
    if person.middle:
        return f"{person.given} {person.middle}. {person.family}"
    return person.full
