"""People as each document of a corpus tells of them -> who they are in the whole of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ...labels.kinds import PERSON
from ...language.titles import GENERATIONS
from .mentions import Entity


class People:
    """What the documents of a corpus tell of the people of each name. The order does not matter.

    "Mr Sam Ek" of one document and "Mrs Sam Ek" of another are two. A "Sam Ek" of whom a document
    tells no more is then neither: nothing says which. If all that tell agree, he is the one of
    whom they tell.

    entities (Iterable[Entity]): Those of every document, as they are in it.
    """

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._told: dict[tuple[str, ...], set[str]] = {}
        for entity in entities:
            if entity.kind == PERSON and entity.told:
                self._told.setdefault(_shared_name(entity), set()).add(entity.told)

    def identify(self, entity: Entity) -> Entity:
        """Say who somebody of a document is in the corpus.

        RETURNS (Entity): The same one for all mentions of a person; as it was if no document that
            is known tells the same.
        """
        told = self._told.get(_shared_name(entity), set()) if entity.kind == PERSON else set()
        if not told or (entity.told and entity.told not in told):
            return entity
        if len(told) == 1:
            return replace(entity, told=next(iter(told)))
        # Within a document two of a gender may have been told apart by a number.
        number = re.sub(r"\D", "", entity.mark)
        mark = f"{entity.told}{number} {_generation(entity)}".strip()
        return replace(entity, mark=mark) if entity.told else entity


def _shared_name(entity: Entity) -> tuple[str, ...]:
    """What people must share to be one: of a family name alone, the title is a part of it."""
    alone = len(entity.tokens) == 1
    return (*entity.tokens, entity.mark if alone else _generation(entity))


def _generation(entity: Entity) -> str:
    words = re.sub(r"\d", "", entity.mark).split()
    return next((word for word in words if word in GENERATIONS.values()), "")
