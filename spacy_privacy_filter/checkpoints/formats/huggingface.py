"""The Hugging Face layout (transformers >= 5.6) <-> ours: names of tensors, keys of config.json.

Known keys are listed, so that a key nobody has looked at cannot change the arithmetic unseen.
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
from ..conventions import given_or
from ..layouts import (
    Rule,
    check_tensors,
    make_config,
    make_tags,
    refuse_other,
    refuse_unknown,
    shapes_in,
    tensors_from,
    tensors_to,
)
from ..sizes import EMBEDDING, TAG_HEAD, NetworkConfig
from ..tensors.folder import find_file, read_json, write_json
from ..tensors.safetensors import (
    WEIGHTS,
    StoredTensor,
    fingerprint,
    read_weights,
    tensor_names,
    write_safetensors,
)

HUGGINGFACE: Final = "huggingface"
MODEL_TYPE: Final = "openai_privacy_filter"
MULTITASK_CONFIG: Final = "multitask_config.json"

_ATTN, _MLP = "model.layers.N.self_attn", "model.layers.N.mlp"
HF_RULES = (
    Rule(EMBEDDING, ("model.embed_tokens.weight",)),
    Rule("block.N.attn.norm.scale", ("model.layers.N.input_layernorm.weight",)),
    Rule("block.N.attn.qkv.weight", tuple(f"{_ATTN}.{x}_proj.weight" for x in "qkv")),
    Rule("block.N.attn.qkv.bias", tuple(f"{_ATTN}.{x}_proj.bias" for x in "qkv")),
    Rule("block.N.attn.sinks", (f"{_ATTN}.sinks",)),  # both in natural units
    Rule("block.N.attn.out.weight", (f"{_ATTN}.o_proj.weight",)),
    Rule("block.N.attn.out.bias", (f"{_ATTN}.o_proj.bias",)),
    Rule("block.N.mlp.norm.scale", ("model.layers.N.post_attention_layernorm.weight",)),
    Rule("block.N.mlp.gate.weight", (f"{_MLP}.router.weight",)),
    Rule("block.N.mlp.gate.bias", (f"{_MLP}.router.bias",)),
    Rule("block.N.mlp.swiglu.weight", (f"{_MLP}.experts.gate_up_proj",)),  # (E, in, out), both
    Rule("block.N.mlp.swiglu.bias", (f"{_MLP}.experts.gate_up_proj_bias",)),
    Rule("block.N.mlp.out.weight", (f"{_MLP}.experts.down_proj",)),  # (E, in, out), both
    Rule("block.N.mlp.out.bias", (f"{_MLP}.experts.down_proj_bias",)),
    Rule("norm.scale", ("model.norm.weight",)),
    Rule(f"{TAG_HEAD}.weight", ("score.weight",)),
    Rule(f"{TAG_HEAD}.bias", ("score.bias",)),
)

# Key of config.json -> our setting. A missing key has the default of NetworkConfig, which is that
# of transformers (5.6 has no swiglu_* yet, and computes with these numbers).
HF_SIZES = {
    "hidden_size": "width",
    "num_hidden_layers": "n_layers",
    "num_attention_heads": "n_heads",
    "num_key_value_heads": "n_kv_heads",
    "head_dim": "head_dim",
    "num_local_experts": "n_experts",
    "num_experts_per_tok": "experts_per_piece",
    "intermediate_size": "expert_width",
    "sliding_window": "window",  # 128 means 128 to each side
    "vocab_size": "vocab_size",
    "rms_norm_eps": "rms_norm_eps",
    "swiglu_alpha": "swiglu_alpha",
    "swiglu_limit": "swiglu_limit",
}
HF_ROPE = {
    "rope_theta": "rope_theta",
    "factor": "rope_factor",
    "beta_fast": "rope_beta_fast",
    "beta_slow": "rope_beta_slow",
    "original_max_position_embeddings": "rope_original_length",
}
# Keys that change the arithmetic, with the one value that the network here computes.
HF_FIXED: dict[str, Any] = {
    "model_type": "openai_privacy_filter",
    "attention_bias": True,
    "hidden_act": "silu",
}
HF_ROPE_FIXED: dict[str, Any] = {
    "rope_type": "yarn",
    "type": "yarn",
    "truncate": False,
    "attention_factor": None,
    "mscale": None,
    "mscale_all_dim": None,
    "partial_rotary_factor": 1.0,
}
# Without these, transformers would compute something else than with our defaults.
HF_ROPE_REQUIRED = ("rope_type", "truncate", "factor", "original_max_position_embeddings")
# Other names that related configurations have for the same number: they must agree.
HF_SAME = {
    "num_experts": "n_experts",
    "experts_per_token": "experts_per_piece",
    "initial_context_length": "rope_original_length",
}
# What transformers 5.6 to 5.23 saves besides (to_dict and to_diff_dict), older versions, and
# transformers.js: no influence on the logits.
HF_BOOKKEEPING = frozenset(
    (
        "_attn_implementation",
        "_attn_implementation_autoset",
        "_name_or_path",
        "architectures",
        "attention_dropout",
        "auto_map",
        "bos_token_id",
        "chunk_size_feed_forward",
        "classifier_dropout",
        "dtype",
        "eos_token_id",
        "id2label",
        "initializer_range",
        "is_encoder_decoder",
        "label2id",
        "max_position_embeddings",
        "num_labels",
        "output_attentions",
        "output_hidden_states",
        "output_router_logits",
        "pad_token_id",
        "problem_type",
        "return_dict",
        "rope_parameters",
        "router_aux_loss_coef",
        "tie_word_embeddings",
        "tokenizer_class",
        "torch_dtype",
        "transformers.js_config",
        "transformers_version",
        "use_cache",
    )
)
HF_DTYPES = {"F32": "float32", "BF16": "bfloat16", "F16": "float16"}


def read_hf_config(
    values: Mapping[str, Any], where: str, ignore_keys: Collection[str] = ()
) -> tuple[NetworkConfig, TagSet]:
    """Read sizes and tags from the config.json of the Hugging Face layout.

    values (Mapping[str, Any]): The file's contents.
    where (str): The file, for messages.
    ignore_keys (Collection[str]): Unknown keys that the user knows to be harmless.
    RETURNS (tuple[NetworkConfig, TagSet]): Sizes, and the tags in the order of the head's rows.
    RAISES (ValueError): Unknown keys, or values that mean another arithmetic than the one here.
    SOURCE: transformers 5.23, models/openai_privacy_filter/configuration_openai_privacy_filter.py.
    """
    known = {*HF_SIZES, *HF_FIXED, *HF_SAME, *HF_BOOKKEEPING, *ignore_keys}
    refuse_unknown(values, known, where)
    refuse_other(values, HF_FIXED, where)
    sizes = {ours: values[key] for key, ours in HF_SIZES.items() if key in values}
    config = make_config(sizes | read_rope(values.get("rope_parameters"), where), where)
    refuse_other(values, {key: getattr(config, ours) for key, ours in HF_SAME.items()}, where)
    tags = read_tags(values.get("id2label"), where)
    refuse_other(values, {"label2id": tags.ids, "num_labels": len(tags)}, where)
    return config, tags


def read_rope(rope: Any, where: str) -> dict[str, Any]:
    """Read `rope_parameters`; without any, transformers has the defaults that we have."""
    if rope is None:
        return {}
    where = f"'rope_parameters' of {where}"
    if not isinstance(rope, dict):
        raise ValueError(
            f"{where} must be a JSON object, but is {str(rope)[:80]!r}. Correct it in the file."
        )
    refuse_unknown(rope, {*HF_ROPE, *HF_ROPE_FIXED}, where)
    missing = [key for key in HF_ROPE_REQUIRED if key not in rope]
    if missing:
        raise ValueError(
            f"{where} lacks {', '.join(missing)}; without, the positions would be computed in "
            f"another way than the published one. Add what is missing."
        )
    refuse_other(rope, HF_ROPE_FIXED, where)
    return {ours: rope[key] for key, ours in HF_ROPE.items() if rope.get(key) is not None}


def read_tags(id2label: Any, where: str) -> TagSet:
    """Read the tags in the order of their numbers; without any, they are the published ones."""
    if id2label is None:
        return TagSet.from_labels(OPENAI_LABELS)
    if not isinstance(id2label, dict) or set(id2label) != {str(i) for i in range(len(id2label))}:
        raise ValueError(
            f"'id2label' of {where} must be a JSON object with the keys '0', '1' and so on, "
            f"without gaps. Correct it in the file."
        )
    return make_tags([id2label[str(i)] for i in range(len(id2label))], f"'id2label' of {where}")


def make_hf_config(config: NetworkConfig, tags: TagSet, dtype: str) -> dict[str, Any]:
    """Make a config.json from which transformers builds the same network.

    config (NetworkConfig): The sizes.
    tags (TagSet): The tags, in the order of the head's rows.
    dtype (str): The number type of most tensors, as in a safetensors file.
    RETURNS (dict[str, Any]): The file's contents.
    """
    end = 199999  # <|endoftext|> of o200k_base; a small vocabulary has none
    rope = {key: getattr(config, ours) for key, ours in HF_ROPE.items()}
    return {
        "architectures": ["OpenAIPrivacyFilterForTokenClassification"],
        **{key: HF_FIXED[key] for key in ("model_type", "attention_bias")},
        "dtype": HF_DTYPES[dtype],
        **{key: getattr(config, ours) for key, ours in HF_SIZES.items()},
        "max_position_embeddings": max(1, int(config.rope_factor * config.rope_original_length)),
        "rope_parameters": {"rope_type": "yarn", "truncate": False, **rope},
        "pad_token_id": end if config.vocab_size > end else None,
        "eos_token_id": end if config.vocab_size > end else None,
        "id2label": {str(i): name for i, name in enumerate(tags.names)},
        "label2id": tags.ids,
    }


def is_mlx(folder: Path, values: Mapping[str, Any]) -> bool:
    """Say whether weights are meant for MLX: same model_type, but other names, perhaps other units.

    folder (Path): The checkpoint.
    values (Mapping[str, Any]): The contents of its config.json.
    """
    if any(key == "quantization" or key.startswith("_mlx_") for key in values):
        return True
    if any((folder / name).exists() for name in MLX_FILES):
        return True
    return any(".experts.gate_proj." in name for name in tensor_names(folder))


MLX_FILES: Final = ("openmed-mlx.json", "weights.safetensors", "weights.npz")


def detect(folder: Path, values: Mapping[str, Any]) -> bool:
    """Say whether a folder is in the Hugging Face layout. See `bundle.Format`."""
    if values.get("model_type") != MODEL_TYPE or (folder / MULTITASK_CONFIG).exists():
        return False
    return not is_mlx(folder, values)


def open_(folder: Path, options: ReadOptions) -> Opened:
    """Open a folder in the Hugging Face layout. See `bundle.Format`."""
    head = read_hf_head(folder, options, HUGGINGFACE)
    return Opened(head, partial(_read_tensors, folder, head))


def read_hf_head(
    folder: Path, options: ReadOptions, format_: str, more_keys: Collection[str] = ()
) -> Checkpoint:
    """Read all but the weights of a folder with a config.json as transformers writes it.

    format_ (str): The format's name. more_keys (Collection[str]): Further keys that it knows.
    """
    path = find_file(folder, CONFIG)
    keys = {*more_keys, *options.ignore_keys}
    config, tags = read_hf_config(read_json(path), str(path), keys)
    conventions = given_or(config.window, options.sinks_unit, options.window)
    return Checkpoint(
        format_,
        replace(config, window=conventions.window),
        {},
        tags,
        biases=read_calibration(folder),
        conventions=conventions,
    )


def read_hf_weights(folder: Path, n_tags: int) -> dict[str, StoredTensor]:
    """Map the weights, and add a bias of zeros to a head that has none."""
    stored, _ = read_weights(folder)
    if "score.weight" in stored and "score.bias" not in stored:
        stored["score.bias"] = StoredTensor.from_float32(np.zeros(n_tags))
    return stored


def _read_tensors(folder: Path, head: Checkpoint) -> dict[str, StoredTensor]:
    stored = read_hf_weights(folder, len(head.tags or ()))
    shapes = shapes_of(head.mixture, head.tags, None, len(stored))
    check_tensors(stored, shapes_in(HF_RULES, shapes, head.mixture), str(folder))
    return tensors_from(HF_RULES, stored, shapes, head.mixture)


def write(folder: Path, checkpoint: Checkpoint, packing: Packing) -> str:
    """Write the Hugging Face layout. See `bundle.Format`."""
    instead = "'native' (or 'multitask' for both heads)"
    tags = refuse_contents(checkpoint, HUGGINGFACE, packing.bits, instead=instead)
    values = make_hf_config(checkpoint.mixture, tags, checkpoint.tensors[EMBEDDING].dtype)
    tensors = tensors_to(HF_RULES, checkpoint.tensors, checkpoint.mixture)
    # transformers refuses files without this mark.
    write_safetensors(folder / WEIGHTS, tensors, {"format": "pt"})
    write_calibration(folder, checkpoint.biases)
    write_json(folder / CONFIG, values)
    return fingerprint(tensors)


FORMAT: Final = Format(HUGGINGFACE, detect, open_, write)
