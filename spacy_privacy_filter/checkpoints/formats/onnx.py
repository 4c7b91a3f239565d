"""A folder that `export-onnx` wrote -> ours: what the graph says of itself, and its weights.

The onnx backend runs the file as it is; all others read the weights out of it. The files of a
folder hold one network in several number types; nothing but their names tells which is which.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np

from ...types import Shape
from ..calibration import read_calibration
from ..checkpoint import Checkpoint, Format, Opened, ReadOptions, shapes_of
from ..layouts import check_tensors
from ..tensors.affine import QuantizedTensor
from ..tensors.blocks import Blocks, from_blocks
from ..tensors.folder import find_file, parse_json
from ..tensors.onnx_file import OnnxFile, OnnxTensor, graph_of, read_onnx
from ..tensors.safetensors import StoredTensor
from .native import make_native_config, read_native_config
from .onnx_layout import BIASES, CODES, EXPERTS, SCALES, WORDS, lay_back, order_back

ONNX: Final = "onnx"
# Number type -> the names that its file may have, ours first.
MODELS: Final = {
    "float32": ("model.onnx",),
    "float16": ("model_fp16.onnx",),
    "int8": ("model_int8.onnx", "model_quantized.onnx"),
    "int4": ("model_q4.onnx",),
}
# The graph's own note of what it is, as `network.json` has it.
PROPERTY: Final = "spacy_privacy_filter"
STORED: Final = {"float32": "F32", "float16": "F16"}
# Weights of other formats, which go before an export that lies beside them.
OTHERS: Final = ("*.safetensors", "*.safetensors.index.json", "*.npz", "network.json")


def find_models(folder: Path) -> dict[str, str]:
    """Name the ONNX files of a folder by number type; the most exact first."""
    found = {
        dtype: next((name for name in names if (folder / name).exists()), "")
        for dtype, names in MODELS.items()
    }
    return {dtype: name for dtype, name in found.items() if name}


def detect(folder: Path, values: Mapping[str, Any]) -> bool:
    """Say whether a folder is an export, and nothing else. See `checkpoint.Format`."""
    return bool(find_models(folder)) and not any(any(folder.glob(name)) for name in OTHERS)


def open_(folder: Path, options: ReadOptions) -> Opened:
    """Open an export by its most exact file. See `checkpoint.Format`."""
    path = find_file(folder, next(iter(find_models(folder).values())))
    if options.sinks_unit is not None or options.window is not None:
        raise ValueError(
            f"{path} leaves no doubt about its window and sinks: they are in its graph. Leave "
            "sinks_unit and window out."
        )
    found = read_onnx(path)
    values = read_note(found)
    config, tags, categories = read_native_config(values, str(path), options.ignore_keys)
    head = Checkpoint(
        ONNX, config, {}, tags, categories, values["exclusive"], read_calibration(folder)
    )
    return Opened(head, partial(_read_tensors, found, head))


def read_note(found: OnnxFile) -> dict[str, Any]:
    """Read what a graph says of itself.

    RAISES (ValueError): It is not one of ours.
    """
    if PROPERTY not in found.properties:
        raise ValueError(
            f"{found.path} was not written by export-onnx: it takes {list(found.inputs)} and gives "
            f"{list(found.outputs)}, and does not say which network it is. Export the checkpoint: "
            "python -m spacy privacy-filter export-onnx SOURCE OUT"
        )
    where = f"the note in {found.path}"
    return parse_json(found.properties[PROPERTY].encode(), where)


def make_note(checkpoint: Checkpoint) -> dict[str, str]:
    """Make what a graph says of itself: as `network.json`, with the tensors' own fingerprint."""
    c = checkpoint
    note = make_native_config(c.mixture, c.tags, c.categories, c.exclusive, c.fingerprint)
    return {PROPERTY: json.dumps(note, ensure_ascii=False)}


