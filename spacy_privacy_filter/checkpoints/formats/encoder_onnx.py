"""A folder with an encoder in ONNX, its config.json and its tokenizer.json -> ours.

As optimum and transformers.js lay it out: graphs in several number types, in the folder or in its
folder `onnx`. A graph gives logits, so its head is within: ours over it changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np

from ..calibration import read_calibration
from ..checkpoint import CONFIG, Checkpoint, Format, Opened, ReadOptions
from ..encoder_sizes import BESIDE_GRAPH, GRAPH_FILE, TOKENIZER
from ..sizes import CATEGORY_HEAD, TAG_HEAD
from ..tensors.folder import find_file, read_json
from ..tensors.onnx_file import read_onnx
from ..tensors.safetensors import DTYPES, StoredTensor
from .encoder import has_weights, refuse_conventions, tokenizer_tensor
from .encoder_config import describe, find_task

NAME: Final = "encoder-onnx"
SUBFOLDER: Final = "onnx"
# Number type -> names of its graph, as optimum and transformers.js give them; the most exact first.
GRAPHS: Final = {
    "float32": ("model.onnx",),
    "float16": ("model_fp16.onnx", "model_float16.onnx"),
    "int8": ("model_int8.onnx", "model_quantized.onnx", "model_uint8.onnx"),
    "int4": ("model_q4.onnx", "model_q4f16.onnx", "model_bnb4.onnx"),
}
# Model types of the mixture of experts, whose exports in the folder itself are another format.
MIXTURES: Final = ("openai_privacy_filter", "privacy_filter")


def find_graphs(folder: Path) -> dict[str, Path]:
    """Find the graphs of a folder by number type; the most exact first.

    One graph that has a name of its own counts as float32.
    """
    for place in (folder, folder / SUBFOLDER):
        found = {
            dtype: place / next((name for name in names if (place / name).exists()), "")
            for dtype, names in GRAPHS.items()
        }
        found = {dtype: path for dtype, path in found.items() if path != place}
        if found:
            return found
        single = sorted(place.glob("*.onnx"))
        if len(single) == 1:
            return {"float32": single[0]}
    return {}


def detect(folder: Path, values: Mapping[str, Any]) -> bool:
    """Say whether a folder has graphs of an encoder. See `checkpoint.Format`."""
    kind = values.get("model_type")
    if not isinstance(kind, str):
        return False
    graphs = find_graphs(folder)
    if kind not in MIXTURES:
        return bool(graphs)
    # openai/privacy-filter has its exports in a folder of their own.
    apart = all(path.parent.name == SUBFOLDER for path in graphs.values())
    return bool(graphs) and apart and not has_weights(folder)


def open_(folder: Path, options: ReadOptions) -> Opened:
    """Open such a folder by its most exact graph. See `checkpoint.Format`."""
    path = find_file(folder, CONFIG)
    refuse_conventions(options, str(path))
    values = read_json(path)
    if values.get("architectures") and not find_task(values):
        raise ValueError(
            f"{path} is of a model that sorts neither pieces nor texts: its architectures are "
            f"{str(values['architectures'])[:200]}. Export one with such a head."
        )
    found = describe(folder, values, str(path), graph=True)
    head = Checkpoint(
        NAME,
        found.sizes,
        {},
        found.tags,
        found.categories,
        found.exclusive,
        read_calibration(folder),
        tokenizer=found.tokenizer,
    )
    name = TAG_HEAD if found.tags else CATEGORY_HEAD
    return Opened(head, partial(_read_tensors, folder, name, len(found.labels)))


def _read_tensors(folder: Path, head: str, n_labels: int) -> dict[str, StoredTensor]:
    """Map the graph and what lies beside it; the head over logits is the identity."""
    graph = next(iter(find_graphs(folder).values()))
    if graph.parent.resolve() not in (folder.resolve(), folder.resolve() / SUBFOLDER):
        raise ValueError(f"{graph.parent} is a link. Give the folder that it leads to.")
    same = StoredTensor.from_float32(np.eye(n_labels))
    nothing = StoredTensor.from_float32(np.zeros(n_labels))
    data = find_file(folder, TOKENIZER).read_bytes()
    heads = {f"{head}.weight": same, f"{head}.bias": nothing}
    return read_graph(graph) | heads | tokenizer_tensor(data)


def read_graph(path: Path) -> dict[str, StoredTensor]:
    """Map a graph and the files with its weights, byte by byte, after a look at all of them.

    RAISES (FileNotFoundError, ValueError): Files that are missing, cut short or not in the folder.
    """
    found = read_onnx(find_file(path.parent, path.name), of_others=True)
    files = {GRAPH_FILE: path}
    files |= {BESIDE_GRAPH + name: path.parent / name for name in sorted(found.data_files)}
    return {
        name: StoredTensor("U8", np.asarray(np.memmap(file, DTYPES["U8"], mode="c")), path)
        for name, file in files.items()
    }


def choose_graph(path: Path, dtype: str) -> Path:
    """Choose a graph by number type among those that lie together.

    path (Path): One of them. dtype (str): As in the settings; "auto" for this one.
    RAISES (ValueError): There is none of this type.
    """
    if dtype == "auto":
        return path
    names = [name for name in GRAPHS.get(dtype, ()) if (path.parent / name).exists()]
    if names:
        return path.parent / names[0]
    there = find_graphs(path.parent)
    if there.get(dtype) == path:
        return path
    raise ValueError(
        f"dtype = {dtype!r}, but {path.parent} has graphs in {', '.join(there)} only. Choose one "
        "of these, or 'auto' for the most exact."
    )


FORMAT: Final = Format(NAME, detect, open_, None)
