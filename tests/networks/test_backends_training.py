"""What every backend must do with gradients and an optimizer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from thinc.api import Adam

from spacy_privacy_filter.checkpoints.sizes import EMBEDDING, backbone_shapes
from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor
from spacy_privacy_filter.compat import has
from spacy_privacy_filter.types import Ints1d, PackedBatch

from .helpers import SIZES, pack_whole, random_tensors
from .suite import embeddings_of, gradients, make, sgd, train_a_little, update, weights_of

pytestmark = pytest.mark.trains


def test_gradients_equal_finite_differences(
    backend: str, batch: PackedBatch, rng: np.random.Generator
) -> None:
    shim = make(backend, random_tensors(SIZES))
    d_hidden = rng.standard_normal((len(batch), SIZES.width)).astype("f")
    found, weights = gradients(shim, batch, d_hidden), weights_of(shim)

    def loss(name: str, moved: np.ndarray) -> float:
        tensors = {n: StoredTensor.from_float32(w) for n, w in (weights | {name: moved}).items()}
        hidden = make(backend, tensors).predict(batch)
        return float((hidden.astype(np.float64) * d_hidden).sum())

    step = 1e-3
    for name, weight in weights.items():
        direction = rng.standard_normal(weight.shape).astype("f")
        direction /= np.linalg.norm(direction)
        # Beside the random direction, so that the sum is not lost in rounding.
        direction += found[name] / max(np.linalg.norm(found[name]), 1e-12)
        slope = (loss(name, weight + step * direction) - loss(name, weight - step * direction)) / (
            2 * step
        )
        expected = float((found[name].astype(np.float64) * direction).sum())
        assert abs(expected) > 0.05, name
        assert slope == pytest.approx(expected, rel=0.02, abs=0.05), name


def test_gradients_of_several_batches_add_up(
    shim: Any, ids: list[Ints1d], rng: np.random.Generator
) -> None:
    batches = [pack_whole(ids[:2]), pack_whole(ids[2:])]
    d_hidden = [rng.standard_normal((len(b), SIZES.width)).astype("f") for b in batches]
    whole = gradients(shim, pack_whole(ids), np.concatenate(d_hidden))
    before = weights_of(shim)
    backprops = [shim.begin_update(b)[1] for b in batches]
    for backprop, gradient in zip(backprops, d_hidden, strict=True):
        backprop(gradient)
    shim.finish_update(sgd())
    after = weights_of(shim)
    for name, expected in whole.items():
        size = np.abs(expected).max()
        np.testing.assert_allclose(
            before[name] - after[name], expected, rtol=0, atol=1e-4 * size, err_msg=name
        )


def test_finish_update_steps_once(shim: Any, batch: PackedBatch, rng: np.random.Generator) -> None:
    before, optimizer = weights_of(shim), Adam(0.01)
    update(shim, batch, rng.standard_normal((len(batch), SIZES.width)).astype("f"))
    shim.finish_update(optimizer)
    once, n_updates = weights_of(shim), shim.n_updates
    assert all(np.abs(once[name] - before[name]).max() > 0 for name in before)
    # The other component of the pipeline calls it too: there is nothing left to do.
    shim.finish_update(optimizer)
    for name, weight in weights_of(shim).items():
        np.testing.assert_array_equal(weight, once[name])
    assert shim.n_updates == n_updates


def test_every_change_is_counted(shim: Any, batch: PackedBatch) -> None:
    seen = [shim.n_updates]
    train_a_little(shim, batch)
    seen.append(shim.n_updates)
    shim.load_tensors(embeddings_of(1.0))
    seen.append(shim.n_updates)
    shim.from_bytes(shim.to_bytes())
    seen.append(shim.n_updates)
    assert len(set(seen)) == len(seen)


def test_embedding_rate_scales_its_steps(
    backend: str, batch: PackedBatch, rng: np.random.Generator
) -> None:
    d_hidden = rng.standard_normal((len(batch), SIZES.width)).astype("f")
    moved = {}
    for rate in (1.0, 0.25):
        shim = make(backend, random_tensors(SIZES))
        shim.set_training(embedding_rate=rate)
        before = weights_of(shim)
        update(shim, batch, d_hidden)
        shim.finish_update(Adam(0.01))
        moved[rate] = {name: weight - before[name] for name, weight in weights_of(shim).items()}
    np.testing.assert_allclose(moved[0.25][EMBEDDING], 0.25 * moved[1.0][EMBEDDING], atol=1e-5)
    np.testing.assert_array_equal(moved[0.25]["norm.scale"], moved[1.0]["norm.scale"])


@pytest.mark.parametrize("n_layers", [None, 0, 1, 2, 3, 7])
def test_trainable_layers_freezes_all_else(
    shim: Any, batch: PackedBatch, rng: np.random.Generator, n_layers: int | None
) -> None:
    shim.set_training(trainable_layers=n_layers, balance=0.1)
    before = weights_of(shim)
    update(shim, batch, rng.standard_normal((len(batch), SIZES.width)).astype("f"))
    shim.finish_update(Adam(0.01))
    changed = {name for name, w in weights_of(shim).items() if (w != before[name]).any()}
    assert changed == trainable(n_layers)


def trainable(n_layers: int | None) -> set[str]:
    names = set(backbone_shapes(SIZES))
    if n_layers is None:
        return names
    if n_layers == 0:
        return set()
    first = max(SIZES.n_layers - n_layers, 0)
    blocks = {name for name in names if name.startswith("block.")}
    return {n for n in blocks if int(n.split(".")[1]) >= first} | {"norm.scale"}


def test_thawing_again_trains_everything(shim: Any, batch: PackedBatch) -> None:
    shim.set_training(trainable_layers=0)
    shim.set_training(trainable_layers=None)
    before = weights_of(shim)
    train_a_little(shim, batch)
    assert all((w != before[name]).any() for name, w in weights_of(shim).items())


needs_torch = pytest.mark.skipif(not has("torch"), reason="no torch here")


@needs_torch
def test_evaluation_mode_is_left_on(batch: PackedBatch) -> None:
    shim = make("torch", random_tensors(SIZES))
    shim.begin_update(batch)
    assert not any(module.training for module in shim.network.modules())
    bad = PackedBatch(
        batch.ids + SIZES.vocab_size, batch.positions, batch.segments, batch.core, batch.windows
    )
    with pytest.raises(IndexError):
        shim.begin_update(bad)
    assert not any(module.training for module in shim.network.modules())


@needs_torch
def test_the_router_balance_has_the_gradient_of_the_imbalance(batch: PackedBatch) -> None:
    import torch

    balance = 0.3
    shim = make("torch", random_tensors(SIZES))
    shim.set_training(balance=balance)
    found = gradients(shim, batch, np.zeros((len(batch), SIZES.width), "f"))
    network = shim.network.train()
    rows = tuple(torch.from_numpy(a) for a in (batch.ids, batch.positions, batch.segments))
    name, step = "block.2.mlp.gate.weight", 1e-3
    weight = network.get_parameter(name)
    direction = torch.from_numpy(found[name] / np.linalg.norm(found[name]))
    losses = []
    for sign in (1, -1):
        with torch.no_grad():
            weight += sign * step * direction
            losses.append(balance * float(network(*rows)[1]))
            weight -= sign * step * direction
    slope = (losses[0] - losses[1]) / (2 * step)
    assert slope == pytest.approx(float((found[name] * direction.numpy()).sum()), rel=0.02)
    assert 1.0 <= losses[0] / balance <= SIZES.n_experts
