"""Spans of several texts about one person -> what one of them tells, in all of them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from ..types import CharSpan
from .carry import carry
from .telling import Known


def carry_rows(
    texts: Sequence[str],
    rows: Sequence[Sequence[CharSpan]],
    groups: Sequence[Hashable | None],
) -> list[list[CharSpan]]:
    """Find names and values in the texts of a group that other texts of it tell; see `carry`.

    texts (Sequence[str]): The texts, such as rows of a table.
    rows (Sequence[Sequence[CharSpan]]): What was found in each.
    groups (Sequence[Hashable | None]): Whom each is about; None for a text that stands alone.
    RETURNS (list[list[CharSpan]]): Of each text, in order.
    """
    told: dict[Hashable, dict[tuple[str, str], Known]] = {}
    for text, spans, group in zip(texts, rows, groups, strict=True):
        if group is None:
            continue
        known = told.setdefault(group, {})
        for span in spans:
            value = text[span.start_char : span.end_char]
            old = known.get((value, span.label))
            if old is None or old.score < span.score:
                known[value, span.label] = Known(value, span.label, span.score)
    return [
        list(spans) if group is None else carry(text, spans, known=tuple(told[group].values()))
        for text, spans, group in zip(texts, rows, groups, strict=True)
    ]
