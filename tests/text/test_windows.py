"""Every piece is kept once and sees all that it may; batches keep their budget and come lazily."""

from __future__ import annotations

import math
import tracemalloc
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from spacy_privacy_filter.text.windows import core_parts, cut, pack, share
from spacy_privacy_filter.types import Ints1d, PackedBatch, Window

SIZES = st.integers(0, 60)
CORES = st.integers(1, 20)
CONTEXTS = st.integers(0, 12)


def read(window: Window) -> int:
    return window.end_piece - window.start_piece


@given(n_pieces=st.integers(0, 400), core=CORES, context=CONTEXTS)
@example(n_pieces=1, core=1, context=0)
@example(n_pieces=27, core=3, context=12)  # the longest that is one window
@example(n_pieces=28, core=3, context=12)
def test_every_piece_is_core_once_and_sees_all_it_may(
    n_pieces: int, core: int, context: int
) -> None:
    windows = cut(n_pieces, 5, core, context)
    assert [w.doc for w in windows] == [5] * len(windows)
    kept = [p for w in windows for p in range(w.core_start_piece, w.core_end_piece)]
    assert kept == list(range(n_pieces))
    for window in windows:
        assert window.core_start_piece < window.core_end_piece
        for piece in (window.core_start_piece, window.core_end_piece - 1):
            assert piece - window.start_piece >= min(context, piece)
            assert window.end_piece - 1 - piece >= min(context, n_pieces - 1 - piece)
        assert 0 <= window.start_piece < window.end_piece <= n_pieces
        # Nothing is read for no reason: the context is exactly as wide as it must be.
        assert window.start_piece == max(0, window.core_start_piece - context)
        assert window.end_piece == min(n_pieces, window.core_end_piece + context)


@given(n_pieces=st.integers(0, 400), core=CORES, context=CONTEXTS)
def test_windows_are_few_even_and_no_longer_than_said(
    n_pieces: int, core: int, context: int
) -> None:
    windows = cut(n_pieces, 0, core, context)
    limit = core + 2 * context
    assert all(read(w) <= limit for w in windows)
    assert (len(windows) == 1) == (0 < n_pieces <= limit)
    if len(windows) > 1:
        sizes = [read(w) for w in windows]
        assert max(sizes) - min(sizes) <= 1
        # One window fewer could not keep the limit: k windows of `limit` overlap k - 1 times.
        k = len(windows) - 1
        assert k * limit - (k - 1) * 2 * context < n_pieces


def test_an_example_by_hand() -> None:
    # 14 pieces, context 2: the 10 between the ends are shared 4, 3, 3 (at most 4 a core).
    assert cut(14, 0, 4, 2) == [
        Window(0, 0, 7, 0, 5),
        Window(0, 3, 10, 5, 8),
        Window(0, 6, 14, 8, 14),
    ]
    assert cut(0, 0, 4, 2) == []
    assert cut(8, 3, 4, 2) == [Window(3, 0, 8, 0, 8)]


def make_documents(sizes: list[int]) -> list[Ints1d]:
    """Ids that tell their document and place: 1000 x document + place."""
    return [np.arange(size, dtype=np.int64) + 1000 * doc for doc, size in enumerate(sizes)]


def check_batch(batch: PackedBatch, documents: list[Ints1d]) -> None:
    """Everything that the fields of one batch say about each other, row by row."""
    assert len(batch) > 0
    assert batch.ids.dtype == batch.positions.dtype == batch.segments.dtype == np.int64
    assert batch.core.dtype == np.bool_
    row = 0
    for segment, window in enumerate(batch.windows):
        for position, piece in enumerate(range(window.start_piece, window.end_piece)):
            assert batch.segments[row] == segment
            assert batch.positions[row] == position
            assert batch.ids[row] == documents[window.doc][piece]
            assert batch.core[row] == (window.core_start_piece <= piece < window.core_end_piece)
            row += 1
    assert row == len(batch) == len(batch.positions) == len(batch.segments) == len(batch.core)


@given(
    sizes=st.lists(SIZES, max_size=8), core=CORES, context=CONTEXTS, max_rows=st.integers(1, 120)
)
@example(sizes=[], core=4, context=2, max_rows=8)
@example(sizes=[0, 0], core=4, context=2, max_rows=8)
@example(sizes=[0, 50, 0, 1, 8, 0], core=4, context=2, max_rows=1)
def test_batches_are_whole_in_order_and_within_budget(
    sizes: list[int], core: int, context: int, max_rows: int
) -> None:
    documents = make_documents(sizes)
    batches = list(pack(documents, core=core, context=context, max_rows=max_rows))
    for batch in batches:
        check_batch(batch, documents)
        assert len(batch) <= max_rows or len(batch.windows) == 1
    for batch, following in pairwise(batches):  # the budget is used: no batch ends early
        assert len(batch) + read(following.windows[0]) > max_rows
    laid = [window for batch in batches for window in batch.windows]
    assert laid == [w for doc, size in enumerate(sizes) for w in cut(size, doc, core, context)]


