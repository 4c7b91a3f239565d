"""The names of a document -> the person that each of them stands for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from .given import given_gender
from .names import Name, places_in


@dataclass(eq=False)
class Person:
    """Somebody in a document, and what is known of them.

    tokens (tuple[str, ...]): Of the full name.
    gender (str): "female", "male" or "" if nothing tells.
    told (str): The same, by titles and words of kin alone.
    ranks (set[str]): Of the titles that they have, see `Name.rank`.
    mark (str): Tells them from others with the same tokens.
    generation (str): "jr", "sr", "ii", ... or "".
    """

    tokens: tuple[str, ...] = field(repr=False)
    gender: str = ""
    ranks: set[str] = field(default_factory=set)
    mark: str = ""
    told: str = ""
    generation: str = ""

    def take(self, name: Name) -> None:
        """Take in what a name of theirs tells."""
        self.gender = self.gender or name.gender
        self.told = self.told or name.gender
        self.ranks.add(name.rank)
        self.generation = self.generation or name.generation


def link_names(names: Iterable[Name]) -> dict[Name, Person]:
    """Say who each name of a document stands for. The order of names does not matter.

    A short name stands for a longer one if it fits just one person and nothing speaks against it:
    no title, word of kin or given name of another gender, no "Dr" where another is "Mr", no "Jr"
    where another is "Sr". What could stand for two people stands for a person of its own, as do
    names that contradict each other.

    names (Iterable[Name]): Every name of the document.
    RETURNS (dict[Name, Person]): The person.
    """
    unique = sorted(set(names), key=_order)
    by_token: dict[str, list[Person]] = {}  # a name shares a whole token with its full one
    linked: dict[Name, Person] = {}
    for tokens, group in groupby(unique, key=lambda name: name.tokens):
        near = dict.fromkeys(p for token in tokens for p in by_token.get(token, ()))
        own = _link_group(list(group), list(near), linked)
        for i, person in enumerate(own):
            person.mark = _mark(person, len(own) > 1)
            if person.mark in {other.mark for other in own[:i]}:
                person.mark += str(i + 1)
            for token in dict.fromkeys(tokens):
                by_token.setdefault(token, []).append(person)
    return linked


def _order(name: Name) -> tuple[object, ...]:
    n_chars = sum(map(len, name.tokens))
    # What tells the most comes first of those that have the same tokens.
    own = (name.gender, name.rank, name.generation, name.locale)
    told = (*(not value for value in own), *own, not name.has_title)
    return (-len(name.tokens), -n_chars, name.tokens, *told)


def _mark(person: Person, several: bool) -> str:
    """What an entity has beside its tokens: of a family name alone, the title is a part of it."""
    if len(person.tokens) > 1 and not several:
        return person.generation
    titled = sorted(person.ranks - {""})
    words = (person.gender, *titled, person.generation)
    return " ".join(filter(None, words)) if titled or several else person.generation


def _link_group(
    names: Sequence[Name], near: Sequence[Person], linked: dict[Name, Person]
) -> list[Person]:
    """Link names of the same tokens. RETURNS (list[Person]): Those who are new."""
    longer = {name: _candidates(name, near) for name in names}
    own: list[Person] = []
    for name in names:
        telling = bool(name.gender or name.rank or name.generation)
        fits = longer[name]
        same = [p for p in own if _agree(name, p)] if telling else own
        # Two that contradict each other cannot both be that person, and nothing says which is.
        disputed = telling and any(
            _contradict(name, other)
            and (set(longer[other]) & set(fits) or not _genders_differ(name, other))
            for other in names
        )
        if len(fits) == 1 and not same and not disputed and _agree(name, fits[0]):
            person = fits[0]
        elif len(same) == 1 and (not fits or telling):
            person = same[0]
        else:
            weak = given_gender(name.tokens[0]) if len(name.tokens) > 1 else ""
            person = Person(name.tokens, name.gender or weak)
            own.append(person)
        person.take(name)
        linked[name] = person
    return own


def _candidates(name: Name, people: Sequence[Person]) -> list[Person]:
    """People of longer names whose name it can be, whatever their rank."""
    gender = name.gender or (given_gender(name.tokens[0]) if len(name.tokens) > 1 else "")
    return [
        person
        for person in people
        if places_in(name, person.tokens) is not None
        and not (gender and person.gender and gender != person.gender)
    ]


def _genders_differ(one: Name | Person, other: Name | Person) -> bool:
    return bool(one.gender and other.gender and one.gender != other.gender)


def _generations_differ(one: Name | Person, other: Name | Person) -> bool:
    own = {one.generation, other.generation} - {""}
    return len(own) > 1


def _agree(name: Name, person: Person) -> bool:
    if _genders_differ(name, person) or _generations_differ(name, person):
        return False
    ranks = (person.ranks | {name.rank}) - {""}
    return len(ranks) < 2 or len(name.tokens) > 1


def _contradict(one: Name, other: Name) -> bool:
    ranks = {one.rank, other.rank} - {""}
    differ = _genders_differ(one, other) or _generations_differ(one, other)
    return differ or (len(ranks) > 1 and len(one.tokens) == 1)
