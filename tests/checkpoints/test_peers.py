"""Quantised files as MLX itself writes and reads them, in both layouts that MLX users have."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from spacy_privacy_filter.checkpoints.formats.openmed_artifact import (
    LABELS,
    SAFETENSORS,
    all_matrices,
)
from spacy_privacy_filter.checkpoints.registry import read_checkpoint, write_checkpoint

from .claims import MLX, verifies
from .helpers import WEIGHTS, make, write_mlx_community

LAYOUTS = {"openmed": SAFETENSORS, "mlx-community": WEIGHTS}
CASES = [
    pytest.param(format_, bits, marks=verifies(format_, read=[f"{bits} bit"], against=[MLX]))
    for format_ in LAYOUTS
    for bits in (8, 4)
]


def requantized(folder: Path, format_: str, bits: int) -> dict[str, np.ndarray]:
    """Quantise a file's matrices with MLX's own function, write it with MLX's own, and give the
    numbers that MLX says are in it (float32), by the names of the file.
    """
    mx: Any = pytest.importorskip("mlx.core", reason="needs mlx")
    path, exact = folder / LAYOUTS[format_], {}
    weights = dict(mx.load(str(path)))
    for name in [name for name in weights if f"{name.removesuffix('.weight')}.scales" in weights]:
        stem = name.removesuffix(".weight")
        own = 32 * weights[name].shape[-1] // (64 * weights[f"{stem}.scales"].shape[-1])
        parts = [weights[f"{stem}.{part}"].astype(mx.float32) for part in ("scales", "biases")]
        dense = mx.dequantize(weights[name], *parts, group_size=64, bits=own) * 1.25
        new = mx.quantize(dense.astype(mx.bfloat16), group_size=64, bits=own)
        weights |= dict(zip((name, f"{stem}.scales", f"{stem}.biases"), new, strict=True))
        parts = [part.astype(mx.float32) for part in new[1:]]
        exact[name] = np.array(mx.dequantize(new[0], *parts, group_size=64, bits=own))
    mx.eval(*weights.values())
    path.unlink()
    mx.save_safetensors(str(path), weights, metadata={"format": "mlx"})
    return exact


@pytest.mark.parametrize(("format_", "bits"), CASES)
def test_numbers_of_mlx(tmp_path: Path, format_: str, bits: int) -> None:
    if format_ == "openmed":
        write_checkpoint(tmp_path, make(), "openmed", all_matrices(bits))
    else:
        write_mlx_community(tmp_path, make(), bits)
    exact = requantized(tmp_path, format_, bits)
    found = {name: t.to_float32() for name, t in read_checkpoint(tmp_path).tensors.items()}
    assert read_checkpoint(tmp_path).format == format_
    assert (tmp_path / LABELS).exists() is (format_ == "openmed")
    seen = 0
    for name, expected in expected_by_our_names(exact, format_).items():
        assert (found[name] == expected).all(), name
        seen += 1
    assert seen == 2 * 5 + 2  # qkv, out, gate, swiglu, out of two layers; embedding and head


def expected_by_our_names(exact: dict[str, np.ndarray], format_: str) -> dict[str, np.ndarray]:
    """Turn experts to (n_experts, in, out), and put together what mlx-community keeps apart."""
    if format_ == "openmed":
        return {name: np.swapaxes(v, -1, -2) if v.ndim == 3 else v for name, v in exact.items()}
    found = {
        "embedding.weight": exact["model.embed_tokens.weight"],
        "unembedding.weight": exact["score.weight"],
    }
    for i in range(2):
        layer, block = f"model.layers.{i}", f"block.{i}"
        qkv = [exact[f"{layer}.self_attn.{x}_proj.weight"] for x in "qkv"]
        found[f"{block}.attn.qkv.weight"] = np.concatenate(qkv)
        found[f"{block}.attn.out.weight"] = exact[f"{layer}.self_attn.o_proj.weight"]
        found[f"{block}.mlp.gate.weight"] = exact[f"{layer}.mlp.router.weight"]
        halves = [exact[f"{layer}.mlp.experts.{x}_proj.weight"] for x in ("gate", "up")]
        found[f"{block}.mlp.swiglu.weight"] = np.concatenate(
            [np.swapaxes(half, 1, 2) for half in halves], axis=2
        )
        down = exact[f"{layer}.mlp.experts.down_proj.weight"]
        found[f"{block}.mlp.out.weight"] = np.swapaxes(down, 1, 2)
    return found
