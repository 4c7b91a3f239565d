"""Packed windows -> padded rows, as encoders of others read them; and back what comes out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ...checkpoints.encoder_sizes import EncoderSizes
from ...types import Floats2d, PackedBatch

Ints2d = npt.NDArray[np.int64]
# Most places in a batch of rows, filled or not.
MOST: int = 8192


class Rows(NamedTuple):
    """Windows of about one length, one a row.

    ids (Ints2d): Their pieces between prefix and suffix, filled up. Shape: (n_rows, length).
    mask (Ints2d): 1 where there is one, 0 where there is filling. Shape: (n_rows, length).
    places (list[tuple[int, int]]): First row in the packed batch, and number of pieces, of each.
    """

    ids: Ints2d
    mask: Ints2d
    places: list[tuple[int, int]]


def lay_rows(
    batch: PackedBatch, sizes: EncoderSizes, *, length: int | None = None, single: bool = False
) -> Iterator[Rows]:
    """Lay windows out as rows; those of like length go together, so that little is filled up.

    batch (PackedBatch): Windows.
    sizes (EncoderSizes): What stands around each, and what fills up.
    length (int | None): Of all rows, where a graph takes no other; None for as long as is needed.
    single (bool): One row at a time.
    RAISES (ValueError): A window that is longer than the rows may be.
    """
    counts = [window.end_piece - window.start_piece for window in batch.windows]
    firsts = np.cumsum([0, *counts]).tolist()
    n_around = len(sizes.prefix) + len(sizes.suffix)
    if length is not None and max(counts, default=0) + n_around > length:
        raise ValueError(
            f"This graph takes rows of {length} pieces and no others, but a window has "
            f"{max(counts)} and {n_around} around them. Set window = {max(1, length * 3 // 4)} or "
            "less, or export it with a length that may change."
        )
    group: list[int] = []
    for i in sorted(range(len(counts)), key=lambda i: -counts[i]):
        longest = counts[group[0]] + n_around if group else 0
        if group and (single or (len(group) + 1) * longest > MOST):
            yield _fill(batch, sizes, [(firsts[j], counts[j]) for j in group], length)
            group = []
        group.append(i)
    if group:
        yield _fill(batch, sizes, [(firsts[j], counts[j]) for j in group], length)


def _fill(
    batch: PackedBatch, sizes: EncoderSizes, places: list[tuple[int, int]], length: int | None
) -> Rows:
    prefix, suffix = np.asarray(sizes.prefix, np.int64), np.asarray(sizes.suffix, np.int64)
    longest = max(n for _, n in places) + len(prefix) + len(suffix)
    ids = np.full((len(places), length or longest), sizes.pad_id, dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, (first, n) in enumerate(places):
        whole = np.concatenate([prefix, batch.ids[first : first + n], suffix])
        ids[row, : len(whole)] = whole
        mask[row, : len(whole)] = 1
    return Rows(ids, mask, places)


def put_back(hidden: Floats2d, found: npt.NDArray[np.floating], rows: Rows, n_before: int) -> None:
    """Put what came out of rows where their pieces are in the packed batch.

    hidden (Floats2d): Gets it. Shape: (n_packed, width).
    found (NDArray): Of pieces, (n_rows, length, width); or of whole rows, (n_rows, width), which
        each of their pieces gets: then the mean over a text's pieces is that of its windows.
    n_before (int): Length of the prefix.
    """
    for row, (first, n) in enumerate(rows.places):
        own = found[row]
        hidden[first : first + n] = own[n_before : n_before + n] if own.ndim == 2 else own
