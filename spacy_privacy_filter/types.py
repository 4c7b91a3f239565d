"""What travels between the rooms: pieces, windows, packed batches and character spans.

Plain arrays and tuples; every offset is half-open and names its unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Ints1d = npt.NDArray[np.int64]
Floats1d = npt.NDArray[np.floating]
Floats2d = npt.NDArray[np.floating]
Bools1d = npt.NDArray[np.bool_]
Bools2d = npt.NDArray[np.bool_]


class CharSpan(NamedTuple):
    """A labelled stretch of a text, in Python characters.

    start_char (int): First character.
    end_char (int): One past the last character.
    label (str): What the stretch is, for instance "private_email".
    score (float): Mean probability of the span's tags, 0 to 1.
    """

    start_char: int
    end_char: int
    label: str
    score: float = 1.0


@dataclass(frozen=True)
class Pieces:
    """The pieces of one text, with the characters that each one touches.

    A piece may hold part of a character (an emoji can be cut in several): every piece that holds a
    part owns the whole character, so the ranges of neighbours may overlap by one character.

    ids (Ints1d): Vocabulary ids. Shape: (n_pieces,).
    starts (Ints1d): First character of each piece. Shape: (n_pieces,).
    ends (Ints1d): One past the last character of each piece. Shape: (n_pieces,).
    """

    ids: Ints1d
    starts: Ints1d
    ends: Ints1d

    def __len__(self) -> int:
        return len(self.ids)


class Window(NamedTuple):
    """A stretch of one document's pieces that the network reads in one go.

    The pieces of the core are kept; the pieces around it are only read, so that every piece of the
    core sees as much as it would in the whole document.

    doc (int): Index of the document in the list that was cut into windows.
    start_piece, end_piece (int): What is read.
    core_start_piece, core_end_piece (int): What is kept; inside what is read.
    """

    doc: int
    start_piece: int
    end_piece: int
    core_start_piece: int
    core_end_piece: int


@dataclass(frozen=True)
class PackedBatch:
    """Windows laid end to end, without padding. Attention never crosses from one to the next.

    ids (Ints1d): Vocabulary ids. Shape: (n_rows,).
    positions (Ints1d): Position of each row in its window, from 0. Shape: (n_rows,).
    segments (Ints1d): Which window each row belongs to; never falls. Shape: (n_rows,).
    core (Bools1d): Rows whose output is kept. Shape: (n_rows,).
    windows (tuple[Window, ...]): The windows, in the order in which they were laid.
    """

    ids: Ints1d
    positions: Ints1d
    segments: Ints1d
    core: Bools1d
    windows: tuple[Window, ...]

    def __len__(self) -> int:
        return len(self.ids)
