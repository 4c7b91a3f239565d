"""The rows of a table that a batch has touched are stepped as a dense optimizer steps them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from thinc.api import Adam

from spacy_privacy_filter.checkpoints.sizes import EMBEDDING
from spacy_privacy_filter.types import PackedBatch

from .helpers import SIZES, pack_whole
from .suite import gradients, update, weights_of


def dense_adam(weight: np.ndarray, gradient: np.ndarray, **settings: Any) -> np.ndarray:
    stepped, _ = Adam(**settings)((0, "W"), weight.copy(), gradient.copy())
    return np.asarray(stepped)


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
