"""An export against its source: limits by number type, and what a script sees of them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from spacy_privacy_filter.checkpoints.registry import write_checkpoint
from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor
from spacy_privacy_filter.cli import app
from spacy_privacy_filter.evaluate.exports import judge
from spacy_privacy_filter.export.battery import SAMPLES, read_battery

from ..export.helpers import write_graph
from ..helpers import make_checkpoint

RUNNER = CliRunner()
REPORT: dict[str, Any] = {
    "max_difference": 0.0, "agreement": 1.0, "texts_preserved": 280, "texts": 280,
    "gold": {"recall_loss": 0.0},
}  # fmt: skip


def run(*arguments: Any, code: int = 0) -> str:
    result = RUNNER.invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == code, (result.output, result.exception)
    return result.output


def test_the_battery() -> None:
    rows = read_battery()
    assert len(SAMPLES) == 20
    assert len(rows) >= 200
    assert len({row.language for row in rows}) >= 60
    assert all(row.spans for row in rows)


@pytest.mark.parametrize(
    ("dtype", "change", "failed"),
    [
        ("float32", {}, []),
        ("float32", {"max_difference": 2e-4}, ["largest logit drift"]),
        ("float32", {"agreement": 0.9999}, ["pieces with another best tag"]),
        ("float32", {"texts_preserved": 279}, ["texts with the same spans"]),
        ("int8", {"max_difference": 3.0, "agreement": 0.995, "texts_preserved": 278}, []),
        ("int8", {"texts_preserved": 277}, ["texts with the same spans"]),
        ("int8", {"gold": {"recall_loss": 0.0011}}, ["recall lost"]),
        ("int8", {"gold": {"recall_loss": -0.01}}, []),
        ("float16", {"agreement": 0.994}, ["pieces with another best tag"]),
        ("int4", {"texts_preserved": 253, "gold": {"recall_loss": 0.01}}, []),
    ],
)
def test_limits(dtype: str, change: dict[str, Any], failed: list[str]) -> None:
    lines = judge(REPORT | change, dtype)
    assert [line["what"] for line in lines if not line["passed"]] == failed


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A checkpoint and its export, in float32 and int8."""
    pytest.importorskip("onnx")
    pytest.importorskip("onnxruntime")
    folder = tmp_path_factory.mktemp("exports")
    checkpoint = make_checkpoint(heads="tags")
    write_checkpoint(folder / "source", checkpoint)
    for dtype in ("float32", "int8"):
        write_graph(folder / "export", dtype, checkpoint)
    return folder / "source", folder / "export"


def test_an_export_is_held_against_the_battery(folders: tuple[Path, Path]) -> None:
    how = ("--backend-b", "onnx")
    report = json.loads(run("verify", *folders, *how, "--json"))
    assert report["texts"] == len(SAMPLES) + len(read_battery())
    assert report["passed"]
    assert report["max_difference"] < 1e-4
    assert [line["limit"] for line in report["limits"]] == [1e-4, 0.0, 1.0, 0.0]
    assert report["gold"]["rows"] == len(read_battery())
    assert report["b"]["bytes_of_weights"] == (folders[1] / "model.onnx").stat().st_size
    card = run("verify", *folders, *how, "--card")
    assert "| Limit: largest logit drift | 0.0001 |" in card
    assert "| Load time |" in card
    assert all(line.startswith("|") and line.count("|") == 4 for line in card.splitlines())


def test_the_number_type_says_which_limits(folders: tuple[Path, Path]) -> None:
    """Random weights with near ties are no network that 8 bits leave alone: it fails, with 1."""
    how = ("--backend-b", "onnx", "--dtype-b", "int8", "--json", "--min-agreement", "0")
    report = json.loads(run("verify", *folders, *how, code=1))
    assert report["limits"][0]["limit"] is None
    assert not report["passed"]
    assert "model_int8.onnx" in report["b"]["computes"]


def test_another_network_fails(folders: tuple[Path, Path], tmp_path: Path) -> None:
    whole = make_checkpoint(heads="tags")
    turned = {
        name: StoredTensor.from_float32(-t.to_float32()) if name.startswith("unembedding") else t
        for name, t in whole.tensors.items()
    }
    write_checkpoint(tmp_path / "other", replace(whole, tensors=turned))
    shown = run("verify", tmp_path / "other", folders[1], "--backend-b", "onnx", code=1)
    assert "Failed: texts with the same spans" in shown
