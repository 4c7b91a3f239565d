"""Log-probabilities of tags of which any may follow any -> the best path of each document."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..types import Floats1d, Floats2d, Ints1d


def decode_loose(log_probs: Sequence[Floats2d], transitions: Floats2d) -> list[Ints1d]:
    """Find the best path of each document, where no step is illegal.

    Ties are decided as in `viterbi.decode`.

    log_probs (Sequence[Floats2d]): Checked log-probabilities. Shape of each: (n_pieces, n_tags).
    transitions (Floats2d): What each step adds. Shape: (n_tags, n_tags).
    RETURNS (list[Ints1d]): Tag ids. Shape of each: (n_pieces,).
    """
    if not transitions.any():
        return [np.argmax(rows, axis=1).astype(np.int64) for rows in log_probs]
    return [_walk(np.asarray(rows), transitions) for rows in log_probs]


def _walk(log_probs: Floats2d, transitions: Floats2d) -> Ints1d:
    """Viterbi over all steps. A model has some hundred tags, so a step is a small matrix."""
    path = np.zeros(len(log_probs), dtype=np.int64)
    if not len(path):
        return path
    back = np.zeros(log_probs.shape, dtype=np.int32)  # (n_pieces, n_tags)
    columns = np.arange(log_probs.shape[1])
    scores: Floats1d = log_probs[0].astype(np.float64)
    for i, row in enumerate(log_probs[1:], start=1):
        steps = scores[:, None] + transitions  # (n_tags, n_tags)
        back[i] = steps.argmax(axis=0)
        scores = steps[back[i], columns] + row
        scores -= scores.max()  # so that long texts lose no digits
    path[-1] = scores.argmax()
    for i in range(len(path) - 1, 0, -1):
        path[i - 1] = back[i, path[i]]
    return path
