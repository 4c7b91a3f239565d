"""Tag path -> character spans.

White space is what `str.isspace` says it is.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..labels.tags import OUTSIDE, TagSet
from ..types import CharSpan, Floats2d, Ints1d, Pieces
from .trim import trim_marks, trim_space


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
