"""Tiny random encoders of every type, made offline."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import (
    CONFIG_MAPPING,
    MODEL_FOR_SEQUENCE_CLASSIFICATION_MAPPING,
    MODEL_FOR_TOKEN_CLASSIFICATION_MAPPING,
)

from ...tokenizers import TOKENIZERS

TOKENS, TEXTS = "tokens", "texts"
CLASSES = {
    TOKENS: MODEL_FOR_TOKEN_CLASSIFICATION_MAPPING,
    TEXTS: MODEL_FOR_SEQUENCE_CLASSIFICATION_MAPPING,
}
TAGS = ("O", "B-person", "I-person", "B-place", "I-place")
CATEGORIES = ("letter", "report", "bill")
LIMIT = 48  # pieces with the special ones
SMALL = {
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "intermediate_size": 37,
    "max_position_embeddings": LIMIT,
    "type_vocab_size": 2,
}
DEBERTA = {
    **SMALL,
    "relative_attention": True,
    "position_biased_input": False,
    "pos_att_type": ["p2c", "c2p"],
    "max_relative_positions": -1,
    "type_vocab_size": 0,
}
SIZES: dict[str, dict[str, Any]] = {
    "albert": {**SMALL, "embedding_size": 16},
    "bert": SMALL,
    "camembert": SMALL | {"max_position_embeddings": LIMIT + 2, "pad_token_id": 1},
    "deberta": DEBERTA,
    "deberta-v2": DEBERTA
    | {"position_buckets": 16, "norm_rel_ebd": "layer_norm", "share_att_key": True},
    "distilbert": {
        "dim": 32,
        "n_layers": 2,
        "n_heads": 4,
        "hidden_dim": 37,
        "max_position_embeddings": LIMIT,
    },
    "electra": {**SMALL, "embedding_size": 16},
    "modernbert": {
        **SMALL,
        "global_attn_every_n_layers": 2,
        "local_attention": 16,
        "pad_token_id": 0,
        "cls_token_id": 2,
        "sep_token_id": 3,
        "bos_token_id": 2,
        "eos_token_id": 3,
    },
    "roberta": SMALL | {"max_position_embeddings": LIMIT + 2, "pad_token_id": 1},
    "xlm-roberta": SMALL | {"max_position_embeddings": LIMIT + 2, "pad_token_id": 1},
}
TYPES = sorted(SIZES)
KIND_OF = {
    **dict.fromkeys(("xlm-roberta", "camembert", "deberta-v2", "albert"), "unigram"),
    **dict.fromkeys(("roberta", "modernbert", "deberta"), "byte_level"),
    **dict.fromkeys(("bert", "distilbert", "electra"), "wordpiece"),
}


def make_model(kind: str, task: str = TOKENS, *, seed: int = 1, **config: Any) -> Any:
    """A model of transformers with random weights and biases, none of them zero."""
    names = TAGS if task == TOKENS else CATEGORIES
    vocab_size = TOKENIZERS[KIND_OF[kind]]().get_vocab_size()
    settings = {
        **SIZES[kind],
        "vocab_size": vocab_size,
        "id2label": dict(enumerate(names)),
        "label2id": {name: i for i, name in enumerate(names)},
        **config,
    }
    made = CONFIG_MAPPING[kind](**settings)
    torch.manual_seed(seed)
    model = CLASSES[task][type(made)](made)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            weight.add_(torch.randn_like(weight) * (0.3 if name.endswith("bias") else 0.15))
    return model.eval()


def write_model(folder: Path, kind: str, task: str = TOKENS, **settings: Any) -> Any:
    """Write such a model with its tokenizer, as `save_pretrained` does."""
    model = make_model(kind, task, **settings)
    model.save_pretrained(folder)
    TOKENIZERS[KIND_OF[kind]]().save(str(folder / "tokenizer.json"))
    return model


def change_config(folder: Path, **values: Any) -> None:
    """Change keys of config.json; None takes one out."""
    path = folder / "config.json"
    found = json.loads(path.read_text("utf8")) | values
    kept = {key: value for key, value in found.items() if value is not None}
    path.write_text(json.dumps(kept), "utf8")


def transformers_logits(model: Any, ids: Any, around: tuple[Any, Any]) -> np.ndarray:
    """What transformers gives for one row of pieces, without special ones; or for the row."""
    first, last = around
    row = torch.from_numpy(np.concatenate([first, ids, last]))[None]
    with torch.no_grad():
        logits = model(input_ids=row, attention_mask=torch.ones_like(row)).logits[0].numpy()
    return logits[len(first) : len(first) + len(ids)] if logits.ndim == 2 else logits


class _Logits(torch.nn.Module):
    """A model as a graph has it: three inputs at most, and one output."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Any, mask: Any, types: Any = None) -> Any:
        more = {} if types is None else {"token_type_ids": types}
        return self.model(input_ids=ids, attention_mask=mask, **more).logits


def export_model(path: Path, model: Any, *, types: bool = False) -> None:
    """Write a graph of a model, with rows and lengths left open."""
    names = ["input_ids", "attention_mask", *(["token_type_ids"] if types else [])]
    example = torch.ones((2, 9), dtype=torch.int64)
    given = (example + 3, example, *((example * 0,) if types else ()))
    axes = {name: {0: "batch", 1: "sequence"} for name in names}
    path.parent.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _Logits(model).eval(),
            given,
            str(path),
            input_names=names,
            output_names=["logits"],
            dynamic_axes={**axes, "logits": {0: "batch", 1: "sequence"}},
            opset_version=17,
            dynamo=False,
        )


def write_graph(folder: Path, kind: str, task: str = TOKENS, *, place: str = "onnx") -> Any:
    """Write a model as a graph, with its configuration and tokenizer, and without its weights."""
    model = write_model(folder, kind, task)
    (folder / "model.safetensors").unlink()
    export_model(folder / place / "model.onnx", model, types=kind == "bert")
    return model
