"""Weights <-> affine-quantised weights, in the layout of MLX.

Numpy only: 8 or 4 bits a value, a scale and a bias for each group along the last axis.
A `QuantizedTensor` stays so until somebody asks for its numbers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from .safetensors import DTYPES, StoredTensor

BITS = (8, 4)
GROUP_SIZES = (32, 64, 128)
# Rows are (de)quantised this many values at a time, so that temporary arrays stay small.
CHUNK_VALUES = 1 << 20


def packing(weight: tuple[int, ...], scales: tuple[int, ...], n_in: int) -> tuple[int, int]:
    """Infer how a matrix was quantised from the shapes that are stored.

    weight, scales (tuple[int, ...]): Shapes; only the last axis counts.
    n_in (int): Length of the last axis before quantising.
    RETURNS (tuple[int, int]): Bits of a value, and how many values share a scale.
    RAISES (ValueError): No number of bits and size of a group explain the shapes.
    """
    for bits in BITS:
        for size in GROUP_SIZES:
            if weight[-1] * 32 == n_in * bits and scales[-1] * size == n_in:
                return bits, size
    raise ValueError(
        f"No quantisation explains rows of {weight[-1]} words and {scales[-1]} scales for "
        f"{n_in} values. Supported: bits {BITS}, groups of {GROUP_SIZES}."
    )


def quantize(
    weights: npt.ArrayLike, bits: int, group_size: int = 64
) -> tuple[StoredTensor, StoredTensor, StoredTensor]:
    """Quantise the last axis in groups: value = scale x q + bias, with q from 0 to 2^bits - 1.

    As in MLX the bias is the end of the group's range that is farther from zero, and the scale
    points from there to the other end. Unlike MLX both are rounded to bfloat16, away from zero,
    before q is chosen: so no value is clipped, and none moves by more than half a step.

    weights (ArrayLike): Finite float32. Shape: (..., n_in).
    bits (int): 8 or 4.
    group_size (int): Values that share a scale: 32, 64 or 128; divides n_in.
    RETURNS (tuple): The packed values (U32), shape (..., n_in x bits / 32), the first in the low
        bits; scales and biases (BF16), shape (..., n_in / group_size).
    RAISES (ValueError): Other settings, n_in not a multiple of group_size, NaN or infinity.
    SOURCE: MLX 0.32, mlx/backend/metal/kernels/quantized.h, `affine_quantize` (choice of the end).
    """
    array = np.asarray(weights, dtype=np.float32)
    if bits not in BITS or group_size not in GROUP_SIZES:
        raise ValueError(
            f"Cannot quantise to {bits} bits in groups of {group_size}. "
            f"Supported: bits {BITS}, groups of {GROUP_SIZES}."
        )
    n_in = array.shape[-1] if array.ndim > 1 else 0
    if not n_in or n_in % group_size:
        fits = [n for n in GROUP_SIZES if n_in and n_in % n == 0]
        instead = f"Choose --group-size {fits[0]}, or convert" if fits else "Convert"
        raise ValueError(
            f"Quantising needs matrices whose rows are a multiple of {group_size} long, but the "
            f"shape of one is {array.shape}. {instead} without --bits."
        )
    lead = array.shape[:-1]
    rows = array.reshape(-1, n_in)
    packed = np.empty((len(rows), n_in * bits // 32), DTYPES["U32"])
    scales = np.empty((len(rows), n_in // group_size), DTYPES["BF16"])
    biases = np.empty_like(scales)
    step = max(1, CHUNK_VALUES // n_in)
    for at in range(0, len(rows), step):
        part = slice(at, at + step)
        packed[part], scales[part], biases[part] = _quantize_rows(rows[part], bits, group_size)
    return (
        StoredTensor("U32", packed.reshape(*lead, -1)),
        StoredTensor("BF16", scales.reshape(*lead, -1)),
        StoredTensor("BF16", biases.reshape(*lead, -1)),
    )


def _quantize_rows(rows: npt.NDArray[np.float32], bits: int, size: int) -> tuple[Any, Any, Any]:
    """Quantise some rows: packed values, bits of the scales, bits of the biases."""
    groups = rows.reshape(len(rows), -1, size)  # (n_rows, n_groups, size)
    low, high = groups.min(-1), groups.max(-1)
    from_low = np.abs(low) > np.abs(high)
    n_steps = np.float32(2**bits - 1)
    with np.errstate(over="ignore", invalid="ignore"):  # checked below
        biases = _away_from_zero(np.where(from_low, low, high))
        bias = StoredTensor("BF16", biases).to_float32()
        scales = _away_from_zero((np.where(from_low, high, low) - bias) / n_steps)
        scale = StoredTensor("BF16", scales).to_float32()
    if not (np.isfinite(bias).all() and np.isfinite(scale).all()):
        raise ValueError("Cannot quantise NaN, infinity or numbers near 3e38. Check the weights.")
    # A scale of zero means that all values of the group equal the bias.
    values = (groups - bias[..., None]) / np.where(scale == 0, np.float32(1), scale)[..., None]
    codes: npt.NDArray[np.uint8] = np.clip(np.rint(values), 0, n_steps).astype(np.uint8)
    codes = codes.reshape(rows.shape)
    if bits == 4:
        codes = codes[:, ::2] | np.left_shift(codes[:, 1::2], np.uint8(4))  # (n_rows, n_in / 2)
    return np.ascontiguousarray(codes).view(DTYPES["U32"]), scales, biases


def _away_from_zero(values: npt.NDArray[np.float32]) -> npt.NDArray[np.uint16]:
    """Round float32 to bfloat16, never towards zero."""
    bits = np.ascontiguousarray(values, dtype=np.float32).view(np.uint32)
    return ((bits.astype(np.uint64) + 0xFFFF) >> 16).astype(np.uint16)


def dequantize(
    weight: StoredTensor, scales: StoredTensor, biases: StoredTensor, n_in: int
) -> npt.NDArray[np.float32]:
    """Undo `quantize`; bits and group size follow from the shapes.

    weight (StoredTensor): Packed values, U32. Shape: (..., n_in x bits / 32).
    scales, biases (StoredTensor): Real numbers. Shape: (..., n_in / group_size).
    n_in (int): Length of the last axis.
    RETURNS (NDArray): scale x q + bias in float32. Shape: (..., n_in).
    RAISES (ValueError): Shapes or number types that do not go together.
    """
    lead = weight.shape[:-1]
    if weight.dtype != "U32" or scales.shape != biases.shape or scales.shape[:-1] != lead:
        raise ValueError(
            f"A quantised tensor needs U32 values and equally shaped scales and biases, but they "
            f"are {weight.dtype} {weight.shape}, {scales.shape} and {biases.shape}."
        )
    bits, size = packing(weight.shape, scales.shape, n_in)
    out = np.empty((math.prod(lead), n_in), np.float32)
    words = np.ascontiguousarray(weight.data).reshape(len(out), -1).view(np.uint8)
    scale, bias = (t.to_float32().reshape(len(out), -1, 1) for t in (scales, biases))
    step = max(1, CHUNK_VALUES // n_in)
    for at in range(0, len(out), step):
        part = slice(at, at + step)
        if bits == 8:
            out[part] = words[part]
        else:
            out[part, ::2], out[part, 1::2] = words[part] & 15, words[part] >> 4
        groups = out[part].reshape(-1, n_in // size, size)  # a view
        groups *= scale[part]
        groups += bias[part]
    return out.reshape(*lead, n_in)


class QuantizedTensor(StoredTensor):
    """A quantised matrix that looks like one of float32, in the orientation of config.py.

    Backends that compute with quantised matrices take the three parts; for all others `data` is
    dequantised whenever it is read, and never kept.

    words, scales, biases (StoredTensor): As `quantize` gives them. Shape: (out, ...), or
        (n_experts, out, ...) for experts, whose `data` is (n_experts, in, out).
    n_in (int): Inputs, which is the last axis before quantising.
    """

    words: StoredTensor
    scales: StoredTensor
    biases: StoredTensor
    n_in: int

    def __init__(
        self, words: StoredTensor, scales: StoredTensor, biases: StoredTensor, n_in: int
    ) -> None:
        given = {"words": words, "scales": scales, "biases": biases, "n_in": n_in}
        for name, value in {"dtype": "F32", **given}.items():
            object.__setattr__(self, name, value)  # the class is frozen

    @property
    def data(self) -> npt.NDArray[Any]:
        """The values in float32, computed anew."""
        dense = dequantize(self.words, self.scales, self.biases, self.n_in)
        return np.ascontiguousarray(np.swapaxes(dense, 1, 2)) if dense.ndim == 3 else dense

    @property
    def shape(self) -> tuple[int, ...]:
        """Length of each axis of `data`."""
        *lead, n_out = self.words.shape[:-1]
        return (*lead, self.n_in, n_out) if lead else (n_out, self.n_in)

    @property
    def nbytes(self) -> int:
        """Bytes that `data` would take."""
        return math.prod(self.shape) * DTYPES["F32"].itemsize

    @property
    def parts(self) -> tuple[StoredTensor, StoredTensor, StoredTensor]:
        """Words, scales and biases."""
        return self.words, self.scales, self.biases

    @property
    def packing(self) -> tuple[int, int]:
        """Bits of a value, and how many values share a scale."""
        return packing(self.words.shape, self.scales.shape, self.n_in)

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and pickle by the parts."""
        return QuantizedTensor, (*self.parts, self.n_in)


def join_outputs(parts: Sequence[StoredTensor], axis: int) -> StoredTensor:
    """Lay the outputs of several maps of the same inputs side by side.

    Matrices that are quantised alike stay quantised; parts of different types become float32.

    parts (Sequence[StoredTensor]): Weights or biases of the maps.
    axis (int): The axis of the outputs: 0, or -1 for experts.
    RETURNS (StoredTensor): A part that is alone is given as it is.
    """
    if len(parts) == 1:
        return parts[0]
    packed = [part for part in parts if isinstance(part, QuantizedTensor)]
    kinds = {(part.packing, *(p.dtype for p in part.parts)) for part in packed}
    if len(packed) == len(parts) and len(kinds) == 1:
        joined = [_join(group, -2) for group in zip(*(p.parts for p in packed), strict=True)]
        return QuantizedTensor(joined[0], joined[1], joined[2], packed[0].n_in)
    if len({part.dtype for part in parts}) > 1 or packed:
        parts = [StoredTensor.from_float32(part.to_float32()) for part in parts]
    return _join(parts, axis)


def _join(parts: Sequence[StoredTensor], axis: int) -> StoredTensor:
    return StoredTensor(parts[0].dtype, np.concatenate([part.data for part in parts], axis))
