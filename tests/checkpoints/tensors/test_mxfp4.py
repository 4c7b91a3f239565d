"""Experts of an original release in MXFP4, against transformers' own reader of such blocks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from spacy_privacy_filter.checkpoints.registry import read_checkpoint, write_checkpoint
from spacy_privacy_filter.checkpoints.tensors.mxfp4 import EXPERTS, MAX_SCALE
from spacy_privacy_filter.checkpoints.tensors.safetensors import (
    StoredTensor,
    read_safetensors,
    write_safetensors,
)

from ..claims import MXFP4_READER, verifies
from ..helpers import SIZES, WEIGHTS, make, pack_experts, reference, write_mlx_community

TOLERANCE = 2e-4


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    write_checkpoint(tmp_path / "opf", make(bias=False), "opf")
    return tmp_path / "opf"


def test_blocks_become_the_numbers_that_they_stand_for(packed: Path) -> None:
    exact = pack_experts(packed)
    assert len(exact) == 2 * SIZES.n_layers
    found = read_checkpoint(packed)
    assert found.format == "opf"
    for name, values in exact.items():
        assert found.tensors[name].dtype == "BF16"
        assert (found.tensors[name].to_float32() == values).all(), name
    others = make(bias=False).tensors
    name = "block.0.attn.qkv.weight"
    assert (found.tensors[name].to_float32() == others[name].to_float32()).all()


@verifies("opf", read=["MXFP4"], against=[MXFP4_READER])
def test_transformers_reads_the_same(packed: Path) -> None:
    """Its reader is that of gpt-oss, which turns the matrices in the end; opf does not."""
    torch = pytest.importorskip("torch")
    theirs = pytest.importorskip("transformers.integrations.mxfp4", reason="needs transformers")
    pack_experts(packed, seed=3)
    tensors, _ = read_safetensors(packed / WEIGHTS)
    found = read_checkpoint(packed).tensors
    names = [name for name in found if name.endswith(EXPERTS)]
    assert names
    for name in names:
        parts = [torch.from_numpy(tensors[name + end].data) for end in (".blocks", ".scales")]
        dense = theirs.convert_moe_packed_tensors(*parts).transpose(1, 2)
        assert (found[name].to_float32() == dense.float().numpy()).all(), name


def test_every_code_and_scale_as_transformers(packed: Path) -> None:
    torch = pytest.importorskip("torch")
    theirs = pytest.importorskip("transformers.integrations.mxfp4", reason="needs transformers")
    from spacy_privacy_filter.checkpoints.tensors.mxfp4 import _look_up

    powers = np.repeat(np.arange(8, MAX_SCALE + 1, dtype=np.uint8), 16)
    codes = np.tile(np.arange(256, dtype=np.uint8).reshape(16, 16), (len(powers) // 16, 1))
    ours = StoredTensor("BF16", _look_up(codes, powers)).to_float32()
    blocks, scales = torch.from_numpy(codes)[None, :, None], torch.from_numpy(powers)[None, :, None]
    dense = theirs.convert_moe_packed_tensors(blocks, scales).transpose(1, 2)[0].float().numpy()
    assert (ours == dense).all()
    assert np.isfinite(ours).all()


def test_the_logits_are_those_of_transformers(packed: Path, tmp_path: Path) -> None:
    """The packed file, against the exact numbers written plainly and run by transformers."""
    exact = pack_experts(packed, seed=5)
    checkpoint = make(bias=False)
    plain = {name: StoredTensor.from_float32(values) for name, values in exact.items()}
    expected = reference(tmp_path / "a", replace(checkpoint, tensors=checkpoint.tensors | plain))
    found = read_checkpoint(packed)
    tensors = {n: StoredTensor.from_float32(t.to_float32()) for n, t in found.tensors.items()}
    again = reference(tmp_path / "b", replace(found, tensors=tensors))
    assert np.abs(again - expected).max() < TOLERANCE


BLOCKS, SCALES = "block.0.mlp.out.weight.blocks", "block.0.mlp.out.weight.scales"


def u8(*shape: int, value: int = 120) -> StoredTensor:
    return StoredTensor("U8", np.full(shape, value, np.uint8))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({SCALES: None}, "scales of None"),
        ({BLOCKS: None}, r"out\.weight is missing"),
        ({BLOCKS: u8(5, 64, 2, 8)}, "blocks of the shape"),
        ({BLOCKS: u8(5, 64, 3, 16)}, "blocks of the shape"),
        ({BLOCKS: u8(5, 2, 64, 16)}, "blocks of the shape"),
        ({BLOCKS: u8(0)}, "blocks of the shape"),
        ({SCALES: u8(5, 64, 2, 1)}, "scales of"),
        ({SCALES: u8(5, 64, 2, value=255)}, "scale of 255"),
        ({SCALES: StoredTensor.from_float32(np.ones((5, 64, 2)))}, "U8 and F32"),
        ({"block.0.mlp.out.weight": StoredTensor.from_float32(np.ones((5, 64, 64)))}, "beside"),
        ({"block.0.attn.out.weight.blocks": u8(64, 6, 16)}, "only the experts"),
        ({"wibble.blocks": u8(1)}, "only the experts"),
    ],
)
def test_blocks_that_lie(packed: Path, changes: dict[str, Any], message: str) -> None:
    pack_experts(packed)
    tensors, metadata = read_safetensors(packed / WEIGHTS)
    kept = {name: t for name, t in (tensors | changes).items() if t is not None}
    write_safetensors(packed / WEIGHTS, kept, metadata)
    with pytest.raises(ValueError, match=message):
        read_checkpoint(packed)


def test_other_layouts_have_none(tmp_path: Path) -> None:
    for format_, name in (("openmed", "weights.safetensors"), ("mlx-community", WEIGHTS)):
        folder = tmp_path / format_
        if format_ == "openmed":
            write_checkpoint(folder, make(), format_)
        else:
            write_mlx_community(folder, make())
        tensors, metadata = read_safetensors(folder / name)
        tensors["x.blocks"] = u8(1)
        write_safetensors(folder / name, tensors, metadata)
        with pytest.raises(ValueError, match="MXFP4"):
            read_checkpoint(folder)
