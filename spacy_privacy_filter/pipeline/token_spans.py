"""Character spans -> spaCy spans, and what becomes of the entities that are there.

Every span is whole wherever it is: spans of ours that collide are merged, and where one meets an
entity of somebody else's, one of the two is left out of `doc.ents`. White space is what
`str.isspace` says it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
from spacy.tokens import Doc, Span

from ..types import CharSpan

KEEP: Final = "keep"
REPLACE: Final = "replace"
MERGE: Final = "merge"
NONE: Final = "none"
ENTS_POLICIES: Final = (KEEP, REPLACE, MERGE, NONE)


def to_spacy_spans(doc: Doc, spans: Iterable[CharSpan]) -> list[Span]:
    """Grow spans to whole tokens, so that every character of them is in a token of its span.

    `Doc.char_span` returns None or the wrong tokens where a span touches the space after a token;
    here a token owns that space. It only counts if the span holds nothing else.

    doc (Doc): The doc whose text the spans are of.
    spans (Iterable[CharSpan]): Spans with at least one character each.
    RETURNS (list[Span]): One for each span, in the same order; they may overlap (`merge_tokens`).
    RAISES (ValueError): Offsets outside the text.
    """
    starts = np.asarray(doc.to_array("IDX"), dtype=np.int64)
    ends = starts + np.asarray(doc.to_array("LENGTH"), dtype=np.int64)
    n_chars = doc[-1].idx + len(doc[-1].text_with_ws) if len(doc) else 0
    spans = list(spans)
    for span in spans:
        _check_offsets(span.start_char, span.end_char, n_chars)
    last = np.searchsorted(starts, [span.end_char - 1 for span in spans], side="right") - 1
    # The first token with a character of the span, or the one whose space is all of the span.
    first = np.searchsorted(ends, [span.start_char for span in spans], side="right")
    bounds = zip(spans, np.minimum(first, last).tolist(), last.tolist(), strict=True)
    return [Span(doc, start, end + 1, label=span.label) for span, start, end in bounds]


def merge_tokens(spans: Iterable[Span], scores: Iterable[float]) -> list[tuple[Span, float]]:
    """Merge spans that share a token, which `Doc.ents` would refuse (E1010).

    spans (Iterable[Span]): Spans of one doc.
    scores (Iterable[float]): Their scores.
    RETURNS (list[tuple[Span, float]]): In order, disjoint. A merged span covers all that its parts
        cover, with the label and score of the best of them; the earlier one if scores are equal.
    """
    merged: list[tuple[Span, float]] = []
    scored = zip(spans, scores, strict=True)
    for span, score in sorted(scored, key=lambda item: (item[0].start, item[0].end)):
        if merged and span.start < merged[-1][0].end:
            old, old_score = merged[-1]
            label = span.label if score > old_score else old.label
            both = Span(span.doc, old.start, max(old.end, span.end), label=label)
            merged[-1] = both, max(score, old_score)
        else:
            merged.append((span, score))
    return merged


def combine_ents(doc: Doc, ours: Iterable[tuple[Span, float]], policy: str) -> list[Span]:
    """Decide between our spans and the entities that the doc already has.

    "keep": entities that are there stay, and ours are added where they meet none. "replace": only
    ours. "merge": where they overlap, the higher score wins, ours if equal. The score of an entity
    is looked up in the span groups that list the same span (`doc.spans[...].attrs["scores"]`), else
    it is 0. "none": only the entities that are there.

    Who loses is left out whole: a phone number around a CARDINAL is no two numbers. So `doc.ents`
    may miss a span of ours, unless the policy is "replace"; redaction reads what misses none,
    `doc._.privacy_spans` and `doc.spans`.

    doc (Doc): The doc. It is not changed.
    ours (Iterable[tuple[Span, float]]): Our spans and their scores.
    policy (str): One of `ENTS_POLICIES`.
    RETURNS (list[Span]): In order, disjoint, for `Doc.set_ents`.
    RAISES (ValueError): An unknown policy.
    """
    if policy not in ENTS_POLICIES:
        raise ValueError(
            f'Unknown "ents_policy": {policy!r}. Choose one of: {", ".join(ENTS_POLICIES)}.'
        )
    theirs = [] if policy == REPLACE else list(doc.ents)
    if policy == NONE:
        return theirs
    ours = list(ours)
    merged = merge_tokens([span for span, _ in ours], [score for _, score in ours])
    ranked = [(True, span, score) for span, score in merged]
    if policy == MERGE:
        known = _known_scores(doc)
        scored = ((ent, known.get((ent.start, ent.end, ent.label), 0.0)) for ent in theirs)
        ranked += [(False, ent, score) for ent, score in scored]
        ranked.sort(key=lambda item: (-item[2], not item[0], item[1].start))
    else:
        ranked = [(False, ent, 0.0) for ent in theirs] + ranked
    taken = np.zeros(len(doc), dtype=bool)
    chosen: list[Span] = []
    for _, span, _ in ranked:
        if not taken[span.start : span.end].any():
            chosen.append(span)
            taken[span.start : span.end] = True
    return sorted(chosen, key=lambda span: span.start)


def _known_scores(doc: Doc) -> dict[tuple[int, int, int], float]:
    """Collect the scores of span groups by start, end and label; the highest of several."""
    known: dict[tuple[int, int, int], float] = {}
    for group in doc.spans.values():
        scores = group.attrs.get("scores")
        if scores is None or len(scores) != len(group):
            continue
        for span, score in zip(group, scores, strict=True):
            key = (span.start, span.end, span.label)
            known[key] = max(known.get(key, 0.0), float(score))  # in this order, NaN counts as 0
    return known


def _check_offsets(start_char: int, end_char: int, n_chars: int) -> None:
    """Refuse a stretch that is empty, backwards or outside the text."""
    if not 0 <= start_char < end_char <= n_chars:
        raise ValueError(
            f"Characters {start_char} to {end_char} are not a stretch of this text of {n_chars} "
            f"characters. The start must be at least 0, the end above the start and at most "
            f"{n_chars}."
        )
