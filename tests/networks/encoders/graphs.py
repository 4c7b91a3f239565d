"""Small graphs of encoders, made by hand: every piece sees the mean of its row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from ...tokenizers import wordpiece
from .models import LIMIT, TAGS

WIDTH = 8


def make_graph(
    *,
    inputs: dict[str, int] | None = None,
    output: str = "logits",
    n_labels: int = len(TAGS),
    shape: tuple[Any, ...] = ("batch", "sequence"),
    pools: bool = False,
    number: int = TensorProto.FLOAT,
) -> onnx.ModelProto:
    """A graph that gives (embedding + mean of the row) x matrix + bias."""
    rng = np.random.default_rng(3)
    inputs = inputs or dict.fromkeys(("input_ids", "attention_mask"), TensorProto.INT64)
    vocab_size = wordpiece().get_vocab_size()
    weights = {
        "embedding": rng.standard_normal((vocab_size, WIDTH)),
        "matrix": rng.standard_normal((WIDTH, n_labels)),
        "bias": rng.standard_normal(n_labels),
    }
    held = [numpy_helper.from_array(a.astype("f"), name) for name, a in weights.items()]
    held += [numpy_helper.from_array(np.asarray([i]), f"axis{i}") for i in (1, 2)]
    mask = "attention_mask" if "attention_mask" in inputs else "input_ids"
    node = helper.make_node
    nodes = [
        node("Gather", ["embedding", "input_ids"], ["pieces"]),
        node("Cast", [mask], ["mask"], to=TensorProto.FLOAT),
        node("Unsqueeze", ["mask", "axis2"], ["column"]),
        node("Mul", ["pieces", "column"], ["there"]),
        node("ReduceSum", ["there", "axis1"], ["sum"], keepdims=int(not pools)),
        node("ReduceSum", ["column", "axis1"], ["count"], keepdims=int(not pools)),
        node("Div", ["sum", "count"], ["mean"]),
        node("Identity", ["mean"], ["seen"])
        if pools
        else node("Add", ["pieces", "mean"], ["seen"]),
        node("MatMul", ["seen", "matrix"], ["product"]),
        node("Add", ["product", "bias"], ["float_logits"]),
        node("Cast", ["float_logits"], [output], to=number),
    ]
    given = [helper.make_tensor_value_info(name, kind, shape) for name, kind in inputs.items()]
    rows = (shape[0], n_labels) if pools else (*shape, n_labels)
    gives = [helper.make_tensor_value_info(output, number, rows)]
    graph = helper.make_graph(nodes, "tiny", given, gives, held)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def write_folder(folder: Path, model: onnx.ModelProto | None = None, **config: Any) -> Path:
    """Write a graph with a configuration and a tokenizer, as optimum does."""
    folder.mkdir(parents=True, exist_ok=True)
    values = {
        "model_type": "bert",
        "architectures": ["BertForTokenClassification"],
        "max_position_embeddings": LIMIT,
        "vocab_size": wordpiece().get_vocab_size(),
        "id2label": {str(i): name for i, name in enumerate(TAGS)},
        **config,
    }
    kept = {key: value for key, value in values.items() if value is not None}
    (folder / "config.json").write_text(json.dumps(kept), "utf8")
    wordpiece().save(str(folder / "tokenizer.json"))
    if model is not None:
        onnx.save(model, str(folder / "model.onnx"))
    return folder
