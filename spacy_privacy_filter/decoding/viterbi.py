"""Log-probabilities of tags, one row a piece -> the best legal tag path of each document.

What may follow a piece depends only on its state: outside, a span just ended, or inside label c.
So a step costs O(n_tags), never n_tags squared. Documents walk side by side, and long ones are cut
into lanes that do so too; `_Trellis` says why the cut changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ..labels.tags import OUTSIDE, TagSet
from ..labels.transitions import (
    NO_BIASES,
    TransitionBiases,
    build_transitions,
    ends_legally,
    starts_legally,
)
from ..types import Bools1d, Bools2d, Floats2d, Ints1d
from .loose import decode_loose

Ints2d = npt.NDArray[np.int64]
Ids = npt.NDArray[np.integer[Any]]

# A lane keeps LANE pieces and reads WARM_UP pieces before them: speed only, never results.
LANE = 32
WARM_UP = 16
# Emissions are laid out for about this many numbers at a time (8 MB in float64).
BLOCK = 1 << 20
LEAST = float(np.finfo(np.float64).min)


def is_legal(path: Ints1d, tags: TagSet) -> bool:
    """Say whether a tag path can be read as spans without repair. An empty path is legal.

    path (Ints1d): Tag ids. Shape: (n_pieces,).
    tags (TagSet): What the ids mean.
    """
    return bool(_legal_docs(np.asarray(path), np.asarray([len(path)]), _tables(tags))[0])


def decode(
    log_probs: Sequence[Floats2d], tags: TagSet, biases: TransitionBiases = NO_BIASES
) -> list[Ints1d]:
    """Find the most likely legal tag path of each document (Viterbi).

    A document's path depends on that document alone, not on its batch. Where paths have the same
    score, the one with the lower tag id at the last piece wins, then at the one before it, and so
    on to the first. Scores are compared in float64, so this holds for ties that survive rounding.

    log_probs (Sequence[Floats2d]): Tag log-probabilities in nats, one array a document; -inf
        forbids a tag. Shape of each: (n_pieces, n_tags).
    tags (TagSet): What the columns mean.
    biases (TransitionBiases): Added at each step; the first piece has no step into it.
    RETURNS (list[Ints1d]): Tag ids, one array a document. Shape of each: (n_pieces,).
    RAISES (ValueError): NaN or +inf, shapes that do not agree, or a document of which -inf forbids
        every legal path. Then nothing is returned: no path would be safe to use.
    SOURCE: Viterbi 1967, doi:10.1109/TIT.1967.1054010.
    """
    flat, lengths = _flatten(log_probs, tags)
    if tags.loose:
        return decode_loose(log_probs, build_transitions(tags, biases))
    tables = _tables(tags)
    stops = np.cumsum(lengths)
    paths = np.empty(len(flat), dtype=np.int64)
    hard = lengths > 0
    if biases.is_zero:
        # Nothing can beat the best tag of every piece, so where that is legal it is the answer.
        paths[:] = flat.argmax(axis=1)
        hard = ~_legal_docs(paths, lengths, tables)
    if hard.any():
        docs = np.flatnonzero(hard)
        trellis = _Trellis(flat, stops[docs] - lengths[docs], lengths[docs], tables, biases)
        for doc, path in zip(docs, trellis.solve(), strict=True):
            if path is None:
                raise ValueError(
                    f"Document {doc} has no legal tag path: log-probabilities of -inf forbid every "
                    f"one. Check the head that made them."
                )
            paths[stops[doc] - lengths[doc] : stops[doc]] = path
    return _split(paths, lengths)


def decode_argmax(log_probs: Sequence[Floats2d], tags: TagSet) -> list[Ints1d]:
    """Take the most likely tag of every piece, legal or not; the lower id where several are.

    log_probs (Sequence[Floats2d]): As in `decode`.
    tags (TagSet): What the columns mean.
    RETURNS (list[Ints1d]): Tag ids, one array a document. Shape of each: (n_pieces,).
    RAISES (ValueError): NaN, +inf, a piece with nothing but -inf, or shapes that do not agree.
    """
    flat, lengths = _flatten(log_probs, tags)
    return _split(flat.argmax(axis=1).astype(np.int64), lengths)


class _Tables(NamedTuple):
    """A tag set as the decoder needs it. A source is a row of a lane's state: see `_Trellis`."""

    allowed: Bools2d  # (n_tags, n_tags)
    starts: Bools1d  # (n_tags,)
    ends: Bools1d  # (n_tags,)
    outside: int
    closers: Ints1d  # tags after which no span is open, without O, rising
    begin: Ints1d  # B of each label
    inside: Ints1d  # I of each label; its B where a BIO label has no I
    source: Ints1d  # (n_tags,) the source that each tag continues
    goes_on: Bools1d  # (n_tags,) I
    finishes: Bools1d  # (n_tags,) E


