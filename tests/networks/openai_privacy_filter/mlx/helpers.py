"""Networks in MLX, plain or quantised, and what they are compared with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from spacy_privacy_filter.checkpoints.formats.openmed_artifact import all_matrices
from spacy_privacy_filter.checkpoints.registry import Checkpoint, read_checkpoint, write_checkpoint
from spacy_privacy_filter.checkpoints.sizes import TAG_HEAD, NetworkConfig
from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor
from spacy_privacy_filter.networks.settings import backends

from ...helpers import ROUNDINGS, SIZES, TAGS, random_tensors, smaller

# Roundings, as `ROUNDINGS`; but sines, exponentials and roots, too, are computed in another way,
# each a few roundings off, and they multiply what comes after.
PARITY = 4 * ROUNDINGS
# Rows are multiples of 64, as quantising in groups of 64 needs.
ROUND = smaller(SIZES, width=64, n_heads=8, head_dim=16, expert_width=64, n_kv_heads=4)


def make_shim(
    tensors: dict[str, StoredTensor] | None,
    backend: str = "mlx",
    config: NetworkConfig = SIZES,
    **settings: Any,
) -> Any:
    return backends.get(backend)(config, tensors, device="cpu", **settings)


def quantized(bits: int, size: int = 64, folder: Path | None = None) -> dict[str, StoredTensor]:
    assert folder is not None
    tensors = random_tensors(ROUND, **{TAG_HEAD: len(TAGS)})
    checkpoint = Checkpoint("native", ROUND, tensors, TAGS)
    write_checkpoint(folder, checkpoint, "native", all_matrices(bits), size)
    return read_checkpoint(folder).backbone_tensors()
