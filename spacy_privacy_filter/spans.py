"""Tag path -> character spans -> spaCy spans; and the other way, characters -> pieces.

Nothing that was predicted is lost on the way: spans that collide are merged, or cut to what is
free. White space is what `str.isspace` says it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc, Span

from .labels import OUTSIDE, TagSet
from .types import CharSpan, Floats2d, Ints1d, Pieces

Ints2d = npt.NDArray[np.int64]

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
    text: str, pieces: Pieces, path: Ints1d, tags: TagSet, log_probs: Floats2d
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
    for start, end, label in path_spans(path, tags):
        chars = trim(text, int(pieces.starts[start]), int(pieces.ends[end - 1]))
        if chars[0] < chars[1]:
            rows = np.arange(start, end)
            probs = np.exp(log_probs[rows, path[start:end]], dtype=np.float64)
            score = min(1.0, float(probs.mean()))  # rounding may end a hair above 1
            found.append(CharSpan(*chars, tags.labels[label], score))
    return _merge_chars(found)


def trim(text: str, start_char: int, end_char: int) -> tuple[int, int]:
    """Leave out white space at both ends of a stretch; start = end if it holds nothing else."""
    held = text[start_char:end_char]
    start = start_char + len(held) - len(held.lstrip())
    return start, max(start, start_char + len(held.rstrip()))


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


# --- what the user wants to see of them ---


@dataclass(frozen=True)
class AllowList:
    """What is never reported: exact texts, and regular expressions that match a whole span."""

    texts: frozenset[str] = frozenset()
    patterns: tuple[re.Pattern[str], ...] = ()

    def __contains__(self, text: str) -> bool:
        return text in self.texts or any(pattern.fullmatch(text) for pattern in self.patterns)


ALLOW_NOTHING = AllowList()


def compile_allow(items: Iterable[str | Mapping[str, str]]) -> AllowList:
    r"""Read the `allow` setting.

    items (Iterable[str | Mapping[str, str]]): Exact texts, or {"regex": r"\d+"}, which must match
        the whole of a span. Case counts, unless an expression starts with "(?i)".
    RETURNS (AllowList): What `select` takes.
    RAISES (ValueError): An empty text, an invalid expression, or an item of another form.
    """
    if isinstance(items, (str, Mapping)):
        raise ValueError('"allow" is a list of texts and {"regex": ...}, but is a single item.')
    texts, patterns = set(), []
    for i, item in enumerate(items):
        regex = item.get("regex") if isinstance(item, Mapping) and set(item) == {"regex"} else None
        if isinstance(item, str) and item:
            texts.add(item)
        elif isinstance(regex, str) and regex:
            try:
                patterns.append(re.compile(regex))
            except re.error as err:
                raise ValueError(
                    f'Item {i} of "allow" is not a valid regular expression: {err}. In a config '
                    f"file, write every backslash twice."
                ) from err
        else:
            raise ValueError(
                f'Item {i} of "allow" must be a text that is not empty, or {{"regex": "..."}}, but '
                f"is {item!r}."
            )
    return AllowList(frozenset(texts), tuple(patterns))


def check_labels(names: Iterable[str], allowed: Iterable[str], setting: str) -> None:
    """Refuse labels that the model does not have.

    names (Iterable[str]): Labels that a setting names.
    allowed (Iterable[str]): Labels that exist.
    setting (str): The setting, for the message.
    RAISES (ValueError): An unknown label.
    """
    allowed = list(allowed)
    unknown = sorted({str(name) for name in names} - set(allowed))
    if unknown:
        raise ValueError(
            f'Unknown label(s) in "{setting}": {", ".join(unknown)}. The model has: '
            f"{', '.join(allowed)}."
        )


def select(
    text: str,
    spans: Iterable[CharSpan],
    *,
    thresholds: float | Mapping[str, float] = 0.0,
    min_length: int = 1,
    allow: AllowList = ALLOW_NOTHING,
    label_map: Mapping[str, str | None] | None = None,
) -> list[CharSpan]:
    """Leave out what the user does not want reported, and rename labels.

    Every test is made on the model's own label, before it is renamed.

    text (str): The text.
    spans (Iterable[CharSpan]): Spans of the text.
    thresholds (float | Mapping[str, float]): Spans that score less are left out; one number, or one
        for each label. A label without a number has 0: everything is reported.
    min_length (int): Shorter spans, in characters, are left out.
    allow (AllowList): Texts that are left out.
    label_map (Mapping[str, str | None] | None): New names of labels. None leaves out the label; a
        label that is not in the map keeps its name.
    RETURNS (list[CharSpan]): What is left, in the same order.
    """
    label_map = label_map or {}
    kept = []
    for span in spans:
        least = thresholds.get(span.label, 0.0) if isinstance(thresholds, Mapping) else thresholds
        if span.score < least or span.end_char - span.start_char < min_length:
            continue
        label = label_map.get(span.label, span.label)
        if label is not None and text[span.start_char : span.end_char] not in allow:
            kept.append(span._replace(label=label))
    return kept


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
    n_chars = len(doc.text)
    grown = []
    for span in spans:
        _check_offsets(span.start_char, span.end_char, n_chars)
        last = int(np.searchsorted(starts, span.end_char - 1, side="right")) - 1
        # The first token with a character of the span, or the one whose space is all of the span.
        first = min(last, int(np.searchsorted(ends, span.start_char, side="right")))
        grown.append(Span(doc, first, last + 1, label=span.label))
    return grown


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


# --- characters -> pieces ---


def overlapping_pieces(
    text: str, pieces: Pieces, start_char: int, end_char: int
) -> tuple[int, int]:
    """Find the pieces that hold what is not white space in a stretch of the text.

    text (str): The text.
    pieces (Pieces): Its pieces.
    start_char, end_char (int): The stretch.
    RETURNS (tuple[int, int]): First piece, and one past the last; equal if all is white space.
    RAISES (ValueError): Offsets outside the text, or a stretch without characters.
    """
    first, last = overlapping_pieces_of_all(text, pieces, [(start_char, end_char)])[0].tolist()
    return first, last


def overlapping_pieces_of_all(
    text: str, pieces: Pieces, stretches: Iterable[tuple[int, int]]
) -> Ints2d:
    """Do `overlapping_pieces` for many stretches at once.

    stretches (Iterable[tuple[int, int]]): start_char and end_char of each.
    RETURNS (Ints2d): First piece and one past the last of each. Shape: (n_stretches, 2).
    RAISES (ValueError): Offsets outside the text, or a stretch without characters.
    """
    bounds = []
    for start, end in stretches:
        _check_offsets(start, end, len(text))
        bounds.append(trim(text, start, end))
    chars = np.asarray(bounds, dtype=np.int64).reshape(-1, 2)
    first = np.searchsorted(pieces.ends, chars[:, 0], side="right")
    last = np.searchsorted(pieces.starts, chars[:, 1], side="left")
    blank = chars[:, 0] == chars[:, 1]
    return np.stack([first, np.where(blank, first, last)], axis=1)


def _check_offsets(start_char: int, end_char: int, n_chars: int) -> None:
    """Refuse a stretch that is empty, backwards or outside the text."""
    if not 0 <= start_char < end_char <= n_chars:
        raise ValueError(
            f"Characters {start_char} to {end_char} are not a stretch of this text of {n_chars} "
            f"characters. The start must be at least 0, the end above the start and at most "
            f"{n_chars}."
        )
