"""Digits and years as a language writes them."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from .render import Segment

ZEROS = {
    "hi": "०",
    "mr": "०",
    "bn": "০",
    "gu": "૦",
    "pa": "੦",
    "or": "୦",
    "te": "౦",
    "kn": "೦",
    "ml": "൦",
    "ta": "௦",
    "ar": "٠",
    "fa": "۰",
    "ur": "۰",
    "th": "๐",
}
SHARE = {"ar": 0.3, "fa": 0.5, "hi": 0.2, "bn": 0.4, "mr": 0.25, "gu": 0.2, "or": 0.25}
KEPT = ("secret", "private_url", "private_email")  # typed on other keyboards


def write_digits(rng: Random, language: str, segments: Sequence[Segment]) -> list[Segment]:
    """Replace the digits of a text by those of its script, in a share of the texts."""
    if language not in ZEROS or rng.random() >= SHARE.get(language, 0.08):
        return list(segments)
    zero = ord(ZEROS[language])
    table = {ord("0") + i: chr(zero + i) for i in range(10)}
    return [
        segment if segment.kind in KEPT else segment._replace(text=segment.text.translate(table))
        for segment in segments
    ]
