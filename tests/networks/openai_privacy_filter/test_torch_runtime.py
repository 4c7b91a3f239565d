"""Faster ways to run the PyTorch network give what the plain way gives, and let go of memory."""

from __future__ import annotations

import copy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

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
from spacy_privacy_filter.types import PackedBatch

from ...helpers import assert_near
from ..helpers import ROUNDINGS, SIZES, pack_whole, random_ids, random_tensors, smaller, split

if not has("torch"):
    pytest.skip("no torch here", allow_module_level=True)

import torch

from spacy_privacy_filter.networks.openai_privacy_filter.torch import cpu_kernel as torch_kernel
from spacy_privacy_filter.networks.openai_privacy_filter.torch import experts as torch_experts
from spacy_privacy_filter.networks.openai_privacy_filter.torch import precision as torch_auto
from spacy_privacy_filter.networks.openai_privacy_filter.torch import runtime as torch_runtime
from spacy_privacy_filter.networks.openai_privacy_filter.torch.attention import Band, FlashBand
from spacy_privacy_filter.networks.openai_privacy_filter.torch.backbone import (
    GROUPED_MM,
    TorchBackbone,
    groups_products,
)
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


@given(
    lengths=LENGTHS,
    reach=st.integers(1, 40),
    heads=st.sampled_from([(2, 1), (4, 2), (6, 2), (3, 3)]),
    seed=st.integers(0, 2**16),
)
@settings(max_examples=40, deadline=None)
def test_fused_attention(lengths: list[int], reach: int, heads: tuple[int, int], seed: int) -> None:
    generator = torch.Generator().manual_seed(seed)
    n, (n_heads, n_kv) = sum(lengths), heads
    segments = torch.repeat_interleave(torch.arange(len(lengths)), torch.tensor(lengths))
    q = torch.randn(n, n_heads, 8, generator=generator)
    k, v = torch.randn(2, n, n_kv, 8, generator=generator)
    sinks = 3 * torch.randn(n_heads, generator=generator)
    expected = Band(segments, reach).attend(q, k, v, sinks)
    found = FlashBand(segments, reach, torch.float32).attend(q, k, v, sinks)
    assert_near(found, expected, ROUNDINGS, size=v)  # means of values, which they may cancel


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


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let the compiled kernel run; skip where it cannot."""
    monkeypatch.setenv(torch_kernel.SWITCH, "1")
    monkeypatch.setenv(torch_kernel.CACHE, str(tmp_path_factory.getbasetemp() / "kernel"))
    if (reason := torch_kernel.why_not()) is not None:
        pytest.skip(reason)


WIDE = smaller(SIZES, width=64, expert_width=96, n_layers=1)


@pytest.mark.usefixtures("kernel")
@pytest.mark.parametrize(
    ("fast", "slow", "limit"),
    [
        (torch_kernel.Kernel, torch_experts.OneDnn, 0.01),
        (torch_kernel.Int8Kernel, torch_experts.Int8, 0.01),
    ],
)
def test_the_kernel_gives_what_onednn_gives(fast: Any, slow: Any, limit: float) -> None:
    shim = make_torch_shim(WIDE, random_tensors(WIDE), device="cpu", dtype="float32")
    mlp = shim.network.layers()[0].mlp
    weights = (mlp.swiglu.weight, mlp.out.weight), (mlp.swiglu.bias, mlp.out.bias)
    a, b = (kind(*weights, WIDE, torch.bfloat16) for kind in (fast, slow))
    generator = torch.Generator().manual_seed(2)
    for n in (1, 2, 3, 5, 16, 33, 300):
        h = 3 * torch.randn(n, WIDE.width, generator=generator)
        top, chosen = torch.rand(n, WIDE.n_experts, generator=generator).topk(3)
        with torch.inference_mode():
            found, expected = (run(h, chosen, top.softmax(-1)) for run in (a, b))
            alone = a(h[-1:], chosen[-1:], top[-1:].softmax(-1))
        assert (found - expected).norm() < limit * expected.norm()
        torch.testing.assert_close(found[-1:], alone, rtol=0, atol=1e-4)
    for mine, other in zip(a.unpack(torch.float32), b.unpack(torch.float32), strict=True):
        torch.testing.assert_close(mine, other, rtol=0, atol=0)


@pytest.mark.usefixtures("kernel")
@pytest.mark.parametrize("dtype", ["bfloat16", "int8"])
def test_a_network_takes_the_kernel(dtype: str) -> None:
    shim = make_torch_shim(WIDE, random_tensors(WIDE), device="cpu", dtype=dtype)
    exact = make_torch_shim(WIDE, random_tensors(WIDE), device="cpu", dtype="float32")
    batch = pack_whole([np.arange(50), np.arange(9)])
    found, expected = shim.predict(batch), exact.predict(batch)
    assert "compiled kernel" in shim.runtime.why
    assert "AVX-512" in exact.runtime.why
    changes = np.abs(found - expected).mean(1) / np.abs(expected).mean()
    assert 0 < np.median(changes) < 0.05


@pytest.mark.usefixtures("kernel")
@pytest.mark.parametrize("stored", ["BF16", "F32"])
def test_the_kernel_is_exact_in_float32(stored: str) -> None:
    tensors = random_tensors(WIDE)
    for name, tensor in tensors.items():
        if stored == "BF16" and ".mlp." in name and tensor.data.ndim == 3:
            tensors[name] = StoredTensor.from_float32(tensor.to_float32(), "BF16")
    shim = make_torch_shim(WIDE, tensors, device="cpu", dtype="float32")
    before = {name: tensor.to_float32().copy() for name, tensor in shim.tensors().items()}
    ids = random_ids(np.random.default_rng(5), [50, 1, 90, 200, 7], WIDE.vocab_size)
    together = shim.predict(pack_whole(ids))
    panels = shim.network.layers()[0].mlp.layout.panels[0]
    # What bfloat16 holds exactly takes half the memory, and computes in float32 all the same.
    assert panels.element_size() == (2 if stored == "BF16" else 4)
    alone = [shim.predict(pack_whole([doc])) for doc in ids]
    assert_near(together, np.concatenate(alone), ROUNDINGS)
    assert_near(together, plain(shim, pack_whole(ids)), ROUNDINGS)
    for name, tensor in shim.tensors().items():
        np.testing.assert_array_equal(tensor.to_float32(), before[name])


@pytest.mark.usefixtures("kernel")
def test_a_piece_gives_the_same_bits_in_any_company() -> None:
    shim = make_torch_shim(WIDE, random_tensors(WIDE), device="cpu", dtype="float32")
    mlp = shim.network.layers()[0].mlp
    weights = (mlp.swiglu.weight, mlp.out.weight), (mlp.swiglu.bias, mlp.out.bias)
    run = torch_kernel.Float32Kernel(*weights, WIDE, torch.float32)
    generator = torch.Generator().manual_seed(3)
    h = torch.randn(150, WIDE.width, generator=generator)
    top, chosen = torch.rand(150, WIDE.n_experts, generator=generator).topk(3)
    together = run(h, chosen, top)
    for rows in (slice(0, 1), slice(3, 5), slice(20, 37), slice(70, 150)):
        torch.testing.assert_close(
            run(h[rows], chosen[rows], top[rows]), together[rows], rtol=0, atol=0
        )


def test_without_a_compiler_it_says_so_and_runs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(torch_kernel.SWITCH, "1")
    monkeypatch.setenv(torch_kernel.CACHE, str(tmp_path))
    monkeypatch.setattr(torch_kernel, "_has", lambda name: True)
    monkeypatch.setenv("CXX", "no-such-compiler")
    torch_kernel._build.cache_clear()
    shim = make("float32")  # which every processor multiplies
    batch = pack_whole([np.arange(50)])
    shim.predict(batch)
    torch_kernel._build.cache_clear()
    assert "the compiled kernel needs" in shim.runtime.why
    monkeypatch.delenv(torch_kernel.SWITCH)
    off = make("float32")
    np.testing.assert_array_equal(off.predict(batch), shim.predict(batch))
    assert "the compiled kernel is off" in off.runtime.why


@pytest.mark.parametrize(
    ("device", "dtype", "capability", "expected"),
    [
        ("cuda", torch.bfloat16, (9, 0), True),
        ("cuda", torch.bfloat16, (10, 0), True),
        ("cuda", torch.bfloat16, (8, 0), False),
        ("cuda", torch.bfloat16, (12, 0), False),
        ("cuda", torch.float32, (9, 0), False),
        ("cpu", torch.bfloat16, (9, 0), False),
    ],
)
def test_products_are_grouped_only_where_the_device_has_a_kernel_for_them(
    device: str,
    dtype: torch.dtype,
    capability: tuple[int, int],
    expected: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "spacy_privacy_filter.networks.openai_privacy_filter.torch.backbone.GROUPED_MM", object()
    )
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda device: capability)
    rows = SimpleNamespace(device=torch.device(device), dtype=dtype)
    monkeypatch.setattr("sys.platform", "linux")
    assert groups_products(rows) is expected
    monkeypatch.setattr("sys.platform", "win32")
    assert groups_products(rows) is False
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(torch.version, "hip", "6.4")
    assert groups_products(rows) is False


@pytest.mark.skipif(GROUPED_MM is None, reason="this torch has no grouped products")
def test_grouped_products_give_the_same_and_their_gradients() -> None:
    """The way of accelerators; bfloat16 on a CPU runs it too."""
    mlp = make("bfloat16").network.layers()[0].mlp
    generator = torch.Generator().manual_seed(0)
    counts = torch.tensor([5, 0, 17, 1, 0, 9])
    rows = torch.randn(32, SIZES.width, generator=generator).bfloat16()
    experts = torch.repeat_interleave(torch.arange(len(counts)), counts)
    expected, found = mlp._run_experts(rows, counts), mlp._run_grouped(rows, counts, experts)
    torch.testing.assert_close(found.float(), expected.float(), rtol=0.05, atol=0.05)


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


def test_an_expert_asks_for_few_numbers_of_rows() -> None:
    asked = {n: torch_experts.round_up(n) for n in range(1, 513)}
    assert all(n <= more <= max(4, n * 1.6) for n, more in asked.items())
    assert all(more <= n * 1.125 for n, more in asked.items() if n > 32)
    assert len(set(asked.values())) < 70
    rows = torch.arange(37.0)[:, None]
    sizes = [5, 1, 17, 3, 11]
    parts = list(torch_experts._cut(rows, sizes))
    assert [len(part) for part in parts] == [asked[n] for n in sizes]
    starts = [0, 5, 6, 23, 26]
    for part, size, start in zip(parts, sizes, starts, strict=True):
        assert torch.equal(part[:size], rows[start : start + size])


def test_an_empty_batch_of_rows() -> None:
    batch: Any = pack_whole([np.arange(1)])
    assert make("float32").predict(batch).shape == (1, SIZES.width)
