"""Entities of a document -> those that components of others found, as exact spans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from spacy.tokens import Doc

from ..types import CharSpan
from .annotations import get_lost_ents
from .token_spans import to_spacy_spans

# Labels of spaCy's models for amounts, which say nothing of anybody.
HARMLESS: Final = frozenset(("CARDINAL", "ORDINAL", "PERCENT", "QUANTITY", "MONEY"))


def find_foreign(doc: Doc, spans: Sequence[CharSpan]) -> list[CharSpan]:
    """Find the entities that no component of ours wrote.

    Ours are grown to whole tokens in `doc.ents`, and merged: an entity is ours if its tokens are
    all those of our spans, one of which has its label. Entities that gave way to our spans count.

    doc (Doc): The document.
    spans (Sequence[CharSpan]): What our components found in it.
    RETURNS (list[CharSpan]): In order; the source is "ents:LABEL".
    """
    lost = [
        ent
        for start, end, label in get_lost_ents(doc)
        if (ent := doc.char_span(start, end, label)) is not None
    ]
    ents = sorted({*doc.ents, *lost}, key=lambda ent: (ent.start, ent.end))
    if not ents:
        return []
    ours = np.zeros(len(doc), dtype=bool)
    labelled = {ent.label: np.zeros(len(doc), dtype=bool) for ent in ents}
    for span in to_spacy_spans(doc, spans):
        ours[span.start : span.end] = True
        if span.label in labelled:
            labelled[span.label][span.start : span.end] = True
    return [
        CharSpan(ent.start_char, ent.end_char, ent.label_, 1.0, f"ents:{ent.label_}")
        for ent in ents
        if not ours[ent.start : ent.end].all() or not labelled[ent.label][ent.start : ent.end].any()
    ]


def uncovered(
    entities: Sequence[CharSpan], spans: Sequence[CharSpan], n_chars: int
) -> list[CharSpan]:
    """Give the entities that have a character in no span, of a text of `n_chars` characters."""
    if not entities:
        return []
    covered = np.zeros(n_chars, dtype=bool)
    for span in spans:
        covered[span.start_char : span.end_char] = True
    return [ent for ent in entities if not covered[ent.start_char : ent.end_char].all()]
