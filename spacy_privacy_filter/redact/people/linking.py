"""The names of a document -> the person that each of them stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from ...language.given_names import given_gender
from ...language.names import Name
from ...language.short_forms import count_words, find_places, list_keys


@dataclass(eq=False)
class Person:
    """Somebody in a document, and what is known of them.

    tokens (tuple[str, ...]): Of the full name.
    gender (str): "female", "male" or "" if nothing tells.
    told (str): The same, by titles and words of kin alone.
    ranks (set[str]): Of all their titles, see `Name.ranks`.
    proven (set[str]): The same, of titles beside more than one word of the name.
    mark (str): Tells them from others with the same tokens.
    generation (str): "jr", "sr", "ii", ... or "".
    """

    tokens: tuple[str, ...] = field(repr=False)
    gender: str = ""
    ranks: set[str] = field(default_factory=set)
    proven: set[str] = field(default_factory=set)
    mark: str = ""
    told: str = ""
    generation: str = ""

    def take(self, name: Name) -> None:
        """Take in what a name of theirs tells."""
        self.gender = self.gender or name.gender
        self.told = self.told or name.gender
        self.ranks.update(name.ranks)
        if len(name.tokens) > 1:
            self.proven.update(name.ranks)
        self.generation = self.generation or name.generation


def link_names(names: Iterable[Name]) -> dict[Name, Person]:
    """Say who each name of a document stands for. The order of names does not matter.

    A short name stands for a longer one if it fits just one person and nothing speaks against it:
    no title, word of kin or given name of another gender, no "Jr" where another is "Sr", no "Dr"
    or "Judge" where all that is known is "Mr John Lee". "Ms Kern" can be "Dr Eva Kern"; but without
    a longer name, "Dr Lee" and "Mr Lee" are two, as "John Lee" and "John Lee Sr." always are. What
    could stand for two people stands for a person of its own, as do names that contradict each
    other.

    names (Iterable[Name]): Every name of the document.
    RETURNS (dict[Name, Person]): The person.
    """
    unique = sorted(set(names), key=_order_key)
    by_token: dict[str, list[Person]] = {}  # a name shares a token or half with its full one
    linked: dict[Name, Person] = {}
    for tokens, group in groupby(unique, key=lambda name: name.tokens):
        near = dict.fromkeys(p for token in tokens for p in by_token.get(token, ()))
        people = _link_group(list(group), list(near), linked)
        marks: set[str] = set()
        for i, person in enumerate(people):
            person.mark = _write_mark(person, len(people) > 1)
            if person.mark in marks:
                person.mark += str(i + 1)
            marks.add(person.mark)
            for key in dict.fromkeys(list_keys(tokens)):
                by_token.setdefault(key, []).append(person)
    return linked


def _order_key(name: Name) -> tuple[object, ...]:
    n_chars = sum(map(len, name.tokens))
    # What tells the most comes first of those that have the same tokens.
    titles = (name.gender, name.ranks, name.generation, name.locale)
    told = (not name.gender, -len(name.ranks), not name.generation, not name.locale)
    return (-count_words(name.tokens), -n_chars, name.tokens, *told, *titles, not name.has_title)


def _write_mark(person: Person, several: bool) -> str:
    """What an entity has beside its tokens: of a family name alone, the title is a part of it."""
    if len(person.tokens) > 1 and not several:
        return person.generation
    titled = sorted(person.ranks)
    words = (person.gender, *titled, person.generation)
    return " ".join(filter(None, words)) if titled or several else person.generation


def _link_group(
    names: Sequence[Name], near: Sequence[Person], linked: dict[Name, Person]
) -> list[Person]:
    """Link names of the same tokens. RETURNS (list[Person]): Those who are new."""
    longer = {name: _find_candidates(name, near) for name in names}
    people: list[Person] = []
    alike: dict[object, Person] = {}  # by what a name tells
    for name in names:
        telling = bool(name.gender or name.ranks or name.generation)
        fits = longer[name]
        same = [p for p in people if _agree(name, p)] if telling else people
        if len(name.tokens) > 1:  # a father and his son have one name, but for the "Sr."
            same = [person for person in same if person.generation == name.generation]
        likely = len(fits) == 1 and not (telling and _is_disputed(name, longer))
        if likely and not same:
            person = fits[0]
        elif (told := (name.gender, name.ranks, name.generation)) in alike:
            person = alike[told]
        elif not likely and len(same) == 1 and (not fits or telling):
            person = same[0]
        else:
            weak = given_gender(name.tokens[0]) if len(name.tokens) > 1 else ""
            person = Person(name.tokens, name.gender or weak)
            people.append(person)
            alike[told] = person
        person.take(name)
        linked[name] = person
    return people


def _find_candidates(name: Name, people: Sequence[Person]) -> list[Person]:
    """People of longer names whose name it can be, whatever their rank."""
    gender = name.gender or (given_gender(name.tokens[0]) if len(name.tokens) > 1 else "")
    return [
        person
        for person in people
        if find_places(name, person.tokens) is not None
        and not (gender and person.gender and gender != person.gender)
    ]


def _genders_differ(one: Name | Person, other: Name | Person) -> bool:
    return bool(one.gender and other.gender and one.gender != other.gender)


def _differ(one: Name | Person, other: Name | Person) -> bool:
    """Whether they cannot be one, whatever their titles are of."""
    generations = {one.generation, other.generation} - {""}
    return _genders_differ(one, other) or len(generations) > 1


def _ranks_differ(name: Name, other: Name | Person) -> bool:
    """Whether two family names alone have titles of different ranks: "Dr Lee", "Mr Lee"."""
    apart = not set(name.ranks) & set(other.ranks)
    return len(name.tokens) == 1 and bool(name.ranks and other.ranks) and apart


def _kinds(ranks: Iterable[str]) -> set[str]:
    """The ranks alone, where it does not matter which office somebody has."""
    return {rank.partition(" ")[0] for rank in ranks}


def _agree(name: Name, person: Person) -> bool:
    return not _differ(name, person) and not _ranks_differ(name, person)


def _suits(name: Name, person: Person) -> bool:
    """Whether a name can stand for the longer one of a person. A "Dr Kern" is a "Ms", too."""
    if _differ(name, person):
        return False
    plain = "plain" in name.ranks or not person.proven
    proven = bool(_kinds(person.proven) & _kinds(name.ranks))
    return len(name.tokens) > 1 or not name.ranks or plain or proven


def _is_disputed(name: Name, longer: Mapping[Name, Sequence[Person]]) -> bool:
    """Whether a name cannot stand for the one longer name that it fits, or another can as well.

    Two that contradict each other cannot both be that person, and nothing says which is.

    longer (Mapping[Name, Sequence[Person]]): People whom each name of the same tokens fits.
    """
    (person,) = longer[name]
    return not _suits(name, person) or any(
        _tells_apart(name, other, longer)
        or (_ranks_differ(name, other) and not _is_certain(name, other, longer))
        for other in longer
    )


def _tells_apart(name: Name, other: Name, longer: Mapping[Name, Sequence[Person]]) -> bool:
    """Whether the gender or generation of two names tells them apart, and both fit a person."""
    shared = set(longer[name]) & set(longer[other])
    return _differ(name, other) and bool(shared or not _genders_differ(name, other))


def _is_certain(name: Name, other: Name, longer: Mapping[Name, Sequence[Person]]) -> bool:
    """Whether one of another rank leaves it beyond doubt for whom a name stands."""
    (person,) = longer[name]
    if person.proven & set(name.ranks) or _genders_differ(name, other):
        return True
    if name.ranks == ("plain",) and name.gender and name.gender == person.gender:
        return True
    # Both are that person, a "Ms" and a "Dr", a "Rev." and a bishop: so it must be sure that the
    # other is.
    may_change = ("plain",) in (name.ranks, other.ranks) or _kinds(name.ranks) == _kinds(
        other.ranks
    )
    same = list(longer[other]) == [person] and _suits(other, person)
    return may_change and same and not any(_tells_apart(other, third, longer) for third in longer)
