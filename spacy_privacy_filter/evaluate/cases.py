"""What is measured: texts with their gold, and what one pipeline found in each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from ..corpus.details import Detail
from ..learning.gold import Gold
from ..types import CharSpan

UNSAID: Final = "not said"


@dataclass(frozen=True)
class Case:
    """One text with its gold. When printed, it never shows the text.

    text (str): The text.
    gold (Gold | None): Its personal data; None if nothing is said about any.
    details (tuple[Detail, ...]): One for each span of the gold.
    subject (str | None): Whose text it is; None for a subject of its own.
    group (str): Line of the table by source.
    cats (dict[str, float]): Its categories, empty if nothing is said about them.
    """

    text: str = field(repr=False)
    gold: Gold | None = field(repr=False, default=None)
    details: tuple[Detail, ...] = field(repr=False, default=())
    subject: str | None = field(repr=False, default=None)
    group: str = ""
    cats: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        n_spans = 0 if self.gold is None else len(self.gold.spans)
        if self.details and len(self.details) != n_spans:
            raise ValueError(f"There are {n_spans} spans, but details of {len(self.details)}.")

    def detail(self, i: int) -> Detail:
        """What gold says of its i-th span."""
        return self.details[i] if self.details else Detail()


@dataclass(frozen=True)
class Found:
    """What one pipeline found in one text.

    spans (tuple[CharSpan, ...]): Personal data.
    cats (dict[str, float]): Categories; empty if it gives none.
    """

    spans: tuple[CharSpan, ...] = field(repr=False, default=())
    cats: dict[str, float] = field(default_factory=dict)


def judged(case: Case, spans: Sequence[CharSpan]) -> list[CharSpan]:
    """The predictions that gold can judge: right ones, and those of which it says something.

    A label that was not annotated, and what touches an ignored stretch, is left out, unless the
    very span is in the gold. The same span of two components counts once.
    """
    gold = case.gold
    if gold is None:
        return []
    right = set(gold.spans)
    best: dict[tuple[int, int, str], CharSpan] = {}
    for span in spans:
        if span[:3] in right or can_judge(gold, span):
            old = best.setdefault(span[:3], span)
            best[span[:3]] = max(old, span, key=lambda s: s.score)
    return sorted(best.values())


def can_judge(gold: Gold, span: CharSpan) -> bool:
    """Whether gold says anything about a prediction that is not in it."""
    if gold.known is not None and span.label not in gold.known:
        return False
    return not any(span.start_char < end and start < span.end_char for start, end in gold.ignore)
