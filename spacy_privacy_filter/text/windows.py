"""Pieces into windows (a core that is kept, a context that is only read) and packed batches.

Nothing is padded and nothing is cut off; a batch never holds much more than its budget of rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from ..types import Bools1d, Ints1d, PackedBatch, Window

# Of windows that are not exact, on each side.
MOST_CONTEXT: Final = 128


def cut(n_pieces: int, doc: int, core: int, context: int) -> list[Window]:
    """Cut a document into windows, so that each piece is in exactly one core.

    No window reads more than `core + 2 * context` pieces, so a document of up to that many is one
    window: it takes no more memory than any other window, and nothing is read twice. A longer one
    takes the fewest windows that keep the limit, and all of them read the same number of pieces,
    give or take one: there is no tiny last window. The first and the last have context on one side
    only, and use the room for a core of up to `core + context`.

    n_pieces (int): Pieces of the document.
    doc (int): Index of the document, to be kept in its windows.
    core (int): Most pieces that are kept of a window with context on both sides.
    context (int): Pieces that are read on each side; less only at the ends of the document.
    RETURNS (list[Window]): In order. Empty for an empty document.
    RAISES (ValueError): core < 1, context < 0 or n_pieces < 0.
    """
    _check(core=core, context=context)
    if n_pieces < 0:
        raise ValueError(f"A document cannot have {n_pieces} pieces. Give 0 or more.")
    return list(_windows(n_pieces, doc, core, context))


def share(window: int, max_pieces: int | None) -> tuple[int, int]:
    """Share out what a network can read in one go that sees all of it, and nothing beyond.

    There, no context makes a window exact. Some lets pieces near its ends be read with what is
    around them: an eighth on each side, which is 64 of 512.

    window (int): Most pieces that are to be kept. max_pieces (int | None): That can be read.
    RETURNS (tuple[int, int]): core and context, as in `cut`.
    RAISES (ValueError): max_pieces < 1.
    """
    if max_pieces is None:
        return window, min(MOST_CONTEXT, max(1, window // 6))
    if max_pieces < 1:
        raise ValueError(f"A network must read 1 piece or more, but reads {max_pieces}.")
    context = min(MOST_CONTEXT, max_pieces // 8)
    core = min(window, max_pieces - 2 * context)
    return core, context


def pack(
    ids: Sequence[Ints1d],
    *,
    core: int,
    context: int,
    max_rows: int,
    word_starts: Sequence[Bools1d] | None = None,
) -> Iterator[PackedBatch]:
    """Cut documents into windows and lay these end to end, batch after batch, in order.

    Settings are checked at once; batches are made when they are asked for, and only one at a time.

    ids (Sequence[Ints1d]): Vocabulary ids of each document. Shapes: (n_pieces,).
    core, context (int): As in `cut`.
    max_rows (int): Most rows in a batch. A window that is longer is a batch of its own.
    word_starts (Sequence[Bools1d] | None): Which pieces begin a word; then windows and cores begin
        at words, if there are some near, and context is less by up to a half. For windows that are
        not exact: there, it matters what a network reads first. Shapes: (n_pieces,).
    RETURNS (Iterator[PackedBatch]): Never an empty batch; none at all when no document has a piece.
    RAISES (ValueError): core < 1, context < 0, max_rows < 1, or ids that are not 1-dimensional.
    """
    _check(core=core, context=context)
    if max_rows < 1:
        raise ValueError(f"max_rows must be 1 or more, but is {max_rows}. 8192 is a usual size.")
    for doc, own in enumerate(ids):
        if np.ndim(own) != 1:
            raise ValueError(
                f"The ids of document {doc} must have the shape (n_pieces,), but have "
                f"{np.shape(own)}. Give one array for each document."
            )
    return _batches(ids, core, context, max_rows, word_starts)


def core_parts(batch: PackedBatch) -> Iterator[tuple[int, slice, Window]]:
    """Tell which rows of a batch to keep, and for which document.

    The kept rows of a document, over all batches and in order, are its pieces, each one once:

        for doc, rows, window in core_parts(batch):
            result[doc][window.core_start_piece : window.core_end_piece] = hidden[rows]

    batch (PackedBatch): From `pack`.
    RETURNS (Iterator[tuple[int, slice, Window]]): Index of the document, rows of the batch, and the
        window that they are the core of. One for each window, in order.
    """
    row = 0
    for window in batch.windows:
        first = row + window.core_start_piece - window.start_piece
        n_core = window.core_end_piece - window.core_start_piece
        yield window.doc, slice(first, first + n_core), window
        row += window.end_piece - window.start_piece


def _check(*, core: int, context: int) -> None:
    if core < 1:
        raise ValueError(f"The core of a window must have 1 piece or more, but has {core}.")
    if context < 0:
        raise ValueError(
            f"The context of a window must have 0 pieces or more, but has {context}. For results "
            "that equal those of the whole document, use n_layers x window of the network."
        )


def _windows(n_pieces: int, doc: int, core: int, context: int) -> Iterator[Window]:
    """Cut one document, one window at a time."""
    if n_pieces == 0:
        return
    # The outermost `context` pieces of a document go with its first and last core for free, because
    # no window has to read on there. The pieces between them are shared out evenly.
    inner = n_pieces - 2 * context
    n_windows = max(1, -(-inner // core))
    start = 0
    for i in range(1, n_windows + 1):
        end = n_pieces if i == n_windows else context + inner * i // n_windows
        yield Window(doc, max(0, start - context), min(n_pieces, end + context), start, end)
        start = end


def _at_words(windows: Iterator[Window], starts: Bools1d, slack: int) -> Iterator[Window]:
    """Let windows begin and end before a word, and read no more; each piece stays in one core.

    starts (Bools1d): Which pieces begin a word. Shape: (n_pieces,).
    slack (int): Most pieces by which a cut moves.
    """
    places = np.flatnonzero(starts)
    n_pieces, core_start = len(starts), 0

    def before(place: int) -> int:
        """The last beginning of a word up to a place, if one is near."""
        i = int(np.searchsorted(places, place, side="right")) - 1
        return int(places[i]) if i >= 0 and place - places[i] <= slack else place

    def after(place: int) -> int:
        """The first from a place on."""
        i = int(np.searchsorted(places, place))
        return int(places[i]) if i < len(places) and places[i] - place <= slack else place

    for doc, start, end, _, core_end in windows:
        start = after(start) if start else start
        if end < n_pieces:
            end, core_end = max(before(end), core_end), max(before(core_end), core_start + 1)
        yield Window(doc, min(start, core_start), end, core_start, core_end)
        core_start = core_end


def _batches(
    ids: Sequence[Ints1d],
    core: int,
    context: int,
    max_rows: int,
    word_starts: Sequence[Bools1d] | None,
) -> Iterator[PackedBatch]:
    """Fill batches with windows in order, up to `max_rows`."""
    batch: list[Window] = []
    n_rows = 0
    for doc, own in enumerate(ids):
        windows = _windows(len(own), doc, core, context)
        if word_starts is not None:
            windows = _at_words(windows, word_starts[doc], context // 4)
        for window in windows:
            n_new = window.end_piece - window.start_piece
            if batch and n_rows + n_new > max_rows:
                yield _lay(ids, batch)
                batch, n_rows = [], 0
            batch.append(window)
            n_rows += n_new
    if batch:
        yield _lay(ids, batch)


def _lay(ids: Sequence[Ints1d], windows: Sequence[Window]) -> PackedBatch:
    """Lay windows end to end."""
    bounds = np.asarray([window[1:] for window in windows], dtype=np.int64)  # (n_windows, 4)
    start, end, core_start, core_end = bounds.T  # each (n_windows,)
    n_rows = end - start  # (n_windows,)
    first_row = np.cumsum(n_rows) - n_rows  # (n_windows,)
    segments = np.repeat(np.arange(len(windows)), n_rows)  # (n_rows,)
    positions = np.arange(len(segments)) - first_row[segments]  # (n_rows,)
    piece = positions + start[segments]  # (n_rows,) place of each row in its document
    return PackedBatch(
        ids=np.concatenate([ids[w.doc][w.start_piece : w.end_piece] for w in windows]),
        positions=positions,
        segments=segments,
        core=(piece >= core_start[segments]) & (piece < core_end[segments]),
        windows=tuple(windows),
    )
