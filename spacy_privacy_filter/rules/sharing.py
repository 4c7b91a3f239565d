"""Spans that have grown, and may meet -> spans that share no character."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from typing import Final

from ..labels.kinds import ACCOUNT, EMAIL, PHONE, SECRET, URL, kind_of
from ..types import CharSpan

# Of two kinds, which keeps what both claim: what must never come back, then what has a form.
_RANKS: Final = {SECRET: 3, EMAIL: 2, URL: 2, ACCOUNT: 1, PHONE: 1}


def share_out(text: str, spans: Sequence[CharSpan], *, by_form: bool = False) -> list[CharSpan]:
    """Join spans of one label that share a character; of others, give it to one of them.

    It goes to a secret, then to the better score, then to the first. The others keep what is left
    of them, without the marks and blanks at the cut.

    text (str): The text.
    spans (Sequence[CharSpan]): Some of which may have grown into others.
    by_form (bool): Whether an address or number comes before what has no form, whatever the scores.
    RETURNS (list[CharSpan]): Sorted and disjoint; every letter and digit of `spans` is in one.
    """
    placed: list[CharSpan] = []
    for span in sorted(_join(spans), key=lambda span: (_rank(span, by_form), span)):
        for rest in list(_left_over(text, span, placed)):
            insort(placed, rest)
    return placed


def _rank(span: CharSpan, by_form: bool) -> tuple[int, float]:
    """Sorts what comes first first."""
    rank = _RANKS.get(kind_of(span.label), 0)
    return -rank if by_form or rank == _RANKS[SECRET] else 0, -span.score


def _join(spans: Sequence[CharSpan]) -> list[CharSpan]:
    """Join spans of one label that share a character; the score and source of the best."""
    joined: list[CharSpan] = []
    for span in sorted(spans, key=lambda span: (span.label, span)):
        last = joined[-1] if joined else None
        if last and last.label == span.label and span.start_char < last.end_char:
            best = span if span.score > last.score else last
            end = max(last.end_char, span.end_char)
            joined[-1] = best._replace(start_char=last.start_char, end_char=end)
        else:
            joined.append(span)
    return joined


def _left_over(text: str, span: CharSpan, placed: Sequence[CharSpan]) -> Iterator[CharSpan]:
    """What of a span none of the disjoint spans in `placed` covers."""
    i = bisect_left(placed, span.start_char, key=lambda other: other.end_char)
    start = span.start_char
    while i < len(placed) and placed[i].start_char < span.end_char:
        yield from _trim(text, span, start, placed[i].start_char)
        start = max(start, placed[i].end_char)
        i += 1
    yield from _trim(text, span, start, span.end_char)


def _trim(text: str, span: CharSpan, start: int, end: int) -> Iterator[CharSpan]:
    """Give a part of a span, without marks and blanks where it was cut; none without a letter."""
    while start != span.start_char and start < end and not text[start].isalnum():
        start += 1
    while end != span.end_char and start < end and not text[end - 1].isalnum():
        end -= 1
    if start < end:
        yield span._replace(start_char=start, end_char=end)
