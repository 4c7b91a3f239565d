"""Models are written piece by piece, and are what ONNX's own library would have written."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import pytest

onnx = pytest.importorskip("onnx", reason="needs onnx")

from spacy_privacy_filter.export.files import write_model  # noqa: E402
from spacy_privacy_filter.networks.openai_privacy_filter.onnx.graph import (  # noqa: E402
    Graph,
    describe,
)
from spacy_privacy_filter.networks.openai_privacy_filter.onnx.network import Built  # noqa: E402

N_WEIGHTS, N_VALUES = 8, 1 << 20


def built() -> Built:
    """A sum of large weights, each of which is made when it is written."""
    graph = Graph()
    total = "x"
    for i in range(N_WEIGHTS):
        weight = graph.weight(
            f"w{i}", "float32", (N_VALUES,), lambda i=i: np.full(N_VALUES, i, np.float32)
        )
        total = graph.op("Add", total, weight, out="y" if i == N_WEIGHTS - 1 else "")
    shapes = [describe(name, "float32", (N_VALUES,)) for name in "xy"]
    return Built(graph, shapes[:1], shapes[1:])


@pytest.mark.parametrize("most_inside", [0, 1 << 30])
def test_the_library_reads_it(tmp_path: Path, most_inside: int) -> None:
    path = tmp_path / "model.onnx"
    files = write_model(path, built(), {"who": "we"}, most_inside)
    assert len(files) == (1 if most_inside else 2)
    onnx.checker.check_model(str(path))
    model = onnx.load(str(path))
    assert {p.key: p.value for p in model.metadata_props} == {"who": "we"}
    assert [t.name for t in model.graph.initializer] == [f"w{i}" for i in range(N_WEIGHTS)]
    for i, tensor in enumerate(model.graph.initializer):
        assert (onnx.numpy_helper.to_array(tensor) == i).all()


@pytest.mark.parametrize("most_inside", [0, 1 << 30])
def test_memory_never_holds_all_weights(tmp_path: Path, most_inside: int) -> None:
    one = built()
    tracemalloc.start()
    try:
        write_model(tmp_path / "model.onnx", one, {}, most_inside)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2.5 * 4 * N_VALUES  # of eight
