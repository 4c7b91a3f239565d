"""What every backend must do with a packed batch, its weights and an optimizer.

The suite knows a backend by its name in the registry and by what a shim promises; a new backend
joins by its name in `BACKENDS`. The last parts are about one backend alone.
"""

from __future__ import annotations

import copy
import os
import pickle
import subprocess
import sys
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from thinc.api import Adam, Model, Optimizer, fix_random_seed

from spacy_privacy_filter.checkpoints.sizes import EMBEDDING, backbone_shapes
from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor
from spacy_privacy_filter.compat import has
from spacy_privacy_filter.networks.settings import backends
from spacy_privacy_filter.types import Ints1d, PackedBatch

from ..helpers import PATIENCE, assert_near
from .helpers import ROUNDINGS, SIZES, pack_whole, random_ids, random_tensors, smaller, split

BACKENDS = [
    pytest.param(name, marks=pytest.mark.skipif(not has(name), reason=f"no {name} here"))
    for name in ("torch", "mlx")
]


def make(backend: str, tensors: Mapping[str, StoredTensor] | None, **settings: str) -> Any:
    shim = backends.get(backend)(SIZES, tensors, device="cpu", **settings)
    shim.set_training()
    return shim


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def shim(backend: str) -> Any:
    return make(backend, random_tensors(SIZES))


@pytest.fixture
def ids(rng: np.random.Generator) -> list[Ints1d]:
    return random_ids(rng, [7, 1, 30, 12], SIZES.vocab_size)


@pytest.fixture
def batch(ids: list[Ints1d]) -> PackedBatch:
    return pack_whole(ids)


def sgd(rate: float = 1.0) -> Optimizer:
    """Plain descent: a step is the gradient, with the sign turned."""
    return Optimizer(rate, L2=0.0, grad_clip=0.0, beta1=0.0, beta2=0.0, use_averages=False)


def weights_of(shim: Any) -> dict[str, np.ndarray]:
    return {name: tensor.to_float32().copy() for name, tensor in shim.tensors().items()}


def update(shim: Any, batch: PackedBatch, d_hidden: np.ndarray) -> None:
    _, backprop = shim.begin_update(batch)
    backprop(d_hidden)


def gradients(shim: Any, batch: PackedBatch, d_hidden: np.ndarray) -> dict[str, np.ndarray]:
    """Gradients, as what one step of plain descent takes away from a copy."""
    stepped, before = shim.copy(), weights_of(shim)
    update(stepped, batch, d_hidden)
    stepped.finish_update(sgd())
    return {name: before[name] - after for name, after in weights_of(stepped).items()}


def train_a_little(shim: Any, batch: PackedBatch, seed: int = 5) -> None:
    """Change every weight that takes part: after this, what was read is not what must be kept."""
    rng = np.random.default_rng(seed)
    shape = (len(batch), SIZES.width)
    update(shim, batch, rng.standard_normal(shape).astype("f") / len(batch))
    shim.finish_update(sgd(0.05))


# --- Out of predict ------------------------------------------------------------------------------


def test_gives_one_float32_state_a_row(shim: Any, batch: PackedBatch) -> None:
    hidden = shim.predict(batch)
    assert isinstance(hidden, np.ndarray)
    assert (hidden.shape, hidden.dtype) == ((len(batch), SIZES.width), np.float32)
    assert np.isfinite(hidden).all()
    assert hidden.std() > 0.1


LENGTHS = st.lists(st.integers(1, 90), min_size=1, max_size=6)


@pytest.mark.parametrize("backend", BACKENDS)
@given(lengths=LENGTHS, seed=st.integers(0, 2**16))
@settings(max_examples=40)
def test_neighbours_do_not_matter(backend: str, lengths: list[int], seed: int) -> None:
    shim, rng = SHIMS(backend), np.random.default_rng(seed)
    ids = random_ids(rng, lengths, SIZES.vocab_size)
    alone = [shim.predict(pack_whole([doc])) for doc in ids]
    order = rng.permutation(len(ids))
    shuffled = [ids[i] for i in order]
    together = split(shim.predict(pack_whole(shuffled)), shuffled)
    for i, hidden in zip(order, together, strict=True):
        assert_near(hidden, alone[i], ROUNDINGS)