@lru_cache(maxsize=64)
def _tables(tags: TagSet) -> _Tables:
    """Lay out a tag set once."""
    parts = [tags.label_tags(label) for label in tags.labels]
    positions = np.asarray(tags.prefixes)
    source = np.where(np.isin(positions, ["I", "E"]), 3 + tags.label_ids, 1)
    source[positions == OUTSIDE] = 0
    return _Tables(
        allowed=np.isfinite(build_transitions(tags)),
        starts=starts_legally(tags),
        ends=ends_legally(tags),
        outside=tags.ids[OUTSIDE],
        closers=np.flatnonzero(ends_legally(tags) & (positions != OUTSIDE)),
        begin=np.asarray([part["B"] for part in parts]),
        inside=np.asarray([part.get("I", part["B"]) for part in parts]),
        source=source,
        goes_on=positions == "I",
        finishes=positions == "E",
    )


def _flatten(log_probs: Sequence[Floats2d], tags: TagSet) -> tuple[Floats2d, Ints1d]:
    """Check the documents and lay them end to end: (n_rows, n_tags), and the rows of each."""
    arrays = [np.asarray(array) for array in log_probs]
    for doc, array in enumerate(arrays):
        if array.ndim != 2 or array.shape[1] != len(tags) or array.dtype.kind != "f":
            raise ValueError(
                f"Log-probabilities of document {doc} must be floats of shape (n_pieces, "
                f"{len(tags)}), one column for each tag, but are {array.dtype} of {array.shape}."
            )
    lengths = np.asarray([len(array) for array in arrays], dtype=np.int64)
    if not len(arrays):
        return np.empty((0, len(tags))), lengths
    flat = arrays[0] if len(arrays) == 1 else np.concatenate(arrays)
    # The maximum of a row is NaN if any of it is, and -inf if all of it is.
    wrong = np.flatnonzero(~np.isfinite(flat.max(axis=1)))
    if len(wrong):
        row = int(wrong[0])
        doc = int(np.searchsorted(np.cumsum(lengths), row, side="right"))
        piece = row - int(lengths[:doc].sum())
        raise ValueError(
            f"Log-probabilities of document {doc}, piece {piece}, hold NaN or +inf, or nothing but "
            f"-inf. Check the network's weights and its number type."
        )
    return flat, lengths


def _split(flat_path: Ints1d, lengths: Ints1d) -> list[Ints1d]:
    """Undo `_flatten`; copies, so that keeping one path does not keep them all."""
    stops = np.cumsum(lengths)
    bounds = zip(stops - lengths, stops, strict=True)
    return [flat_path[start:stop].copy() for start, stop in bounds]


def _legal_docs(flat_path: Ids, lengths: Ints1d, tables: _Tables) -> Bools1d:
    """Say which documents' paths, laid end to end, are legal. Shape: (n_docs,)."""
    if not len(flat_path):
        return np.ones(len(lengths), dtype=bool)
    stops = np.cumsum(lengths)
    filled = lengths > 0
    first, last = (stops - lengths)[filled], stops[filled] - 1
    wrong = np.zeros(len(flat_path), dtype=bool)
    wrong[1:] = ~tables.allowed[flat_path[:-1], flat_path[1:]]
    wrong[first] = ~tables.starts[flat_path[first]]
    wrong[last] |= ~tables.ends[flat_path[last]]
    n_wrong = np.concatenate([[0], np.cumsum(wrong)])
    return np.asarray(n_wrong[stops] == n_wrong[stops - lengths])


class _Lane(NamedTuple):
    """Rows that are walked in one go: `core` rows only to warm up, the rest to keep."""

    doc: int
    row: int
    core: int
    length: int


