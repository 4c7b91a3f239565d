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


def test_answers_come_back_in_the_order_of_the_pieces() -> None:
    generator = torch.Generator().manual_seed(1)
    chosen, shares = torch_experts.choose(torch.randn(40, 6, generator=generator), 3)
    torch.testing.assert_close(shares.sum(1), torch.ones(40))
    assert (shares[:, 0] >= shares[:, 2]).all()  # the best one first
    order, counts = torch_experts.sort_by_expert(chosen, 6)
    assert counts.tolist() == chosen.flatten().bincount(minlength=6).tolist()
    assert chosen.flatten()[order].tolist() == sorted(chosen.flatten().tolist())
    # Each expert answers with its number: what comes back is the mean of numbers by the shares.
    done = chosen.flatten()[order][:, None].float()
    found = torch_experts.combine(done, order, shares)
    torch.testing.assert_close(found[:, 0], (chosen * shares).sum(1))


def test_eight_bits_are_off_by_half_a_step_at_most() -> None:
    weight = torch.randn(9, 4, generator=torch.Generator().manual_seed(2))
    weight[:, 3] = 0
    codes, scale = torch_experts.quantize_columns(weight)
    assert (codes.dtype, codes.shape, scale.shape) == (torch.int8, (4, 9), (4,))
    assert codes.abs().amax(1).tolist() == [127, 127, 127, 0]
    assert ((codes * scale[:, None]).t() - weight).abs().max() <= scale.max() * 0.501
