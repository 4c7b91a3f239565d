"""Experts on a CPU: rows are cut into few sizes, and come back in order."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.compat import has

if not has("torch"):
    pytest.skip("no torch here", allow_module_level=True)

import torch

from spacy_privacy_filter.networks.openai_privacy_filter.torch import experts as torch_experts


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
