"""Spans of rules and of models -> spans that do not collide; no character of either is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from ..types import CharSpan

RULES: Final = "rules"
MODEL: Final = "model"
SCORE: Final = "score"
BOTH: Final = "both"
PREFERENCES: Final = (RULES, MODEL, SCORE, BOTH)


def merge(
    rules: Sequence[CharSpan], models: Mapping[str, Sequence[CharSpan]], prefer: str
) -> tuple[list[CharSpan], dict[str, list[CharSpan]]]:
    """Join spans of rules with the spans of models that they overlap.

    Spans that meet become one span over all their characters, which goes to the rules. Its label
    and score are those of the longest rule's span ("rules"), of the longest model's span
    ("model"), or of the best score, a rule's if equal ("score"). With "both" nothing is joined.

    rules (Sequence[CharSpan]): What rules found.
    models (Mapping[str, Sequence[CharSpan]]): What each model found, by name.
    prefer (str): One of `PREFERENCES`.
    RETURNS (tuple): The spans of the rules, sorted; and of each model those that met none.
    """
    left = {name: list(spans) for name, spans in models.items()}
    if prefer == BOTH:
        return sorted(rules), left
    everything = [(span, "", True) for span in rules]
    everything += [(span, name, False) for name, spans in models.items() for span in spans]
    everything.sort(key=lambda item: (item[0].start_char, -item[0].end_char, not item[2]))
    groups: list[list[tuple[CharSpan, str, bool]]] = []
    end = -1
    for item in everything:
        if item[0].start_char >= end:
            groups.append([])
        groups[-1].append(item)
        end = max(end, item[0].end_char) if len(groups[-1]) > 1 else item[0].end_char
    made: list[CharSpan] = []
    for group in groups:
        ours = [span for span, _, is_rule in group if is_rule]
        theirs = [span for span, _, is_rule in group if not is_rule]
        if not ours or not theirs:
            made += ours
            continue
        for span, name, is_rule in group:
            if not is_rule:
                left[name].remove(span)
        best = _best(ours, theirs, prefer)
        start = min(span.start_char for span, *_ in group)
        stop = max(span.end_char for span, *_ in group)
        made.append(best._replace(start_char=start, end_char=stop))
    return sorted(made), left


def _best(ours: list[CharSpan], theirs: list[CharSpan], prefer: str) -> CharSpan:
    if prefer == SCORE:
        return max(ours + theirs, key=lambda span: span.score)
    own = ours if prefer == RULES else theirs
    return max(own, key=lambda span: span.end_char - span.start_char)
