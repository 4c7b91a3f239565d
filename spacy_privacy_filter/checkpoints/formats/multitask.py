"""A multi-task repository <-> ours: the Hugging Face layout, and a second head over the mean.

As in binga/privacy-filter-multitask: `multitask_config.json` and `doc_head.pt` beside it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from ..checkpoint import Checkpoint, Format, Opened, Packing, ReadOptions, refuse_contents
from ..layouts import check_tensors, refuse_other, refuse_unknown
from ..sizes import CATEGORY_HEAD, head_shapes
from ..tensors.folder import find_file, read_json, write_json
from ..tensors.safetensors import StoredTensor
from ..tensors.torch_zip import read_pt_file, write_pt_file
from . import huggingface
from .huggingface import MODEL_TYPE, MULTITASK_CONFIG, is_mlx
from .native import check_categories

MULTITASK: Final = "multitask"
DOC_HEAD: Final = "doc_head.pt"
# What training was weighted with; no influence on the results.
WEIGHTS: Final = ("ner_weight", "doc_weight")
MAX_CATEGORIES: Final = 4096


def detect(folder: Path, values: Mapping[str, Any]) -> bool:
    """Say whether a folder is a multi-task repository. See `bundle.Format`."""
    there = values.get("model_type") == MODEL_TYPE and (folder / MULTITASK_CONFIG).exists()
    return there and not is_mlx(folder, values)


def open_(folder: Path, options: ReadOptions) -> Opened:
    """Open a multi-task repository. See `bundle.Format`."""
    path = find_file(folder, MULTITASK_CONFIG)
    names = read_names(read_json(path), str(path), options)
    tagger = huggingface.open_(folder, options)
    # softmax over the categories, as the repository's example does
    head = replace(tagger.head, format=MULTITASK, categories=names, exclusive=True)

    def read_tensors() -> dict[str, StoredTensor]:
        return tagger.tensors() | _read_doc_head(folder, len(names), head.config.width)

    return Opened(head, read_tensors)


def _read_doc_head(folder: Path, n_names: int, width: int) -> dict[str, StoredTensor]:
    """Read the head of the categories, through the reader that runs nothing."""
    found = read_pt_file(find_file(folder, DOC_HEAD))
    # A head saved as part of a module carries the module's name.
    head = {f"{CATEGORY_HEAD}.{name.rpartition('.')[2]}": found[name] for name in found}
    if len(head) != len(found):
        raise ValueError(
            f"{folder / DOC_HEAD} holds more than one head: {', '.join(sorted(found)[:10])[:500]}. "
            f"Keep the weight and the bias of one."
        )
    shapes = head_shapes(CATEGORY_HEAD, n_names, width)
    check_tensors(head, shapes, str(folder / DOC_HEAD))
    return {name: head[name] for name in shapes}


def read_names(values: Mapping[str, Any], where: str, options: ReadOptions) -> tuple[str, ...]:
    """Read the categories, in the order of the head's rows.

    RAISES (ValueError): Unknown keys, no names, or another number of them than is declared.
    """
    known = {"num_doc_classes", "doc_label_names", *WEIGHTS, *options.ignore_keys}
    refuse_unknown(values, known, where)
    names = values.get("doc_label_names")
    if not isinstance(names, list) or len(names) > MAX_CATEGORIES:
        raise ValueError(
            f"'doc_label_names' of {where} must be a list of up to {MAX_CATEGORIES} names. "
            f"Download it again."
        )
    check_categories(names, where)
    refuse_other(values, {"num_doc_classes": len(names)}, where)
    for key in WEIGHTS:
        value = values.get(key, 1.0)
        # A whole number of 400 digits is not a weight either.
        if not isinstance(value, (int, float)) or not math.isfinite(min(value, 1e300)):
            raise ValueError(f"{key!r} of {where} must be a number. Correct it in the file.")
    return tuple(names)


def write(folder: Path, checkpoint: Checkpoint, packing: Packing) -> str:
    """Write a multi-task repository. See `bundle.Format`."""
    c, names = checkpoint, checkpoint.categories or ()
    refuse_contents(c, MULTITASK, packing.bits, categories=True)
    if not c.exclusive:
        raise ValueError(
            "The categories of a multi-task repository exclude each other, but those of this "
            "category head do not. Choose the format 'native'."
        )
    head = {name: c.tensors[name] for name in head_shapes(CATEGORY_HEAD, len(names), 1)}
    write_pt_file(
        folder / DOC_HEAD, {name.rpartition(".")[2]: _float32(head[name]) for name in head}
    )
    values = {
        "num_doc_classes": len(names),
        "doc_label_names": list(names),
        "ner_weight": 1.0,
        "doc_weight": 0.5,
    }
    write_json(folder / MULTITASK_CONFIG, values)
    tensors = {name: tensor for name, tensor in c.tensors.items() if name not in head}
    return huggingface.write(folder, replace(c, tensors=tensors, categories=None), packing)


def _float32(tensor: StoredTensor) -> StoredTensor:
    """The published head is float32, and small."""
    return StoredTensor.from_float32(tensor.to_float32())


FORMAT: Final = Format(MULTITASK, detect, open_, write)
