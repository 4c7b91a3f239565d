"""Checkpoints of random numbers in every format, and the two classes of others that read them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from spacy_privacy_filter.checkpoints.checkpoint import CONFIG
from spacy_privacy_filter.checkpoints.registry import Checkpoint, write_checkpoint
from spacy_privacy_filter.checkpoints.sizes import CATEGORY_HEAD, TAG_HEAD, NetworkConfig
from spacy_privacy_filter.checkpoints.tensors.affine import quantize
from spacy_privacy_filter.checkpoints.tensors.mxfp4 import EXPERTS, VALUES
from spacy_privacy_filter.checkpoints.tensors.safetensors import (
    StoredTensor,
    read_safetensors,
    write_safetensors,
)
from spacy_privacy_filter.labels.tags import OPENAI_LABELS, TagSet
from spacy_privacy_filter.labels.transitions import BIAS_NAMES

from ..networks.helpers import random_tensors

# Multiples of 64, so that matrices can be quantised; a square down projection, as published.
SIZES = NetworkConfig(
    width=64,
    n_layers=2,
    n_heads=6,
    n_kv_heads=2,
    head_dim=32,
    n_experts=5,
    experts_per_piece=3,
    expert_width=64,
    window=8,
    vocab_size=100,
)
TAGS = TagSet.from_labels(OPENAI_LABELS)
CATEGORIES = ("Health", "Sports & Games", "Économie")
WEIGHTS = "model.safetensors"
TASK = "token-classification"
# Logits reach 20 here; float32 in another order of sums gave 4e-5.
TOLERANCE = 2e-4
IDS = np.random.default_rng(3).integers(0, SIZES.vocab_size, (1, 60))


def make(*, tags: TagSet = TAGS, bias: bool = True, categories: bool = False) -> Checkpoint:
    """Make a checkpoint of random numbers: sinks, biases and router are not zero."""
    heads = {TAG_HEAD: len(tags)}
    if categories:
        heads[CATEGORY_HEAD] = len(CATEGORIES)
    tensors = random_tensors(SIZES, **heads)
    if not bias:
        tensors[f"{TAG_HEAD}.bias"] = StoredTensor.from_float32(np.zeros(len(tags)))
    biases = {name: i / 8 - 0.25 for i, name in enumerate(BIAS_NAMES)}
    names = CATEGORIES if categories else None
    return Checkpoint("native", SIZES, tensors, tags, names, biases=biases)


def assert_close(found: Checkpoint, expected: Checkpoint) -> None:
    """All equal; sinks up to the rounding of ln 2 and back."""
    assert found.config == expected.config
    assert (found.tags, found.categories) == (expected.tags, expected.categories)
    assert (found.exclusive, found.biases) == (expected.exclusive, expected.biases)
    assert list(found.tensors) == list(expected.tensors)
    for name, tensor in expected.tensors.items():
        ours, theirs = found.tensors[name].to_float32(), tensor.to_float32()
        limit = 1e-6 if name.endswith("sinks") else 0.0
        assert np.abs(ours - theirs).max() <= limit, name


def edit(path: Path, **changes: Any) -> None:
    """Change keys of a JSON file; ... removes one."""
    values = json.loads(path.read_text(encoding="utf8")) | changes
    kept = {key: value for key, value in values.items() if value is not ...}
    path.write_text(json.dumps(kept), encoding="utf8")


def write_mlx_community(folder: Path, checkpoint: Checkpoint, bits: int = 0) -> None:
    """Write what mlx-community's repositories hold; there is no writer for it in the package."""
    write_checkpoint(folder, checkpoint, "huggingface")
    tensors, _ = read_safetensors(folder / WEIGHTS)
    found: dict[str, StoredTensor] = {}
    for name, tensor in tensors.items():
        stem, experts, what = name.partition(".experts.")
        values = tensor.to_float32()
        if not experts:
            found[name] = tensor
        elif what.startswith("gate_up"):
            half = values.shape[-1] // 2
            for part, cut in (("gate_proj", values[..., :half]), ("up_proj", values[..., half:])):
                found |= expert(f"{stem}.experts.{part}", what, cut)
        else:
            found |= expert(f"{stem}.experts.down_proj", what, values)
    if bits:
        for name in [n for n, t in found.items() if t.data.ndim > 1 and n.endswith(".weight")]:
            own = 8 if ".router." in name else bits
            weight, scales, biases = quantize(found[name].to_float32(), own)
            stem = name.removesuffix(".weight")
            found |= {name: weight, f"{stem}.scales": scales, f"{stem}.biases": biases}
        how = {"group_size": 64, "bits": bits, "mode": "affine"}
        edit(folder / CONFIG, quantization=how, quantization_config=how)
    write_safetensors(folder / WEIGHTS, found, {"format": "mlx"})


