"""Passes over documents of any length are exact: windows, batches and company change nothing.

What the backend computes is tested in the files test_backends*.py and in test_parity.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spacy_privacy_filter.checkpoints.sizes import NetworkConfig
from spacy_privacy_filter.compat import has
from spacy_privacy_filter.decoding.viterbi import decode
from spacy_privacy_filter.learning.losses import log_softmax
from spacy_privacy_filter.networks.network import Network
from spacy_privacy_filter.types import Reading

from ..helpers import assert_near
from .helpers import ROUNDINGS, SIZES, TAGS, WHOLE, random_ids

pytestmark = pytest.mark.skipif(not (has("torch") or has("mlx")), reason="no backend here")


def paths(readings: Sequence[Reading]) -> list[list[int]]:
    found = [log_softmax(r.logits) for r in readings if r.logits is not None]
    return [path.tolist() for path in decode(found, TAGS)]


def assert_same(found: Sequence[Reading], expected: Sequence[Reading]) -> None:
    for mine, other in zip(found, expected, strict=True):
        assert_near(mine.logits, other.logits, ROUNDINGS)
        assert_near(mine.pooled, other.pooled, ROUNDINGS)
    assert paths(found) == paths(expected)


@given(
    lengths=st.lists(st.one_of(st.integers(0, 40), st.integers(0, 160)), min_size=1, max_size=4),
    window=st.one_of(st.integers(1, 60), st.just(4096)),
    batch_pieces=st.one_of(st.integers(1, 300), st.just(8192)),
    seed=st.integers(0, 2**16),
)
@settings(max_examples=40)
def test_windows_batches_and_company_change_nothing(
    network: Network, head: Any, lengths: list[int], window: int, batch_pieces: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    ids = random_ids(rng, lengths, SIZES.vocab_size)
    network.configure(**WHOLE)
    alone = [network.read([doc], head)[0] for doc in ids]
    network.configure(window=window, batch_pieces=batch_pieces)
    order = rng.permutation(len(ids))
    assert_same(network.read([ids[i] for i in order], head), [alone[i] for i in order])


def test_the_context_is_needed_to_the_last_piece(
    network: Network, head: Any, rng: np.random.Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = random_ids(rng, [400], SIZES.vocab_size)
    network.configure(**WHOLE)
    (whole,) = network.read(ids, head)
    network.configure(window=4)
    (exact,) = network.read(ids, head)
    assert_near(exact.logits, whole.logits, ROUNDINGS)
    context = SIZES.n_layers * SIZES.window
    assert network.reach == context
    monkeypatch.setattr(NetworkConfig, "reach", context - 1)
    (short,) = network.read(ids, head)
    assert whole.logits is not None
    assert short.logits is not None
    assert np.abs(short.logits - whole.logits).max() > 1e-3


def test_long_windows_are_cut_and_short_documents_share_a_pass(
    network: Network, monkeypatch: pytest.MonkeyPatch, rng: np.random.Generator
) -> None:
    sizes: list[int] = []
    run = type(network.shim).predict

    def counted(shim: Any, batch: Any) -> Any:
        sizes.append(len(batch))
        return run(shim, batch)

    monkeypatch.setattr(type(network.shim), "predict", counted)
    network.configure(window=20, batch_pieces=60)
    network.read(random_ids(rng, [200], SIZES.vocab_size), None)
    assert len(sizes) > 5
    assert max(sizes) <= 20 + 2 * SIZES.n_layers * SIZES.window
    sizes.clear()
    network.read(random_ids(rng, [10] * 12, SIZES.vocab_size), None)
    assert sizes == [60, 60]


def test_an_unknown_piece_is_named_by_number(network: Network) -> None:
    ids = np.asarray([1, SIZES.vocab_size], dtype=np.int64)
    with pytest.raises(ValueError, match=f"id {SIZES.vocab_size}, but there are"):
        network.read([ids], None)
