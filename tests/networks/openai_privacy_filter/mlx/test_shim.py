"""MLX computes what PyTorch computes, with quantised matrices as they are stored.

What both backends must do is in test_backends*.py; here is what is MLX's own, and the two compared.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from thinc.api import Adam

from spacy_privacy_filter.checkpoints.sizes import EMBEDDING
from spacy_privacy_filter.checkpoints.tensors.affine import QuantizedTensor
from spacy_privacy_filter.types import PackedBatch

from ....helpers import PATIENCE, assert_near
from ...helpers import SIZES, pack_whole, random_ids, random_tensors, smaller
from .helpers import PARITY, ROUND, make_shim, quantized

mx = pytest.importorskip("mlx.core", reason="needs mlx")


def step(backend: str, batch: PackedBatch, d_hidden: np.ndarray, **training: Any) -> Any:
    shim = make_shim(random_tensors(SIZES), backend)
    shim.set_training(**training)
    optimizer = Adam(0.001)
    for _ in range(2):
        _, backprop = shim.begin_update(batch)
        backprop(d_hidden)
        shim.finish_update(optimizer)
    return shim


@pytest.mark.parametrize(
    "training", [{}, {"balance": 0.3}, {"trainable_layers": 1}, {"embedding_rate": 0.25}], ids=str
)
def test_the_same_steps(
    batch: PackedBatch, rng: np.random.Generator, training: dict[str, Any]
) -> None:
    """Also with the router's imbalance in the loss, whose size no prediction shows."""
    pytest.importorskip("torch")
    d_hidden = rng.standard_normal((len(batch), SIZES.width)).astype("f") / len(batch)
    ours, theirs = (step(name, batch, d_hidden, **training) for name in ("mlx", "torch"))
    before = random_tensors(SIZES)
    for name, expected in theirs.tensors().items():
        moved = np.abs(expected.to_float32() - before[name].to_float32()).max()
        error = np.abs(ours.tensors()[name].to_float32() - expected.to_float32())
        # Adam's first steps turn on the sign of tiny gradients: nearly all must agree.
        assert np.mean(error > 0.02 * moved) < 0.01, name


def test_a_trained_network_moves_from_one_to_the_other(
    batch: PackedBatch, rng: np.random.Generator
) -> None:
    pytest.importorskip("torch")
    d_hidden = rng.standard_normal((len(batch), SIZES.width)).astype("f") / len(batch)
    for one, other in (("mlx", "torch"), ("torch", "mlx")):
        trained = step(one, batch, d_hidden)
        taken = make_shim(random_tensors(SIZES, seed=3), other).from_bytes(trained.to_bytes())
        for name, tensor in trained.tensors().items():
            np.testing.assert_array_equal(
                taken.tensors()[name].to_float32(), tensor.to_float32(), err_msg=name
            )


@pytest.mark.parametrize("n_layers", [1, None])
def test_training_expands_only_what_it_changes(
    tmp_path: Path, batch: PackedBatch, rng: np.random.Generator, n_layers: int | None
) -> None:
    shim = make_shim(quantized(8, folder=tmp_path), config=ROUND)
    shim.set_training(trainable_layers=n_layers)
    before, updates = shim.predict(batch), shim.n_updates
    hidden, backprop = shim.begin_update(batch)
    assert_near(hidden, before, PARITY)
    assert shim.n_updates == updates  # the same numbers, so what was saved is still true
    backprop(rng.standard_normal(hidden.shape).astype("f"))
    shim.finish_update(Adam(0.01))
    packed = {n for n, t in shim.tensors().items() if isinstance(t, QuantizedTensor)}
    trained = f"block.{ROUND.n_layers - 1}."
    if n_layers is None:
        assert not packed
    else:
        assert packed
        assert not any(name.startswith(trained) for name in packed)
    assert np.abs(shim.predict(batch) - before).max() > 0.01


def test_a_step_does_not_copy_the_table(rng: np.random.Generator) -> None:
    sizes = smaller(SIZES, n_layers=1, vocab_size=200_000)
    shim, optimizer = make_shim(random_tensors(sizes), config=sizes), Adam(0.01)
    batch = pack_whole(random_ids(rng, [50], sizes.vocab_size))
    before = shim.tensors()[EMBEDDING].to_float32().copy()

    def peak_of_a_step() -> int:
        hidden, backprop = shim.begin_update(batch)
        backprop(np.ones_like(hidden))
        del backprop
        mx.clear_cache()
        mx.reset_peak_memory()
        held = mx.get_active_memory()
        shim.finish_update(optimizer)
        return int(mx.get_peak_memory() - held)

    assert peak_of_a_step() < before.nbytes / 10
    other = shim.copy()  # shares the table, which must not change under it
    kept = other.tensors()[EMBEDDING].to_float32().copy()
    peak_of_a_step()
    np.testing.assert_array_equal(other.tensors()[EMBEDDING].to_float32(), kept)
    moved = np.abs(shim.tensors()[EMBEDDING].to_float32() - kept).max(axis=1) > 0
    np.testing.assert_array_equal(np.flatnonzero(moved), np.unique(batch.ids))


def test_another_thread_predicts_the_same(batch: PackedBatch) -> None:
    shim, found = make_shim(random_tensors(SIZES)), []
    expected = shim.predict(batch)
    thread = threading.Thread(target=lambda: found.append(shim.predict(batch)))
    thread.start()
    thread.join(PATIENCE)
    np.testing.assert_array_equal(found[0], expected)


def test_updates_that_were_not_finished_are_not_copied(
    batch: PackedBatch, rng: np.random.Generator
) -> None:
    shim = make_shim(random_tensors(SIZES))
    _, backprop = shim.begin_update(batch)
    backprop(rng.standard_normal((len(batch), SIZES.width)).astype("f"))
    other = shim.copy()
    other.finish_update(Adam(0.1))
    np.testing.assert_array_equal(
        other.predict(batch), make_shim(random_tensors(SIZES)).predict(batch)
    )
