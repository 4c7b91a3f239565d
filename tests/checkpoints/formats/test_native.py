"""Our own format: any heads, quantised matrices, a configuration that is checked key by key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from spacy_privacy_filter.checkpoints.registry import read_checkpoint, write_checkpoint
from spacy_privacy_filter.checkpoints.sizes import backbone_shapes
from spacy_privacy_filter.checkpoints.tensors.affine import dequantize, quantize
from spacy_privacy_filter.checkpoints.tensors.safetensors import (
    StoredTensor,
    fingerprint,
    read_safetensors,
)

from ..claims import verifies
from ..helpers import edit
from ..rare_sizes import NETWORK, SIZES, WEIGHTS, assert_same, edit_tensors, make


@pytest.mark.parametrize("heads", ["none", "categories", "tags categories"])
def test_native_holds_any_heads(tmp_path: Path, heads: str) -> None:
    expected = make(heads=heads)
    mark = write_checkpoint(tmp_path, expected)
    found = read_checkpoint(str(tmp_path))
    assert_same(found, expected)
    assert found.exclusive is False
    assert found.fingerprint == mark == fingerprint(found.tensors)
    assert found.backbone_tensors() | found.head_tensors() == found.tensors
    assert list(found.backbone_tensors()) == list(backbone_shapes(SIZES))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"version": 2}, "version.*'2'"),
        ({"format": "other"}, "format"),
        ({"more": 1}, "'more'"),
        *[
            ({key: ...}, f"missing.*{key}")
            for key in ("format", "version", "network", "tags", "exclusive", "fingerprint")
        ],
        ({"network": []}, "wrong type.*network"),
        ({"network": {"width": 64}}, "missing.*n_layers"),
        ({"network": SIZES.to_dict() | {"depth": 3}}, "depth"),
        ({"network": SIZES.to_dict() | {"window": 10**400}}, "impossible network"),
        ({"exclusive": 1}, "wrong type.*exclusive"),
        ({"tags": "O"}, "wrong type.*tags"),
        ({"tags": ["O", "B-"]}, "B-"),
        ({"tags": None}, "unembedding.weight is unknown"),
        ({"categories": []}, "categories"),
        ({"categories": ["a", "a", "b"]}, "categories"),
        ({"categories": [1, 2, 3]}, "categories"),
        ({"categories": ["a", "b"]}, "category_head.weight has the shape"),
        ({"fingerprint": "0" * 64}, "not those that network.json was written for"),
    ],
)
def test_native_configs_that_are_refused(
    native: Path, changes: dict[str, Any], message: str
) -> None:
    edit(native / NETWORK, **changes)
    with pytest.raises(ValueError, match=message):
        read_checkpoint(native)


QUANTIZED = {
    "embedding.weight": 8,
    "block.N.attn.qkv.weight": 8,
    "block.N.mlp.swiglu.weight": 4,
    "block.N.mlp.out.weight": 8,
    "unembedding.weight": 8,
}


@verifies("native", read=["8 bit", "4 bit"], write=["8 bit", "4 bit"])
def test_quantised_native(tmp_path: Path) -> None:
    expected = make("BF16", "tags categories")
    write_checkpoint(tmp_path, expected, quantize=QUANTIZED)
    stored, _ = read_safetensors(tmp_path / WEIGHTS)
    assert stored["block.1.mlp.swiglu.weight"].shape == (5, 128, 64 * 4 // 32)  # (E, out, in)
    assert stored["block.1.mlp.swiglu.scales"].shape == (5, 128, 1)
    found = read_checkpoint(tmp_path)
    assert list(found.tensors) == list(expected.tensors)
    for name, tensor in expected.tensors.items():
        pattern = name.replace(".0.", ".N.").replace(".1.", ".N.")
        values = found.tensors[name].to_float32()
        if pattern not in QUANTIZED:
            assert found.tensors[name].data.tolist() == tensor.data.tolist()
            continue
        assert found.tensors[name].dtype == "F32"
        assert values.flags.c_contiguous
        weights = tensor.to_float32()
        turned = np.swapaxes(weights, 1, 2) if weights.ndim == 3 else weights
        again = dequantize(*quantize(turned, QUANTIZED[pattern]), turned.shape[-1])
        again = np.swapaxes(again, 1, 2) if weights.ndim == 3 else again
        assert values.tolist() == again.tolist()
        assert np.abs(values - weights).max() < (0.004 if QUANTIZED[pattern] == 8 else 0.06)
    assert found.fingerprint == fingerprint(stored)
    write_checkpoint(tmp_path / "again", found)  # dequantised, it is an ordinary checkpoint
    assert_same(read_checkpoint(tmp_path / "again"), found)


def test_parts_of_a_quantised_matrix_are_named(tmp_path: Path) -> None:
    write_checkpoint(tmp_path, make(), quantize={"embedding.weight": 8})
    whole = (tmp_path / WEIGHTS).read_bytes()
    for part in ("weight", "scales", "biases"):
        edit_tensors(tmp_path, lambda tensors, part=part: tensors.pop(f"embedding.{part}"))  # type: ignore[misc]
        with pytest.raises(ValueError, match=f"embedding.{part} is missing"):
            read_checkpoint(tmp_path)
        (tmp_path / WEIGHTS).write_bytes(whole)
    edit_tensors(
        tmp_path,
        lambda t: t.update({"embedding.weight": StoredTensor.from_float32(np.ones((100, 16)))}),
    )
    with pytest.raises(ValueError, match=r"embedding\.weight holds F32, not U32"):
        read_checkpoint(tmp_path)


@pytest.mark.parametrize("name", ["embeding.weight", "norm.scale", "block.N.mlp.out.bias"])
def test_only_weight_matrices_can_be_quantised(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match=name.replace("N", "0")):
        write_checkpoint(tmp_path, make(), quantize={name: 8})
    assert list(tmp_path.iterdir()) == []
