"""An ONNX file -> its weights, mapped, and what it says of itself; with no library of ONNX.

The weights may lie in other files of its folder; a path that leads out of it is refused.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from .folder import find_file
from .protobuf import read_fields, read_varints
from .safetensors import DTYPES, StoredTensor

Message = dict[int, list[Any]]
# ONNX's number of a type -> numpy's; bfloat16 as its bits.
TYPES: Final[dict[int, np.dtype[Any]]] = {
    1: np.dtype("<f4"), 2: np.dtype("u1"), 3: np.dtype("i1"), 6: np.dtype("<i4"),
    7: np.dtype("<i8"), 9: np.dtype("?"), 10: np.dtype("<f2"), 11: np.dtype("<f8"),
    12: np.dtype("<u4"), 13: np.dtype("<u8"), 16: np.dtype("<u2"),
}  # fmt: skip
EXTERNAL: Final = 1
# Numbers of fields in onnx.proto.
GRAPH, PROPERTIES = 7, 14  # of a model
NODE, INITIALIZER, INPUT, OUTPUT = 1, 5, 11, 12  # of a graph
DIMS, DATA_TYPE, NAME, RAW, ELSEWHERE, LOCATION = 1, 2, 8, 9, 13, 14  # of a tensor
OP_TYPE, ATTRIBUTE, DOMAIN = 4, 5, 7  # of a node
TENSOR, BODY, TENSORS, BODIES = 5, 6, 10, 11  # of an attribute
KEY, VALUE = 1, 2  # of an entry


@dataclass
class OnnxFile:
    """What is in an ONNX file.

    path (Path): The file.
    properties (dict[str, str]): What it says of itself.
    inputs, outputs (tuple[str, ...]): Their names.
    operators (set[tuple[str, str]]): Domain and name of each operator.
    weights (dict[str, NDArray]): Values by name, mapped.
    data_files (set[str]): Names of files beside it that hold weights.
    """

    path: Path
    properties: dict[str, str] = field(default_factory=dict)
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    operators: set[tuple[str, str]] = field(default_factory=set)
    weights: dict[str, npt.NDArray[Any]] = field(default_factory=dict)
    data_files: set[str] = field(default_factory=set)


class OnnxTensor(StoredTensor):
    """A weight that lies otherwise in an ONNX file: put in our order whenever it is read.

    A backend that runs the file itself needs none of them. Copied and pickled by its values.

    graph (Path): The file. shape (tuple[int, ...]): Of `data`.
    make (Callable): Gives the values, in the number type `dtype`.
    """

    def __init__(
        self, graph: Path, dtype: str, shape: tuple[int, ...], make: Callable[[], npt.NDArray[Any]]
    ) -> None:
        given = {"dtype": dtype, "graph": graph, "_shape": shape, "_make": make}
        for name, value in given.items():
            object.__setattr__(self, name, value)  # the class is frozen

    @property
    def data(self) -> npt.NDArray[Any]:
        """The values, put in order anew."""
        values: npt.NDArray[Any] = self._make()  # type: ignore[attr-defined]
        return values

    @property
    def shape(self) -> tuple[int, ...]:
        """Length of each axis of `data`."""
        shape: tuple[int, ...] = self._shape  # type: ignore[attr-defined]
        return shape

    @property
    def nbytes(self) -> int:
        """Bytes that `data` takes."""
        return math.prod(self.shape) * DTYPES[self.dtype].itemsize

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and pickle by the values."""
        return StoredTensor, (self.dtype, self.data)


def graph_of(tensors: Iterable[StoredTensor]) -> Path | None:
    """Find the ONNX file that weights were read from; None if not all are from one."""
    paths = {tensor.graph for tensor in tensors}
    return paths.pop() if len(paths) == 1 else None


def read_onnx(path: Path, *, of_others: bool = False) -> OnnxFile:
    """Read an ONNX file; weights are mapped.

    of_others (bool): A graph that is run as it is: weights of number types that are not known here
        may be in it, and are not among those that are given.
    RAISES (ValueError): Not ONNX, cut short, or weights of another size than they claim.
    RAISES (FileNotFoundError): Weights lie in a file that is not there.
    """
    if not path.is_file():
        raise FileNotFoundError(f"No file {path}. Get it, or export the model again.")
    try:
        model = _message(_map(path))
        graph = _message(_only(model, GRAPH, memoryview(b"")))
        if not graph:
            raise ValueError("there is no graph in it")
        found = OnnxFile(path, _entries(model.get(PROPERTIES, [])))
        found.inputs, found.outputs = (
            tuple(_text(_message(value), 1) for value in graph.get(key, []))
            for key in (INPUT, OUTPUT)
        )
        _add_operators(found, graph)
        for tensor in map(_message, graph.get(INITIALIZER, [])):
            _add_weight(found, tensor, of_others)
    except (ValueError, UnicodeDecodeError, TypeError, AttributeError) as error:
        raise ValueError(
            f"{path} is no readable ONNX file: {str(error)[:300]} Is the download complete? Get it "
            "again, or export the model again."
        ) from None
    return found


