"""The rows of a table that a batch has touched are stepped as a dense optimizer steps them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from thinc.api import Adam

from spacy_privacy_filter.checkpoints.sizes import EMBEDDING
from spacy_privacy_filter.networks.sparse_step import step_rows
from spacy_privacy_filter.types import PackedBatch

from .helpers import SIZES, pack_whole
from .suite import gradients, update, weights_of


def dense_adam(weight: np.ndarray, gradient: np.ndarray, **settings: Any) -> np.ndarray:
    stepped, _ = Adam(**settings)((0, "W"), weight.copy(), gradient.copy())
    return np.asarray(stepped)


@pytest.mark.trains
@pytest.mark.parametrize("clip", [0.0, 0.5])
def test_embedding_steps_touched_rows_only_and_as_dense_adam(
    shim: Any, batch: PackedBatch, rng: np.random.Generator, clip: float
) -> None:
    d_hidden = rng.standard_normal((len(batch), SIZES.width)).astype("f")
    gradient = gradients(shim, batch, d_hidden)[EMBEDDING]
    before = weights_of(shim)[EMBEDDING]
    rules = {"learn_rate": 0.01, "grad_clip": clip, "L2": 0.01, "L2_is_weight_decay": True}
    update(shim, batch, d_hidden)
    shim.finish_update(Adam(**rules))
    after = weights_of(shim)[EMBEDDING]
    touched = np.unique(batch.ids)
    untouched = np.setdiff1d(np.arange(SIZES.vocab_size), touched)
    assert len(untouched) > 10
    np.testing.assert_array_equal(after[untouched], before[untouched])
    expected = dense_adam(before, gradient, **rules)
    np.testing.assert_allclose(after[touched], expected[touched], rtol=0, atol=1e-5)
    assert np.abs(after[touched] - before[touched]).min() > 1e-4


@pytest.mark.trains
def test_embedding_rows_keep_their_moments(shim: Any, rng: np.random.Generator) -> None:
    # Steps in which every row takes part must be those of a dense Adam, also after the first.
    everything = pack_whole([np.arange(SIZES.vocab_size, dtype=np.int64)])
    optimizer, dense = Adam(0.01, grad_clip=0.0), Adam(0.01, grad_clip=0.0)
    for _ in range(4):
        d_hidden = rng.standard_normal((len(everything), SIZES.width)).astype("f")
        gradient = gradients(shim, everything, d_hidden)[EMBEDDING]
        before = weights_of(shim)[EMBEDDING]
        update(shim, everything, d_hidden)
        shim.finish_update(optimizer)
        expected, _ = dense((0, "W"), before.copy(), gradient)
        np.testing.assert_allclose(weights_of(shim)[EMBEDDING], expected, rtol=0, atol=1e-4)


@pytest.mark.parametrize("averages", [False, True])
def test_state_is_kept_for_the_whole_table_and_lent_for_one_step(averages: bool) -> None:
    optimizer, key = Adam(0.1, use_averages=averages), (3, "E")
    table, rows = np.ones((4, 2), "f"), np.array([1, 3])
    stepped = step_rows(optimizer, key, table, rows, np.ones((2, 2), "f"), 1.0)
    assert stepped.shape == (2, 2)
    assert (stepped < 1).all()
    np.testing.assert_array_equal(table, 1)  # it is not changed here
    kept = [optimizer.mom1, optimizer.mom2, *([optimizer.averages] if averages else [])]
    for state in kept:
        assert set(state) == {key}
        assert state[key].shape == table.shape
    assert optimizer.mom1[key].any(axis=1).tolist() == [False, True, False, True]
    assert optimizer.nr_update[key] == 1


def test_a_rate_of_zero_leaves_rows_as_they_are() -> None:
    table = np.ones((4, 2), "f")
    stepped = step_rows(Adam(0.1), (0, "E"), table, np.array([2]), np.ones((1, 2), "f"), 0.0)
    np.testing.assert_array_equal(stepped, 1)
