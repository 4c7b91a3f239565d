"""The layout of mlx-community (mlx-embeddings) -> ours: Hugging Face names, experts split in two.

Experts are (n_experts, out, in) with gate and linear part apart; any matrix may be quantised.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np

from ...types import Shape
from ..checkpoint import CONFIG, Checkpoint, Format, Opened, ReadOptions, shapes_of
from ..layouts import check_tensors, shapes_in, tensors_from
from ..sizes import NetworkConfig
from ..tensors.affine import QuantizedTensor, join_outputs
from ..tensors.folder import find_file, read_json
from ..tensors.mxfp4 import refuse_mxfp4
from ..tensors.safetensors import StoredTensor
from .huggingface import HF_RULES, MODEL_TYPE, is_mlx, read_hf_head, read_hf_weights
from .huggingface import MLX_FILES as OPENMED_FILES
from .native import check_mode, check_packing, packed_shapes, quantized_matrix

MLX_COMMUNITY: Final = "mlx-community"
QUANTIZATION: Final = "quantization"
# mlx-lm writes the same settings under both names.
QUANTIZATION_KEYS: Final = (QUANTIZATION, "quantization_config")
EXPERTS: Final = ".mlp.experts."
PARTS: Final = ("gate_proj", "up_proj")


def detect(folder: Path, values: Mapping[str, Any]) -> bool:
    """Say whether a folder is in the layout of mlx-community. See `bundle.Format`."""
    if values.get("model_type") != MODEL_TYPE or not is_mlx(folder, values):
        return False
    openmed = any(key.startswith("_mlx_") for key in values)
    return not openmed and not any((folder / name).exists() for name in OPENMED_FILES)


def open_(folder: Path, options: ReadOptions) -> Opened:
    """Open a folder in the layout of mlx-community. See `bundle.Format`."""
    path = find_file(folder, CONFIG)
    values = read_json(path)
    for key in QUANTIZATION_KEYS:
        check_mode(values.get(key), str(path))
    head = read_hf_head(folder, options, MLX_COMMUNITY, QUANTIZATION_KEYS)
    said = [values.get(key) for key in QUANTIZATION_KEYS]
    return Opened(head, partial(_read_tensors, folder, head, said))


def _read_tensors(folder: Path, head: Checkpoint, said: list[Any]) -> dict[str, StoredTensor]:
    stored, config = read_hf_weights(folder, len(head.tags or ())), head.mixture
    refuse_mxfp4(stored, str(folder))
    shapes = shapes_of(config, head.tags, None, len(stored))
    tensors = _unpack(stored, _split(shapes_in(HF_RULES, shapes, config)), str(folder))
    # Routers may have 8 bits whatever the others have.
    others = {name: tensor for name, tensor in tensors.items() if ".router." not in name}
    for quantization in said:
        check_packing(quantization, others, str(folder / CONFIG))
    return tensors_from(HF_RULES, _join(tensors, config), shapes, config)


def _split(shapes: Mapping[str, Shape]) -> dict[str, Shape]:
    """Translate shapes of the Hugging Face layout into those of this one."""
    found: dict[str, Shape] = {}
    for name, shape in shapes.items():
        stem, experts, what = name.partition(EXPERTS)
        if not experts:
            found[name] = shape
            continue
        is_bias = what.endswith("_bias")
        names = PARTS if what.startswith("gate_up") else ("down_proj",)
        n_out = shape[-1] // len(names)
        for part in names:
            own = f"{stem}{EXPERTS}{part}"
            if is_bias:
                found[f"{own}.bias"] = (shape[0], n_out)
            else:
                found[f"{own}.weight"] = (shape[0], n_out, shape[1])  # (E, out, in)
    return found


def _unpack(
    stored: Mapping[str, StoredTensor], shapes: Mapping[str, Shape], where: str
) -> dict[str, StoredTensor]:
    """Check what a file holds; what is quantised stays so."""
    there, packed = dict(shapes), []
    for name, shape in shapes.items():
        stem = name.removesuffix(".weight")
        if len(shape) > 1 and name != stem and f"{stem}.scales" in stored:
            there |= packed_shapes(stored, name, shape[:-1], shape[-1])
            packed.append(name)
    check_tensors(stored, there, where, packed)
    return {
        name: quantized_matrix(stored, name, shape[-1]) if name in packed else stored[name]
        for name, shape in shapes.items()
    }


def _join(tensors: Mapping[str, StoredTensor], config: NetworkConfig) -> dict[str, StoredTensor]:
    """Put the experts together as the Hugging Face layout has them: (E, in, out), gate first."""
    found = {name: tensor for name, tensor in tensors.items() if EXPERTS not in name}
    for i in range(config.n_layers):
        stem = f"model.layers.{i}{EXPERTS}"
        for names, ours in ((PARTS, "gate_up_proj"), (("down_proj",), "down_proj")):
            weights = [tensors[f"{stem}{name}.weight"] for name in names]
            found[f"{stem}{ours}"] = join_outputs([_turned(tensor) for tensor in weights], -1)
            biases = [tensors[f"{stem}{name}.bias"] for name in names]
            found[f"{stem}{ours}_bias"] = join_outputs(biases, -1)
    return found


def _turned(tensor: StoredTensor) -> StoredTensor:
    """Swap inputs and outputs of experts; quantised ones turn when they are expanded."""
    if isinstance(tensor, QuantizedTensor):
        return tensor
    return StoredTensor(tensor.dtype, np.ascontiguousarray(np.swapaxes(tensor.data, 1, 2)))


FORMAT: Final = Format(MLX_COMMUNITY, detect, open_, None)
