"""Weights of a checkpoint -> operators that multiply by them, in a number type.

How each lies in the file is told by a suffix of its name; see `checkpoints.formats.onnx_layout`,
which reads them back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np

from ....checkpoints.formats.onnx_layout import BIASES, CODES, EXPERTS, SCALES, WORDS, lay_out
from ....checkpoints.sizes import EMBEDDING, NetworkConfig
from ....checkpoints.tensors.affine import GROUP_SIZES, QuantizedTensor, quantize
from ....checkpoints.tensors.blocks import BLOCKS, Blocks, choose_block, to_blocks
from ....checkpoints.tensors.safetensors import StoredTensor, forget_pages
from .graph import MICROSOFT, TYPES, Array, Graph


class Numbers(NamedTuple):
    """How the matrices of a network are stored; norms, sinks, biases and routers are float32.

    dense (str): Of attention: "float32", "float16", or "int8": whole numbers by blocks.
    experts (str): Of the experts: as `dense`, or "int4".
    embedding (int): Bits of the embedding, if it is not quantised already; 0 to leave it as
        `dense` is.
    """

    dense: str
    experts: str
    embedding: int = 0


NUMBERS: Final[dict[str, Numbers]] = {
    "float32": Numbers("float32", "float32"),
    "float16": Numbers("float16", "float16"),
    "int8": Numbers("int8", "int8", 8),
    "int4": Numbers("int8", "int4", 4),
}
BITS: Final = {"int8": 8, "int4": 4}
# Inputs of a row that share a scale in MatMulNBits, which fills the last block with zeros.
BLOCK: Final = BLOCKS[0]


class Matrices:
    """The weights of one network, as a graph's operators need them.

    graph (Graph): Where they are added.
    tensors (Mapping[str, StoredTensor]): Weights by our names.
    numbers (Numbers): How to store them.
    standard (bool): Use no operator of com.microsoft.
    """

    def __init__(
        self,
        graph: Graph,
        tensors: Mapping[str, StoredTensor],
        numbers: Numbers,
        *,
        standard: bool,
    ) -> None:
        self.graph, self.tensors = graph, tensors
        self.numbers, self.standard = numbers, standard

    def plain(self, name: str, dtype: str = "float32") -> str:
        """Add a weight as it is. RETURNS (str): Its name, or that of what it is cast to."""
        tensor = self.tensors[name]
        made = self.graph.weight(name, dtype, tensor.shape, lambda: _as(tensor, dtype))
        return self._cast(made, dtype)

    def _cast(self, name: str, dtype: str) -> str:
        if dtype == "float32":
            return name
        return self.graph.op("Cast", name, to=TYPES["float32"])

    def embed(self, ids: str) -> str:
        """Look pieces up; of a quantised table only their rows are expanded. (n,) -> (n, width)."""
        tensor, bits = self.tensors[EMBEDDING], self.numbers.embedding
        width = tensor.shape[1]
        sizes = [size for size in reversed(GROUP_SIZES) if width % size == 0 and size <= 64]
        if isinstance(tensor, QuantizedTensor):
            return self._embed_packed(tensor.packing, _Packed(tensor), ids)
        if bits and sizes:
            return self._embed_packed((bits, sizes[0]), _Packed(tensor, (bits, sizes[0])), ids)
        dtype = "float16" if self.numbers.dense == "float16" else "float32"
        table = self.graph.weight(EMBEDDING, dtype, tensor.shape, lambda: _as(tensor, dtype))
        return self._cast(self.graph.op("Gather", table, ids, axis=0), dtype)

    def _embed_packed(self, packing: tuple[int, int], packed: _Packed, ids: str) -> str:
        """value = scale x code + bias, group by group, with standard operators only."""
        g, (bits, size) = self.graph, packing
        n_rows, width = self.tensors[EMBEDDING].shape
        words = g.weight(
            EMBEDDING + WORDS, "uint8", (n_rows, width * bits // 8), lambda: packed.words
        )
        codes = g.op("Gather", words, ids, axis=0)
        if bits == 4:  # the first of two is the low one
            low = g.op("BitwiseAnd", codes, g.constant(15, "uint8"))
            high = g.op("BitShift", codes, g.constant(4, "uint8"), direction="RIGHT")
            pair = [g.op("Unsqueeze", part, g.ints(2)) for part in (low, high)]
            codes = g.op("Concat", *pair, axis=2)
        groups = g.op("Reshape", codes, g.ints(-1, width // size, size))
        values = g.op("Cast", groups, to=TYPES["float32"])
        for suffix, kind in ((SCALES, "Mul"), (BIASES, "Add")):
            dtype, shape = packed.dtype(suffix), (n_rows, width // size)
            part = g.weight(
                EMBEDDING + suffix, dtype, shape, lambda s=suffix: packed.part(s)  # type: ignore[misc]
            )
            rows = self._cast(g.op("Gather", part, ids, axis=0), dtype)
            values = g.op(kind, values, g.op("Unsqueeze", rows, g.ints(2)))
        return g.op("Reshape", values, g.ints(-1, width))

    def linear(self, x: str, name: str, dtype: str | None = None) -> str:
        """Map rows. (n, in) -> (n, out).

        name (str): Of the weight, without its ending. dtype (str | None): Else as `numbers` says.
        """
        g, dtype = self.graph, dtype or self.numbers.dense
        weight, bias = f"{name}.weight", self.plain(f"{name}.bias")
        if dtype not in BITS:
            return g.op("Gemm", x, self.plain(weight, dtype), bias, transB=1)
        tensor, bits = self.tensors[weight], BITS[dtype]
        n_out, n_in = tensor.shape
        n_blocks = -(-n_in // BLOCK)
        packed = _Once(lambda: to_blocks(_fill(_as(tensor), n_blocks * BLOCK), bits, BLOCK))
        n_bytes = BLOCK * bits // 8
        shape = (n_out, n_blocks, n_bytes)
        codes = g.weight(weight + CODES, "uint8", shape, lambda: packed.codes.reshape(shape))
        scales = g.weight(weight + SCALES, "float32", shape[:2], lambda: packed.scales)
        if self.standard:
            flat = g.op("Reshape", codes, g.ints(n_out, n_blocks * n_bytes))
            dense = self.expand(flat, scales, (n_out, n_blocks * BLOCK), bits)
            if n_in % BLOCK:
                dense = g.op("Slice", dense, g.ints(0), g.ints(n_in), g.ints(1))
            return g.op("Gemm", x, dense, bias, transB=1)
        sizes = {"K": n_in, "N": n_out, "bits": bits, "block_size": BLOCK}
        product = g.op("MatMulNBits", x, codes, scales, domain=MICROSOFT, **sizes)
        return g.op("Add", product, bias)

    def expand(
        self, codes: str, scales: str, shape: tuple[int, int], bits: int, graph: Graph | None = None
    ) -> str:
        """Make one matrix of whole numbers float32, with standard operators.

        codes, scales (str): Shapes: (out, in x bits / 8), (out, n_blocks).
        shape (tuple[int, int]): (out, in).
        """
        g, (n_out, n_in) = graph or self.graph, shape
        if bits == 4:
            low = g.op("BitwiseAnd", codes, g.constant(15, "uint8"))
            high = g.op("BitShift", codes, g.constant(4, "uint8"), direction="RIGHT")
            pair = [g.op("Unsqueeze", part, g.ints(2)) for part in (low, high)]
            codes = g.op("Reshape", g.op("Concat", *pair, axis=2), g.ints(n_out, n_in))
        values = g.op("Cast", codes, to=TYPES["float32"])
        values = g.op("Sub", values, g.constant(float(1 << (bits - 1))))
        rows = g.op("Unsqueeze", scales, g.ints(2))
        # As many blocks as there are scales: what is left is the length of one.
        blocks = g.op("Concat", g.op("Shape", scales), g.ints(-1), axis=0)
        values = g.op("Mul", g.op("Reshape", values, blocks), rows)
        return g.op("Reshape", values, g.ints(n_out, n_in))

    def experts(self, name: str, config: NetworkConfig) -> tuple[str, str]:
        """Add the matrices of all experts, inputs last.

        RETURNS (tuple[str, str]): Names of the matrices, and of the scales if there are any.
        """
        g, dtype, tensor = self.graph, self.numbers.experts, self.tensors[name]
        n_experts, n_in, n_out = tensor.shape
        interleaved = "swiglu" in name
        shape = (n_experts, n_out, n_in)
        if dtype not in BITS:
            made = g.weight(
                name + EXPERTS, dtype, shape, lambda: _laid_out(tensor, interleaved, dtype)
            )
            return self._cast(made, dtype), ""
        bits, block = BITS[dtype], self.expert_block(config)
        block = block or n_in
        packed = _Once(lambda: to_blocks(_laid_out(tensor, interleaved), bits, block))
        n_bytes, n_blocks = n_in * bits // 8, n_in // block
        codes = g.weight(
            name + CODES, "uint8", (n_experts, n_out, n_bytes), lambda: packed.codes
        )
        lead = (n_experts, n_out)
        by_row = not self.expert_block(config)
        scales = g.weight(
            name + SCALES, "float32", lead if by_row else (*lead, n_blocks),
            lambda: packed.scales[..., 0] if by_row else packed.scales,
        )  # fmt: skip
        return codes, scales

    def expert_bias(self, name: str) -> str:
        """Add the biases of all experts, interleaved as the matrices are."""
        tensor = self.tensors[name]
        if "swiglu" not in name:
            return self.plain(name)
        shape = tensor.shape
        return self.graph.weight(
            name + EXPERTS, "float32", shape, lambda: lay_out(tensor, interleaved=True)
        )

    def expert_block(self, config: NetworkConfig) -> int:
        """Inputs of an expert that share a scale; 0 if all of a row do."""
        block = choose_block(np.gcd(config.width, config.expert_width))
        return block if block in BLOCKS else 0


class _Packed:
    """The parts of an embedding that is quantised as MLX does it, made when they are needed."""

    def __init__(self, tensor: StoredTensor, packing: tuple[int, int] | None = None) -> None:
        self.tensor, self.packing = tensor, packing

    @cached_property
    def parts(self) -> tuple[StoredTensor, StoredTensor, StoredTensor]:
        if isinstance(self.tensor, QuantizedTensor):
            return self.tensor.parts
        bits, size = self.packing or (8, 64)
        return quantize(self.tensor.to_float32(), bits, size)

    @property
    def words(self) -> Array:
        words = np.ascontiguousarray(self.parts[0].data)
        return words.reshape(len(words), -1).view(np.uint8)

    def dtype(self, suffix: str) -> str:
        """float16 if it holds the scales or biases exactly; bfloat16 is not read everywhere."""
        values = self._values(suffix)
        with np.errstate(over="ignore"):
            same = (values.astype(np.float16).astype(np.float32) == values).all()
        return "float16" if same else "float32"

    def part(self, suffix: str) -> Array:
        return self._values(suffix).astype(self.dtype(suffix))

    def _values(self, suffix: str) -> Array:
        return self.parts[1 if suffix == SCALES else 2].to_float32()


class _Once:
    """Codes and scales of one matrix: made at the first question, let go after the second."""

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


def _laid_out(tensor: StoredTensor, interleaved: bool, dtype: str = "float32") -> Array:
    """Lay experts out anew, and let the file's copy leave memory."""
    values = lay_out(tensor, interleaved, dtype)
    if type(tensor) is StoredTensor:
        forget_pages(tensor)
    return values


def _as(tensor: StoredTensor, dtype: str = "float32") -> Array:
    return tensor.to_float32().astype(dtype, copy=False)


def _fill(rows: Array, length: int) -> Array:
    """Fill rows up with zeros."""
    return np.pad(rows, ((0, 0), (0, length - rows.shape[1])))
