"""Spans in any order -> groups of those that share characters, which are replaced together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..types import CharSpan


class Stretch(NamedTuple):
    """Characters that one placeholder takes the place of.

    start_char, end_char (int): Half-open, in Python characters.
    label (str): The label of the longest of the spans that were joined.
    """

    start_char: int
    end_char: int
    label: str


def group_overlaps(spans: Iterable[CharSpan], n_chars: int) -> list[list[CharSpan]]:
    """Group spans that share characters, so that each character is replaced once.

    spans (Iterable[CharSpan]): In any order.
    n_chars (int): Length of the text.
    RETURNS (list[list[CharSpan]]): In order, apart from each other; spans that only touch are not
        of one group.
    RAISES (ValueError): A span that is empty or reaches outside the text.
    """
    groups: list[list[CharSpan]] = []
    group_end = 0
    for span in sorted(spans, key=lambda s: (s.start_char, -s.end_char, s.label, -s.score)):
        check_inside(span, n_chars)
        if not groups or span.start_char >= group_end:
            groups.append([])
        groups[-1].append(span)
        group_end = max(group_end, span.end_char)
    return groups


def check_inside(span: CharSpan, n_chars: int) -> None:
    """Refuse a span that is empty or reaches outside a text.

    RAISES (ValueError): Such a span.
    """
    if not 0 <= span.start_char < span.end_char <= n_chars:
        raise ValueError(
            f"A span of label {span.label!r} covers characters {span.start_char} to "
            f"{span.end_char}, but the text has {n_chars}. Spans are not empty and lie inside the "
            "text: were they found in another version of it?"
        )


def find_longest(spans: Iterable[CharSpan]) -> CharSpan:
    """Find the longest span; of some that are as long, the first in the text, then by label."""
    return min(spans, key=lambda s: (s.start_char - s.end_char, s.start_char, s.label))


def join_overlaps(spans: Iterable[CharSpan], n_chars: int) -> list[Stretch]:
    """Join the spans of each group into one stretch, with the label of the longest.

    spans, n_chars: As for `group_overlaps`.
    RETURNS (list[Stretch]): In order, apart from each other.
    RAISES (ValueError): A span that is empty or reaches outside the text.
    """
    return [
        Stretch(*find_limits(group), find_longest(group).label)
        for group in group_overlaps(spans, n_chars)
    ]


def find_limits(group: Sequence[CharSpan]) -> tuple[int, int]:
    """Where a group begins and ends."""
    return group[0].start_char, max(span.end_char for span in group)
