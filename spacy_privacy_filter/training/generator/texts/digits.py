"""Digits and years as a language writes them."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from ..languages import load_languages
from .segments import Segment

KEPT = ("secret", "private_url", "private_email")  # typed on other keyboards


def write_digits(rng: Random, language: str, segments: Sequence[Segment]) -> list[Segment]:
    """Replace the digits of a text by those of its script, in a share of the texts."""
    own = load_languages().get(language)
    if own is None or not own.zero or rng.random() >= own.zero_share:
        return list(segments)
    zero = ord(own.zero)
    table = {ord("0") + i: chr(zero + i) for i in range(10)}
    return [
        segment if segment.kind in KEPT else segment._replace(text=segment.text.translate(table))
        for segment in segments
    ]
