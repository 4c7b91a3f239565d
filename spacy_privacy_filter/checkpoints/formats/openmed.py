"""OpenMed's MLX artifacts <-> ours: config.json, id2label.json, openmed-mlx.json and weights.

Names and sizes are those of the original release; matrices may be quantised as MLX does it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from ...labels.tags import TagSet
from ..calibration import CALIBRATION, check_biases, read_calibration
from ..checkpoint import (
    CONFIG,
    Checkpoint,
    Format,
    Opened,
    ReadOptions,
    shapes_of,
)
from ..conventions import find_conventions
from ..layouts import refuse_other, refuse_unknown
from ..sizes import NetworkConfig
from ..tensors.folder import check_name, find_file, has_file, read_json
from ..tensors.mxfp4 import refuse_mxfp4
from ..tensors.npz import read_npz
from ..tensors.safetensors import StoredTensor, read_weights
from .huggingface import HF_BOOKKEEPING, read_rope, read_tags
from .huggingface import MODEL_TYPE as HF_MODEL_TYPE
from .native import check_mode, check_packing, unpack
from .openmed_artifact import (
    BIASES,
    FAMILY,
    LABELS,
    MANIFEST,
    NPZ,
    OPENMED,
    SAFETENSORS,
    TASK,
    write,
)
from .opf import (
    BOOKKEEPING,
    CONSTANTS,
    FIXED,
    LABEL_KEYS,
    MODEL_TYPE,
    SIZES,
    WINDOWS,
    add_head_bias,
    read_label_space,
    read_sizes,
)

BIAS_KEYS: Final = ("classifier_bias", "unembedding_bias")
OPTIONAL_SIZES: Final = {
    **CONSTANTS,
    "rms_norm_eps": "rms_norm_eps",
    "swiglu_alpha": "swiglu_alpha",
}
# Other names for numbers that are there already; they must agree.
SAME: Final = {"num_local_experts": "n_experts", "num_experts_per_tok": "experts_per_piece"}
MLX_FIXED: Final[dict[str, Any]] = {
    key: FIXED[key] for key in FIXED if key not in ("model_type", "bidirectional_context")
} | {"_mlx_task": TASK, "hidden_act": "silu", "attention_bias": True}
FAMILIES: Final = (
    FAMILY,
    "privacy-filter",
    "privacy-filter-nemotron",
    "nemotron-privacy-filter",
    "privacy-filter-multilingual",
    "multilingual-privacy-filter",
)
# What OpenMed's converter writes besides, or reads without influence on the logits.
MLX_BOOKKEEPING: Final = (
    "_mlx_family",
    "_mlx_model_type",
    "_mlx_runtime",
    "_mlx_quantization",
    "_mlx_weights_format",
    "_mlx_prompt_spec",
    "hidden_dropout_prob",
    "attention_probs_dropout_prob",
    "layer_norm_eps",
    "quant_recall_delta",
    "certified",
)
MANIFEST_KEYS: Final = (
    "format", "formats", "format_version", "task", "family", "source_model_id", "config_path",
    "label_map_path", "preferred_weights", "fallback_weights", "available_weights",
    "weights_format", "quantization", "max_sequence_length", "tokenizer", "quant_recall_delta",
    "certified", "recall_delta_path", "certification", "prompt_spec", "runtime", "segmenter",
)  # fmt: skip


def detect(folder: Path, values: Mapping[str, Any]) -> bool:
    """Say whether a folder is an artifact of OpenMed. See `bundle.Format`."""
    if (folder / MANIFEST).exists():
        return True
    ours = values.get("model_type") in (HF_MODEL_TYPE, MODEL_TYPE)
    marked = any(key.startswith("_mlx_") for key in values)
    return ours and (marked or any((folder / name).exists() for name in (SAFETENSORS, NPZ)))


def open_(folder: Path, options: ReadOptions) -> Opened:
    """Open an artifact of OpenMed. See `bundle.Format`."""
    manifest = _read_manifest(folder, options)
    path = find_file(folder, _name(manifest, "config_path", CONFIG, folder))
    values, where = read_json(path), str(path)
    _check_keys(values, where, options)
    conventions = find_conventions(values, where, options.sinks_unit, options.window)
    config = replace(_read_config(values, where), window=conventions.window)
    tags = _read_labels(folder, values, manifest, where)
    quantization = values.get("_mlx_quantization")
    check_mode(quantization, where)
    with_bias = _wants_bias(values, where)
    biases = _read_biases(folder, values, where)

    def read_tensors() -> dict[str, StoredTensor]:
        stored = _read_stored(folder, values, manifest)
        refuse_mxfp4(stored, str(folder))
        if not with_bias:
            stored = add_head_bias(stored, len(tags))
        tensors = unpack(stored, shapes_of(config, tags, None, len(stored)), str(folder))
        check_packing(quantization, tensors, where)
        check_packing(manifest.get("quantization"), tensors, str(folder / MANIFEST))
        return tensors

    head = Checkpoint(OPENMED, config, {}, tags, biases=biases, conventions=conventions)
    return Opened(head, read_tensors)


def _read_manifest(folder: Path, options: ReadOptions) -> dict[str, Any]:
    """Read openmed-mlx.json, which may be missing; it names the other files."""
    if not has_file(folder, MANIFEST):
        return {}
    path = find_file(folder, MANIFEST)
    manifest = read_json(path)
    refuse_unknown(manifest, {*MANIFEST_KEYS, *options.ignore_keys}, str(path))
    refuse_other(manifest, {"format": "openmed-mlx", "format_version": 2, "task": TASK}, str(path))
    family = manifest.get("family", FAMILY)
    if not isinstance(family, str) or family.replace("_", "-").lower() not in FAMILIES:
        raise ValueError(
            f"{path} is an artifact of the family {str(family)[:80]!r}. Only privacy filters can "
            f"be read: {', '.join(FAMILIES)}."
        )
    return manifest


def _name(manifest: Mapping[str, Any], key: str, default: str, folder: Path) -> str:
    """Name a file that the manifest may name otherwise."""
    name = manifest.get(key)
    if name is not None and not isinstance(name, str):
        raise ValueError(
            f"{folder / MANIFEST} sets {key!r} to {str(name)[:80]!r}, but it must be the name of a "
            f"file. Correct it."
        )
    if name:
        check_name(folder, name)
    return name or default


def _check_keys(values: Mapping[str, Any], where: str, options: ReadOptions) -> None:
    """Refuse keys that nobody has looked at, and settings of another network."""
    known = {*SIZES, *OPTIONAL_SIZES, *SAME, *MLX_FIXED, *WINDOWS, *LABEL_KEYS, *BOOKKEEPING}
    known |= {"model_type", "bidirectional_context", *BIAS_KEYS, BIASES}
    known |= {*HF_BOOKKEEPING, *MLX_BOOKKEEPING, *options.ignore_keys}
    refuse_unknown(values, known, where)
    refuse_other(values, MLX_FIXED, where)
    if values.get("model_type", MODEL_TYPE) not in (HF_MODEL_TYPE, MODEL_TYPE):
        raise ValueError(
            f"{where} has the model_type {str(values['model_type'])[:80]!r}. Only "
            f"{HF_MODEL_TYPE!r} and {MODEL_TYPE!r} can be read."
        )


def _read_config(values: Mapping[str, Any], where: str) -> NetworkConfig:
    """Read the sizes. An early converter left out those that repeat what transformers' keys say."""
    rope = read_rope(values.get("rope_parameters"), where)
    filled = dict(values)
    for key, ours in SIZES.items():
        if key not in filled and ours in rope:
            filled[key] = rope[ours]
    for key, other in (
        ("num_experts", "num_local_experts"),
        ("experts_per_token", "num_experts_per_tok"),
    ):
        if key not in filled and other in filled:
            filled[key] = filled[other]
    config = read_sizes(filled, where, OPTIONAL_SIZES)
    refuse_other(values, {key: getattr(config, ours) for key, ours in SAME.items()}, where)
    refuse_other(rope, {name: getattr(config, name) for name in rope}, where)
    return config


