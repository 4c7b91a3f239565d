"""Sizes and weights as one value: the same for every backend."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from spacy_privacy_filter.checkpoints.registry import Checkpoint, read_checkpoint, write_checkpoint
from spacy_privacy_filter.checkpoints.sizes import EMBEDDING
from spacy_privacy_filter.checkpoints.tensors.affine import QuantizedTensor
from spacy_privacy_filter.networks import packed_bytes
from spacy_privacy_filter.networks.packed_bytes import read_message, write_message
from spacy_privacy_filter.networks.settings import backends
from spacy_privacy_filter.types import PackedBatch

from .helpers import SIZES, random_tensors, smaller
from .suite import make


@pytest.mark.trains
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


def test_quantised_matrices_travel_as_they_are(tmp_path: Path) -> None:
    sizes = smaller(SIZES, width=64)
    expected = random_tensors(sizes)
    checkpoint = Checkpoint("native", sizes, expected)
    write_checkpoint(tmp_path, checkpoint, quantize={EMBEDDING: 8})
    stored = read_checkpoint(tmp_path).tensors
    config, found = read_message(write_message(sizes, stored))
    assert config == sizes
    assert isinstance(found[EMBEDDING], QuantizedTensor)
    assert list(found) == list(expected)
    for name, tensor in stored.items():
        np.testing.assert_array_equal(found[name].to_float32(), tensor.to_float32())
    found["norm.scale"].data[:] = 0  # a copy that may be written to


def test_what_msgpack_cannot_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed_bytes, "MAX_BYTES", 1000)
    with pytest.raises(ValueError, match=r"too large for to_bytes .*to_disk"):
        write_message(SIZES, random_tensors(SIZES))
