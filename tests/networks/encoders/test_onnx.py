"""Encoders as graphs: as with torch; what lies in the folder, and what is refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, numpy_helper

from spacy_privacy_filter import load

from .graphs import make_graph, write_folder
from .models import TAGS, TEXTS, transformers_logits, write_graph, write_model
from .test_torch import LONG, WRITTEN

KINDS = ["bert", "distilbert", "deberta-v2", "modernbert", "xlm-roberta"]
CLOSE = 1e-4


def logits_of(nlp: Any, texts: Any = (*WRITTEN, LONG)) -> list[np.ndarray]:
    pipe = nlp.get_pipe("privacy_filter")
    return [out.logits for out in pipe.network.run([nlp.make_doc(t) for t in texts], pipe.head)]


@pytest.mark.parametrize("kind", KINDS)
def test_logits_are_those_of_torch(tmp_path: Path, kind: str) -> None:
    model = write_graph(tmp_path, kind)
    nlp = load(tmp_path)
    pipe: Any = nlp.get_pipe("privacy_filter")
    assert pipe.network.backend == "onnx"
    tokenizer = pipe.network.tokenizer
    for text, logits in zip(WRITTEN, logits_of(nlp), strict=False):
        ids = tokenizer.encode(text).ids
        if len(ids):
            expected = transformers_logits(model, ids, tokenizer.around)
            np.testing.assert_allclose(logits, expected, atol=CLOSE)
    model.save_pretrained(tmp_path)
    for one, other in zip(logits_of(nlp), logits_of(load(tmp_path)), strict=True):
        np.testing.assert_allclose(one, other, atol=CLOSE)


def test_categories_are_those_of_torch(tmp_path: Path) -> None:
    model = write_graph(tmp_path, "distilbert", TEXTS)
    cats = [load(tmp_path)(text).cats for text in (WRITTEN[0], LONG)]
    model.save_pretrained(tmp_path)
    nlp = load(tmp_path)
    assert nlp.get_pipe("privacy_filter_textcat").network.backend == "torch"  # type: ignore[attr-defined]
    for found, text in zip(cats, (WRITTEN[0], LONG), strict=True):
        assert found == pytest.approx(nlp(text).cats, abs=CLOSE)


def test_weights_go_before_a_graph_unless_onnx_is_asked_for(tmp_path: Path) -> None:
    model = write_graph(tmp_path, "bert")
    model.save_pretrained(tmp_path)
    backends = {
        name: load(tmp_path, backend=name).get_pipe("privacy_filter").network.backend  # type: ignore[attr-defined]
        for name in ("auto", "torch", "onnx")
    }
    assert backends == {"auto": "torch", "torch": "torch", "onnx": "onnx"}
    (tmp_path / "onnx" / "model.onnx").unlink()
    with pytest.raises(ValueError, match="does not run on backend = 'onnx', but on torch"):
        load(tmp_path, backend="onnx")


def test_a_graph_runs_on_nothing_else(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, make_graph())
    with pytest.raises(ValueError, match=r"backend = 'torch'.*a graph in ONNX"):
        load(folder, backend="torch")


def test_dtype_chooses_among_the_graphs(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, make_graph())
    coarse = make_graph()
    bias = next(t for t in coarse.graph.initializer if t.name == "bias")
    bias.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(bias) + np.float32(1), "bias"))
    onnx.save(coarse, str(folder / "model_quantized.onnx"))
    exact, coarser = (logits_of(load(folder, dtype=dtype)) for dtype in ("auto", "int8"))
    for one, other in zip(exact, coarser, strict=True):
        np.testing.assert_allclose(one + 1, other, atol=1e-5)
    with pytest.raises(ValueError, match="has graphs in float32, int8 only"):
        load(folder, backend="onnx", dtype="int4")
    (folder / "model.onnx").rename(folder / "privacy.onnx")
    (folder / "model_quantized.onnx").unlink()
    for one, other in zip(exact, logits_of(load(folder)), strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize(
    "graph",
    [
        {"inputs": {"input_ids": TensorProto.INT32}},
        {"inputs": dict.fromkeys(("token_type_ids", "input_ids", "attention_mask"), 7)},
        {"inputs": dict.fromkeys(("input_ids", "position_ids"), 7), "output": "output_0"},
        {"number": TensorProto.FLOAT16},
        {"shape": (1, "sequence")},
        {"shape": (1, 48)},
        {"shape": ("batch", 48)},
    ],
    ids=str,
)
def test_inputs_are_found_by_name(tmp_path: Path, graph: dict[str, Any]) -> None:
    """Graphs differ in what they take; without a mask, only rows of one length are the same."""
    exact = logits_of(load(write_folder(tmp_path / "a", make_graph())), WRITTEN)
    found = logits_of(load(write_folder(tmp_path / "b", make_graph(**graph))), WRITTEN)
    if "attention_mask" in graph.get("inputs", {"attention_mask": 7}):
        for one, other in zip(exact, found, strict=True):
            np.testing.assert_allclose(one, other, atol=1e-2 if "number" in graph else 1e-5)
    assert [len(one) for one in exact] == [len(other) for other in found]


def test_weights_beside_the_graph(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    onnx.save(
        make_graph(),
        str(folder / "model.onnx"),
        save_as_external_data=True,
        location="model.onnx_data",
        size_threshold=64,
    )
    expected = logits_of(load(write_folder(tmp_path / "whole", make_graph())))
    nlp = load(folder)
    copy = load(folder).from_bytes(nlp.to_bytes())
    for one, other, third in zip(expected, logits_of(nlp), logits_of(copy), strict=True):
        np.testing.assert_array_equal(one, other)
        np.testing.assert_array_equal(one, third)
    data = (folder / "model.onnx_data").read_bytes()
    (folder / "model.onnx_data").write_bytes(data[:-4])
    with pytest.raises(ValueError, match="cut short, or belongs to another model"):
        load(folder)
    (folder / "model.onnx_data").unlink()
    with pytest.raises(FileNotFoundError, match=r"model\.onnx_data"):
        load(folder)
    raw = (folder / "model.onnx").read_bytes()
    (folder / "model.onnx").write_bytes(raw.replace(b"model.onnx_data", b"../../el/secret"))
    with pytest.raises(ValueError, match="plain file names"):
        load(folder)


def _breaks() -> dict[str, tuple[Any, dict[str, Any], str]]:
    texts = {"architectures": ["BertForSequenceClassification"]}
    four = {str(i): name for i, name in enumerate(TAGS[:4])}
    return {
        "labels": (make_graph(), {"id2label": four}, r"claims the shape.*names 4 labels"),
        "texts": (make_graph(), texts, "labels of each text"),
        "pieces": (make_graph(pools=True), {}, "labels of each piece"),
        "output": (make_graph(output="hidden_states"), {}, ""),
        "input": (
            make_graph(inputs=dict.fromkeys(("input_ids", "attention_mask", "pixels"), 7)),
            {},
            "pixels .* is not known",
        ),
        "float": (make_graph(inputs={"input_ids": 7, "attention_mask": 1}), {}, "whole numbers"),
        "rows": (make_graph(shape=(4, "sequence")), {}, "4 texts at a time"),
        "short": (make_graph(shape=(1, 12)), {}, "rows of 12 pieces"),
        "base": (make_graph(), {"architectures": ["BertModel"]}, "neither pieces nor texts"),
        "unnamed": (make_graph(), {"id2label": {"0": "LABEL_0", "1": "LABEL_1"}}, "no names"),
        "vocabulary": (make_graph(), {"vocab_size": 50}, "another vocabulary"),
    }


@pytest.mark.parametrize("what", _breaks())
def test_what_does_not_belong_together_is_refused(tmp_path: Path, what: str) -> None:
    graph, config, message = _breaks()[what]
    folder = write_folder(tmp_path, graph, **config)
    if not message:  # one output is the logits, whatever its name
        assert len(logits_of(load(folder))[0])
        return
    with pytest.raises(ValueError, match=message):
        load(folder)(LONG)


def test_an_unknown_operator_is_named(tmp_path: Path) -> None:
    graph = make_graph()
    graph.graph.node[4].op_type = "Hopfield"
    with pytest.raises(ValueError, match="Hopfield"):
        load(write_folder(tmp_path, graph))


def test_half_a_file_is_refused(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, make_graph())
    raw = (folder / "model.onnx").read_bytes()
    (folder / "model.onnx").write_bytes(raw[: len(raw) // 2])
    with pytest.raises(ValueError, match="no readable ONNX file"):
        load(folder)


def test_a_graph_that_rounds_by_batch_runs_row_by_row(tmp_path: Path) -> None:
    """Dynamic quantisation has one scale for all rows: a text alone would give other spans."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder = write_folder(tmp_path, make_graph())
    path = folder / "model.onnx"
    quantize_dynamic(str(path), str(folder / "model_quantized.onnx"), weight_type=QuantType.QInt8)
    nlp = load(folder, backend="onnx", dtype="int8")
    together = logits_of(nlp)
    for text, logits in zip((*WRITTEN, LONG), together, strict=True):
        (alone,) = logits_of(nlp, [text])
        np.testing.assert_array_equal(alone, logits)


ALONE = """
import sys
sys.modules.update(dict.fromkeys(("torch", "transformers", "mlx")))  # not there
from spacy_privacy_filter import load
nlp = load(sys.argv[1])
print(len(nlp("Dear Anna Lovelace, the patient was seen in Paris.")._.privacy_spans))
"""


def test_a_graph_needs_neither_torch_nor_transformers(tmp_path: Path) -> None:
    write_graph(tmp_path, "bert", place=".")
    done = subprocess.run(
        [sys.executable, "-c", ALONE, str(tmp_path)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 0


def test_fresh_weights_and_training_are_refused(tmp_path: Path) -> None:
    import spacy
    from spacy.training import Example

    write_model(tmp_path, "bert")
    nlp = spacy.blank("en")
    nlp.add_pipe("privacy_filter", config={"source": str(tmp_path)})
    doc = nlp.make_doc("Anna lives in Paris.")
    example = Example.from_dict(doc, {"entities": [(0, 4, "person")]})
    nlp.initialize(lambda: [example])
    with pytest.raises(ValueError, match="is run here and not trained"):
        nlp.update([example])
