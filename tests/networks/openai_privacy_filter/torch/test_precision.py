"""dtype = "auto" takes bfloat16 only where it changes little."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from spacy_privacy_filter.checkpoints.tensors.safetensors import read_safetensors, write_safetensors
from spacy_privacy_filter.compat import has

from ...helpers import SIZES, pack_whole, random_tensors

if not has("torch"):
    pytest.skip("no torch here", allow_module_level=True)
from spacy_privacy_filter.networks.openai_privacy_filter.torch import precision as torch_auto
from spacy_privacy_filter.networks.openai_privacy_filter.torch import runtime as torch_runtime

from .helpers import make


def test_auto_keeps_small_networks_exact() -> None:
    shim, exact = make("auto"), make("float32")
    batch = pack_whole([np.arange(40)])
    np.testing.assert_array_equal(shim.predict(batch), exact.predict(batch))
    assert shim.runtime.experts == "float32"


@pytest.mark.parametrize(("limit", "chosen"), [(1.0, "bfloat16"), (1e-9, "float32")])
def test_auto_asks_the_weights(
    limit: float, chosen: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not torch_runtime.has_bfloat16():
        pytest.skip("no bfloat16 here")
    monkeypatch.setattr(torch_runtime, "has_fast_bfloat16", lambda: True)
    monkeypatch.setattr(torch_auto, "LEAST_BYTES", 0)
    monkeypatch.setattr(torch_auto, "MOST_CHANGE", limit)
    write_safetensors(tmp_path / "model.safetensors", random_tensors(SIZES))
    shim = make("auto", read_safetensors(tmp_path / "model.safetensors")[0])
    before = shim.tensors()["block.0.mlp.out.weight"].data.copy()
    shim.predict(pack_whole([np.arange(40)]))
    assert shim.runtime.experts == chosen
    assert f"{chosen}: bfloat16 would change hidden states by " in shim.runtime.why
    # It can train all the same, from the weights as they were.
    hidden, backprop = shim.begin_update(pack_whole([np.arange(40)]))
    backprop(np.ones_like(hidden))
    np.testing.assert_array_equal(shim.tensors()["block.0.mlp.out.weight"].data, before)
    # Nothing is lost where there is no file to go back to.
    again = make("auto")
    again.predict(pack_whole([np.arange(40)]))
    assert again.runtime.experts == "float32"
