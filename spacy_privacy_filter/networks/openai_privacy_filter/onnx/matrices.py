"""Weights of a checkpoint -> operators that multiply by them, in a number type.

How each lies in the file is told by a suffix of its name; see `checkpoints.formats.onnx_layout`,
which reads them back.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import gcd, prod
from typing import Any, Final, NamedTuple

from ....checkpoints.formats.onnx_layout import EXPERTS, lay_out
from ....checkpoints.sizes import EMBEDDING, NetworkConfig
from ....checkpoints.tensors.affine import QuantizedTensor
from ....checkpoints.tensors.blocks import BLOCKS, choose_block
from ....checkpoints.tensors.safetensors import StoredTensor
from .graph import MICROSOFT, TYPES, Array, Graph
from .packed import Packed, add_affine, add_blocks, expand, find_group, laid_out


class Numbers(NamedTuple):
    """How the matrices of a network are stored; norms, sinks, biases and routers are float32.

    matrices (str): "float32" or "float16": those that are not in whole numbers.
    dense, experts, embedding (int): Bits of what is; 0: none.
    """

    matrices: str
    dense: int = 0
    experts: int = 0
    embedding: int = 0


NUMBERS: Final[dict[str, Numbers]] = {
    "float32": Numbers("float32"),
    "float16": Numbers("float16"),
    "int8": Numbers("float32", 8, 8, 8),
    "int4": Numbers("float32", 8, 4, 4),
}
# Experts of so many numbers in 8 bits are expanded when a graph is opened: they fit the caches, and
# onnxruntime's own 8-bit experts round what goes in. Larger ones stay in 8 bits.
MOST_EXPANDED: Final = 64 << 20


class Matrices:
    """The weights of one network, as a graph's operators need them.

    graph (Graph): Where they are added.
    tensors (Mapping[str, StoredTensor]): Weights by our names.
    numbers (Numbers): How to store them.
    standard (bool): Use no operator of com.microsoft.
    expands (bool): Experts are in 8 bits, and few enough to be expanded.
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
        experts = [tensor for tensor in tensors.values() if len(tensor.shape) == 3]
        few = sum(prod(tensor.shape) for tensor in experts) <= MOST_EXPANDED
        self.expands = numbers.experts == 8 and few and all(map(find_group, experts))

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
        tensor, bits, dtype = self.tensors[EMBEDDING], self.numbers.embedding, self.numbers.matrices
        # What is quantised already stays so, whatever was asked for: it is exact.
        if isinstance(tensor, QuantizedTensor) or (bits and find_group(tensor)):
            return expand(self.graph, add_affine(self.graph, EMBEDDING, tensor, bits, rows=ids))
        table = self.graph.weight(EMBEDDING, dtype, tensor.shape, lambda: _as(tensor, dtype))
        return self._cast(self.graph.op("Gather", table, ids, axis=0), dtype)

    def linear(self, x: str, name: str, *, exact: bool = False) -> str:
        """Map rows. (n, in) -> (n, out).

        name (str): Of the weight, without its ending. exact (bool): In float32 in any case.
        """
        weight, bias = f"{name}.weight", self.plain(f"{name}.bias")
        tensor = self.tensors[weight]
        if exact or not self.numbers.dense or not find_group(tensor):
            dtype = "float32" if exact else self.numbers.matrices
            return self.graph.op("Gemm", x, self.plain(weight, dtype), bias, transB=1)
        n_out, n_in = tensor.shape
        bits = self.numbers.dense
        packs = isinstance(tensor, QuantizedTensor) and tensor.packing[0] != bits
        if self.standard or packs:
            dense = expand(self.graph, add_affine(self.graph, weight, tensor, bits))
            return self.graph.op("Gemm", x, dense, bias, transB=1)
        packed = add_affine(self.graph, weight, tensor, bits, as_blocks=True)
        return self._multiply(x, packed, bias, (n_out, n_in))

    def _multiply(self, x: str, packed: Packed, bias: str, shape: tuple[int, int]) -> str:
        """Multiply by scale x code + bias: MatMulNBits knows no bias, so that groups are summed.

        scale x code + bias is scale x (code - 128), which it knows, and a number for each group.
        """
        g, (n_out, n_in) = self.graph, shape
        sizes: dict[str, Any] = {
            "K": n_in,
            "N": n_out,
            "bits": packed.bits,
            "block_size": packed.size,
        }
        product = g.op("MatMulNBits", x, packed.codes, packed.scales, domain=MICROSOFT, **sizes)
        half = g.constant(float(1 << (packed.bits - 1)))
        rest = g.op("Add", packed.biases, g.op("Mul", packed.scales, half))  # (out, n_groups)
        groups = g.op("Reshape", x, g.ints(-1, n_in // packed.size, packed.size))
        sums = g.op("ReduceSum", groups, g.ints(2), keepdims=0)  # (n, n_groups)
        return g.op("Add", product, g.op("Gemm", sums, rest, bias, transB=1))

    def experts(self, name: str, config: NetworkConfig) -> str | Packed:
        """Add the matrices of all experts, inputs last, gate and linear part interleaved.

        RETURNS (str | Packed): float32, shape (n_experts, out, in); or what is to be expanded.
        """
        g, tensor, bits = self.graph, self.tensors[name], self.numbers.experts
        n_experts, n_in, n_out = tensor.shape
        if not bits:
            dtype, shape = self.numbers.matrices, (n_experts, n_out, n_in)
            made = g.weight(name + EXPERTS, dtype, shape, lambda: laid_out(tensor, name, dtype))
            return self._cast(made, dtype)
        if self.expands:
            return add_affine(g, name, tensor, bits)
        return add_blocks(g, name, tensor, bits, self.expert_block(config))

    def expert_bias(self, name: str) -> str:
        """Add the biases of all experts, interleaved as the matrices are."""
        tensor = self.tensors[name]
        if "swiglu" not in name:
            return self.plain(name)
        return self.graph.weight(
            name + EXPERTS, "float32", tensor.shape, lambda: lay_out(tensor, interleaved=True)
        )

    def expert_block(self, config: NetworkConfig) -> int:
        """Inputs of an expert that share a scale; 0 if all of a row do.

        By rows in 8 bits: onnxruntime rounds what goes into 8-bit blocks.
        """
        block = choose_block(gcd(config.width, config.expert_width))
        return block if block in BLOCKS and self.numbers.experts == 4 else 0


def _as(tensor: StoredTensor, dtype: str) -> Array:
    return tensor.to_float32().astype(dtype, copy=False)
