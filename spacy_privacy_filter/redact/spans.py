"""What a caller gave as a text and its spans -> checked, as `CharSpan`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from numbers import Integral, Real
from typing import Any

from ..types import NETWORK, CharSpan

_SPAN = (
    "a CharSpan, as `extract_pii` gives them, or a tuple (start_char, end_char, label), after "
    "which a score may stand"
)


def check_text(text: str) -> None:
    """Refuse what is no text. RAISES (TypeError): Not a str."""
    if not isinstance(text, str):
        raise TypeError(f"A text is a str, but this is {type(text).__name__}.")


def check_spans(spans: Iterable[Any]) -> list[CharSpan]:
    """Take what a caller gave as spans: each a `CharSpan`, or start, end, label and perhaps score.

    RAISES (TypeError): Anything else.
    RAISES (ValueError): An empty label.
    """
    if isinstance(spans, (str, bytes, Mapping)) or not isinstance(spans, Iterable):
        raise TypeError(f"Spans are a list of {_SPAN}, but this is a {type(spans).__name__}.")
    return [_check_span(span, i) for i, span in enumerate(spans)]


def _check_span(span: Any, i: int) -> CharSpan:
    parts = list(span) if isinstance(span, (tuple, list)) else []
    source = parts.pop() if isinstance(span, CharSpan) else NETWORK
    score = parts[3] if len(parts) == 4 else 1.0
    if len(parts) in (3, 4) and isinstance(parts[2], str) and _is_number(score):
        places = parts[:2]
        if not parts[2].strip():
            raise ValueError(f"A span needs a label, but that of number {i} of them is empty.")
        if all(isinstance(n, Integral) and not isinstance(n, bool) for n in places):
            return CharSpan(int(parts[0]), int(parts[1]), parts[2], float(score), source)
    types = ", ".join(type(part).__name__ for part in parts)
    what = f"{type(span).__name__}{f' of ({types})' if parts else ''}"
    raise TypeError(f"A span is {_SPAN}, but number {i} of them is a {what}.")


def _is_number(value: Any) -> bool:
    return isinstance(value, Real) and bool(value == value)
