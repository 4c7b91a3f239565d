"""Networks on a CPU, and the plain way to run them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import strategies as st

from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor
from spacy_privacy_filter.compat import has
from spacy_privacy_filter.types import PackedBatch

from ...helpers import SIZES, random_tensors, smaller

if not has("torch"):
    pytest.skip("no torch here", allow_module_level=True)

import torch

from spacy_privacy_filter.networks.openai_privacy_filter.torch.shim import (
    TorchShim,
    make_torch_shim,
)

LENGTHS = st.lists(st.integers(1, 90), min_size=1, max_size=6)


def make(dtype: str, tensors: dict[str, StoredTensor] | None = None) -> TorchShim:
    return make_torch_shim(SIZES, tensors or random_tensors(SIZES), device="cpu", dtype=dtype)


def plain(shim: TorchShim, batch: PackedBatch) -> np.ndarray:
    """The network as it trains: plain weights, and attention that can be differentiated."""
    shim.network.eval()
    with torch.enable_grad():
        hidden, _ = shim.network(*shim._tensors_of(batch))
    return np.asarray(hidden.detach())


WIDE = smaller(SIZES, width=64, expert_width=96, n_layers=1)
