"""The stretches of a text -> who or what each of them mentions, the same thing the same entity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ...labels.kinds import ACCOUNT, AGE, DATE, EMAIL, PERSON, PHONE, POSTCODE, SECRET, kind_of
from ...language.names import Name, normalise
from ...types import CharSpan
from .in_context import read_names
from .linking import Person, link_names


@dataclass(frozen=True, order=True)
class Entity:
    """What is mentioned. Two mentions are of one entity if theirs are equal.

    kind (str): One of `kinds.KINDS`.
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


@dataclass(frozen=True)
class Mention:
    """A stretch of a text that an operator replaces. It never shows its text when printed.

    start_char, end_char (int): Half-open, in Python characters.
    label (str): Label of the stretch.
    text (str): Its characters.
    entity (Entity): Who or what is mentioned.
    name (Name | None): The parts of a person's name.
    score (float): The highest score of the spans that make it up.
    """

    start_char: int
    end_char: int
    label: str
    text: str = field(repr=False)
    entity: Entity = field(repr=False)
    name: Name | None = field(repr=False, default=None)
    score: float = 1.0

    @property
    def kind(self) -> str:
        """One of `kinds.KINDS`."""
        return kind_of(self.label)


def find_mentions(text: str, stretches: Sequence[CharSpan]) -> list[Mention]:
    """Find the entity of each stretch of a document; names are linked to the full ones in it.

    text (str): The text.
    stretches (Sequence[CharSpan]): Disjoint stretches of it.
    RETURNS (list[Mention]): One for each stretch, in order.
    """
    held = [text[span.start_char : span.end_char] for span in stretches]
    persons = {
        i: (span.start_char, span.end_char)
        for i, span in enumerate(stretches)
        if kind_of(span.label) == PERSON
    }
    read = read_names(text, persons)
    names = [read.get(i) for i in range(len(stretches))]
    full = link_names(name for name in names if name is not None)
    return [
        Mention(
            span.start_char,
            span.end_char,
            span.label,
            own,
            _entity(span, own, name, full),
            name,
            span.score,
        )
        for own, name, span in zip(held, names, stretches, strict=True)
    ]


def _entity(span: CharSpan, text: str, name: Name | None, full: dict[Name, Person]) -> Entity:
    kind = kind_of(span.label)
    if name is not None:
        person = full[name]
        return Entity(kind, person.tokens, person.mark, person.told)
    norm = normalise(text)
    if kind in (PHONE, ACCOUNT, POSTCODE):
        norm = re.sub(r"[\W_]", "", norm) or norm
    elif kind == SECRET:
        norm = text  # case counts in a password
    if kind in (EMAIL, PHONE, ACCOUNT, POSTCODE, DATE, AGE, SECRET):
        return Entity(kind, (norm,))
    return Entity(f"{kind}:{span.label}", (norm,))


def first_mentions(mentions: Iterable[Mention]) -> dict[Entity, Mention]:
    """The first mention of each entity, in the order of the text."""
    found: dict[Entity, Mention] = {}
    for mention in sorted(mentions, key=lambda m: m.start_char):
        found.setdefault(mention.entity, mention)
    return found
