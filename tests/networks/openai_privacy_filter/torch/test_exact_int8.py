"""Experts in 8 bits stay near, whatever the processor multiplies them with."""

from __future__ import annotations

import numpy as np
import pytest

from spacy_privacy_filter.compat import has

from ...helpers import SIZES, pack_whole, random_ids, random_tensors, split

if not has("torch"):
    pytest.skip("no torch here", allow_module_level=True)
from spacy_privacy_filter.networks.openai_privacy_filter.torch import runtime as torch_runtime

from .helpers import make


@pytest.mark.parametrize("overflows", [False, True])
def test_eight_bits_stay_near_and_do_not_depend_on_company(
    overflows: bool, rng: np.random.Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    if overflows:  # as on a processor without VNNI
        monkeypatch.setattr(torch_runtime, "has_exact_int8", lambda: False)
    shim, exact = make("int8"), make("float32")
    assert not overflows or "multiplied in float32" in shim.runtime.why
    ids = random_ids(rng, [7, 1, 80, 33], SIZES.vocab_size)
    alone = [shim.predict(pack_whole([doc])) for doc in ids]
    together = split(shim.predict(pack_whole(ids)), ids)
    for mine, other in zip(together, alone, strict=True):
        # The rest of the network may run in bfloat16, whose products round by their shape.
        np.testing.assert_allclose(mine, other, rtol=0, atol=0.2)
    found, expected = np.concatenate(together), exact.predict(pack_whole(ids))
    # A piece near the edge between two experts may change to the other one.
    changes = np.abs(found - expected).mean(1) / np.abs(expected).mean()
    assert np.median(changes) < 0.05
    assert np.median(changes) > 0


def test_eight_bits_hold_what_was_stored_until_the_first_pass() -> None:
    tensors = random_tensors(SIZES)
    shim = make("int8", tensors)
    name = "block.1.mlp.swiglu.weight"
    np.testing.assert_array_equal(shim.tensors()[name].data, tensors[name].data)
    shim.predict(pack_whole([np.arange(9)]))
    rounded, exact = shim.tensors()[name].to_float32(), tensors[name].to_float32()
    step = np.abs(exact).max(1, keepdims=True) / 127
    assert np.abs(rounded - exact).max() > 0
    assert (np.abs(rounded - exact) <= step * 0.51).all()


def test_eight_bits_cannot_train() -> None:
    with pytest.raises(ValueError, match="float32"):
        make("int8").begin_update(pack_whole([np.arange(9)]))
