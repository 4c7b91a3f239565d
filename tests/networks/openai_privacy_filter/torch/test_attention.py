"""Attention in a band: the fused way gives what the plain way gives."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spacy_privacy_filter.compat import has

from ....helpers import assert_near
from ...helpers import ROUNDINGS

if not has("torch"):
    pytest.skip("no torch here", allow_module_level=True)

import torch

from spacy_privacy_filter.networks.openai_privacy_filter.torch.attention import Band, FlashBand

from .helpers import LENGTHS


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
