"""Small networks with random weights, for the tests of this room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from thinc.api import Linear

from spacy_privacy_filter.checkpoints.registry import Checkpoint, write_checkpoint
from spacy_privacy_filter.checkpoints.sizes import (
    TAG_HEAD,
    NetworkConfig,
    backbone_shapes,
    head_shapes,
)
from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor
from spacy_privacy_filter.labels.tags import TagSet
from spacy_privacy_filter.networks.architectures import build_backbone_v1
from spacy_privacy_filter.networks.network import Network, network_of
from spacy_privacy_filter.text.windows import pack
from spacy_privacy_filter.types import Ints1d, PackedBatch

# No two sizes are equal where a mistake could hide, and a context (3 x 5) that short texts exceed.
SIZES = NetworkConfig(
    width=32,
    n_layers=3,
    n_heads=6,
    n_kv_heads=2,
    head_dim=8,
    n_experts=6,
    experts_per_piece=3,
    expert_width=24,
    window=5,
    vocab_size=97,
)
TAGS = TagSet.from_labels(["name", "code"])
# Roundings by which two ways to run such a network may differ (see `assert_near`). Each of its
# three layers is a chain of some dozen sums of 10 to 50 terms, in lanes of four or more: 150
# roundings one after the other, so 450 in all, and sqrt(2 x 450) = 30.
ROUNDINGS = 30
# Windows and batches that cut nothing.
WHOLE = {"window": 10**6, "batch_pieces": 10**6}


def random_tensors(config: NetworkConfig, seed: int = 1, **heads: int) -> dict[str, StoredTensor]:
    """Weights of which none is zero: norms around 1, sinks and biases of both signs.

    heads (int): Name of a head and its number of rows.
    """
    rng = np.random.default_rng(seed)
    shapes = backbone_shapes(config)
    for name, n_out in heads.items():
        shapes |= head_shapes(name, n_out, config.width)
    tensors = {}
    for name, shape in shapes.items():
        values = rng.standard_normal(shape)
        if name.endswith("norm.scale"):
            values = 1 + 0.2 * values
        elif name.endswith(".weight") and "embedding" not in name:
            fan_in = shape[1]  # (out, in), or (n_experts, in, out)
            values *= 1.0 / np.sqrt(fan_in)
        elif name.endswith("sinks"):
            values = values + 1.0
        else:
            values *= 0.5
        tensors[name] = StoredTensor.from_float32(values.astype("f"))
    return tensors


def write_folder(folder: Path, config: NetworkConfig = SIZES, seed: int = 1) -> Path:
    """Write a checkpoint with a tag head (labels of `TAGS`) in our own format."""
    tensors = random_tensors(config, seed, **{TAG_HEAD: len(TAGS)})
    write_checkpoint(folder, Checkpoint("native", config, tensors, TAGS))
    return folder


def network_from(folder: Path, **settings: Any) -> Network:
    """A network that reads its weights from a folder, as a component's would."""
    network = network_of(build_backbone_v1())
    network.configure(source=str(folder), **settings)
    return network


def random_ids(rng: np.random.Generator, lengths: Sequence[int], vocab_size: int) -> list[Ints1d]:
    """Documents of random pieces."""
    return [rng.integers(0, vocab_size, n).astype(np.int64) for n in lengths]


def pack_whole(ids: Sequence[Ints1d]) -> PackedBatch:
    """Lay whole documents end to end in one batch."""
    (batch,) = pack(ids, core=10**9, context=0, max_rows=10**9)
    return batch


def split(rows: np.ndarray, ids: Sequence[Ints1d]) -> list[np.ndarray]:
    """Cut the rows of `pack_whole` into documents again."""
    return np.split(rows, np.cumsum([len(doc) for doc in ids])[:-1])


def smaller(config: NetworkConfig, **sizes: Any) -> NetworkConfig:
    """The same network with some other sizes."""
    return replace(config, **sizes)


def make_head() -> Any:
    """A linear head over the hidden states, with random weights."""
    rng = np.random.default_rng(4)
    head: Any = Linear(len(TAGS), SIZES.width)
    head.set_param("W", rng.standard_normal((len(TAGS), SIZES.width)).astype("f") / 6)
    head.set_param("b", rng.standard_normal(len(TAGS)).astype("f"))
    return head


def weights_of(network: Network) -> dict[str, np.ndarray]:
    """The weights of a network as they are now, copied."""
    return {name: t.to_float32().copy() for name, t in network.shim.tensors().items()}