def _read_labels(
    folder: Path, values: Mapping[str, Any], manifest: Mapping[str, Any], where: str
) -> TagSet:
    """Read the tags from id2label.json or config.json, which must agree."""
    found: list[TagSet] = []
    name = _name(manifest, "label_map_path", LABELS, folder)
    if has_file(folder, LABELS) or name != LABELS:
        path = find_file(folder, name)
        found.append(read_tags(read_json(path), str(path)))
    if values.get("id2label") is not None:
        found.append(read_tags(values["id2label"], where))
    if not found:
        return read_label_space(values, where)
    if found[0] != found[-1]:
        raise ValueError(
            f"{folder / name} and 'id2label' of {where} name different tags. Download the "
            f"artifact again."
        )
    refuse_other(values, {"num_labels": len(found[0])}, where)
    if values.get("label2id") is not None:
        refuse_other(values, {"label2id": found[0].ids}, where)
    return found[0]


def _read_stored(
    folder: Path, values: Mapping[str, Any], manifest: Mapping[str, Any]
) -> dict[str, StoredTensor]:
    """Map the weights, from the file that OpenMed's loader would take."""
    preferred = _name(manifest, "preferred_weights", "", folder)
    if not preferred:
        preferred = NPZ if values.get("_mlx_weights_format") == "npz" else SAFETENSORS
    index = f"{SAFETENSORS}.index.json"
    there = [name for name in (preferred, SAFETENSORS, index, NPZ) if (folder / name).exists()]
    if there and there[0].endswith(".npz"):
        return read_npz(find_file(folder, there[0]))
    name = there[0].removesuffix(".index.json") if there else SAFETENSORS
    return read_weights(folder, name)[0]


def _wants_bias(values: Mapping[str, Any], where: str) -> bool:
    """Whether the head must have a bias; OpenMed's loader takes the first key that is there."""
    for key in BIAS_KEYS:
        value = values.get(key, False)
        if not isinstance(value, bool):
            raise ValueError(
                f"{where} sets {key!r} to {str(value)[:80]!r}, not true or false. Correct it."
            )
    return bool(values.get(BIAS_KEYS[0], values.get(BIAS_KEYS[1], False)))


def _read_biases(folder: Path, values: Mapping[str, Any], where: str) -> dict[str, float]:
    """Read the decoder's biases from either place; if both have some, they must agree."""
    if BIASES not in values:
        return read_calibration(folder)
    biases = check_biases(values[BIASES], where)
    if has_file(folder, CALIBRATION) and read_calibration(folder) != biases:
        raise ValueError(
            f"{where} ({BIASES}) and {CALIBRATION} beside it hold different transition biases. "
            f"Remove the one that is out of date."
        )
    return biases


FORMAT: Final = Format(OPENMED, detect, open_, write)
