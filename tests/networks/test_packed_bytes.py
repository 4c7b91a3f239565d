"""Sizes and weights as one value: the same for every backend."""

from __future__ import annotations

from typing import Any

import numpy as np

from spacy_privacy_filter.networks.settings import backends
from spacy_privacy_filter.types import PackedBatch

from .helpers import SIZES, random_tensors, smaller
from .suite import make


def test_bytes_carry_the_sizes(shim: Any, backend: str, batch: PackedBatch) -> None:
    sizes = smaller(SIZES, n_layers=1, width=16, n_experts=3)
    other = backends.get(backend)(sizes, random_tensors(sizes), device="cpu")
    other.from_bytes(shim.to_bytes())
    assert other.network.config == SIZES
    np.testing.assert_array_equal(other.predict(batch), shim.predict(batch))


def test_bfloat16_survives_bytes(backend: str, batch: PackedBatch) -> None:
    shim = make(backend, random_tensors(SIZES), dtype="bfloat16")
    other = make(backend, random_tensors(SIZES, seed=4), dtype="bfloat16")
    np.testing.assert_array_equal(
        other.from_bytes(shim.to_bytes()).predict(batch), shim.predict(batch)
    )
