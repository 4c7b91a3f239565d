"""MLX computes what PyTorch computes, with quantised matrices as they are stored.

What both backends must do is in test_backends.py; here is what is MLX's own, and the two compared.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from thinc.api import Adam

from spacy_privacy_filter.checkpoints.formats.openmed import all_matrices
from spacy_privacy_filter.checkpoints.registry import Checkpoint, read_checkpoint, write_checkpoint
from spacy_privacy_filter.checkpoints.sizes import EMBEDDING, TAG_HEAD, NetworkConfig
from spacy_privacy_filter.checkpoints.tensors.affine import QuantizedTensor
from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor
from spacy_privacy_filter.loading import load
from spacy_privacy_filter.networks.settings import backends
from spacy_privacy_filter.text.o200k import encode
from spacy_privacy_filter.types import PackedBatch

from ...checkpoints.helpers import IDS, make, openmed_logits, write_mlx_community
from ...helpers import assert_near
from ..helpers import (
    ROUNDINGS,
    SIZES,
    TAGS,
    network_from,
    pack_whole,
    random_ids,
    random_tensors,
    smaller,
)

mx = pytest.importorskip("mlx.core", reason="needs mlx")

# Roundings, as `ROUNDINGS`; but sines, exponentials and roots, too, are computed in another way,
# each a few roundings off, and they multiply what comes after.
PARITY = 4 * ROUNDINGS
# Rows are multiples of 64, as quantising in groups of 64 needs.
ROUND = smaller(SIZES, width=64, n_heads=8, head_dim=16, expert_width=64, n_kv_heads=4)
LETTER = (
    "Dear Mrs Eleanor Whitcombe, your results of 14 March 2025 are normal. Please ring "
    "01632 960 482 or write to e.whitcombe@example.org; the fee was charged to card "
    "4111 1111 1111 1111."
)


def make_shim(
    tensors: dict[str, StoredTensor] | None,
    backend: str = "mlx",
    config: NetworkConfig = SIZES,
    **settings: Any,
) -> Any:
    return backends.get(backend)(config, tensors, device="cpu", **settings)


@pytest.fixture
def batch(rng: np.random.Generator) -> PackedBatch:
    return pack_whole(random_ids(rng, [7, 1, 150, 12], SIZES.vocab_size))


def step(backend: str, batch: PackedBatch, d_hidden: np.ndarray, **training: Any) -> Any:
    shim = make_shim(random_tensors(SIZES), backend)
    shim.set_training(**training)
    optimizer = Adam(0.001)
    for _ in range(2):
        _, backprop = shim.begin_update(batch)
        backprop(d_hidden)
        shim.finish_update(optimizer)
    return shim


# --- Beside PyTorch --------------------------------------------------------------------------


def test_the_same_states(batch: PackedBatch) -> None:
    pytest.importorskip("torch")
    ours, theirs = (make_shim(random_tensors(SIZES), name) for name in ("mlx", "torch"))
    assert_near(ours.predict(batch), theirs.predict(batch), PARITY)


def test_yarn_is_the_same_at_far_positions(rng: np.random.Generator) -> None:
    pytest.importorskip("torch")
    sizes = smaller(SIZES, head_dim=32, rope_factor=32.0, rope_theta=150000.0)
    far = pack_whole(random_ids(rng, [5000], SIZES.vocab_size))
    ours, theirs = (make_shim(random_tensors(sizes), n, sizes) for n in ("mlx", "torch"))
    assert_near(ours.predict(far), theirs.predict(far), PARITY)


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


def test_the_shipped_pipeline_finds_the_same() -> None:
    pytest.importorskip("torch")
    found, logits = {}, {}
    for backend in ("torch", "mlx"):
        nlp = load(backend=backend)
        pipe: Any = nlp.get_pipe("privacy_filter")
        assert pipe.network.backend == backend
        logits[backend] = pipe.network.read([encode(LETTER * 4).ids], pipe.head)[0].logits
        doc = nlp(LETTER * 4)
        found[backend] = ([span[:3] for span in doc._.privacy_spans], max(doc.cats))
    # Trained logits reach 20, where the last bit alone is 2e-6: beside the bound, some parts of it.
    assert np.abs(logits["torch"]).max() > 10
    assert_near(logits["mlx"], logits["torch"], PARITY)
    assert found["mlx"] == found["torch"]
    assert len(found["mlx"][0]) >= 16


# --- Quantised -------------------------------------------------------------------------------


def quantized(bits: int, size: int = 64, folder: Path | None = None) -> dict[str, StoredTensor]:
    assert folder is not None
    tensors = random_tensors(ROUND, **{TAG_HEAD: len(TAGS)})
    checkpoint = Checkpoint("native", ROUND, tensors, TAGS)
    write_checkpoint(folder, checkpoint, "native", all_matrices(bits), size)
    return read_checkpoint(folder).backbone_tensors()


@pytest.mark.parametrize("size", [32, 64])
@pytest.mark.parametrize("bits", [8, 4])
def test_quantised_matrices_are_used_as_they_are(
    tmp_path: Path, batch: PackedBatch, bits: int, size: int
) -> None:
    tensors = quantized(bits, size, tmp_path)
    matrices = {name for name, tensor in tensors.items() if isinstance(tensor, QuantizedTensor)}
    assert matrices == {n for n, t in tensors.items() if len(t.shape) > 1 and "bias" not in n}
    shim = make_shim(tensors, config=ROUND)
    kept = {name for name, tensor in shim.tensors().items() if isinstance(tensor, QuantizedTensor)}
    assert kept == matrices
    expanded = {n: StoredTensor.from_float32(t.to_float32()) for n, t in tensors.items()}
    exact = make_shim(expanded, config=ROUND).predict(batch)
    assert_near(shim.predict(batch), exact, PARITY)
    full = make_shim(random_tensors(ROUND), config=ROUND).predict(batch)
    assert np.abs(exact - full).mean() > 1e-3  # there is something to lose


def test_quantised_weights_survive_bytes_and_copies(tmp_path: Path, batch: PackedBatch) -> None:
    tensors = quantized(8, folder=tmp_path)
    shim = make_shim(tensors, config=ROUND)
    data = shim.to_bytes()
    assert len(data) < 0.5 * sum(tensor.nbytes for tensor in tensors.values())
    for other in (make_shim(random_tensors(SIZES)).from_bytes(data), shim.copy()):
        assert isinstance(other.tensors()[EMBEDDING], QuantizedTensor)
        np.testing.assert_array_equal(other.predict(batch), shim.predict(batch))


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


@pytest.mark.parametrize("bits", [8, 4])
def test_artifacts_of_mlx_community_stay_quantised(tmp_path: Path, bits: int) -> None:
    write_mlx_community(tmp_path, make(), bits)
    network = network_from(tmp_path, backend="mlx")
    kept = {n for n, t in network.shim.tensors().items() if isinstance(t, QuantizedTensor)}
    names = ("attn.qkv", "attn.out", "mlp.swiglu", "mlp.out")
    wanted = {f"block.{i}.{name}.weight" for i in range(make().config.n_layers) for name in names}
    assert wanted | {EMBEDDING} <= kept
    exact = {
        n: StoredTensor.from_float32(t.to_float32())
        for n, t in read_checkpoint(tmp_path).backbone_tensors().items()
    }
    batch = pack_whole(list(IDS))
    expected = make_shim(exact, config=make().config).predict(batch)
    assert_near(network.shim.predict(batch), expected, PARITY)


@pytest.mark.parametrize("bits", [0, 8, 4])
def test_the_logits_of_openmeds_own_class(tmp_path: Path, bits: int) -> None:
    pytest.importorskip("openmed.mlx.models", reason="needs openmed")
    write_checkpoint(tmp_path, make(), "openmed", all_matrices(bits) if bits else None)
    network = network_from(tmp_path, backend="mlx")
    network.load()
    weight, bias = network.head_weights(TAG_HEAD)
    theirs = openmed_logits(tmp_path)
    for ids, expected in zip(IDS, theirs, strict=True):
        logits = network.shim.predict(pack_whole([ids])) @ weight.T + bias
        assert_near(logits, expected, PARITY)


def test_bfloat16_artifacts_stay_so_if_asked(tmp_path: Path, batch: PackedBatch) -> None:
    tensors = {
        name: StoredTensor.from_float32(tensor.to_float32(), "BF16")
        for name, tensor in random_tensors(SIZES).items()
    }
    rounded = make_shim(tensors, dtype="bfloat16")
    types = {name: tensor.dtype for name, tensor in rounded.tensors().items()}
    assert types["block.0.attn.qkv.weight"] == types[EMBEDDING] == "BF16"
    assert types["block.0.mlp.gate.weight"] == types["norm.scale"] == "F32"
    exact = make_shim(tensors)
    assert {tensor.dtype for tensor in exact.tensors().values()} == {"F32"}
    worst = np.abs(rounded.predict(batch) - exact.predict(batch)).max(axis=1)
    assert 0 < np.median(worst) < 0.1


# --- Memory, threads and settings ------------------------------------------------------------


def peak(shim: Any, batch: PackedBatch) -> int:
    shim.predict(batch)
    mx.clear_cache()
    mx.reset_peak_memory()
    before = mx.get_active_memory()
    shim.predict(batch)
    return int(mx.get_peak_memory() - before)


def test_no_copy_of_expert_weights_for_each_piece(rng: np.random.Generator) -> None:
    sizes = smaller(SIZES, n_layers=1, width=64, expert_width=256, n_experts=4)
    n = 2000
    batch = pack_whole(random_ids(rng, [n], SIZES.vocab_size))
    copies = n * sizes.experts_per_piece * sizes.width * 2 * sizes.expert_width * 4
    assert peak(make_shim(random_tensors(sizes), config=sizes), batch) < copies / 5


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


def test_memory_grows_with_the_pieces_not_their_square(rng: np.random.Generator) -> None:
    shim = make_shim(random_tensors(SIZES))
    used = [peak(shim, pack_whole(random_ids(rng, [n], SIZES.vocab_size))) for n in (3000, 12000)]
    assert used[1] < 6 * used[0]


def test_another_thread_predicts_the_same(batch: PackedBatch) -> None:
    shim, found = make_shim(random_tensors(SIZES)), []
    expected = shim.predict(batch)
    thread = threading.Thread(target=lambda: found.append(shim.predict(batch)))
    thread.start()
    thread.join(60)
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


@pytest.mark.skipif(mx.metal.is_available(), reason="there is a GPU here")
def test_a_gpu_that_is_not_there() -> None:
    with pytest.raises(ValueError, match=r"device = 'gpu' cannot be used here\. Use 'auto', 'cpu'"):
        backends.get("mlx")(SIZES, random_tensors(SIZES), device="gpu")


def test_no_int8_but_8_bit_artifacts() -> None:
    with pytest.raises(ValueError, match=r"the mlx backend has no int8.*8-bit artifact"):
        backends.get("mlx")(SIZES, random_tensors(SIZES), dtype="int8")


@pytest.mark.skipif(mx.metal.is_available(), reason="there is a GPU here")
def test_what_is_said_to_compute_is_what_does(tmp_path: Path) -> None:
    """MLX's CPU multiplies in float32 whatever was asked for: a table of speeds must say so."""
    dense = make_shim(random_tensors(SIZES), dtype="bfloat16")
    assert dense.computes == "bfloat16, multiplied in float32 on cpu"
    packed = make_shim(quantized(8, folder=tmp_path), config=ROUND, dtype="bfloat16")
    assert packed.computes == "8-bit, multiplied in float32 on cpu"
    assert make_shim(random_tensors(SIZES)).computes == "float32 on cpu"
