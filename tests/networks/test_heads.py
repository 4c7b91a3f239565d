"""Heads over a shared network, as layers of thinc."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from thinc.api import Linear, Model

from spacy_privacy_filter.compat import has
from spacy_privacy_filter.networks.architectures import (
    build_backbone_v1,
    build_categorizer_v1,
    build_tagger_v1,
)
from spacy_privacy_filter.networks.heads import LinearHead
from spacy_privacy_filter.networks.network import network_of
from spacy_privacy_filter.types import Ints1d

from ..helpers import assert_near
from .helpers import ROUNDINGS, SIZES, TAGS, make_head, random_ids, weights_of
from .suite import sgd

pytestmark = pytest.mark.skipif(not (has("torch") or has("mlx")), reason="no backend here")


def make_layer(build: Callable[[Model], Model], folder: Path) -> Any:
    backbone = build_backbone_v1()
    network_of(backbone).configure(source=str(folder))
    layer = build(backbone)
    head, fresh = layer.get_ref("head"), make_head()
    for name, size in (("nO", len(TAGS)), ("nI", SIZES.width)):
        head.set_dim(name, size)
    for name in ("W", "b"):
        head.set_param(name, fresh.get_param(name))
    network_of(layer.get_ref("backbone")).load()
    return layer


def train_a_little(layer: Any, ids: list[Ints1d]) -> None:
    scores, backprop = layer.begin_update(ids)
    backprop([s * 0.05 for s in scores] if isinstance(scores, list) else scores * 0.05)
    layer.finish_update(sgd(0.1))


@pytest.mark.parametrize("build", [build_tagger_v1, build_categorizer_v1])
@pytest.mark.parametrize("duplicate", [lambda layer: layer.copy(), copy.deepcopy])
def test_copies_of_a_layer_train_their_own_weights(
    folder: Path, rng: np.random.Generator, build: Any, duplicate: Any
) -> None:
    ids = random_ids(rng, [30, 4], SIZES.vocab_size)
    layer = make_layer(build, folder)
    train_a_little(layer, ids)
    before = np.vstack(layer.predict(ids))
    other = duplicate(layer)
    np.testing.assert_array_equal(np.vstack(other.predict(ids)), before)
    weights = weights_of(network_of(other.layers[0]))
    train_a_little(other, ids)
    after = weights_of(network_of(other.layers[0]))
    assert all((after[name] != weights[name]).any() for name in weights)
    assert np.abs(np.vstack(other.predict(ids)) - before).max() > 1e-3
    np.testing.assert_array_equal(np.vstack(layer.predict(ids)), before)


@pytest.mark.parametrize("build", [build_tagger_v1, build_categorizer_v1])
def test_training_and_reading_see_the_same(
    folder: Path, rng: np.random.Generator, build: Any
) -> None:
    ids = random_ids(rng, [30, 1, 80], SIZES.vocab_size)
    layer = make_layer(build, folder)
    scores, _ = layer.begin_update(ids)
    assert_near(np.vstack(layer.predict(ids)), np.vstack(scores), ROUNDINGS)


def test_a_head_needs_a_backbone_of_ours() -> None:
    with pytest.raises(ValueError, match=r"needs a backbone.*Backbone\.v1.*'linear'"):
        build_tagger_v1(Linear())


def test_a_head_counts_its_changes_and_takes_any_size() -> None:
    head = LinearHead("unembedding")
    assert not head.is_ready
    before = head.n_changes
    head.put(np.ones((3, 4), "f"), np.zeros(3, "f"))
    assert head.is_ready
    assert head.n_changes > before
    assert head.predict(np.ones((2, 4), "f")).tolist() == [[4.0] * 3] * 2
    head.put(np.ones((5, 2), "f"), np.arange(5, dtype="f"))
    assert (head.get_dim("nO"), head.get_dim("nI")) == (5, 2)
    weight, bias = head.weights()
    assert weight.shape == (5, 2)
    assert bias.tolist() == [0.0, 1.0, 2.0, 3.0, 4.0]
    head.clear()
    assert not head.is_ready


@pytest.mark.parametrize("build", [build_tagger_v1, build_categorizer_v1])
def test_there_is_nothing_to_train_on_after_predict(
    folder: Path, rng: np.random.Generator, build: Any
) -> None:
    layer = make_layer(build, folder)
    scores, backprop = layer(random_ids(rng, [5], SIZES.vocab_size), is_train=False)
    with pytest.raises(RuntimeError, match=r"call begin_update\(\)"):
        backprop(scores)
