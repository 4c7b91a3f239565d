"""Spans of several texts about one person -> what one of them tells, in all of them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from ..types import CharSpan
from .carry import carry
from .telling import Memory, remember


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
    told: dict[Hashable, Memory] = {}
    for text, spans, group in zip(texts, rows, groups, strict=True):
        if group is not None:
            remember(told.setdefault(group, {}), text, spans)
    return [
        list(spans) if group is None else carry(text, spans, known=tuple(told[group].values()))
        for text, spans, group in zip(texts, rows, groups, strict=True)
    ]