def SHIMS(backend: str, kept: dict[str, Any] = {}) -> Any:  # noqa: B006, N802 -- made once
    if backend not in kept:
        kept[backend] = make(backend, random_tensors(SIZES))
    return kept[backend]


def test_predict_and_begin_update_agree(shim: Any, batch: PackedBatch) -> None:
    trained, _ = shim.begin_update(batch)
    assert_near(trained, shim.predict(batch), ROUNDINGS)


def test_dropout_is_for_training_only(shim: Any, batch: PackedBatch) -> None:
    before = shim.predict(batch)
    shim.set_training(dropout=0.5)
    trained, _ = shim.begin_update(batch)
    assert np.abs(trained - before).max() > 0.1
    np.testing.assert_array_equal(shim.predict(batch), before)


def test_predict_while_an_update_is_open_changes_no_gradient(
    shim: Any, batch: PackedBatch, rng: np.random.Generator
) -> None:
    d_hidden = rng.standard_normal((len(batch), SIZES.width)).astype("f")
    expected = gradients(shim, batch, d_hidden)
    before = weights_of(shim)
    _, backprop = shim.begin_update(batch)
    shim.predict(batch)
    backprop(d_hidden)
    shim.finish_update(sgd())
    after = weights_of(shim)
    for name in before:
        np.testing.assert_allclose(before[name] - after[name], expected[name], atol=1e-4)


def test_there_is_nothing_to_train_on_after_predict(shim: Any, batch: PackedBatch) -> None:
    _, backprop = shim(batch, is_train=False)
    with pytest.raises(RuntimeError, match="begin_update"):
        backprop(np.zeros((len(batch), SIZES.width), "f"))


@pytest.mark.parametrize("wrong", [-1, SIZES.vocab_size, 2**31])
@pytest.mark.parametrize("trains", [False, True])
def test_a_piece_without_an_embedding(
    shim: Any, batch: PackedBatch, wrong: int, trains: bool
) -> None:
    ids = batch.ids.copy()
    ids[3] = wrong
    with pytest.raises(IndexError):
        shim(replace(batch, ids=ids), is_train=trains)
    assert np.isfinite(shim.predict(batch)).all()


def test_dropout_keeps_the_mean(backend: str) -> None:
    """Where the norms hardly norm: else they would hide that what is left is not scaled up."""
    sizes = smaller(SIZES, n_layers=1, rms_norm_eps=1e6)
    tensors = random_tensors(sizes)
    for name in ("attn.out.weight", "mlp.out.weight"):  # what is added is a bias, and no more
        shape = tensors[f"block.0.{name}"].shape
        tensors[f"block.0.{name}"] = StoredTensor.from_float32(np.zeros(shape, "f"))
    bias = np.tile(tensors["block.0.mlp.out.bias"].to_float32()[:1], (sizes.n_experts, 1))
    tensors["block.0.mlp.out.bias"] = StoredTensor.from_float32(bias)
    shim = backends.get(backend)(sizes, tensors, device="cpu")
    batch = pack_whole([np.full(4000, 7, np.int64)])
    expected = shim.predict(batch)[0]
    fix_random_seed(0)
    shim.set_training(dropout=0.5)
    drawn, _ = shim.begin_update(batch)
    assert drawn.std(axis=0).min() > 0.1 * expected.std()
    np.testing.assert_allclose(drawn.mean(axis=0), expected, rtol=0, atol=0.1 * expected.std())


