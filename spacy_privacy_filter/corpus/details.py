"""What gold may say of a span besides its label: how much it tells, and of whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

DIRECT: Final = "direct"
QUASI: Final = "quasi"
KEYS: Final = ("identifier_type", "entity_id")
# What TAB calls neither: the span stays a span, of which nobody says how much it tells.
IDENTIFIERS: Final = {DIRECT: DIRECT, QUASI: QUASI, "no_mask": None}


@dataclass(frozen=True)
class Detail:
    """What gold says of one span besides its label.

    identifier_type (str | None): "direct" or "quasi"; None if gold does not say.
    entity_id (str | None): Spans with the same id mention the same person or thing.
    """

    identifier_type: str | None = None
    entity_id: str | None = field(default=None, repr=False)


def check_detail(values: Any, where: str) -> Detail:
    """Check what is said of a span besides its label. RAISES (ValueError): Anything unknown."""
    if not isinstance(values, dict) or not set(values) <= set(KEYS):
        raise ValueError(f"{where}: its fourth item is an object with {', '.join(KEYS)}.")
    kind, entity = values.get("identifier_type"), values.get("entity_id")
    if kind is not None and (not isinstance(kind, str) or kind.lower() not in IDENTIFIERS):
        names = ", ".join(name.upper() for name in IDENTIFIERS)
        raise ValueError(f"{where}: its identifier_type must be one of {names}.")
    if entity is not None and not isinstance(entity, str):
        raise ValueError(f"{where}: its entity_id must be a string.")
    return Detail(None if kind is None else IDENTIFIERS[kind.lower()], entity)
