"""Faster ways to run the PyTorch network give what the plain way gives, and let go of memory."""

from __future__ import annotations

import copy
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spacy_privacy_filter.checkpoints.tensors.safetensors import (
    StoredTensor,
    forget_pages,
    read_safetensors,
    write_safetensors,
)
from spacy_privacy_filter.compat import has

from ....helpers import assert_near
from ...helpers import ROUNDINGS, SIZES, pack_whole, random_ids, random_tensors

if not has("torch"):
    pytest.skip("no torch here", allow_module_level=True)

import torch

from spacy_privacy_filter.networks.openai_privacy_filter.torch import runtime as torch_runtime
from spacy_privacy_filter.networks.openai_privacy_filter.torch.backbone import TorchBackbone
from spacy_privacy_filter.networks.openai_privacy_filter.torch.shim import TorchShim

from .helpers import LENGTHS, make, plain


def is_packed(network: TorchBackbone) -> list[bool]:
    return [block.mlp.layout is not None for block in network.layers()]


@given(lengths=LENGTHS, seed=st.integers(0, 2**16))
@settings(max_examples=25, deadline=None)
def test_the_fast_way_gives_what_the_plain_way_gives(lengths: list[int], seed: int) -> None:
    shim = make("float32")
    batch = pack_whole(random_ids(np.random.default_rng(seed), lengths, SIZES.vocab_size))
    fast = shim.predict(batch)
    assert all(is_packed(shim.network))
    assert_near(fast, plain(shim, batch), ROUNDINGS)
    assert not any(is_packed(shim.network))


def test_weights_come_back_bit_for_bit() -> None:
    for dtype in ("float32", "bfloat16"):
        shim = make(dtype)
        before = {name: tensor.data.copy() for name, tensor in shim.tensors().items()}
        n_updates = shim.n_updates
        shim.predict(pack_whole([np.arange(20)]))
        packs = dtype == "float32" or torch_runtime.has_bfloat16()
        assert is_packed(shim.network) == [packs] * SIZES.n_layers
        assert shim.n_updates == n_updates
        copies = shim.copy(), copy.deepcopy(shim.network), shim.network.state_dict()
        found = [copies[0].tensors(), make_shim_of(copies[1]).tensors(), shim.tensors()]
        for tensors in found:
            for name, expected in before.items():
                np.testing.assert_array_equal(tensors[name].data, expected)
        assert not any(weight.isnan().any() for weight in copies[2].values())


def make_shim_of(network: TorchBackbone) -> TorchShim:
    return TorchShim(network, torch_runtime.find_runtime(torch.device("cpu"), "float32"))


def test_packed_weights_have_no_values_to_read_by_mistake() -> None:
    shim = make("float32")
    weight = shim.network.block[0].mlp.out.weight
    shim.predict(pack_whole([np.arange(20)]))
    assert weight.isnan().all()
    assert weight.untyped_storage().nbytes() == weight.element_size()
    with pytest.raises(RuntimeError), torch.no_grad():
        weight.mul_(2)
    shim.network.unpack()
    assert not weight.isnan().any()


def test_pages_that_were_dropped_are_read_again(tmp_path: Path) -> None:
    tensors = random_tensors(SIZES)
    write_safetensors(tmp_path / "model.safetensors", tensors)
    read, _ = read_safetensors(tmp_path / "model.safetensors")
    assert all(forget_pages(tensor) for tensor in read.values())
    assert not forget_pages(StoredTensor.from_float32([1.0, 2.0]))
    for name, tensor in tensors.items():
        np.testing.assert_array_equal(read[name].data, tensor.data)
    # The shim lets go of the file's pages, and takes plain weights from there, not from the layout.
    shim = make("int8", read)
    shim.predict(pack_whole([np.arange(9)]))
    found = shim.tensors()
    for name in ("block.0.mlp.out.weight", "block.2.mlp.swiglu.weight"):
        np.testing.assert_array_equal(found[name].data, tensors[name].data)


def test_changed_weights_are_not_taken_from_the_file(tmp_path: Path) -> None:
    write_safetensors(tmp_path / "model.safetensors", random_tensors(SIZES))
    shim = make("float32", read_safetensors(tmp_path / "model.safetensors")[0])
    with torch.no_grad():
        shim.network.get_parameter("block.0.mlp.out.weight").mul_(2.0)
    expected = shim.tensors()["block.0.mlp.out.weight"].data.copy()
    batch = pack_whole([np.arange(9)])
    before = shim.predict(batch)
    np.testing.assert_array_equal(shim.tensors()["block.0.mlp.out.weight"].data, expected)
    np.testing.assert_array_equal(shim.predict(batch), before)
