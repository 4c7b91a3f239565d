"""Matrices in whole numbers -> operators that look their rows up, expand them, or multiply by them.

Two ways to store one: as MLX does it, value = scale x code + bias for each group of inputs, so that
what a checkpoint holds quantised stays as it is, to the bit; or by blocks without a bias, as
onnxruntime's QMoE wants it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np

from ....checkpoints.formats.onnx_layout import BIASES, CODES, SCALES, WORDS, lay_out, order
from ....checkpoints.tensors.affine import GROUP_SIZES, QuantizedTensor, quantize
from ....checkpoints.tensors.blocks import Blocks, to_blocks
from ....checkpoints.tensors.safetensors import StoredTensor, forget_pages
from .graph import TYPES, Array, Graph

# Groups of inputs, the first that divides a row.
GROUPS: Final = tuple(size for size in sorted(GROUP_SIZES, reverse=True) if size <= 64)


class Packed(NamedTuple):
    """A matrix in whole numbers, by the names of its parts in a graph.

    codes (str): Bytes, one or two codes in each. Shape: (..., n_in x bits / 8).
    scales, biases (str): float32, of each group. Shape: (..., n_groups). Biases are "" where the
        middle of the range stands for 0.
    bits, size (int): Bits of a code; inputs that share a scale.
    """

    codes: str
    scales: str
    biases: str
    bits: int
    size: int


def find_group(tensor: StoredTensor) -> int:
    """Say how many inputs are to share a scale; 0 if no group divides a row."""
    if isinstance(tensor, QuantizedTensor):
        return tensor.packing[1]
    n_in = tensor.shape[1]
    return next((size for size in GROUPS if n_in % size == 0), 0)


def add_affine(
    graph: Graph,
    name: str,
    tensor: StoredTensor,
    bits: int,
    *,
    rows: str = "",
    as_blocks: bool = False,
) -> Packed:
    """Add a matrix with scales and biases, as it is stored if it is quantised already.

    name (str): Of the tensor. bits (int): Else so many bits.
    rows (str): Only look these rows up. as_blocks (bool): Codes as (out, n_groups, size).
    """
    parts = _Affine(tensor, bits, interleaved="swiglu" in name)
    codes = parts.codes
    n_groups, size = codes.shape[-1] * 8 // parts.bits // parts.size, parts.size
    shape = (*codes.shape[:-1], n_groups, size * parts.bits // 8) if as_blocks else codes.shape
    words = graph.weight(name + WORDS, "uint8", shape, lambda: parts.codes.reshape(shape))
    if rows:
        words = graph.op("Gather", words, rows, axis=0)
    found = []
    for suffix, values in ((SCALES, parts.scales), (BIASES, parts.biases)):
        dtype = _dtype_of(values)
        part = graph.weight(
            name + suffix,
            dtype,
            values.shape,
            lambda v=values, d=dtype: v.astype(d),  # type: ignore[misc]
        )
        part = graph.op("Gather", part, rows, axis=0) if rows else part
        found.append(part if dtype == "float32" else graph.op("Cast", part, to=TYPES["float32"]))
    return Packed(words, found[0], found[1], parts.bits, size)


def add_blocks(graph: Graph, name: str, tensor: StoredTensor, bits: int, block: int) -> Packed:
    """Add the matrices of all experts by blocks of inputs, without biases.

    block (int): Inputs that share a scale; 0 if all of a row do, which scales of one axis less say.
    """
    n_experts, n_in, n_out = tensor.shape
    size = block or n_in
    made = _Once(lambda: to_blocks(laid_out(tensor, name), bits, size))
    lead = (n_experts, n_out)
    codes = graph.weight(name + CODES, "uint8", (*lead, n_in * bits // 8), lambda: made.codes)
    scales = graph.weight(
        name + SCALES,
        "float32",
        (*lead, n_in // block) if block else lead,
        lambda: made.scales if block else made.scales[..., 0],
    )
    return Packed(codes, scales, "", bits, size)


def laid_out(tensor: StoredTensor, name: str, dtype: str = "float32") -> Array:
    """Lay experts out anew, and let the file's copy leave memory."""
    values = lay_out(tensor, "swiglu" in name, dtype)
    let_go(tensor)
    return values


def let_go(tensor: StoredTensor) -> None:
    """Let what has been copied leave memory; the file still has it."""
    if type(tensor) is StoredTensor:  # others compute their values anew
        forget_pages(tensor)


def expand(graph: Graph, packed: Packed) -> str:
    """Make codes float32, with standard operators only. Shape: (..., n_in)."""
    g, codes, scales = graph, packed.codes, packed.scales
    if packed.bits == 4:  # the first of two is the low one
        low = g.op("BitwiseAnd", codes, g.constant(15, "uint8"))
        high = g.op("BitShift", codes, g.constant(4, "uint8"), direction="RIGHT")
        pair = [g.op("Unsqueeze", part, g.ints(-1)) for part in (low, high)]
        codes = g.op("Concat", *pair, axis=-1)
    # As many groups as there are scales: what is left is the length of one.
    shape = g.op("Concat", g.op("Shape", scales), g.ints(-1), axis=0)
    values = g.op("Cast", g.op("Reshape", codes, shape), to=TYPES["float32"])
    if not packed.biases:
        values = g.op("Sub", values, g.constant(float(1 << (packed.bits - 1))))
    values = g.op("Mul", values, g.op("Unsqueeze", scales, g.ints(-1)))
    if packed.biases:
        values = g.op("Add", values, g.op("Unsqueeze", packed.biases, g.ints(-1)))
    lead = g.op("Slice", g.op("Shape", scales), g.ints(0), g.ints(-1))
    return g.op("Reshape", values, g.op("Concat", lead, g.ints(-1), axis=0))


class _Affine:
    """Codes, scales and biases of a tensor, in the order of the graph."""

    def __init__(self, tensor: StoredTensor, bits: int, *, interleaved: bool) -> None:
        self._tensor, self._interleaved = tensor, interleaved
        self.bits, self.size = bits, find_group(tensor)
        if isinstance(tensor, QuantizedTensor):
            self.bits, self.size = tensor.packing

    @cached_property
    def _parts(self) -> tuple[StoredTensor, StoredTensor, StoredTensor]:
        if isinstance(self._tensor, QuantizedTensor):
            return self._tensor.parts
        values = self._tensor.to_float32()
        rows = values.swapaxes(1, 2) if values.ndim == 3 else values
        parts = quantize(rows, self.bits, self.size)
        let_go(self._tensor)
        return parts

    @property
    def codes(self) -> Array:
        words = np.ascontiguousarray(order(self._parts[0].data, self._interleaved))
        return words.view(np.uint8)

    @property
    def scales(self) -> Array:
        return order(self._parts[1].to_float32(), self._interleaved)

    @property
    def biases(self) -> Array:
        return order(self._parts[2].to_float32(), self._interleaved)


def _dtype_of(values: Array) -> str:
    """float16 if it holds them exactly; bfloat16, as they are stored, is not read everywhere."""
    with np.errstate(over="ignore"):
        same = (values.astype(np.float16).astype(np.float32) == values).all()
    return "float16" if same else "float32"


class _Once:
    """Codes and scales of one tensor: made at the first question, let go after the second."""

    def __init__(self, make: Callable[[], Blocks]) -> None:
        self._make = make
        self._made: Blocks | None = None

    @property
    def codes(self) -> Array:
        self._made = self._made or self._make()
        return self._made.codes

    @property
    def scales(self) -> Array:
        made, self._made = self._made or self._make(), None
        return made.scales
