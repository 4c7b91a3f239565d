"""Texts that are all in capitals or small letters, as old systems, forms and chats have them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Final

from ..values.letter_case import to_lower, to_title, to_upper
from .segments import Segment

KEPT: Final = ("secret", "private_url", "private_email")  # case carries meaning there
# In what share of the texts: all of it in capitals, in small letters, each word with a capital,
# and the names alone in capitals.
SHARES: Final = (("upper", 0.045), ("lower", 0.02), ("title", 0.015), ("names", 0.03))
CHANGES: Final[dict[str, Callable[[str, str], str]]] = {
    "upper": to_upper,
    "lower": to_lower,
    "title": to_title,
    "names": to_upper,
}


def write_case(rng: Random, language: str, segments: Sequence[Segment]) -> list[Segment]:
    """Change the case of the letters in a small share of the texts; segments stay the same."""
    kinds = [kind for kind, _ in SHARES]
    shares = [share for _, share in SHARES]
    kind = rng.choices(["", *kinds], [1 - sum(shares), *shares])[0]
    if not kind:
        return list(segments)
    change = CHANGES[kind]
    return [
        segment._replace(text=change(segment.text, language))
        if segment.kind not in KEPT and (kind != "names" or segment.kind == "private_person")
        else segment
        for segment in segments
    ]