def _add_operators(found: OnnxFile, graph: Message) -> None:
    """Note the operators, and those of loops and branches, whose weights are within, too."""
    for node in map(_message, graph.get(NODE, [])):
        found.operators.add((_text(node, DOMAIN), _text(node, OP_TYPE)))
        for attribute in map(_message, node.get(ATTRIBUTE, [])):
            tensors = attribute.get(TENSOR, []) + attribute.get(TENSORS, [])
            for inner in map(_message, attribute.get(BODY, []) + attribute.get(BODIES, [])):
                _add_operators(found, inner)
                tensors += inner.get(INITIALIZER, [])
            if any(_only(_message(tensor), LOCATION, 0) == EXTERNAL for tensor in tensors):
                raise ValueError("an operator has weights of its own in another file.")


def _add_weight(found: OnnxFile, tensor: Message, of_others: bool) -> None:
    """Map one weight, in the file or beside it."""
    name, shape = _text(tensor, NAME), _shape_of(tensor)
    dtype = TYPES.get(int(_only(tensor, DATA_TYPE, 0)))
    if dtype is None:
        if of_others:
            if _only(tensor, LOCATION, 0) == EXTERNAL:
                entries = _entries(tensor.get(ELSEWHERE, []))
                _elsewhere(found, entries, name, int(entries.get("length", "0")))
            return
        raise ValueError(f"{name[:200]} has a number type that is not known here.")
    size = math.prod(shape) * dtype.itemsize
    if _only(tensor, LOCATION, 0) == EXTERNAL:
        raw = _elsewhere(found, _entries(tensor.get(ELSEWHERE, [])), name, size)
    else:
        raw = _only(tensor, RAW, None)
        if raw is None:  # a small constant, spelled out: no weight of ours is
            return
    if len(raw) != size:
        raise ValueError(f"{name[:200]} has {len(raw)} bytes and not {size}.")
    found.weights[name] = np.frombuffer(raw, dtype).reshape(shape)


def _shape_of(tensor: Message) -> tuple[int, ...]:
    """Lengths of the axes, packed or one by one."""
    shape: list[int] = []
    for dims in tensor.get(DIMS, []):
        shape += [dims] if isinstance(dims, int) else read_varints(dims)
    if len(shape) > 8 or any(n >= 1 << 40 for n in shape):
        raise ValueError(f"a weight has the impossible shape {str(shape)[:80]}.")
    return tuple(shape)


def _elsewhere(found: OnnxFile, entries: dict[str, str], name: str, size: int) -> memoryview:
    """Map a weight that lies in another file of the folder."""
    location = entries.get("location", "")
    path = find_file(found.path.parent, location)
    start, length = int(entries.get("offset", "0")), int(entries.get("length", str(size)))
    n_bytes = path.stat().st_size
    if start < 0 or length != size or start + size > n_bytes:
        raise ValueError(
            f"{path.name} has {n_bytes} bytes, but {name[:200]} needs {size} from {start} on. The "
            "file is cut short, or belongs to another model."
        )
    found.data_files.add(location)
    return _map(path)[start : start + size]


def _map(path: Path) -> memoryview:
    if not path.stat().st_size:
        raise ValueError("it is empty.")
    return np.memmap(path, dtype=np.uint8, mode="c").data


def _message(data: memoryview) -> Message:
    """Read a message: values by the number of their field."""
    found: Message = {}
    for number, value in read_fields(data):
        found.setdefault(number, []).append(value)
    return found


def _only(message: Message, number: int, default: Any) -> Any:
    return message[number][-1] if number in message else default


def _text(message: Message, number: int) -> str:
    return bytes(_only(message, number, b"")).decode("utf-8")


def _entries(entries: list[Any]) -> dict[str, str]:
    """Read pairs of a key and a value."""
    pairs = map(_message, entries)
    return {_text(pair, KEY): _text(pair, VALUE) for pair in pairs}
