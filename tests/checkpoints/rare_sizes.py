"""A checkpoint in which no setting has its default value, and ways to change it on disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from spacy_privacy_filter.checkpoints.calibration import BIAS_NAMES
from spacy_privacy_filter.checkpoints.registry import Checkpoint
from spacy_privacy_filter.checkpoints.sizes import (
    CATEGORY_HEAD,
    TAG_HEAD,
    NetworkConfig,
    backbone_shapes,
    head_shapes,
)
from spacy_privacy_filter.checkpoints.tensors.safetensors import (
    StoredTensor,
    read_safetensors,
    write_safetensors,
)
from spacy_privacy_filter.labels.tags import OPENAI_LABELS, TagSet

# No two sizes are equal where a mistake could hide, except in the square down projection.
SIZES = NetworkConfig(
    width=64,
    n_layers=2,
    n_heads=6,
    n_kv_heads=2,
    head_dim=32,
    n_experts=5,
    experts_per_piece=3,
    expert_width=64,
    window=9,
    vocab_size=100,
    rope_theta=10_000.0,
    rope_factor=16.0,
    rope_beta_fast=30.0,
    rope_beta_slow=2.0,
    rope_original_length=64,
    rms_norm_eps=1e-4,
    swiglu_alpha=1.5,
    swiglu_limit=5.0,
)
TAGS = TagSet.from_labels(OPENAI_LABELS[:3])
CATEGORIES = ("Health", "Sports & Games", "Économie")
WEIGHTS, CONFIG, NETWORK = "model.safetensors", "config.json", "network.json"


def make(dtype: str = "F32", heads: str = "tags") -> Checkpoint:
    """Make a checkpoint of random numbers: sinks, biases and router are not zero."""
    rng = np.random.default_rng(7)
    shapes = backbone_shapes(SIZES)
    if "tags" in heads:
        shapes |= head_shapes(TAG_HEAD, len(TAGS), SIZES.width)
    if "categories" in heads:
        shapes |= head_shapes(CATEGORY_HEAD, len(CATEGORIES), SIZES.width)
    return Checkpoint(
        format="native",
        config=SIZES,
        tensors={
            name: StoredTensor.from_float32(rng.normal(size=shape) * 0.2, dtype)
            for name, shape in shapes.items()
        },
        tags=TAGS if "tags" in heads else None,
        categories=CATEGORIES if "categories" in heads else None,
        exclusive=False,
        biases={name: i / 8 - 0.25 for i, name in enumerate(BIAS_NAMES)},
    )


def assert_same(found: Checkpoint, expected: Checkpoint) -> None:
    assert found.config == expected.config
    assert (found.tags, found.categories) == (expected.tags, expected.categories)
    assert found.biases == expected.biases
    assert list(found.tensors) == list(expected.tensors)
    for name, tensor in expected.tensors.items():
        assert found.tensors[name].dtype == tensor.dtype, name
        assert found.tensors[name].data.tolist() == tensor.data.tolist(), name


def edit_tensors(folder: Path, change: Callable[[dict[str, StoredTensor]], object]) -> None:
    tensors, metadata = read_safetensors(folder / WEIGHTS)
    change(tensors)
    write_safetensors(folder / WEIGHTS, tensors, metadata)
