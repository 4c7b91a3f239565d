"""A graph and its weights -> an ONNX file, with the weights in it or in a file beside it.

Each weight is made, written and let go, so that memory never holds them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Final

from onnx import ModelProto, TensorProto

from ..files import hash_file, write_atomically
from ..networks.openai_privacy_filter.onnx.graph import TYPES, Weight, beside
from ..networks.openai_privacy_filter.onnx.network import Built

# What a file of protocol buffers may hold; some room is left for the graph itself.
MOST_INSIDE: Final = (2 << 30) - (64 << 20)
DATA: Final = ".data"
SHA256: Final = ".sha256"
# Weights in a file of their own begin where memory can be mapped.
ALIGNMENT: Final = 4096
# Marks of fields, as protocol buffers write them: the number, and that bytes follow.
GRAPH, INITIALIZER, RAW = (bytes([number << 3 | 2]) for number in (7, 5, 9))


def write_model(
    path: Path, built: Built, note: Mapping[str, str], most_inside: int = MOST_INSIDE
) -> list[Path]:
    """Write a model.

    path (Path): Where to, in a folder that nobody reads yet.
    built (Built): The graph. note (Mapping[str, str]): What the file is to say of itself.
    most_inside (int): Bytes of weights beyond which they go into a file beside it.
    RETURNS (list[Path]): The files.
    """
    weights = built.graph.weights
    if sum(weight.nbytes for weight in weights) <= most_inside:
        model = built.graph.to_model(built.inputs, built.outputs, [], note)
        with path.open("wb") as file:
            _write_inside(file, model, weights)
        return [path]
    data = path.with_name(path.name + DATA)
    with data.open("wb") as file:
        places = list(_write_beside(file, weights, data.name))
    model = built.graph.to_model(built.inputs, built.outputs, places, note)
    path.write_bytes(model.SerializeToString())
    return [path, data]


def write_hash(path: Path) -> None:
    """Write the hash of a file beside it, as `sha256sum -c` reads it."""
    line = f"{hash_file(path)}  {path.name}\n"
    write_atomically(path.with_name(path.name + SHA256), line.encode())


def _write_inside(file: BinaryIO, model: ModelProto, weights: list[Weight]) -> None:
    """Write a model with its weights, as protocol buffers would, but one after the other."""
    heads = [
        TensorProto(name=w.name, data_type=TYPES[w.dtype], dims=w.shape).SerializeToString()
        for w in weights
    ]
    sizes = [
        len(head) + len(RAW) + len(_varint(weight.nbytes)) + weight.nbytes
        for head, weight in zip(heads, weights, strict=True)
    ]
    graph = model.graph.SerializeToString()
    total = len(graph) + sum(len(INITIALIZER) + len(_varint(size)) + size for size in sizes)
    model.ClearField("graph")
    file.write(model.SerializeToString() + GRAPH + _varint(total) + graph)
    for head, size, weight in zip(heads, sizes, weights, strict=True):
        file.write(INITIALIZER + _varint(size) + head + RAW + _varint(weight.nbytes))
        file.write(weight.values().reshape(-1).view("u1").data)


def _write_beside(file: BinaryIO, weights: list[Weight], location: str) -> Iterator[TensorProto]:
    """Write weights one after the other, and say where each lies."""
    for weight in weights:
        file.write(bytes(-file.tell() % ALIGNMENT))
        place = beside(weight, location, file.tell())
        file.write(weight.values().reshape(-1).view("u1").data)
        yield place


def _varint(number: int) -> bytes:
    """Write a whole number as protocol buffers do: seven bits a byte, the lowest first."""
    parts = []
    while number > 127:
        parts.append(number & 127 | 128)
        number >>= 7
    return bytes([*parts, number])