def _cut(doc: int, first_row: int, length: int) -> Iterable[_Lane]:
    """Cut a document into lanes."""
    for start in range(0, length, LANE):
        read = max(0, start - WARM_UP)
        yield _Lane(doc, first_row + read, start - read, min(length, start + LANE) - read)


class _Trellis:
    """Viterbi over many lanes at once.

    The state of a lane after a piece is `scores` and `tags`, with a row for each source of the next
    piece: 0 an O, 1 a tag that starts a span, 2 the end of the document, 3 + c a tag that continues
    label c. `scores` is the best score of a path up to here, with the bias of the step, less the
    best of the column; `tags` is this piece's tag on that path, so it is the back pointer.

    A lane that starts inside a document guesses that it starts one, and warms up. Paths soon forget
    how they began, and because the best of a column is always exactly 0, so do the rounded scores:
    the state becomes equal, bit for bit, to the one that the lane before ends with. Where it is not
    equal, the lane is walked again from the true state. So the result is that of one walk from the
    first piece to the last, whatever LANE and WARM_UP are.
    """

    def __init__(
        self, flat: Floats2d, rows: Ints1d, lengths: Ints1d, tables: _Tables, b: TransitionBiases
    ) -> None:
        self.flat, self.tables = flat, tables
        cut = [lane for doc, n in enumerate(lengths) for lane in _cut(doc, int(rows[doc]), int(n))]
        # Longest first, so that the lanes that still walk are always the first ones.
        by_length = sorted(range(len(cut)), key=lambda i: -cut[i].length)
        self.lanes = [cut[i] for i in by_length]
        self.docs: list[list[int]] = [[] for _ in lengths]  # where a document's lanes are, in order
        for place in np.argsort(by_length):
            self.docs[self.lanes[place].doc].append(int(place))
        out = b.transition_bias_background_stay, b.transition_bias_background_to_start, 0.0
        end = b.transition_bias_end_to_background, b.transition_bias_end_to_start, 0.0
        self.after_out, self.after_end = np.array(out)[:, None], np.array(end)[:, None]  # (3, 1)
        tag_bias = b.transition_bias_inside_to_continue * tables.goes_on
        tag_bias = tag_bias + b.transition_bias_inside_to_end * tables.finishes
        self.tag_bias = tag_bias[:, None] if tag_bias.any() else None  # (n_tags, 1)

    def solve(self) -> list[Ints1d | None]:
        """Find each document's path, None where no legal path has a finite score."""
        rows, cores, lengths = (
            np.asarray([lane[field] for lane in self.lanes], dtype=np.int64) for field in (1, 2, 3)
        )
        scores = np.full((3 + len(self.tables.begin), len(rows)), -np.inf)  # (n_sources, n_lanes)
        scores[:2] = 0.0
        tags = np.zeros(scores.shape, dtype=np.int64)
        back, entry = self._walk(rows, lengths, cores, scores, tags)
        for places in self.docs:
            for before, lane in pairwise(places):
                core, stop = cores[lane], lengths[lane]
                same = np.array_equal(entry[:, lane], scores[:, before])
                if not same or not np.array_equal(back[core, :, lane], tags[:, before]):
                    true = scores[:, [before]], tags[:, [before]]
                    again = self._walk(rows[[lane]] + core, stop[None] - core, cores[:1] * 0, *true)
                    back[core:stop, :, [lane]] = again[0]
                    scores[:, [lane]], tags[:, [lane]] = true
        traced = self._trace(back, lengths, tags[2])
        return [
            None if np.isneginf(scores[2, places[-1]]) else self._join(traced, back, places)
            for places in self.docs
        ]

    def _walk(
        self, rows: Ints1d, lengths: Ints1d, cores: Ints1d, scores: Floats2d, tags: Ints2d
    ) -> tuple[Ids, Floats2d]:
        """Walk lanes to their ends, longest first; `scores` and `tags` are moved along in place.

        rows, lengths, cores (Ints1d): First row, rows and warm-up rows of each lane.
        scores, tags (Floats2d, Ints2d): States before the first row. Shape: (n_sources, n_lanes).
        RETURNS (tuple[Ids, Floats2d]): `tags` before each step, (n_steps, n_sources, n_lanes), and
            `scores` before the first row that is kept, (n_sources, n_lanes).
        """
        active = _n_active(lengths)
        back = np.zeros((len(active), *tags.shape), dtype=np.min_scalar_type(len(self.flat[0])))
        entry = scores.copy()
        first_kept = set(cores.tolist()) - {0}
        for step, emissions in enumerate(self._emissions(rows, active)):
            n = active[step]
            back[step, :, :n] = tags[:, :n]
            if step in first_kept:
                keep_from_here = cores[:n] == step
                entry[:, :n][:, keep_from_here] = scores[:, :n][:, keep_from_here]
            self._step(emissions[:, :n], scores[:, :n], tags[:, :n])
        return back, entry

    def _emissions(self, rows: Ints1d, active: Ints1d) -> Iterable[Floats2d]:
        """Yield each step's emissions, (n_tags, n_active or more), laid out a block at a time."""
        start, n_rows, n_tags = 0, *self.flat.shape
        while start < len(active):
            n = active[start]
            stop = min(len(active), start + max(1, BLOCK // (n * n_tags)))
            # A lane that ends within the block reads past its end; those columns are not used.
            index = np.minimum(rows[:n] + np.arange(start, stop)[:, None], n_rows - 1)
            block = self.flat[index].transpose(0, 2, 1)  # (n_steps, n_tags, n_lanes)
            yield from np.ascontiguousarray(block, dtype=np.float64)
            start = stop

    def _step(self, emissions: Floats2d, scores: Floats2d, tags: Ints2d) -> None:
        """Move lanes on by one piece, in place. All arrays: (n_tags or n_sources, n_lanes)."""
        t = self.tables
        best = scores.take(t.source, axis=0)  # (n_tags, n_lanes)
        if self.tag_bias is not None:
            best += self.tag_bias
        best += emissions
        closing = best.take(t.closers, axis=0)
        closer = t.closers[closing.argmax(axis=0)]  # (n_lanes,), the lowest id of the best
        from_out = best[t.outside] + self.after_out  # (3, n_lanes)
        from_end = np.maximum.reduce(closing) + self.after_end  # (3, n_lanes)
        out = np.where(closer > t.outside, from_out >= from_end, from_out > from_end)
        np.maximum(from_out, from_end, out=scores[:3])
        tags[:3] = np.where(out, t.outside, closer)
        begun = best.take(t.begin, axis=0)  # (n_labels, n_lanes)
        going = best.take(t.inside, axis=0)
        begin, inside = t.begin[:, None], t.inside[:, None]
        np.maximum(begun, going, out=scores[3:])
        tags[3:] = np.where(np.where(begin < inside, begun >= going, begun > going), begin, inside)
        # Never subtract -inf: a lane without a path stays at -inf rather than turn to NaN.
        scores -= np.maximum(np.maximum.reduce(scores), LEAST)

    def _trace(self, back: Ids, lengths: Ints1d, last: Ints1d) -> Ints2d:
        """Follow the back pointers of all lanes from their best last tags: (n_steps, n_lanes)."""
        active, current = _n_active(lengths), last.copy()
        traced = np.zeros((len(active), len(lengths)), dtype=np.int64)
        columns = np.arange(len(lengths))
        for step in range(len(active) - 1, -1, -1):
            n = active[step]
            traced[step, :n] = current[:n]
            current[:n] = back[step, self.tables.source[current[:n]], columns[:n]]
        return traced

    def _join(self, traced: Ints2d, back: Ids, places: Sequence[int]) -> Ints1d:
        """Put a document's lanes together from its end: each lane says how the one before ends."""
        source, parts = self.tables.source, []
        wanted: int | None = None
        for lane in reversed(places):
            core, stop = self.lanes[lane].core, self.lanes[lane].length
            path = traced[core:stop, lane].copy()
            step = len(path) - 1
            # Follow the true path back until it meets the traced one; from there they are the same.
            while wanted is not None and step >= 0 and path[step] != wanted:
                path[step] = wanted
                wanted = int(back[core + step, source[wanted], lane])
                step -= 1
            parts.append(path)
            wanted = int(back[core, source[path[0]], lane])
        return np.concatenate(parts[::-1])


def _n_active(lengths: Ints1d) -> Ints1d:
    """Count the lanes that reach each step, for lengths that never rise. Shape: (n_steps,)."""
    return np.searchsorted(-lengths, -np.arange(lengths[0]), side="left")
