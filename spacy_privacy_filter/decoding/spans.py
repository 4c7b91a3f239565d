"""Tag path -> character spans -> spaCy spans.

Nothing that was predicted is lost on the way: spans that collide are merged, or cut to what is
free. White space is what `str.isspace` says it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc, Span

from ..labels.tags import OUTSIDE, TagSet
from ..types import CharSpan, Floats2d, Ints1d, Pieces
from .trim import trim_marks, trim_space

KEEP: Final = "keep"
REPLACE: Final = "replace"
MERGE: Final = "merge"
NONE: Final = "none"
ENTS_POLICIES: Final = (KEEP, REPLACE, MERGE, NONE)


# --- tag path -> character spans ---


def path_spans(path: Ints1d, tags: TagSet) -> list[tuple[int, int, int]]:
    """Read spans off a tag path, legal or not; every tag but O ends up in exactly one span.

    A span goes on from B or I to I or E of the same label, and only there. In a legal path that is
    all there is to know. In any other (of `decode_argmax`) it means that a span may lack its start
    or its end: "O I-x I-x O" is one span, "B-x B-x" are two, "B-x I-y" is one of each label.

    path (Ints1d): Tag ids. Shape: (n_pieces,).
    tags (TagSet): What the ids mean.
    RETURNS (list[tuple[int, int, int]]): start_piece, end_piece, index into `tags.labels`.
    """
    path = np.asarray(path)
    inside = np.flatnonzero(path != tags.ids[OUTSIDE])  # mostly few, so O costs next to nothing
    if not len(inside):
        return []
    positions = np.asarray(tags.prefixes)
    opened, going = np.isin(positions, ["B", "I"]), np.isin(positions, ["I", "E"])
    found = path[inside]
    labels = tags.label_ids[found]
    goes_on = (np.diff(inside) == 1) & (labels[1:] == labels[:-1])
    goes_on &= opened[found[:-1]] & going[found[1:]]
    first = np.flatnonzero(np.concatenate([[True], ~goes_on]))
    last = np.concatenate([first[1:], [len(found)]]) - 1
    columns = inside[first], inside[last] + 1, labels[first]
    return list(zip(*(column.tolist() for column in columns), strict=True))


def char_spans(
    text: str,
    pieces: Pieces,
    path: Ints1d,
    tags: TagSet,
    log_probs: Floats2d,
    *,
    marks: bool = False,
) -> list[CharSpan]:
    """Turn a tag path into labelled characters.

    White space at both ends is trimmed (most pieces begin with a space), and a span of nothing else
    is dropped: it hides nothing. Spans that share a character, because two pieces hold parts of it,
    become one span, with the label and score of the one that scores higher.

    text (str): The text.
    pieces (Pieces): Its pieces.
    path (Ints1d): Their tags. Shape: (n_pieces,).
    tags (TagSet): What the ids mean.
    log_probs (Floats2d): Tag log-probabilities in nats. Shape: (n_pieces, n_tags).
    marks (bool): Leave out marks that share a piece with an end of a span; see `edges.trim_marks`.
    RETURNS (list[CharSpan]): In order, disjoint; the score is the mean probability of the path's
        tags over the span's pieces.
    RAISES (ValueError): Lengths that do not agree.
    """
    shape = (len(pieces), len(tags))
    if np.shape(path) != shape[:1] or np.shape(log_probs) != shape:
        raise ValueError(
            f"The path must have shape {shape[:1]} and the log-probabilities {shape}, after the "
            f"pieces and tags, but they have {np.shape(path)} and {np.shape(log_probs)}."
        )
    found = []
    probs = np.exp(log_probs[np.arange(len(pieces)), path], dtype=np.float64)  # (n_pieces,)
    for start, end, label in path_spans(path, tags):
        chars = trim_space(text, int(pieces.starts[start]), int(pieces.ends[end - 1]))
        if chars[0] < chars[1]:
            if marks:
                first, last = int(pieces.ends[start]), int(pieces.starts[end - 1])
                chars = trim_marks(text, *chars, first, last)
            mean = float(probs[start:end].sum()) / (end - start)
            score = min(1.0, mean)  # rounding may end a hair above 1
            found.append(CharSpan(*chars, tags.labels[label], score))
    return _merge_chars(found)


def _merge_chars(spans: Sequence[CharSpan]) -> list[CharSpan]:
    """Merge spans that share a character; the earlier wins if scores are equal."""
    merged: list[CharSpan] = []
    for span in sorted(spans, key=lambda span: span[:2]):
        if merged and span.start_char < merged[-1].end_char:
            old = merged[-1]
            best = span if span.score > old.score else old
            merged[-1] = best._replace(
                start_char=old.start_char, end_char=max(old.end_char, span.end_char)
            )
        else:
            merged.append(span)
    return merged


# --- character spans -> spaCy spans ---


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

    "keep": entities that are there stay, ours fill the gaps. "replace": only ours. "merge": where
    they overlap, the higher score wins, ours if equal. The score of an entity is looked up in the
    span groups that list the same span (`doc.spans[...].attrs["scores"]`), else it is 0. "none":
    only the entities that are there.

    An entity that loses is left out; a span of ours that loses is cut to the tokens that are free,
    because a person's address is personal data even if its house number is a CARDINAL. So with all
    but "none", every token of ours is in some entity (but white space that a cut leaves alone).

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
    for is_ours, span, _ in ranked:
        free = [span] if not taken[span.start : span.end].any() else []
        if is_ours and not free:
            free = _free_parts(span, taken)
        chosen += free
        for part in free:
            taken[part.start : part.end] = True
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


def _free_parts(span: Span, taken: npt.NDArray[np.bool_]) -> list[Span]:
    """Cut a span to the stretches of tokens that are not taken, but those of white space."""
    busy = np.concatenate([[True], taken[span.start : span.end], [True]])
    edges = (np.flatnonzero(busy[1:] != busy[:-1]) + span.start).tolist()
    bounds = zip(edges[::2], edges[1::2], strict=True)
    parts = [Span(span.doc, start, end, label=span.label) for start, end in bounds]
    return [part for part in parts if not part.text.isspace()]


def _check_offsets(start_char: int, end_char: int, n_chars: int) -> None:
    """Refuse a stretch that is empty, backwards or outside the text."""
    if not 0 <= start_char < end_char <= n_chars:
        raise ValueError(
            f"Characters {start_char} to {end_char} are not a stretch of this text of {n_chars} "
            f"characters. The start must be at least 0, the end above the start and at most "
            f"{n_chars}."
        )