@pytest.mark.parametrize(
    ("gate", "linear", "same"),
    [(20, 2, (7, 2)), (2, 20, (2, 7)), (2, -20, (2, -7)), (6.5, 2, None), (2, 6.5, None)],
)
@pytest.mark.parametrize("trains", [False, True])
def test_experts_clamp_both_of_their_halves(
    backend: str,
    batch: PackedBatch,
    gate: float,
    linear: float,
    same: tuple[float, float] | None,
    trains: bool,
) -> None:
    """Beyond 7, no random weights come; trained ones do."""

    def states(gate: float, linear: float) -> np.ndarray:
        tensors = random_tensors(SIZES)
        for name in [n for n in tensors if "mlp.swiglu" in n]:
            values = np.zeros(tensors[name].shape, "f")
            if name.endswith("bias"):
                half = values.shape[-1] // 2
                values[:, :half], values[:, half:] = gate, linear
            tensors[name] = StoredTensor.from_float32(values)
        hidden, _ = make(backend, tensors)(batch, is_train=trains)
        return np.asarray(hidden)

    found = states(gate, linear)
    if same is None:  # not clamped yet
        same = max(gate, 7) if gate > 2 else gate, max(linear, 7) if linear > 2 else linear
        assert np.abs(found - states(*same)).max() > 1e-3
    else:
        assert_near(found, states(*same), ROUNDINGS)


# --- Gradients -----------------------------------------------------------------------------------


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


def embeddings_of(value: float) -> dict[str, StoredTensor]:
    table = np.full((SIZES.vocab_size, SIZES.width), value, "f")
    return {"embedding.weight": StoredTensor.from_float32(table)}


def test_every_change_is_counted(shim: Any, batch: PackedBatch) -> None:
    seen = [shim.n_updates]
    train_a_little(shim, batch)
    seen.append(shim.n_updates)
    shim.load_tensors(embeddings_of(1.0))
    seen.append(shim.n_updates)
    shim.from_bytes(shim.to_bytes())
    seen.append(shim.n_updates)
    assert len(set(seen)) == len(seen)


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


# --- Other weights for a while -------------------------------------------------------------------


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


# --- Copies and bytes ----------------------------------------------------------------------------


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


def test_bytes_carry_the_sizes(shim: Any, backend: str, batch: PackedBatch) -> None:
    sizes = smaller(SIZES, n_layers=1, width=16, n_experts=3)
    other = backends.get(backend)(sizes, random_tensors(sizes), device="cpu")
    other.from_bytes(shim.to_bytes())
    assert other.network.config == SIZES
    np.testing.assert_array_equal(other.predict(batch), shim.predict(batch))


# --- Strict loading ------------------------------------------------------------------------------


def drop(tensors: dict[str, StoredTensor]) -> str:
    del tensors["block.1.mlp.gate.bias"]
    return r"block\.1\.mlp\.gate\.bias"


def add(tensors: dict[str, StoredTensor]) -> str:
    tensors["block.7.attn.sinks"] = tensors["block.1.attn.sinks"]
    return r"block\.7\.attn\.sinks"


def misshape(tensors: dict[str, StoredTensor]) -> str:
    tensors["norm.scale"] = StoredTensor.from_float32(np.ones(SIZES.width + 1, "f"))
    return r"norm\.scale"


@pytest.mark.parametrize("damage", [drop, add, misshape])
def test_loading_is_strict(backend: str, damage: Callable[[dict[str, StoredTensor]], str]) -> None:
    tensors = random_tensors(SIZES)
    name = damage(tensors)
    with pytest.raises((ValueError, RuntimeError), match=name):
        make(backend, tensors)


def test_fresh_weights_repeat_with_the_seed_and_keep_states_in_range(
    backend: str, batch: PackedBatch
) -> None:
    fix_random_seed(3)
    first = make(backend, None).predict(batch)
    fix_random_seed(3)
    np.testing.assert_array_equal(make(backend, None).predict(batch), first)
    assert 0.5 < first.std() < 2
    assert np.abs(make(backend, None).predict(batch) - first).max() > 0.1  # and then go on


# --- Number types and settings ------------------------------------------------------------------


def test_bfloat16_predicts_close_to_float32(backend: str, batch: PackedBatch) -> None:
    # 8 bits of mantissa, 3 layers: states of size 1 differ by some hundredths. A piece whose 3rd
    # and 4th expert are about equal may be sent to another one, so the median piece counts.
    tensors = random_tensors(SIZES)
    exact = make(backend, tensors).predict(batch)
    rounded = make(backend, tensors, dtype="bfloat16").predict(batch)
    assert rounded.dtype == np.float32
    worst = np.abs(rounded - exact).max(axis=1) / exact.std()
    assert 0 < np.median(worst) < 0.1


