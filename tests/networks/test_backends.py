"""What every backend must do with a packed batch and its weights.

The suite knows a backend by its name in the registry and by what a shim promises; a new backend
joins by its name in `BACKENDS`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from thinc.api import fix_random_seed

from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor
from spacy_privacy_filter.networks.settings import backends
from spacy_privacy_filter.types import PackedBatch

from ..helpers import PATIENCE, assert_near
from .helpers import ROUNDINGS, SIZES, pack_whole, random_ids, random_tensors, smaller, split
from .suite import BACKENDS, gradients, make, sgd, weights_of

TRAINS_OR_NOT = [False, pytest.param(True, marks=pytest.mark.trains)]


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


@pytest.mark.trains
def test_predict_and_begin_update_agree(shim: Any, batch: PackedBatch) -> None:
    trained, _ = shim.begin_update(batch)
    assert_near(trained, shim.predict(batch), ROUNDINGS)


@pytest.mark.trains
def test_dropout_is_for_training_only(shim: Any, batch: PackedBatch) -> None:
    before = shim.predict(batch)
    shim.set_training(dropout=0.5)
    trained, _ = shim.begin_update(batch)
    assert np.abs(trained - before).max() > 0.1
    np.testing.assert_array_equal(shim.predict(batch), before)


@pytest.mark.trains
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
@pytest.mark.parametrize("trains", TRAINS_OR_NOT)
def test_a_piece_without_an_embedding(
    shim: Any, batch: PackedBatch, wrong: int, trains: bool
) -> None:
    ids = batch.ids.copy()
    ids[3] = wrong
    with pytest.raises(IndexError):
        shim(replace(batch, ids=ids), is_train=trains)
    assert np.isfinite(shim.predict(batch)).all()


@pytest.mark.trains
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
@pytest.mark.parametrize("trains", TRAINS_OR_NOT)
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


@pytest.mark.trains
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


@pytest.mark.trains
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


@pytest.mark.trains
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
    from tests.networks.helpers import pack_whole, random_ids, random_tensors, smaller, SIZES
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
