"""A text and its spans -> the text with a placeholder for each span.

Works on characters, whatever any tokenizer did.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from numbers import Integral, Real
from typing import Any, NamedTuple

from ..types import CharSpan

PLACEHOLDER = "[{label}]"
_SPAN = (
    "a CharSpan, as `extract_pii` gives them, or a tuple (start_char, end_char, label), after "
    "which a score may stand"
)


class Stretch(NamedTuple):
    """Characters that one placeholder takes the place of.

    start_char, end_char (int): Half-open, in Python characters.
    label (str): The label of the longest of the spans that were joined.
    """

    start_char: int
    end_char: int
    label: str


def read_spans(spans: Iterable[Any]) -> list[CharSpan]:
    """Read what a caller gave as spans: each a `CharSpan`, or start, end, label and perhaps score.

    RAISES (TypeError): Anything else.
    RAISES (ValueError): An empty label.
    """
    if isinstance(spans, (str, bytes, Mapping)) or not isinstance(spans, Iterable):
        raise TypeError(f"Spans are a list of {_SPAN}, but this is a {type(spans).__name__}.")
    return [_read_span(span, i) for i, span in enumerate(spans)]


def _read_span(span: Any, i: int) -> CharSpan:
    parts = list(span) if isinstance(span, (tuple, list)) else []
    score = parts[3] if len(parts) == 4 else 1.0
    if len(parts) in (3, 4) and isinstance(parts[2], str) and _is_number(score):
        places = parts[:2]
        if not parts[2].strip():
            raise ValueError(f"A span needs a label, but that of number {i} of them is empty.")
        if all(isinstance(n, Integral) and not isinstance(n, bool) for n in places):
            return CharSpan(int(parts[0]), int(parts[1]), parts[2], float(score))
    found = ", ".join(type(part).__name__ for part in parts)
    what = f"{type(span).__name__}{f' of ({found})' if parts else ''}"
    raise TypeError(f"A span is {_SPAN}, but number {i} of them is a {what}.")


def _is_number(value: Any) -> bool:
    return isinstance(value, Real) and bool(value == value)


def mask(text: str, spans: Sequence[CharSpan], placeholder: str = PLACEHOLDER) -> str:
    """Replace every span of a text by a placeholder that names its label.

    Spans that overlap are replaced together, by one placeholder; spans that only touch are not.

    text (str): Any text.
    spans (Sequence[CharSpan]): What to replace, in any order.
    placeholder (str): "{label}" in it becomes the label in capitals, as in "[PRIVATE_PERSON]".
    RETURNS (str): The text, with no character of any span left.
    RAISES (ValueError): A span that is empty or reaches outside the text.
    """
    parts, end = [], 0
    for stretch in join_overlaps(read_spans(spans), len(text)):
        parts += [text[end : stretch.start_char], fill(placeholder, stretch.label)]
        end = stretch.end_char
    return "".join([*parts, text[end:]])


def fill(placeholder: str, label: str) -> str:
    """Put a label into a placeholder. Not `str.format`: other braces stay as they are."""
    return placeholder.replace("{label}", label.upper())


def join_overlaps(spans: Iterable[CharSpan], n_chars: int) -> list[Stretch]:
    """Join spans that share characters, so that each character is replaced once.

    spans (Iterable[CharSpan]): In any order.
    n_chars (int): Length of the text.
    RETURNS (list[Stretch]): In order, apart from each other. A stretch has the label of its longest
        span, of two that are as long the first.
    RAISES (ValueError): A span that is empty or reaches outside the text.
    """
    done: list[Stretch] = []
    longest = 0
    for span in sorted(spans, key=lambda span: (span.start_char, -span.end_char, span.label)):
        start, end, label = span.start_char, span.end_char, span.label
        if not 0 <= start < end <= n_chars:
            raise ValueError(
                f"A span of label {label!r} covers characters {start} to {end}, but the text has "
                f"{n_chars}. Spans are not empty and lie inside the text: were they found in "
                "another version of it?"
            )
        if not done or start >= done[-1].end_char:
            done.append(Stretch(start, end, label))
            longest = end - start
            continue
        last = done[-1]
        keep = last.label if longest >= end - start else label
        longest = max(longest, end - start)
        done[-1] = Stretch(last.start_char, max(last.end_char, end), keep)
    return done
