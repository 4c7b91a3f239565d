"""Gold and predictions of one text -> counts by label, in four measures that do not hide another.

strict: same characters, same label. boundary: same characters, any label. partial: same label, the
overlap counts for what it covers. chars: every character that bears a label.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np

from ..learning.gold import Gold
from ..types import CharSpan
from .cases import Case, judged

STRICT, BOUNDARY, PARTIAL, CHARS = "strict", "boundary", "partial", "chars"
MEASURES: Final = (STRICT, BOUNDARY, PARTIAL, CHARS)
BETA: Final = 2.0  # of F2: a span that is missed costs more than a false alarm


class Counts(NamedTuple):
    """What was right, of how much.

    hits (float): What is right; a part for spans that overlap, in the measure "partial".
    found, gold (int): How much was predicted, and how much there is.
    """

    hits: float = 0.0
    found: float = 0.0
    gold: float = 0.0

    def plus(self, hits: float, found: float, gold: float) -> Counts:
        """Add to each."""
        return Counts(self.hits + hits, self.found + found, self.gold + gold)


def scores(hits: float, found: float, gold: float) -> dict[str, float | None]:
    """Precision, recall, F1 and F2 of counts; None where nothing is divided by."""
    return {
        "p": hits / found if found else None,
        "r": hits / gold if gold else None,
        "f": f_score(hits, found, gold, 1.0),
        "f2": f_score(hits, found, gold, BETA),
    }


def f_score(hits: float, found: float, gold: float, beta: float) -> float | None:
    """F of counts: (1 + b2) hits / (b2 gold + found); None if there is and was found nothing."""
    square = beta * beta
    whole = square * gold + found
    return (1 + square) * hits / whole if whole else None


def count_spans(gold: Gold, predicted: Iterable[CharSpan]) -> dict[str, dict[str, int]]:
    """Count what is right, wrong and missed in one text, strictly.

    A prediction counts only where gold can judge it: see `cases.judged`.

    RETURNS (dict): Label -> {"tp", "fp", "fn"}.
    """
    right = set(gold.spans)
    found = {span[:3] for span in judged(Case("", gold), list(predicted))}
    counts: dict[str, dict[str, int]] = {}
    for kind, spans in (("tp", right & found), ("fp", found - right), ("fn", right - found)):
        for *_, label in spans:
            counts.setdefault(label, {"tp": 0, "fp": 0, "fn": 0})[kind] += 1
    return counts


def count_all(case: Case, spans: Sequence[CharSpan]) -> dict[str, dict[str, Counts]]:
    """Count one text in every measure.

    RETURNS (dict): Measure -> label -> counts. Empty if the text has no gold.
    """
    if case.gold is None:
        return {}
    found = judged(case, spans)
    strict = {
        label: Counts(c["tp"], c["tp"] + c["fp"], c["tp"] + c["fn"])
        for label, c in count_spans(case.gold, spans).items()
    }
    return {
        STRICT: strict,
        BOUNDARY: _boundary(case.gold, found),
        PARTIAL: _partial(case.gold, found),
        CHARS: _chars(case.gold, found),
    }


def _boundary(gold: Gold, found: Sequence[CharSpan]) -> dict[str, Counts]:
    """Count stretches. A hit counts for gold's label; a stretch found under two labels once."""
    places = {(start, end): label for start, end, label in gold.spans}
    counts: dict[str, Counts] = {}
    seen: dict[tuple[int, int], str] = {}
    for span in found:
        place = (span.start_char, span.end_char)
        seen.setdefault(place, places.get(place, span.label))
    for place, label in seen.items():
        counts[label] = counts.get(label, Counts()).plus(float(place in places), 1, 0)
    for label in places.values():
        counts[label] = counts.get(label, Counts()).plus(0, 0, 1)
    return counts


def _partial(gold: Gold, found: Sequence[CharSpan]) -> dict[str, Counts]:
    """Count intersection over union of spans of one label, each with at most one of the other."""
    counts: dict[str, Counts] = {}
    for label in sorted({*(s[2] for s in gold.spans), *(s.label for s in found)}):
        own = [(start, end) for start, end, name in gold.spans if name == label]
        ours = [(s.start_char, s.end_char) for s in found if s.label == label]
        counts[label] = Counts(sum(match(own, ours)), len(ours), len(own))
    return counts


def match(gold: Sequence[tuple[int, int]], found: Sequence[tuple[int, int]]) -> list[float]:
    """Pair stretches that overlap, the best pair first, and give the IoU of each pair.

    Greedy: where disjoint stretches meet disjoint stretches, an IoU over a half has no rival.
    """
    pairs = []
    for i, (start, end) in enumerate(gold):
        for j, (first, last) in enumerate(found):
            common = min(end, last) - max(start, first)
            if common > 0:
                pairs.append((common / (max(end, last) - min(start, first)), -i, -j))
    made, used_gold, used_found = [], set(), set()
    for value, i, j in sorted(pairs, reverse=True):
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            made.append(value)
    return made


def _chars(gold: Gold, found: Sequence[CharSpan]) -> dict[str, Counts]:
    """Count characters that bear a label in both, in predictions, and in gold.

    Predictions that touch an ignored stretch do not count, as in every measure.
    """
    counts = {}
    n_chars = max([*(end for _, end, _ in gold.spans), *(s.end_char for s in found)], default=0)
    for label in sorted({*(s[2] for s in gold.spans), *(s.label for s in found)}):
        own, ours = np.zeros(n_chars, bool), np.zeros(n_chars, bool)
        for start, end, name in gold.spans:
            own[start:end] |= name == label
        for span in found:
            ours[span.start_char : span.end_char] |= span.label == label
        counts[label] = Counts(float((own & ours).sum()), float(ours.sum()), float(own.sum()))
    return counts


def total(counts: Mapping[str, Counts]) -> Counts:
    """Add up the counts of all labels."""
    made = Counts()
    for own in counts.values():
        made = made.plus(*own)
    return made


def covered(case: Case, spans: Sequence[CharSpan]) -> np.ndarray:
    """Which characters of a text some prediction covers, whatever its label. Shape: (n_chars,)."""
    hidden = np.zeros(len(case.text), bool)
    for span in spans:
        hidden[span.start_char : span.end_char] = True
    return hidden
