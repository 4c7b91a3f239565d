"""Weights in MLX stay as they are stored, quantised or not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from spacy_privacy_filter.checkpoints.registry import read_checkpoint
from spacy_privacy_filter.checkpoints.sizes import EMBEDDING
from spacy_privacy_filter.checkpoints.tensors.affine import QuantizedTensor
from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor
from spacy_privacy_filter.networks.settings import backends
from spacy_privacy_filter.types import PackedBatch

from ....checkpoints.helpers import IDS, make, write_mlx_community
from ....helpers import assert_near
from ...helpers import SIZES, network_from, pack_whole, random_tensors
from .helpers import PARITY, ROUND, make_shim, quantized

mx = pytest.importorskip("mlx.core", reason="needs mlx")


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
