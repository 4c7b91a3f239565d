"""Operators and weights -> an ONNX model, with the weights inside it or beside it.

Weights are described first and made one at a time, when they are written or handed over, so that
never more than one is in memory twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from .... import __name__ as PRODUCER

Array = npt.NDArray[Any]
# What onnxruntime 1.23 and browsers read; ours needs nothing that is newer.
OPSET: Final = 18
IR_VERSION: Final = 10
MICROSOFT: Final = "com.microsoft"
TYPES: Final[dict[str, int]] = {
    "float32": TensorProto.FLOAT,
    "float16": TensorProto.FLOAT16,
    "uint8": TensorProto.UINT8,
    "int64": TensorProto.INT64,
}


class Weight(NamedTuple):
    """A weight of a graph, to be made when it is needed.

    name (str): Its name in the graph.
    dtype (str): A key of `TYPES`.
    shape (tuple[int, ...]): Length of each axis.
    make (Callable): Gives the values.
    """

    name: str
    dtype: str
    shape: tuple[int, ...]
    make: Callable[[], Array]

    @property
    def nbytes(self) -> int:
        """Bytes of its values."""
        return int(np.prod(self.shape, dtype=np.int64)) * np.dtype(self.dtype).itemsize

    def values(self) -> Array:
        """Make the values, in order in memory.

        RAISES (ValueError): They are not what was described.
        """
        array = np.ascontiguousarray(self.make())
        if array.shape != self.shape or array.dtype != np.dtype(self.dtype):
            raise ValueError(f"{self.name} was made as {array.dtype} {array.shape}.")
        return array


class Graph:
    """An ONNX graph that is being written, operator by operator; or a body of a loop in one."""

    def __init__(self, outer: Graph | None = None) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[Weight] = []
        self._outer = outer
        self._constants: dict[tuple[str, tuple[int, ...], bytes], str] = {}
        self._named: dict[str, onnx.TensorProto] = {}
        self._n = 0

    @property
    def _root(self) -> Graph:
        return self if self._outer is None else self._outer._root

    def new_name(self, stem: str) -> str:
        """Make a name that nothing in the whole model has yet."""
        root = self._root
        root._n += 1
        return f"{stem}_{root._n}"

    def constant(self, values: npt.ArrayLike, dtype: str = "float32") -> str:
        """Add a small constant, or find the same one again. RETURNS (str): Its name."""
        root, array = self._root, np.asarray(values, dtype=dtype)
        key = (str(array.dtype), array.shape, array.tobytes())
        if key not in root._constants:
            name = root._constants[key] = root.new_name("constant")
            root._named[name] = numpy_helper.from_array(array, name)
        return root._constants[key]

    def ints(self, *values: int) -> str:
        """Add a list of whole numbers, as axes and shapes are given."""
        return self.constant(list(values), "int64")

    def weight(self, name: str, dtype: str, shape: Sequence[int], make: Callable[[], Array]) -> str:
        """Add a weight. RETURNS (str): Its name."""
        self._root.weights.append(Weight(name, dtype, tuple(shape), make))
        return name

    def op(
        self, kind: str, *inputs: str, out: str = "", domain: str = "", **attributes: Any
    ) -> str:
        """Add an operator with one output. RETURNS (str): Name of the output."""
        return self.ops(1, kind, *inputs, outs=[out] if out else None, domain=domain, **attributes)[
            0
        ]

    def ops(
        self,
        n_outputs: int,
        kind: str,
        *inputs: str,
        outs: Sequence[str] | None = None,
        domain: str = "",
        **attributes: Any,
    ) -> list[str]:
        """Add an operator with several outputs. RETURNS (list[str]): Their names."""
        names = list(outs or (self.new_name(kind.lower()) for _ in range(n_outputs)))
        node = helper.make_node(
            kind, list(inputs), names, name=self.new_name(kind), domain=domain, **attributes
        )
        self.nodes.append(node)
        return names

    def to_model(
        self,
        inputs: Sequence[onnx.ValueInfoProto],
        outputs: Sequence[onnx.ValueInfoProto],
        weights: Iterable[onnx.TensorProto],
        metadata: Mapping[str, str],
    ) -> onnx.ModelProto:
        """Make the model.

        inputs, outputs (Sequence): See `describe`.
        weights (Iterable): The weights as they are to be found; see `inside` and `beside`.
        metadata (Mapping[str, str]): What is to be known of the model.
        """
        domains = {node.domain for node in self.nodes}
        versions = [helper.make_opsetid("", OPSET)]
        if MICROSOFT in domains:
            versions.append(helper.make_opsetid(MICROSOFT, 1))
        tensors = [*self._named.values(), *weights]
        graph = helper.make_graph(self.nodes, "network", inputs, outputs, tensors)
        model = helper.make_model(
            graph, opset_imports=versions, producer_name=PRODUCER, ir_version=IR_VERSION
        )
        helper.set_model_props(model, dict(metadata))
        return model


def describe(name: str, dtype: str, shape: Sequence[int | str]) -> onnx.ValueInfoProto:
    """Describe an input or output; a length that is not known has a name."""
    return helper.make_tensor_value_info(name, TYPES[dtype], list(shape))


def inside(weights: Iterable[Weight]) -> Iterator[onnx.TensorProto]:
    """Give weights with their values, to lie in the file of the graph."""
    for weight in weights:
        yield numpy_helper.from_array(weight.values(), weight.name)


def beside(weight: Weight, location: str, offset: int) -> onnx.TensorProto:
    """Give a weight without its values, which lie elsewhere.

    location (str): Name of a file beside the graph's. offset (int): Where in it.
    """
    tensor = TensorProto(
        name=weight.name,
        data_type=TYPES[weight.dtype],
        dims=weight.shape,
        data_location=TensorProto.EXTERNAL,
    )
    for key, value in (("location", location), ("offset", offset), ("length", weight.nbytes)):
        tensor.external_data.add(key=key, value=str(value))
    return tensor
