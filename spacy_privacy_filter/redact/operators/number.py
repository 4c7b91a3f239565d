"""An entity -> a numbered placeholder, "[PERSON_1]", the same in every mention."""

# No postponed annotations here: older spaCy cannot build a function of its registry from them.

import re

from ...labels.kinds import short
from ..people.mentions import Entity, Mention
from .base import Operator, Scope, check_placeholder

NUMBERED = "[{label}_{n}]"


def make_number(placeholder: str = NUMBERED) -> Operator:
    """Replace by a numbered placeholder, the same entity the same number: "[PERSON_1]".

    In a document numbers follow the text, in a corpus the digests of the entities. Numbers of
    placeholders that the text already holds are not used.

    placeholder (str): "{label}" becomes the short label, "{n}" the number.
    RAISES (ValueError): No "{n}" or "{label}" in the placeholder.
    """
    check_placeholder("number", placeholder, "{n}")
    check_placeholder("number", placeholder, "{label}")  # every label has a number 1
    escaped = re.escape(placeholder)
    parts = {re.escape("{label}"): "[A-Z0-9_]+", re.escape("{n}"): r"\d+"}
    for old, new in parts.items():
        escaped = escaped.replace(old, new)

    def apply(mention: Mention, scope: Scope) -> str:
        return str(scope.table(operator, lambda entities: build(entities, scope))[mention.entity])

    def build(entities: list[Entity], scope: Scope) -> dict[Entity, str]:
        values: dict[Entity, str] = {}
        last: dict[str, int] = {}
        taken = set(scope.literals)
        for entity in entities:
            label = short(scope.label(operator, entity))
            while True:
                last[label] = last.get(label, 0) + 1
                value = placeholder.replace("{label}", label).replace("{n}", str(last[label]))
                if value not in taken:
                    break
            taken.add(value)  # labels that end in a digit may run into the number
            values[entity] = value
        return values

    operator = Operator(apply, "number", assigns=True, writes=re.compile(escaped))
    return operator
