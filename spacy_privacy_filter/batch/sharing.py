"""What was found in some passages of a file -> the same full names and values in all of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from ..labels.kinds import PERSON, kind_of
from ..rules.telling import EXACT_KINDS, LEAST_SCORE
from ..types import CharSpan

SHARED: Final = "shared"  # source of a span that another row told
_LEAST_CHARS: Final = 8
_LEAST_PERSON: Final = 0.9
_N_WORDS: Final = 3  # by which values are looked up
_WORD = re.compile(r"\w+")

# Values by their first words, the longest first.
_Known: TypeAlias = Mapping[tuple[str, ...], Sequence[tuple[str, CharSpan]]]


def share_values(
    texts: Sequence[str], rows: Sequence[Sequence[CharSpan]]
) -> list[Sequence[CharSpan]]:
    """Find full names and long values in every text of a file that one of them tells.

    Only what can hardly stand for anything else: a name of several words, a number or address. One
    word of a name may be another's in another row.

    texts (Sequence[str]): The texts.
    rows (Sequence[Sequence[CharSpan]]): What was found in each.
    RETURNS (list[Sequence[CharSpan]]): The same, with what was found besides, in order.
    """
    known: dict[tuple[str, ...], dict[str, CharSpan]] = {}  # by the first words
    for text, spans in zip(texts, rows, strict=True):
        for span in spans:
            value = text[span.start_char : span.end_char]
            if _is_shared(value, span) and (words := _WORD.findall(value)):
                known.setdefault((words[0],), {})  # so that other words are passed over at once
                known.setdefault(tuple(words[:_N_WORDS]), {}).setdefault(value, span)
    if not known:
        return list(rows)
    # The longest first, so that a value is not taken for the start of it.
    ordered = {
        words: sorted(values.items(), key=lambda item: -len(item[0]))
        for words, values in known.items()
    }
    return [_add(text, spans, ordered) for text, spans in zip(texts, rows, strict=True)]


def _is_shared(value: str, span: CharSpan) -> bool:
    kind = kind_of(span.label)
    if kind == PERSON:
        return span.score >= _LEAST_PERSON and len(value) >= _LEAST_CHARS and " " in value.strip()
    return kind in EXACT_KINDS and span.score >= LEAST_SCORE and len(value) >= _LEAST_CHARS


def _add(text: str, spans: Sequence[CharSpan], known: _Known) -> Sequence[CharSpan]:
    """Add what was found in a text where no span is."""
    starts = sorted(span.start_char for span in spans)
    ends = sorted(span.end_char for span in spans)
    # As many begin before its end as end before its start: none meets it.
    new = [
        one
        for one in _find(text, known)
        if bisect_left(starts, one.end_char) == bisect_right(ends, one.start_char)
    ]
    return sorted([*spans, *new]) if new else spans


def _find(text: str, known: _Known) -> Iterator[CharSpan]:
    words = list(_WORD.finditer(text))
    end = 0
    for i, word in enumerate(words):
        if word.start() < end:
            continue
        if (word[0],) not in known:
            continue
        first = [one[0] for one in words[i : i + _N_WORDS]]
        keys = (tuple(first[:n]) for n in range(len(first), 0, -1))
        candidates = (item for key in keys for item in known.get(key, ()))
        for value, span in candidates:
            start = word.start() - value.index(first[0])  # a "+" or "(" before the first word
            stop = start + len(value)
            if start >= end and text.startswith(value, start) and not _goes_on(text, value, stop):
                yield CharSpan(start, stop, span.label, span.score, SHARED)
                end = stop
                break


def _goes_on(text: str, value: str, stop: int) -> bool:
    """Whether a word goes on behind a value."""
    return value[-1].isalnum() and text[stop : stop + 1].isalnum()
