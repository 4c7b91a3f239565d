"""Passes over documents: logits and means in any order, and gradients through windows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from spacy_privacy_filter.compat import has
from spacy_privacy_filter.networks import passes
from spacy_privacy_filter.networks.network import Network
from spacy_privacy_filter.text.windows import pack

from ..helpers import assert_near
from .helpers import ROUNDINGS, SIZES, TAGS, WHOLE, make_head, network_from, random_ids, weights_of
from .suite import sgd

pytestmark = pytest.mark.skipif(not (has("torch") or has("mlx")), reason="no backend here")


def test_documents_without_pieces(network: Network, head: Any) -> None:
    empty = np.zeros(0, dtype=np.int64)
    first, second = network.read([empty, empty], head)
    assert first.logits is not None
    assert first.logits.shape == (0, len(TAGS))
    assert not second.pooled.any()
    assert network.read([], head) == []
    hidden, finish = network.start_update([empty])
    assert hidden[0].shape == (0, SIZES.width)
    finish(hidden)


def test_pooled_is_the_mean_of_all_pieces(network: Network, rng: np.random.Generator) -> None:
    ids = random_ids(rng, [130, 3], SIZES.vocab_size)
    network.configure(window=7, batch_pieces=50)
    hidden, _ = network.start_update(ids)
    for reading, states in zip(network.read(ids, None), hidden, strict=True):
        assert reading.logits is None
        assert_near(reading.pooled, states.mean(axis=0), ROUNDINGS, size=states)


@pytest.mark.parametrize("window", [1, 16, 33])
def test_training_through_windows_has_the_gradients_of_the_whole(
    folder: Path, rng: np.random.Generator, window: int
) -> None:
    ids = random_ids(rng, [150, 0, 20], SIZES.vocab_size)
    d_hidden = [rng.standard_normal((len(doc), SIZES.width)).astype("f") / 170 for doc in ids]
    steps = []
    for cut in (WHOLE, {"window": window, "batch_pieces": 64}):
        network = network_from(folder, **cut)
        before = weights_of(network)
        _, finish = network.start_update(ids)
        finish(d_hidden)
        network.finish_update(sgd())
        steps.append({name: before[name] - w for name, w in weights_of(network).items()})
    for name, expected in steps[0].items():
        size = np.abs(expected).max()
        assert size > 0
        np.testing.assert_allclose(steps[1][name], expected, rtol=0, atol=2e-4 * size)


def test_several_layers_share_one_pass(network: Network, rng: np.random.Generator) -> None:
    ids = random_ids(rng, [40, 3], SIZES.vocab_size)
    layers = [make_head(), make_head()]
    batches = list(pack(ids, core=9, context=SIZES.reach, max_rows=50))
    found = passes.read(network.shim, layers, ids, batches)
    assert [[part.shape for part in one.logits] for one in found] == [
        [(len(doc), len(TAGS))] * 2 for doc in ids
    ]
    for one in found:
        np.testing.assert_array_equal(one.logits[0], one.logits[1])
    assert passes.read(network.shim, [], [], []) == []
