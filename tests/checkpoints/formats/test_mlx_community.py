"""Repositories of mlx-community: read as they are, quantised or not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from spacy_privacy_filter.checkpoints.checkpoint import CONFIG
from spacy_privacy_filter.checkpoints.registry import read_checkpoint

from ..claims import TRANSFORMERS, verifies
from ..helpers import assert_close, edit, make, reference, write_mlx_community


@pytest.mark.parametrize(
    "bits",
    [
        pytest.param(bits, marks=verifies("mlx-community", read=[form]))
        for bits, form in ((0, "fp32"), (8, "8 bit"), (4, "4 bit"))
    ],
)
def test_mlx_community(tmp_path: Path, bits: int) -> None:
    expected = make()
    write_mlx_community(tmp_path, expected, bits)
    found = read_checkpoint(tmp_path)
    assert found.format == "mlx-community"
    if not bits:
        assert_close(found, expected)
        return
    assert found.config == expected.config
    for name, tensor in expected.tensors.items():
        gap = np.abs(found.tensors[name].to_float32() - tensor.to_float32()).max()
        assert gap < (0.04 if bits == 8 else 0.6), name
        assert (gap == 0) == (tensor.data.ndim == 1 or name.endswith((".bias", "sinks"))), name


@verifies("mlx-community", against=[TRANSFORMERS])
def test_mlx_community_gives_the_logits_of_transformers(tmp_path: Path) -> None:
    expected = reference(tmp_path / "hf", make())
    write_mlx_community(tmp_path / "mlx", make())
    again = reference(tmp_path / "again", read_checkpoint(tmp_path / "mlx"))
    assert np.abs(again - expected).max() == 0


def test_mlx_community_refuses_another_quantisation(tmp_path: Path) -> None:
    write_mlx_community(tmp_path, make(), 4)
    how = {"group_size": 32, "bits": 4, "mode": "mxfp4"}
    edit(tmp_path / CONFIG, quantization=how)
    with pytest.raises(ValueError, match="'mxfp4'"):
        read_checkpoint(tmp_path)


def test_bits_that_are_not_those_of_an_mlx_community_repository(tmp_path: Path) -> None:
    write_mlx_community(tmp_path, make(), 8)
    edit(tmp_path / CONFIG, quantization={"bits": 4, "group_size": 64})
    with pytest.raises(ValueError, match=r"says bits = 4, but .* with bits = 8"):
        read_checkpoint(tmp_path)
    own = {"bits": 8, "group_size": 64}
    edit(tmp_path / CONFIG, quantization={"bits": 4, "group_size": 64, "lm_head": own})
    read_checkpoint(tmp_path)
