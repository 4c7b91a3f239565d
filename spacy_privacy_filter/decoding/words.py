"""Rows of pieces -> rows of words: one row a word, where a model's tags are of words.

Many taggers are trained on the first piece of each word alone; what they say of the others means
nothing, and "Love|lace" would be two spans.
"""

from __future__ import annotations

import numpy as np

from ..text.words import cut_words
from ..types import Floats2d, Pieces


def join_words(text: str, pieces: Pieces, rows: Floats2d) -> tuple[Pieces, Floats2d]:
    """Put the pieces of each word together, with the row of the first.

    A word is a run of letters and digits; see `text.words`, which knows none in scripts without
    blanks between words: there, every piece stays as it is.

    text (str): The text.
    pieces (Pieces): Its pieces.
    rows (Floats2d): What belongs to each. Shape: (n_pieces, n).
    RETURNS (tuple): A piece a word or mark, with the id of its first; and their rows.
    """
    if not len(pieces):
        return pieces, rows
    inner = np.zeros(len(text) + 1, dtype=np.bool_)  # whether a place lies within a word
    edges = np.zeros(len(text) + 2, dtype=np.int64)
    words = np.asarray(cut_words(text), dtype=np.int64).reshape(-1, 2)
    np.add.at(edges, words[:, 0] + 1, 1)
    np.add.at(edges, words[:, 1], -1)
    inner[:] = np.cumsum(edges)[: len(inner)] > 0
    goes_on = inner[pieces.starts[1:]] & (pieces.starts[1:] <= pieces.ends[:-1])
    first = np.flatnonzero(np.concatenate([[True], ~goes_on]))
    ends = np.maximum.reduceat(pieces.ends, first)
    return Pieces(pieces.ids[first], pieces.starts[first], ends), rows[first]
