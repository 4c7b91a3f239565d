"""Weights <-> whole numbers by blocks of inputs, as onnxruntime's MatMulNBits and QMoE read them.

Numpy only: 8 or 4 bits a value, a scale for each block along the last axis, and no zero point: the
middle of the range stands for 0.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Codes = npt.NDArray[np.uint8]
BITS: Final = (8, 4)
# Values that share a scale; QMoE cuts rows into whole blocks only.
BLOCKS: Final = (32, 16)


class Blocks(NamedTuple):
    """A matrix in whole numbers: value = scale x (code - 2^(bits - 1)).

    codes (NDArray): Two in each byte if there are 4 bits, the first one low. Shape: (..., n_in x
        bits / 8).
    scales (NDArray): One for each block. Shape: (..., n_in / block).
    """

    codes: Codes
    scales: Floats


def choose_block(n_in: int) -> int:
    """Choose the largest block that divides a row; the whole row if none does."""
    return next((size for size in BLOCKS if n_in % size == 0), n_in)


def to_blocks(weights: Floats, bits: int, block: int) -> Blocks:
    """Round the last axis to whole numbers, block by block.

    weights (NDArray): Shape: (..., n_in), where block divides n_in.
    bits (int): 8 or 4. block (int): Values that share a scale.
    RETURNS (Blocks): A block of zeros has the scale 1.
    RAISES (ValueError): Numbers that are not finite.
    """
    half = 1 << (bits - 1)
    groups = weights.reshape(*weights.shape[:-1], -1, block)
    scales = np.abs(groups).max(-1) / np.float32(half - 1)
    if not np.isfinite(scales).all():
        raise ValueError("Cannot quantise NaN or infinity. Check the weights.")
    scales = np.where(scales == 0, np.float32(1), scales).astype(np.float32)
    codes = np.rint(groups / scales[..., None]) + half
    codes = codes.astype(np.uint8).reshape(weights.shape)
    if bits == 4:
        codes = codes[..., ::2] | np.left_shift(codes[..., 1::2], np.uint8(4))
    return Blocks(np.ascontiguousarray(codes), scales)


def from_blocks(blocks: Blocks, n_in: int) -> Floats:
    """Undo `to_blocks`; bits and block follow from the shapes. RETURNS (NDArray): (..., n_in)."""
    codes, scales = blocks
    bits = codes.shape[-1] * 8 // n_in
    if bits == 4:
        codes = np.stack([codes & 15, codes >> 4], axis=-1).reshape(*codes.shape[:-1], n_in)
    values = codes.astype(np.float32) - np.float32(1 << (bits - 1))
    grouped = values.reshape(*scales.shape, -1) * scales[..., None]
    return grouped.reshape(values.shape)
