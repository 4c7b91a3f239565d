"""What every backend must do with weights that are lent to it, and with copies of its own."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from thinc.api import Adam, Model

from spacy_privacy_filter.checkpoints.sizes import EMBEDDING
from spacy_privacy_filter.types import PackedBatch

from ..helpers import assert_near
from .helpers import ROUNDINGS, SIZES, random_tensors
from .suite import embeddings_of, make, train_a_little, update, weights_of


def test_use_params_swaps_and_restores(shim: Any, backend: str, batch: PackedBatch) -> None:
    other = random_tensors(SIZES, seed=2)
    names = ["block.1.attn.qkv.weight", EMBEDDING, "norm.scale"]
    params = {(shim.id, name): other[name].to_float32() for name in names}
    params[shim.id + 1000, "block.0.attn.qkv.weight"] = np.zeros((2, 2), "f")  # somebody else's
    before, hidden = weights_of(shim), shim.predict(batch)
    mixed = random_tensors(SIZES) | {name: other[name] for name in names}
    with shim.use_params(params):
        assert_near(shim.predict(batch), make(backend, mixed).predict(batch), ROUNDINGS)
    for name, weight in weights_of(shim).items():
        np.testing.assert_array_equal(weight, before[name])
    np.testing.assert_array_equal(shim.predict(batch), hidden)


def test_use_params_restores_after_an_exception(shim: Any, batch: PackedBatch) -> None:
    other = random_tensors(SIZES, seed=2)
    hidden = shim.predict(batch)
    with (
        pytest.raises(KeyError, match="stop"),
        shim.use_params({(shim.id, EMBEDDING): other[EMBEDDING].to_float32()}),
    ):
        raise KeyError("stop")
    np.testing.assert_array_equal(shim.predict(batch), hidden)


def test_use_params_with_a_wrong_shape_changes_nothing(shim: Any, batch: PackedBatch) -> None:
    hidden, embedding = shim.predict(batch), np.ones((SIZES.vocab_size, SIZES.width), "f")
    params = {(shim.id, EMBEDDING): embedding, (shim.id, "norm.scale"): np.ones(3, "f")}
    with pytest.raises(ValueError, match=r"norm\.scale"), shim.use_params(params):
        pass
    np.testing.assert_array_equal(shim.predict(batch), hidden)


def test_use_params_is_a_change_of_weights(shim: Any) -> None:
    # What was read with other weights must not be recalled as if it were ours.
    before = shim.n_updates
    scale = np.ones(SIZES.width, "f")
    with shim.use_params({(shim.id, "norm.scale"): scale}):
        first = shim.n_updates
    with shim.use_params({(shim.id, "norm.scale"): scale}):
        second = shim.n_updates
    assert len({before, first, second, shim.n_updates}) == 4


@pytest.mark.trains
def test_averages_run_through_use_params(shim: Any, batch: PackedBatch) -> None:
    optimizer = Adam(0.05, use_averages=True)
    d_hidden = np.random.default_rng(3).standard_normal((len(batch), SIZES.width)).astype("f")
    for _ in range(3):
        update(shim, batch, d_hidden)
        shim.finish_update(optimizer)
    trained = weights_of(shim)
    with shim.use_params(optimizer.averages):
        averaged = weights_of(shim)
    for name in trained:
        assert averaged[name].shape == trained[name].shape
        assert (averaged[name] != trained[name]).any(), name
    for name, weight in weights_of(shim).items():
        np.testing.assert_array_equal(weight, trained[name])


def by_bytes(shim: Any) -> Any:
    other = shim.copy()
    other.load_tensors(embeddings_of(0.0))
    return other.from_bytes(shim.to_bytes())


def by_model_copy(shim: Any) -> Any:
    model: Model[Any, Any] = Model(
        "test", lambda model, x, is_train: (x, lambda d: d), shims=[shim]
    )
    return model.copy().shims[0]


COPIES: dict[str, Callable[[Any], Any]] = {
    "deepcopy": copy.deepcopy,
    "pickle": lambda shim: pickle.loads(pickle.dumps(shim)),  # noqa: S301 -- our own
    "shim.copy": lambda shim: shim.copy(),
    "Model.copy": by_model_copy,
    "bytes": by_bytes,
}


@pytest.mark.parametrize("way", COPIES)
def test_copies_keep_changed_weights_and_then_stand_alone(
    shim: Any, batch: PackedBatch, way: str
) -> None:
    fresh = shim.predict(batch)
    train_a_little(shim, batch)
    hidden = shim.predict(batch)
    assert np.abs(hidden - fresh).max() > 0.01
    other = COPIES[way](shim)
    assert other is not shim
    np.testing.assert_array_equal(other.predict(batch), hidden)
    train_a_little(other, batch, seed=6)
    assert np.abs(other.predict(batch) - hidden).max() > 0.01
    np.testing.assert_array_equal(shim.predict(batch), hidden)


@pytest.mark.parametrize("way", ["deepcopy", "pickle", "shim.copy", "Model.copy"])
def test_a_copy_counts_on(shim: Any, batch: PackedBatch, way: str) -> None:
    # A copy that began again could reach the number at which the original was saved, with other
    # weights, and pass for it.
    train_a_little(shim, batch)
    other = COPIES[way](shim)
    assert other.n_updates == shim.n_updates
    train_a_little(other, batch)
    assert other.n_updates > shim.n_updates


def test_use_params_twice_lends_once(shim: Any, batch: PackedBatch) -> None:
    # Two components that share the network: spaCy enters both, and leaves the first one first.
    hidden = shim.predict(batch)
    params = {(shim.id, "norm.scale"): np.zeros(SIZES.width, "f")}
    first, second = shim.use_params(params), shim.use_params(params)
    first.__enter__()
    second.__enter__()
    assert not shim.predict(batch).any()
    first.__exit__(None, None, None)
    second.__exit__(None, None, None)
    np.testing.assert_array_equal(shim.predict(batch), hidden)


@pytest.mark.parametrize("way", ["shim.copy", "Model.copy"])
def test_a_copy_has_an_id_of_its_own(shim: Any, way: str) -> None:
    # An optimizer that trains both would otherwise mix up their moments.
    assert COPIES[way](shim).id != shim.id
