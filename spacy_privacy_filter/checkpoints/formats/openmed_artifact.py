"""A checkpoint -> the files of OpenMed's MLX artifacts; `openmed.py` reads them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ...labels.tags import TagSet
from ..calibration import write_calibration
from ..checkpoint import CONFIG, Checkpoint, Packing, cast, refuse_contents
from ..conventions import to_log2
from ..tensors.folder import read_json, write_json
from ..tensors.safetensors import fingerprint, write_safetensors
from .huggingface import MODEL_TYPE as HF_MODEL_TYPE
from .native import pack
from .opf import HEAD_BIAS, has_zero_bias, make_sizes, param_dtype, refuse_unsaid

OPENMED: Final = "openmed"
MANIFEST: Final = "openmed-mlx.json"
LABELS: Final = "id2label.json"
SAFETENSORS, NPZ = "weights.safetensors", "weights.npz"
FAMILY: Final = "openai-privacy-filter"
TASK: Final = "token-classification"
BIASES: Final = "_mlx_viterbi_biases"


def all_matrices(bits: int) -> dict[str, int]:
    """Name what OpenMed quantises: every matrix, with as many bits. See `checkpoint`."""
    parts = ("attn.qkv", "attn.out", "mlp.gate", "mlp.swiglu", "mlp.out")
    names = ("embedding", *(f"block.N.{part}" for part in parts), "unembedding")
    return {f"{name}.weight": bits for name in names}


def write(folder: Path, checkpoint: Checkpoint, packing: Packing) -> str:
    """Write an artifact of OpenMed, in opf's conventions. See `checkpoint.Format`."""
    instead = "'native', or convert with --tags-only"
    c, tags = checkpoint, refuse_contents(checkpoint, OPENMED, instead=instead)
    bits, group_size = packing
    if len(set(bits.values())) > 1:
        raise ValueError(
            "The format 'openmed' is quantised with the same bits throughout, but bits "
            f"{sorted(set(bits.values()))} are asked for. Choose the format 'native'."
        )
    refuse_unsaid(c.mixture, ("swiglu_alpha",), OPENMED)
    tensors = to_log2(cast(c, c.tensors["embedding.weight"].dtype))
    with_bias = not has_zero_bias(c)
    if not with_bias:
        del tensors[HEAD_BIAS]
    stored = pack(tensors, bits, c.mixture.n_layers, group_size)
    quantization: dict[str, Any] | None = None
    if bits:
        n_bits = next(iter(bits.values()))
        quantization = {"bits": n_bits, "group_size": group_size, "mode": "affine"}
    values = _make_config(c, tags, with_bias, quantization)
    write_safetensors(folder / SAFETENSORS, stored, {"format": "mlx", "openmed_task": TASK})
    write_calibration(folder, c.biases)
    write_json(folder / LABELS, values["id2label"])
    write_json(folder / MANIFEST, _make_manifest(values, quantization))
    write_json(folder / CONFIG, values)
    return fingerprint(stored)


def _make_config(
    c: Checkpoint, tags: TagSet, with_bias: bool, quantization: dict[str, Any] | None
) -> dict[str, Any]:
    """Make config.json with the keys of the published artifacts."""
    return {
        "model_type": HF_MODEL_TYPE,
        "inference_contract_version": 1,
        "encoding": "o200k_base",
        **make_sizes(c.mixture, len(tags)),
        "num_local_experts": c.mixture.n_experts,
        "num_experts_per_tok": c.mixture.experts_per_piece,
        "rms_norm_eps": c.mixture.rms_norm_eps,
        "param_dtype": param_dtype(c),
        "classifier_bias": with_bias,
        "id2label": {str(i): name for i, name in enumerate(tags.names)},
        "_mlx_task": TASK,
        "_mlx_family": FAMILY,
        "_mlx_model_type": FAMILY,
        "_mlx_runtime": {"decode": "bioes-viterbi", "tokenizer": "tiktoken"},
        "_mlx_weights_format": "safetensors",
        BIASES: dict(c.biases),
        **({"_mlx_quantization": quantization} if quantization else {}),
    }


def _make_manifest(
    values: Mapping[str, Any], quantization: dict[str, Any] | None
) -> dict[str, Any]:
    """Make openmed-mlx.json. SOURCE: openmed 3.1.0, mlx/artifact.py, `write_manifest`."""
    return {
        "format": "openmed-mlx",
        "formats": [f"mlx-{quantization['bits']}bit" if quantization else "mlx-fp"],
        "format_version": 2,
        "task": TASK,
        "family": FAMILY,
        "source_model_id": "",
        "config_path": CONFIG,
        "label_map_path": LABELS,
        "preferred_weights": SAFETENSORS,
        "fallback_weights": [NPZ],
        "available_weights": [SAFETENSORS],
        "weights_format": "safetensors",
        "quantization": quantization,
        "max_sequence_length": values["max_position_embeddings"],
        "tokenizer": {"path": ".", "files": []},
        "runtime": values["_mlx_runtime"],
    }


def name_rest(folder: Path, tokenizer: list[str], model: str) -> None:
    """Name the files of a tokenizer that lie beside an artifact, and the hub id of the model."""
    changes: dict[str, Any] = {"tokenizer": {"path": ".", "files": tokenizer}}
    if model:
        changes["source_model_id"] = model
        write_json(folder / CONFIG, read_json(folder / CONFIG) | {"_name_or_path": model})
    write_json(folder / MANIFEST, read_json(folder / MANIFEST) | changes)
