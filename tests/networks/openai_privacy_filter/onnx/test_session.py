"""Graphs that onnxruntime cannot run, or that are not what they claim, are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("onnxruntime", reason="needs onnxruntime")
onnx = pytest.importorskip("onnx", reason="needs onnx")

from onnx import TensorProto, helper  # noqa: E402

from spacy_privacy_filter.networks.openai_privacy_filter.onnx import session  # noqa: E402
from spacy_privacy_filter.networks.openai_privacy_filter.onnx.session import (  # noqa: E402
    Model,
    Session,
)

PACKED = ("ids", "positions", "segments")


def graph(
    kind: str = "Identity",
    inputs: tuple[str, ...] = PACKED,
    output: str = "hidden",
    width: int = 8,
    domain: str = "",
) -> bytes:
    """A model that gives zeros of some width."""
    takes = [helper.make_tensor_value_info(name, TensorProto.INT64, ["n"]) for name in inputs]
    gives = helper.make_tensor_value_info(output, TensorProto.FLOAT, ["n", width])
    nodes = [
        helper.make_node("Cast", [inputs[0]], ["x"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["x", "axis"], ["y"]),
        helper.make_node("Expand", ["y", "shape"], ["z"]),
        helper.make_node(kind, ["z"], [output], domain=domain),
    ]
    constants = [
        helper.make_tensor("axis", TensorProto.INT64, [1], [1]),
        helper.make_tensor("shape", TensorProto.INT64, [2], [1, width]),
    ]
    versions = [helper.make_opsetid("", 18), helper.make_opsetid("of.nobody", 1)]
    made = helper.make_graph(nodes, "g", takes, [gives], constants)
    model = helper.make_model(made, opset_imports=versions, ir_version=10)
    return bytes(model.SerializeToString())


def test_an_operator_that_nobody_knows(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(graph("Abacus", domain="of.nobody"))
    with pytest.raises(ValueError, match=r"cannot run .*model\.onnx: .*Abacus.*--ops standard"):
        Session(Model(tmp_path / "model.onnx", {}), 8)


def test_a_graph_that_is_none() -> None:
    with pytest.raises(ValueError, match="cannot run the graph of this network"):
        Session(Model(b"no graph at all", {}), 8)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"width": 9}, r"claims the shape \['n', 9\] for 'hidden'.*are 8 wide"),
        ({"output": "logits"}, r"gives \['logits'\], but a network of this family"),
        ({"inputs": ("input_ids", "token_type_ids")}, r"takes \['input_ids', 'token_type_ids'\]"),
    ],
)
def test_other_inputs_and_outputs(settings: dict[str, object], message: str) -> None:
    Session(Model(graph(), {}), 8)
    with pytest.raises(ValueError, match=message):
        Session(Model(graph(**settings), {}), 8)  # type: ignore[arg-type]


@pytest.mark.parametrize("version", ["1.22.0", "1.23.1"])
def test_an_onnxruntime_that_is_too_old(version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session.onnxruntime, "__version__", version)
    with pytest.raises(ImportError, match=rf"{version} is too old.*pip install -U 'onnxruntime>="):
        Session(Model(graph(), {}), 8)