def expert(stem: str, what: str, values: np.ndarray) -> dict[str, StoredTensor]:
    if what.endswith("_bias"):
        return {f"{stem}.bias": StoredTensor.from_float32(values)}
    return {f"{stem}.weight": StoredTensor.from_float32(np.swapaxes(values, 1, 2))}


def transformers_class() -> Any:
    """transformers' class for this network, or skip."""
    transformers = pytest.importorskip("transformers")
    if not hasattr(transformers, "OpenAIPrivacyFilterForTokenClassification"):
        pytest.skip("needs transformers >= 5.6")
    return transformers.OpenAIPrivacyFilterForTokenClassification


def transformers_logits(folder: Path) -> np.ndarray:
    """What transformers' class computes from a folder in its layout."""
    torch = pytest.importorskip("torch")
    model = transformers_class().from_pretrained(folder).eval()
    with torch.no_grad():
        logits: np.ndarray = model(torch.from_numpy(IDS)).logits.float().numpy()
    return logits


def reference(folder: Path, checkpoint: Checkpoint) -> np.ndarray:
    """What transformers computes from a checkpoint that we hold in memory."""
    write_checkpoint(folder, checkpoint, "huggingface")
    return transformers_logits(folder)


def openmed_logits(folder: Path, exact: bool = True) -> np.ndarray:
    """What OpenMed's own class computes from an artifact.

    exact (bool): In float32 with the stored numbers; else as it would, in the type of the scales.
    """
    mx = pytest.importorskip("mlx.core", reason="needs mlx")
    models = pytest.importorskip("openmed.mlx.models", reason="needs openmed")
    utils = pytest.importorskip("mlx.utils")
    model = models.load_model(folder)
    if exact:
        model.update(
            utils.tree_map(
                lambda a: a.astype(mx.float32) if a.dtype == mx.bfloat16 else a, model.parameters()
            )
        )
    return np.array(model(mx.array(IDS)).astype(mx.float32))


def pack_experts(folder: Path, seed: int = 0) -> dict[str, np.ndarray]:
    """Put random blocks in the place of a release's experts, and give their values, decoded one
    by one.
    """
    rng = np.random.default_rng(seed)
    tensors, metadata = read_safetensors(folder / WEIGHTS)
    exact = {}
    for name in [name for name in tensors if name.endswith(EXPERTS)]:
        *lead, n_out = tensors.pop(name).shape
        blocks = rng.integers(0, 256, (*lead, n_out // 32, 16), dtype=np.uint8)
        scales = rng.integers(122, 127, (*lead, n_out // 32), dtype=np.uint8)
        tensors[f"{name}.blocks"] = StoredTensor("U8", blocks)
        tensors[f"{name}.scales"] = StoredTensor("U8", scales)
        values = np.empty((*lead, n_out))
        for place in np.ndindex(*lead, n_out // 32):
            *row, group = place
            for i, byte in enumerate(blocks[place]):
                at = group * 32 + 2 * i
                power = 2.0 ** (int(scales[place]) - 127)
                values[(*row, at)] = VALUES[byte & 15] * power
                values[(*row, at + 1)] = VALUES[byte >> 4] * power
        exact[name] = values
    write_safetensors(folder / WEIGHTS, tensors, metadata)
    return exact
