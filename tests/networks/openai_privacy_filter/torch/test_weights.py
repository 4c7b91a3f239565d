"""Weights between stored tensors and torch: every type, every bit, on a device that is there."""

from __future__ import annotations

import numpy as np
import pytest
from thinc.api import Adam, Optimizer

from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor
from spacy_privacy_filter.compat import has

if not has("torch"):
    pytest.skip("no torch here", allow_module_level=True)

import torch

from spacy_privacy_filter.networks.openai_privacy_filter.torch.weights import (
    find_device,
    from_torch,
    step,
    step_touched,
    to_torch,
)


@pytest.mark.parametrize("dtype", ["F32", "F16", "BF16"])
def test_every_bit_comes_back(dtype: str, rng: np.random.Generator) -> None:
    stored = StoredTensor.from_float32(rng.standard_normal((3, 5)), dtype)
    weight = to_torch(stored)
    assert weight.float().numpy().tolist() == stored.to_float32().tolist()
    again = from_torch(weight)
    assert again.dtype == dtype
    assert again.data.tobytes() == stored.data.tobytes()
    assert from_torch(weight.t()).shape == (5, 3)


def test_what_holds_no_numbers_is_refused() -> None:
    with pytest.raises(ValueError, match="F32, F16, BF16, but a tensor is U32"):
        to_torch(StoredTensor("U32", np.ones(3, np.uint32)))


def test_a_device_must_be_there() -> None:
    assert find_device("cpu") == torch.device("cpu")
    assert find_device("auto").type in ("cpu", "cuda", "mps")
    for name in ("abacus", "cuda:99"):
        with pytest.raises(ValueError, match=f"device = '{name}' cannot be used here"):
            find_device(name)


def test_a_step_is_taken_in_place() -> None:
    plain = Optimizer(0.5, L2=0.0, grad_clip=0.0, beta1=0.0, beta2=0.0, use_averages=False)
    weight = torch.ones(2, 2)
    place = weight.data_ptr()
    step(plain, (0, "W"), weight, torch.full((2, 2), 2.0))
    assert weight.tolist() == [[0.0, 0.0]] * 2
    assert weight.data_ptr() == place


def gradient_of(rows: list[int]) -> torch.Tensor:
    """What an embedding of five rows gets from a batch: ones for the rows it has touched."""
    places, values = torch.tensor([rows], dtype=torch.int64), torch.ones(len(rows), 2)
    return torch.sparse_coo_tensor(places, values, (5, 2), check_invariants=True).coalesce()


def test_only_touched_rows_are_stepped() -> None:
    table = torch.ones(5, 2)
    step_touched(Adam(0.1), (0, "E"), table, gradient_of([1, 4]), 1.0)
    assert (table != 1).any(1).tolist() == [False, True, False, False, True]
    before = table.clone()
    step_touched(Adam(0.1), (0, "E"), table, gradient_of([]), 1.0)
    assert torch.equal(table, before)