@given(
    sizes=st.lists(SIZES, max_size=8), core=CORES, context=CONTEXTS, max_rows=st.integers(1, 120)
)
def test_core_parts_put_the_documents_together_again(
    sizes: list[int], core: int, context: int, max_rows: int
) -> None:
    documents = make_documents(sizes)
    found: list[list[int]] = [[] for _ in sizes]
    for batch in pack(documents, core=core, context=context, max_rows=max_rows):
        parts = list(core_parts(batch))
        assert [window for _, _, window in parts] == list(batch.windows)
        for doc, rows, window in parts:
            assert doc == window.doc
            assert batch.core[rows].all()
            assert len(found[doc]) == window.core_start_piece
            found[doc] += batch.ids[rows].tolist()
        n_kept = sum(rows.stop - rows.start for _, rows, _ in parts)
        assert n_kept == batch.core.sum()
    assert found == [document.tolist() for document in documents]


def test_a_long_document_is_never_in_memory_as_windows() -> None:
    ids = np.zeros(1_000_000, dtype=np.int64)
    settings = {"core": 64, "context": 256, "max_rows": 4096}
    tracemalloc.start()
    try:
        n_rows = sum(len(batch) for batch in pack([ids], **settings))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert n_rows > 8_000_000  # 15,000 windows read this much: 64 MB of ids alone
    assert peak < 2_000_000


def test_batches_are_made_when_asked_for() -> None:
    class Watched(list[Ints1d]):
        """Counts how often a document's ids are read, apart from the check of their shapes."""

        reads = 0

        def __getitem__(self, index: Any) -> Any:
            self.reads += 1
            return super().__getitem__(index)

    documents = Watched(make_documents([10] * 100))
    batches = pack(documents, core=10, context=0, max_rows=20)
    assert isinstance(batches, Iterator)
    assert documents.reads == 0
    next(batches)
    assert documents.reads == 2


def test_a_window_over_budget_is_a_batch_of_its_own() -> None:
    documents = make_documents([3, 30, 3, 3])
    batches = list(pack(documents, core=20, context=5, max_rows=10))
    assert [[w.doc for w in batch.windows] for batch in batches] == [[0], [1], [2, 3]]
    assert [len(batch) for batch in batches] == [3, 30, 6]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"core": 0}, "core of a window must have 1 piece or more, but has 0"),
        ({"core": -3}, "core .* has -3"),
        ({"context": -1}, "context of a window must have 0 pieces or more, but has -1"),
        ({"max_rows": 0}, "max_rows must be 1 or more, but is 0"),
    ],
)
def test_settings_are_checked_before_the_first_batch(change: dict[str, int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        pack([], **{"core": 4, "context": 2, "max_rows": 8, **change})


def test_cut_checks_its_settings() -> None:
    for n_pieces, core, context in ((5, 0, 2), (5, 4, -1), (-5, 4, 2)):
        with pytest.raises(ValueError, match=r"must have|cannot have -5 pieces"):
            cut(n_pieces, 0, core, context)


def test_ids_of_the_wrong_shape_are_refused() -> None:
    documents = [np.zeros(3, dtype=np.int64), np.zeros((1, 3), dtype=np.int64)]
    with pytest.raises(ValueError, match=r"document 1 must have the shape .*\(1, 3\)"):
        pack(documents, core=4, context=2, max_rows=8)


def test_the_number_of_windows_of_a_million_pieces() -> None:
    windows = cut(1_000_000, 0, 2048, 1024)
    assert len(windows) == math.ceil((1_000_000 - 2048) / 2048)
    assert sum(map(read, windows)) == 1_000_000 + (len(windows) - 1) * 2048


# --- Windows that are not exact


@given(
    n=st.integers(0, 400),
    limit=st.integers(1, 64),
    window=st.integers(1, 80),
    seed=st.integers(0, 99),
    share_of_words=st.floats(0, 1),
)
def test_windows_at_words_hold_the_limit_and_keep_every_piece_once(
    n: int, limit: int, window: int, seed: int, share_of_words: float
) -> None:
    rng = np.random.default_rng(seed)
    ids = np.arange(n, dtype=np.int64)
    words = rng.random(n) < share_of_words
    core, context = share(window, limit)
    kept = []
    batches = pack([ids], core=core, context=context, max_rows=100, word_starts=[words])
    for batch in batches:
        for w in batch.windows:
            assert 0 <= w.start_piece <= w.core_start_piece < w.core_end_piece <= w.end_piece <= n
            assert w.end_piece - w.start_piece <= limit
            kept += range(w.core_start_piece, w.core_end_piece)
    assert kept == list(range(n))


def test_windows_begin_at_words_where_some_are_near() -> None:
    n, limit = 1000, 128
    words = np.zeros(n, dtype=bool)
    words[::3] = True
    core, context = share(10**6, limit)
    assert (core, context) == (96, 16)
    ids = [np.zeros(n, dtype=np.int64)]
    (batch,) = pack(ids, core=core, context=context, max_rows=10**6, word_starts=[words])
    for window in batch.windows:
        assert window.start_piece % 3 == 0
        assert window.core_start_piece % 3 == 0
        assert window.end_piece % 3 == 0 or window.end_piece == n
        # At least a half of the context is left.
        if window.core_start_piece:
            assert window.core_start_piece - window.start_piece >= context // 2
        if window.core_end_piece < n:
            assert window.end_piece - window.core_end_piece >= context // 2


def test_a_network_without_a_limit_has_some_context() -> None:
    assert share(4096, None) == (4096, 128)
    assert share(6, None) == (6, 1)
    with pytest.raises(ValueError, match="reads 0"):
        share(10, 0)
