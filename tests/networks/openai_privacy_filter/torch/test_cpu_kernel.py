"""The compiled kernel attends, chooses and norms as plain PyTorch does."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spacy_privacy_filter.compat import has

from ....helpers import BFLOAT16, assert_near
from ...helpers import ROUNDINGS, pack_whole, random_ids, random_tensors, smaller

if not has("torch"):
    pytest.skip("no torch here", allow_module_level=True)

from pathlib import Path

import pytest
import torch

from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor
from spacy_privacy_filter.compat import has
from spacy_privacy_filter.networks.openai_privacy_filter.torch import cpu_kernel as torch_kernel
from spacy_privacy_filter.networks.openai_privacy_filter.torch import experts as torch_experts
from spacy_privacy_filter.networks.openai_privacy_filter.torch.attention import (
    Band,
    RMSNorm,
    rope_table,
)
from spacy_privacy_filter.networks.openai_privacy_filter.torch.shim import make_torch_shim

from .helpers import LENGTHS, WIDE, make, plain

if not has("torch"):
    pytest.skip("no torch here", allow_module_level=True)


@pytest.mark.usefixtures("kernel")
@given(
    lengths=LENGTHS,
    reach=st.integers(1, 140),
    heads=st.sampled_from([(4, 2, 32), (3, 3, 64), (7, 1, 96)]),
    dtype=st.sampled_from([torch.float32, torch.bfloat16]),
    seed=st.integers(0, 2**16),
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_kernel_attends_as_plain_pytorch_does(
    lengths: list[int], reach: int, heads: tuple[int, int, int], dtype: torch.dtype, seed: int
) -> None:
    generator = torch.Generator().manual_seed(seed)
    n, (n_heads, n_kv, d) = sum(lengths), heads
    segments = torch.repeat_interleave(torch.arange(len(lengths)), torch.tensor(lengths))
    sides = torch.randn(n, n_heads + 2 * n_kv, d, generator=generator).to(dtype)
    sinks = 3 * torch.randn(n_heads, generator=generator)
    config = smaller(WIDE, n_heads=n_heads, n_kv_heads=n_kv, head_dim=d)
    rope = rope_table(torch.cat([torch.arange(length) for length in lengths]), config)
    expected = Band(segments, reach).mix(sides.float(), rope, sinks)
    found = torch_kernel.KernelBand(segments, reach).mix(sides, rope, sinks)
    assert found.dtype == dtype
    values = sides[:, n_heads + n_kv :].float()  # of which it gives means
    if dtype == torch.float32:
        assert_near(found, expected, ROUNDINGS, size=values)
    else:
        assert_near(found.float(), expected, 6, size=values, unit=BFLOAT16)


@pytest.mark.usefixtures("kernel")
def test_a_network_with_wide_heads_is_exact_in_the_kernel() -> None:
    config = smaller(WIDE, n_layers=2, head_dim=32)
    shim = make_torch_shim(config, random_tensors(config), device="cpu", dtype="float32")
    ids = random_ids(np.random.default_rng(6), [50, 1, 90, 200, 7], config.vocab_size)
    together = shim.predict(pack_whole(ids))
    assert isinstance(
        shim.network._make_band(*shim._tensors_of(pack_whole(ids))[1:]), torch_kernel.KernelBand
    )
    alone = [shim.predict(pack_whole([doc])) for doc in ids]
    assert_near(together, np.concatenate(alone), ROUNDINGS)
    assert_near(together, plain(shim, pack_whole(ids)), ROUNDINGS)


@pytest.mark.usefixtures("kernel")
def test_the_kernel_chooses_and_norms_as_plain_pytorch_does() -> None:
    kind, generator = torch_kernel.Kernel, torch.Generator().manual_seed(4)
    for n, n_experts, k in ((1, 6, 3), (70, 128, 4), (5, 17, 1)):
        layer: Any = kind.__new__(kind)
        layer.config = smaller(WIDE, n_experts=n_experts, experts_per_piece=k)
        logits = torch.randn(n, n_experts, generator=generator)
        expected, found = torch_experts.choose(logits, k), layer.choose(logits)
        torch.testing.assert_close(found[0], expected[0], rtol=0, atol=0)
        torch.testing.assert_close(found[1], expected[1], rtol=0, atol=1e-6)
        broken, shares = layer.choose(torch.full((2, n_experts), torch.nan))
        assert ((broken >= 0) & (broken < n_experts)).all()
        assert shares.isnan().all()
    norm = RMSNorm(WIDE)
    with torch.no_grad():
        norm.scale.copy_(torch.rand(WIDE.width, generator=generator))
        rows = 3 * torch.randn(70, WIDE.width, generator=generator)
        for dtype, limit in ((torch.float32, 1e-6), (torch.bfloat16, 0.02)):
            found, expected = kind.norm(rows, norm.scale, norm.eps, dtype), norm(rows, dtype)
            torch.testing.assert_close(found, expected, rtol=0, atol=limit)


def test_dense_layers_follow_their_weights() -> None:
    shim = make("float32")
    batch = pack_whole([np.arange(20)])
    before = shim.predict(batch)
    with torch.no_grad():
        shim.network.layers()[0].attn.out.weight.mul_(2)
    after = shim.predict(batch)
    assert np.abs(after - before).max() > 0.01
    assert_near(after, plain(shim, batch), ROUNDINGS)


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let the compiled kernel run; skip where it cannot."""
    monkeypatch.setenv(torch_kernel.SWITCH, "1")
    monkeypatch.setenv(torch_kernel.CACHE, str(tmp_path_factory.getbasetemp() / "kernel"))
    if (reason := torch_kernel.why_not()) is not None:
        pytest.skip(reason)


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
