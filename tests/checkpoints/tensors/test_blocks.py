"""Whole numbers by blocks: near what they stand for, and laid out as onnxruntime reads them."""

from __future__ import annotations

import numpy as np
import pytest

from spacy_privacy_filter.checkpoints.tensors.blocks import choose_block, from_blocks, to_blocks


@pytest.mark.parametrize(("bits", "steps"), [(8, 127), (4, 7)])
@pytest.mark.parametrize("block", [16, 32, 96])
def test_no_value_is_off_by_more_than_half_a_step(
    bits: int, steps: int, block: int, rng: np.random.Generator
) -> None:
    weights = rng.standard_normal((3, 5, 96)).astype("f")
    weights[1, 2] = 0
    blocks = to_blocks(weights, bits, block)
    assert blocks.codes.shape == (3, 5, 96 * bits // 8)
    assert blocks.scales.shape == (3, 5, 96 // block)
    half = np.repeat(blocks.scales, block, axis=-1) / 2
    found = from_blocks(blocks, 96)
    assert (np.abs(found - weights) <= half * 1.001).all()
    assert not found[1, 2].any()
    largest = np.abs(weights).reshape(3, 5, -1, block).max(-1)
    np.testing.assert_allclose(blocks.scales[0], largest[0] / steps, rtol=1e-6)


def test_the_first_of_two_codes_is_the_low_one() -> None:
    weights = np.array([[7, -7] + [0] * 14], "f")
    assert to_blocks(weights, 4, 16).codes[0, 0] == 15 | 1 << 4


def test_numbers_that_are_not_finite() -> None:
    with pytest.raises(ValueError, match="NaN or infinity"):
        to_blocks(np.array([[np.nan] * 16], "f"), 8, 16)


@pytest.mark.parametrize(("n_in", "block"), [(64, 32), (48, 16), (24, 24)])
def test_blocks_divide_a_row(n_in: int, block: int) -> None:
    assert choose_block(n_in) == block