def choose_graph(tensors: Iterable[StoredTensor], dtype: str) -> Path | None:
    """Choose the file that holds just these weights, in the number type that is asked for.

    tensors (Iterable[StoredTensor]): All weights of a network. dtype (str): As in the settings.
    RETURNS (Path | None): None if they come from elsewhere, or only from a file of more exact
        numbers than are asked for.
    RAISES (ValueError): A file beside it that holds another network.
    """
    path = graph_of(tensors)
    if path is None or dtype not in MODELS or path.name in MODELS[dtype]:
        return path
    name = find_models(path.parent).get(dtype)
    if name is None:
        # float32 is how anything may be computed; fewer bits are made from more.
        return path if dtype == "float32" else None
    beside = read_onnx(find_file(path.parent, name))
    if read_note(beside) != read_note(read_onnx(path)):
        raise ValueError(
            f"{beside.path} and {path.name} hold different networks. Export both again, from one "
            "checkpoint."
        )
    return beside.path


def _read_tensors(found: OnnxFile, head: Checkpoint) -> dict[str, StoredTensor]:
    """Read the weights of the network and the heads."""
    shapes = shapes_of(head.mixture, head.tags, head.categories, len(found.weights))
    tensors = {}
    for name, shape in shapes.items():
        tensor = _find(found, name, shape)
        if tensor is not None:
            tensors[name] = tensor
    check_tensors(tensors, shapes, str(found.path))
    return tensors


def _find(found: OnnxFile, name: str, shape: Shape) -> StoredTensor | None:
    """Find a weight, however it is laid out; None if it is not there."""
    weights, path = found.weights, found.path
    for stored, back in ((name, False), (name + EXPERTS, True)):
        if stored in weights:
            values = weights[stored]
            dtype = STORED.get(values.dtype.name, "U8")
            return OnnxTensor(
                path, dtype, _turned(values.shape, back), partial(_put, values, back, name)
            )
    if name + WORDS in weights:
        return _packed(found, name, shape)
    if name + CODES in weights and name + SCALES in weights:
        blocks = Blocks(weights[name + CODES], weights[name + SCALES])
        return OnnxTensor(path, "F32", shape, partial(_expand, blocks, shape, name))
    return None


def _turned(shape: Shape, experts: bool) -> Shape:
    return (shape[0], *shape[:0:-1]) if experts else shape


def _put(values: Any, experts: bool, name: str) -> Any:
    """Put values in our order; in a file they may begin at any byte."""
    if experts:
        return lay_back(values, interleaved="swiglu" in name)
    return _aligned(values)


def _aligned(values: Any) -> Any:
    return np.require(values, requirements=["A", "C"])


def _packed(found: OnnxFile, name: str, shape: Shape) -> StoredTensor:
    """Give a matrix that is quantised as MLX does it, as it is."""
    words, *rest = (found.weights.get(name + suffix) for suffix in (WORDS, SCALES, BIASES))
    if words is None or any(part is None for part in rest) or math.prod(words.shape) % 4:
        raise ValueError(f"{found.path} holds a part of {name} only. Export the model again.")
    back = len(shape) == 3 and "swiglu" in name
    lead, n_in = ((shape[0], shape[2]), shape[1]) if len(shape) == 3 else (shape[:1], shape[1])
    parts = [
        StoredTensor(STORED.get(part.dtype.name, "U8"), order_back(_aligned(part), back))
        for part in rest
        if part is not None
    ]
    packed = order_back(_aligned(words).reshape(*lead, -1), back)
    whole = StoredTensor("U32", np.ascontiguousarray(packed).view(np.uint32))
    tensor = QuantizedTensor(whole, parts[0], parts[1], n_in)
    object.__setattr__(tensor, "graph", found.path)
    return tensor


def _expand(blocks: Blocks, shape: Shape, name: str) -> Any:
    """Make experts in whole numbers float32: (n_experts, in, out)."""
    codes, scales = blocks
    by_row = scales.ndim == 2
    dense = from_blocks(Blocks(codes, scales[..., None] if by_row else scales), shape[1])
    return lay_back(dense, interleaved="swiglu" in name)


FORMAT: Final = Format(ONNX, detect, open_, None)
