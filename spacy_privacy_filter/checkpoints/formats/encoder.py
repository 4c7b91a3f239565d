"""A folder for transformers with an encoder, and its head if it has one -> ours.

BERT, RoBERTa, DeBERTa, ModernBERT and others; token classifiers and text classifiers. The names of
its weights stay those of transformers, which computes with them. Nothing in the folder is run.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np

from ..calibration import read_calibration
from ..checkpoint import CONFIG, Checkpoint, Format, Opened, ReadOptions
from ..encoder_sizes import TOKENIZER, EncoderSizes
from ..sizes import CATEGORY_HEAD, TAG_HEAD
from ..tensors.folder import find_file, read_json
from ..tensors.safetensors import DTYPES, WEIGHTS, StoredTensor, read_weights
from .encoder_config import KINDS, describe

NAME: Final = "encoder"
# Where models keep their last layer, by type: `classifier` is that layer, or has it.
HEADS: Final = ("classifier.out_proj", "classifier")
# Tables of positions, which are counted anew.
WHOLE: Final = ("I64", "I32", "I16", "I8", "BOOL")


def has_weights(folder: Path) -> bool:
    """Say whether a folder has weights in safetensors."""
    return any((folder / name).exists() for name in (WEIGHTS, f"{WEIGHTS}.index.json"))


def detect(folder: Path, values: Mapping[str, Any]) -> bool:
    """Say whether a folder holds an encoder for transformers. See `checkpoint.Format`."""
    return str(values.get("model_type")) in KINDS and (folder / TOKENIZER).exists()


def open_(folder: Path, options: ReadOptions) -> Opened:
    """Open such a folder. See `checkpoint.Format`."""
    path = find_file(folder, CONFIG)
    refuse_conventions(options, str(path))
    found = describe(folder, read_json(path), str(path))
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
    name = None if not found.labels else TAG_HEAD if found.tags else CATEGORY_HEAD
    return Opened(head, partial(_read_tensors, folder, found.sizes, name, len(found.labels)))


def refuse_conventions(options: ReadOptions, where: str) -> None:
    """Refuse conventions that are of another family. RAISES (ValueError)."""
    if options.sinks_unit is not None or options.window is not None:
        raise ValueError(
            f"{where} is of an encoder, which has no sinks and no window of attention. Leave "
            "sinks_unit and window out."
        )


def tokenizer_tensor(data: bytes) -> dict[str, StoredTensor]:
    """Give a tokenizer as what travels with the weights."""
    return {TOKENIZER: StoredTensor("U8", np.frombuffer(data, DTYPES["U8"]))}


def _read_tensors(
    folder: Path, sizes: EncoderSizes, head: str | None, n_labels: int
) -> dict[str, StoredTensor]:
    """Map the weights, and put those of the head under our name."""
    if not has_weights(folder):
        raise FileNotFoundError(_no_weights(folder))
    stored, _ = read_weights(folder, left_out=WHOLE)
    if head is not None:
        stem = next((name for name in HEADS if f"{name}.weight" in stored), None)
        if stem is None:
            raise ValueError(
                f"The weights in {folder} have no last layer ({' or '.join(HEADS)}), though "
                f"{CONFIG} says that they classify. They are of a base: train it first."
            )
        weight = stored.pop(f"{stem}.weight")
        zeros = StoredTensor.from_float32(np.zeros(n_labels))
        bias = stored.pop(f"{stem}.bias", zeros)
        for tensor, shape in ((weight, (n_labels, sizes.width)), (bias, (n_labels,))):
            if tensor.shape != shape:
                raise ValueError(
                    f"The last layer of the weights in {folder} has the shape {tensor.shape}, but "
                    f"{CONFIG} names {n_labels} labels and a width of {sizes.width}, so it must "
                    f"be {shape}. Configuration and weights belong to different models."
                )
        stored |= {f"{head}.weight": weight, f"{head}.bias": bias}
    data = find_file(folder, TOKENIZER).read_bytes()
    return stored | tokenizer_tensor(data)


def _no_weights(folder: Path) -> str:
    """Say what is missing, and what there is in its place."""
    pickled = [name for name in ("pytorch_model.bin", "model.pt") if (folder / name).exists()]
    graphs = sorted(path.name for path in folder.glob("**/*.onnx"))
    if pickled:
        return (
            f"{folder} has its weights in {pickled[0]} only, a pickle that could run anything when "
            "it is loaded. Get them as safetensors, or write them anew where you trust them: "
            "transformers' save_pretrained does."
        )
    if graphs:
        return (
            f"{folder} has no {WEIGHTS}, only ONNX graphs ({', '.join(graphs[:5])}) that are not "
            "named as exports are."
        )
    return f"No {WEIGHTS} in {folder}. Is the download complete?"


FORMAT: Final = Format(NAME, detect, open_, None)
