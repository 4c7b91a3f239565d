"""Places of a text -> who or what each of them mentions, the same thing the same entity."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ...labels.kinds import (
    ACCOUNT,
    AGE,
    DATE,
    DEVICE,
    EMAIL,
    HANDLE,
    PERSON,
    PHONE,
    POSTCODE,
    SECRET,
)
from ...language.names import Name, normalise
from .in_context import parse_names
from .linking import Person, link_names


@dataclass(frozen=True, order=True)
class Entity:
    """What is mentioned. Two mentions are of one entity if theirs are equal.

    kind (str): One of `kinds.KINDS`; for those of no certain form, with the label after it.
    tokens (tuple[str, ...]): Words of the full name of a person; else one normalised text.
    mark (str): What tells people of the same tokens apart: "male plain" of "Mr Lee", "jr".
    told (str): "female" or "male" if titles or words of kin tell the gender of a person.
    """

    kind: str
    tokens: tuple[str, ...] = field(repr=False)
    mark: str = field(repr=False, default="")
    told: str = field(repr=False, default="")

    @property
    def text(self) -> str:
        """The normalised text, as it goes into a digest."""
        return "\0".join((*self.tokens, f"\0{self.mark}") if self.mark else self.tokens)


class Place(NamedTuple):
    """A stretch of a text whose label is decided.

    start_char, end_char (int): Half-open, in Python characters.
    label (str): Its label.
    kind (str): Kind of the label, one of `kinds.KINDS`.
    score (float): The highest score of the spans that make it up.
    """

    start_char: int
    end_char: int
    label: str
    kind: str
    score: float = 1.0


@dataclass(frozen=True)
class Mention:
    """A stretch of a text that an operator replaces. It never shows its text when printed.

    start_char, end_char (int): Half-open, in Python characters.
    label (str): Label of the stretch.
    text (str): Its characters.
    entity (Entity): Who or what is mentioned.
    kind (str): One of `kinds.KINDS`.
    name (Name | None): The parts of a person's name.
    score (float): The highest score of the spans that make it up.
    """

    start_char: int
    end_char: int
    label: str
    text: str = field(repr=False)
    entity: Entity = field(repr=False)
    kind: str
    name: Name | None = field(repr=False, default=None)
    score: float = 1.0


def find_mentions(text: str, places: Sequence[Place]) -> list[Mention]:
    """Find the entity of each place of a document; names are linked to the full ones in it.

    text (str): The text.
    places (Sequence[Place]): Disjoint stretches of it.
    RETURNS (list[Mention]): One for each place, in their order.
    """
    names = parse_names(
        text, {i: place[:2] for i, place in enumerate(places) if place.kind == PERSON}
    )
    people = link_names(names.values())
    mentions = []
    for i, (start, end, label, kind, score) in enumerate(places):
        name = names.get(i)
        person = people[name] if name is not None else None
        entity = _find_entity(text[start:end], label, kind, person)
        mentions.append(Mention(start, end, label, text[start:end], entity, kind, name, score))
    return mentions


def _find_entity(text: str, label: str, kind: str, person: Person | None) -> Entity:
    if person is not None:
        return Entity(kind, person.tokens, person.mark, person.told)
    norm = normalise(text)
    if kind in (PHONE, ACCOUNT, POSTCODE):
        norm = re.sub(r"[\W_]", "", norm) or norm
    elif kind == DEVICE:
        norm = _normalise_device(norm)
    elif kind == SECRET:
        norm = text  # case counts in a password
    if kind in (EMAIL, HANDLE, PHONE, ACCOUNT, DEVICE, POSTCODE, DATE, AGE, SECRET):
        return Entity(kind, (norm,))
    return Entity(f"{kind}:{label}", (norm,))


def _normalise_device(norm: str) -> str:
    """Write an address or number of a machine in one way, whatever the notation."""
    try:
        return str(ipaddress.ip_address(norm))
    except ValueError:
        return re.sub(r"[\W_]", "", norm) or norm
