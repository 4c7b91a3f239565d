"""The original release (opf) <-> ours: keys of config.json, label spaces, sinks in log2 units.

Names and shapes of tensors are those that we use. The MLX artifacts share all of this.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np

from ...labels.tags import OPENAI_LABELS, TagSet
from ..calibration import read_calibration, write_calibration
from ..checkpoint import (
    CONFIG,
    Checkpoint,
    Format,
    Opened,
    Packing,
    ReadOptions,
    refuse_contents,
    shapes_of,
)
from ..conventions import LEFT, RIGHT, WINDOW, find_conventions, to_log2
from ..layouts import check_tensors, make_config, make_tags, refuse_other, refuse_unknown
from ..sizes import EMBEDDING, TAG_HEAD, NetworkConfig
from ..tensors.folder import find_file, read_json, write_json
from ..tensors.mxfp4 import unpack_mxfp4
from ..tensors.safetensors import (
    WEIGHTS,
    StoredTensor,
    fingerprint,
    read_weights,
    write_safetensors,
)

OPF: Final = "opf"
MODEL_TYPE: Final = "privacy_filter"
HEAD_BIAS: Final = f"{TAG_HEAD}.bias"
# Key of config.json -> our setting. All must be there: a default would be a guess.
SIZES: Final = {
    "hidden_size": "width",
    "num_hidden_layers": "n_layers",
    "num_attention_heads": "n_heads",
    "num_key_value_heads": "n_kv_heads",
    "head_dim": "head_dim",
    "num_experts": "n_experts",
    "experts_per_token": "experts_per_piece",
    "intermediate_size": "expert_width",
    "vocab_size": "vocab_size",
    "rope_theta": "rope_theta",
    "rope_scaling_factor": "rope_factor",
    "rope_ntk_beta": "rope_beta_fast",
    "rope_ntk_alpha": "rope_beta_slow",
    "initial_context_length": "rope_original_length",
}
# These may be missing: then they are what opf computes with.
CONSTANTS: Final = {"swiglu_limit": "swiglu_limit"}
# opf has no keys for these, and computes with the published values.
UNSAID: Final = ("rms_norm_eps", "swiglu_alpha")
FIXED: Final[dict[str, Any]] = {
    "model_type": MODEL_TYPE,
    "inference_contract_version": 1,
    "encoding": "o200k_base",
    "bidirectional_context": True,
    "packed_geglu": False,  # True would interleave gate and linear part
}
WINDOWS: Final = (WINDOW, LEFT, RIGHT)
LABEL_KEYS: Final = ("category_version", "span_class_names", "ner_class_names", "num_labels")
# Read by opf, without influence on the logits.
BOOKKEEPING: Final = (
    "max_position_embeddings",
    "default_n_ctx",
    "param_dtype",
    "torch_ops_batch",
)
PARAM_DTYPES: Final = {"BF16": "bfloat16", "F32": "float32"}
DEFAULT_N_CTX: Final = 128000

# opf's own label spaces, without "O". SOURCE: opf, _common/label_space.py.
CATEGORY_VERSIONS: Final[dict[str, tuple[str, ...]]] = {
    "v2": OPENAI_LABELS,
    "v4": (
        "private_person", "other_person", "personal_url", "other_url", "personal_location",
        "other_location", "personal_email", "other_email", "personal_phone", "other_phone",
        "personal_date", "other_date", "personal_id", "secret",
    ),
    "v7": (
        "personal_name", "personal_handle", "other_person", "personal_email", "other_email",
        "personal_phone", "other_phone", "personal_location", "other_location", "personal_url",
        "other_url", "personal_org", "personal_gov_id", "personal_fin_id", "personal_health_id",
        "personal_device_id", "personal_vehicle_id", "personal_property_id", "personal_edu_id",
        "personal_emp_id", "personal_membership_id", "personal_registry_id", "personal_date",
        "secret", "secret_url",
    ),
}  # fmt: skip
N_TAGS: Final = {4 * len(labels) + 1: version for version, labels in CATEGORY_VERSIONS.items()}


# Reading


def detect(folder: Path, values: Mapping[str, Any]) -> bool:
    """Say whether a folder is an original release. See `bundle.Format`."""
    return values.get("model_type") == MODEL_TYPE and not any(key[:5] == "_mlx_" for key in values)


def open_(folder: Path, options: ReadOptions) -> Opened:
    """Open an original release. See `bundle.Format`."""
    path = find_file(folder, CONFIG)
    values, where = read_json(path), str(path)
    known = {*SIZES, *CONSTANTS, *FIXED, *WINDOWS, *LABEL_KEYS, *BOOKKEEPING}
    refuse_unknown(values, {*known, *options.ignore_keys}, where)
    refuse_other(values, FIXED, where)
    conventions = find_conventions(values, where, options.sinks_unit, options.window)
    config = replace(read_sizes(values, where, CONSTANTS), window=conventions.window)
    tags = read_label_space(values, where)
    biases = read_calibration(folder)
    head = Checkpoint(OPF, config, {}, tags, biases=biases, conventions=conventions)
    return Opened(head, partial(_read_tensors, folder, head))


def _read_tensors(folder: Path, head: Checkpoint) -> dict[str, StoredTensor]:
    """Map the weights, which have our names; experts in MXFP4 become bfloat16."""
    stored, _ = read_weights(folder, weights_name(folder))
    stored = add_head_bias(stored, len(head.tags or ()))
    shapes = shapes_of(head.mixture, head.tags, None, len(stored))
    stored = unpack_mxfp4(stored, shapes, str(folder))
    check_tensors(stored, shapes, str(folder))
    return {name: stored[name] for name in shapes}


def read_sizes(values: Mapping[str, Any], where: str, optional: Mapping[str, str]) -> NetworkConfig:
    """Read the sizes; the window is found by `conventions`.

    values (Mapping[str, Any]): The contents of config.json.
    where (str): The file, for messages.
    optional (Mapping[str, str]): Keys that may be missing -> our settings.
    RETURNS (NetworkConfig): The sizes, with the published window.
    RAISES (ValueError): A size is missing, or is no size.
    """
    missing = [key for key in SIZES if key not in values]
    if missing:
        raise ValueError(
            f"{where} lacks {', '.join(missing)}. Download the configuration again, or add them."
        )
    keys = {**SIZES, **optional}
    return make_config({ours: values[key] for key, ours in keys.items() if key in values}, where)


def read_label_space(values: Mapping[str, Any], where: str) -> TagSet:
    """Read which tags the head has, as opf does: from names, from a version, or from their number.

    values (Mapping[str, Any]): The contents of config.json.
    where (str): The file, for messages.
    RETURNS (TagSet): The tags, in the order of the head's rows.
    RAISES (ValueError): An unknown label space, or settings that contradict each other.
    """
    spans, ner = values.get("span_class_names"), values.get("ner_class_names")
    version, n_tags = values.get("category_version"), values.get("num_labels")
    if spans is not None:
        tags = _tags_of_spans(spans, where)
        if ner is not None and ner != list(tags.names):
            raise ValueError(
                f"'ner_class_names' of {where} are not the tags of its 'span_class_names'. "
                f"Correct them, or remove one of the two."
            )
    elif ner is not None:
        tags = make_tags(_strings(ner, "ner_class_names", where), f"'ner_class_names' of {where}")
    else:
        tags = _builtin_tags(version, n_tags, where)
    if isinstance(version, str) and version in CATEGORY_VERSIONS:
        fixed = {"category_version": version}
        if tags != TagSet.from_labels(CATEGORY_VERSIONS[version]):
            raise ValueError(
                f"{where} sets {fixed}, but names other labels. Remove one of the two."
            )
    refuse_other(values, {"num_labels": len(tags)}, where)
    return tags


def _builtin_tags(version: Any, n_tags: Any, where: str) -> TagSet:
    """Tags of a label space that opf knows by heart."""
    known = N_TAGS.get(n_tags) if isinstance(n_tags, int) else "v2" if n_tags is None else None
    chosen = known if version is None else version
    if not isinstance(chosen, str) or chosen not in CATEGORY_VERSIONS:
        raise ValueError(
            f"{where} names no labels, and its category_version ({str(version)[:80]}) and "
            f"num_labels ({str(n_tags)[:80]}) are not those of a published label space: "
            f"{', '.join(f'{v} has {n}' for n, v in N_TAGS.items())}. Add 'span_class_names'."
        )
    return TagSet.from_labels(CATEGORY_VERSIONS[chosen])


def _tags_of_spans(spans: Any, where: str) -> TagSet:
    names = _strings(spans, "span_class_names", where)
    labels = [name for name in names if name != "O"]
    if len(labels) + 1 != len(names):
        raise ValueError(f"'span_class_names' of {where} must have 'O' once. Correct them.")
    return make_tags(
        ["O", *(f"{prefix}-{label}" for label in labels for prefix in "BIES")],
        f"'span_class_names' of {where}",
    )


def _strings(values: Any, key: str, where: str) -> list[str]:
    if not isinstance(values, list) or not all(isinstance(v, str) and v for v in values):
        raise ValueError(f"{key!r} of {where} must be a list of names. Correct it in the file.")
    return values


def weights_name(folder: Path) -> str:
    """Name the weights: model.safetensors (or its index), or the only other safetensors file."""
    if any((folder / name).exists() for name in (WEIGHTS, f"{WEIGHTS}.index.json")):
        return WEIGHTS
    found = sorted(path.name for path in folder.glob("*.safetensors"))
    if len(found) > 1:
        raise ValueError(
            f"{folder} holds several safetensors files and no {WEIGHTS}: {', '.join(found[:10])}. "
            f"Keep the one that counts."
        )
    return found[0] if found else WEIGHTS


def add_head_bias(stored: Mapping[str, StoredTensor], n_tags: int) -> dict[str, StoredTensor]:
    """Add a bias of zeros to a head that has none."""
    bias = StoredTensor.from_float32(np.zeros(n_tags))
    has_head = f"{TAG_HEAD}.weight" in stored
    return {HEAD_BIAS: bias, **stored} if has_head and HEAD_BIAS not in stored else dict(stored)


# Writing


def write(folder: Path, checkpoint: Checkpoint, packing: Packing) -> str:
    """Write a checkpoint as opf lays it out. See `bundle.Format`."""
    tags = refuse_contents(checkpoint, OPF, packing.bits)
    refuse_unsaid(checkpoint.mixture, UNSAID, OPF)
    if not has_zero_bias(checkpoint):
        raise ValueError(
            "The head of this checkpoint has a bias, and opf's head has none, so its results would "
            "change. Choose the format 'native', 'huggingface' or 'openmed'."
        )
    values = {
        "model_type": MODEL_TYPE,
        "inference_contract_version": 1,
        "encoding": "o200k_base",
        **make_sizes(checkpoint.mixture, len(tags)),
        **make_label_space(tags),
        "param_dtype": param_dtype(checkpoint),
    }
    tensors = to_log2(checkpoint.tensors)
    del tensors[HEAD_BIAS]
    write_safetensors(folder / WEIGHTS, tensors, {"format": "pt"})
    write_calibration(folder, checkpoint.biases)
    write_json(folder / CONFIG, values)
    return fingerprint(tensors)


def make_sizes(config: NetworkConfig, n_tags: int) -> dict[str, Any]:
    """Make the keys of config.json for the sizes, in the conventions of the release."""
    longest = max(1, int(config.rope_factor * config.rope_original_length))
    return {
        **{key: getattr(config, ours) for key, ours in SIZES.items()},
        "num_labels": n_tags,
        WINDOW: 2 * config.window + 1,
        "bidirectional_context": True,
        LEFT: config.window,
        RIGHT: config.window,
        "max_position_embeddings": longest,
        "default_n_ctx": min(DEFAULT_N_CTX, longest),
        "swiglu_limit": config.swiglu_limit,
    }


def make_label_space(tags: TagSet) -> dict[str, Any]:
    """Make the keys of config.json for the labels; none for the published ones."""
    if tags == TagSet.from_labels(OPENAI_LABELS):
        return {}
    if tags.scheme != "BIOES" or len(tags) != 4 * len(tags.labels) + 1:
        raise ValueError(
            f"opf needs the tags B, I, E and S of every label, but this head has the scheme "
            f"{tags.scheme}. Choose the format 'native' or 'huggingface'."
        )
    for version, labels in CATEGORY_VERSIONS.items():
        if tags == TagSet.from_labels(labels):
            return {"category_version": version}
    if tags == TagSet.from_labels(tags.labels):
        return {"span_class_names": ["O", *tags.labels], "ner_class_names": list(tags.names)}
    return {"ner_class_names": list(tags.names)}


def refuse_unsaid(config: NetworkConfig, names: Collection[str], format_: str) -> None:
    """Refuse settings that a format has no keys for, unless they are the published ones."""
    published = NetworkConfig()
    other = [name for name in names if getattr(config, name) != getattr(published, name)]
    if other:
        raise ValueError(
            f"The format {format_!r} cannot say that {', '.join(other)} differ from the published "
            f"values, so another network would be computed. Choose the format 'native'."
        )


def has_zero_bias(checkpoint: Checkpoint) -> bool:
    """Whether the tag head adds nothing."""
    return not checkpoint.tensors[HEAD_BIAS].to_float32().any()


def param_dtype(checkpoint: Checkpoint) -> str:
    """Name the number type of most weights.

    RAISES (ValueError): float16, which opf does not know.
    """
    dtype = checkpoint.tensors[EMBEDDING].dtype
    if dtype not in PARAM_DTYPES:
        raise ValueError(
            f"opf knows the number types {', '.join(PARAM_DTYPES.values())}, but the weights are "
            f"{dtype}. Convert them first: --dtype float32 or bfloat16."
        )
    return PARAM_DTYPES[dtype]


FORMAT: Final = Format(OPF, detect, open_, write)