def test_bfloat16_keeps_exact_what_must_be(backend: str) -> None:
    tensors = make(backend, random_tensors(SIZES), dtype="bfloat16").tensors()
    exact = {name for name, tensor in tensors.items() if tensor.dtype == "F32"}
    assert exact == {n for n in tensors if "norm" in n or "sinks" in n or ".gate." in n}
    assert {t.dtype for n, t in tensors.items() if n not in exact} == {"BF16"}


def test_bfloat16_survives_bytes(backend: str, batch: PackedBatch) -> None:
    shim = make(backend, random_tensors(SIZES), dtype="bfloat16")
    other = make(backend, random_tensors(SIZES, seed=4), dtype="bfloat16")
    np.testing.assert_array_equal(
        other.from_bytes(shim.to_bytes()).predict(batch), shim.predict(batch)
    )


def test_training_in_bfloat16_is_refused(backend: str, batch: PackedBatch) -> None:
    shim = make(backend, random_tensors(SIZES), dtype="bfloat16")
    with pytest.raises(ValueError, match="dtype = 'float32'"):
        shim.begin_update(batch)


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"device": "abacus"}, r"device = 'abacus' cannot be used here\. Use 'auto', 'cpu'"),
        ({"device": "cuda:99"}, r"device = 'cuda:99' cannot be used here\. Use 'auto', 'cpu'"),
        ({"dtype": "float8"}, "Unknown dtype 'float8'.*float32, bfloat16"),
    ],
)
def test_bad_settings_say_what_is_allowed(
    backend: str, setting: dict[str, str], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        backends.get(backend)(SIZES, random_tensors(SIZES), **{"device": "cpu", **setting})


def test_whole_numbers_are_no_weights(backend: str) -> None:
    tensors = random_tensors(SIZES)
    shape = tensors["norm.scale"].shape
    tensors["norm.scale"] = StoredTensor("U32", np.ones(shape, np.uint32))
    with pytest.raises(
        ValueError, match=r"F32, F16, BF16, but a tensor is U32|U32, not F32 or F16"
    ):
        make(backend, tensors)


@pytest.mark.parametrize("n_draws", [0, 3])
def test_dropout_goes_on_where_it_was(shim: Any, batch: PackedBatch, n_draws: int) -> None:
    """What a resumed training run needs."""
    shim.set_training(dropout=0.5)
    for _ in range(n_draws):
        shim.begin_update(batch)
    state = np.array(shim.get_random_state())
    assert state.dtype == np.uint8
    drawn = [shim.begin_update(batch)[0] for _ in range(2)]
    assert np.abs(drawn[0] - drawn[1]).max() > 0.1
    shim.set_random_state(state)
    for expected in drawn:
        np.testing.assert_array_equal(shim.begin_update(batch)[0], expected)


FORK = """
    import os, sys
    import numpy as np
    from spacy_privacy_filter.networks.settings import backends
    backend = sys.argv[1]
    if backend == 'torch':
        import torch
        torch.set_num_threads(4)
    from tests.models.helpers import pack_whole, random_ids, random_tensors, smaller, SIZES
    sizes = smaller(SIZES, width=128, expert_width=128)  # large enough for several threads
    shim = backends.get(backend)(sizes, random_tensors(sizes), device="cpu")
    batch = pack_whole(random_ids(np.random.default_rng(0), [2000], sizes.vocab_size))
    hidden = shim.predict(batch)
    pid = os.fork()
    if pid == 0:
        same = np.allclose(shim.predict(batch), hidden, atol=1e-4)
        os._exit(0 if same and (backend != 'torch' or torch.get_num_threads() == 1) else 3)
    _, status = os.waitpid(pid, 0)
    if backend == 'torch':
        assert torch.get_num_threads() == 4  # the parent keeps its own
    sys.exit(os.waitstatus_to_exitcode(status))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_a_forked_process_predicts_after_its_parent_did(backend: str) -> None:
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(FORK), backend], timeout=PATIENCE)
    assert done.returncode == 0


# --- PyTorch alone -------------------------------------------------------------------------------

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
