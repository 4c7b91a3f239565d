"""How a network runs here: what cannot be is refused, large batches run in passes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from spacy_privacy_filter.compat import has

from ....helpers import assert_near
from ...helpers import ROUNDINGS, SIZES, pack_whole, random_ids

if not has("torch"):
    pytest.skip("no torch here", allow_module_level=True)

import torch

from spacy_privacy_filter.networks.openai_privacy_filter.torch import runtime as torch_runtime
from spacy_privacy_filter.networks.openai_privacy_filter.torch.backbone import TorchBackbone

from .helpers import make


def test_settings_that_cannot_be() -> None:
    for dtype in ("int4", "float64"):
        with pytest.raises(ValueError, match="int8"):
            make(dtype)
    with pytest.raises(ValueError, match="CPU"):
        torch_runtime.find_runtime(torch.device("meta"), "int8")


@pytest.mark.parametrize("dtype", ["float32", "bfloat16", "int8"])
def test_a_large_batch_runs_in_passes_between_its_windows(
    dtype: str, rng: np.random.Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    shim = make(dtype)
    batch = pack_whole(random_ids(rng, [30, 9, 31, 100, 1, 1, 60], SIZES.vocab_size))
    whole, sizes = shim.predict(batch), []
    forward = TorchBackbone.forward

    def count(self: TorchBackbone, ids: torch.Tensor, *others: torch.Tensor) -> Any:
        sizes.append(len(ids))
        return forward(self, ids, *others)

    monkeypatch.setattr(torch_runtime, "MOST_ROWS", 64)
    monkeypatch.setattr(TorchBackbone, "forward", count)
    parts = shim.predict(batch)
    assert sizes == [39, 31, 100, 62]  # a window of 100 is not cut
    if dtype == "float32":
        assert_near(parts, whole, ROUNDINGS)
    assert np.square(parts - whole).mean() < 0.02**2 * np.square(whole).mean()


def test_an_empty_batch_of_rows() -> None:
    batch: Any = pack_whole([np.arange(1)])
    assert make("float32").predict(batch).shape == (1, SIZES.width)
