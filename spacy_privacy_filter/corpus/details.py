"""What labelled data say of a span besides its label: whom it mentions, and how directly."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

DIRECT: Final = "direct"
QUASI: Final = "quasi"
UNSAID: Final = "not said"


@dataclass(frozen=True)
class Detail:
    """What gold says of one span besides its label.

    identifier_type (str | None): "direct" or "quasi"; None if gold does not say.
    entity_id (str | None): Spans with the same id mention the same person or thing.
    """

    identifier_type: str | None = None
    entity_id: str | None = field(default=None, repr=False)
