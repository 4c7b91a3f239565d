"""What a checkpoint is, told without running it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from spacy_privacy_filter.checkpoints.registry import write_checkpoint
from spacy_privacy_filter.cli import app

from .helpers import make

RUNNER = CliRunner()


def run(*arguments: Any, code: int = 0) -> str:
    result = RUNNER.invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == code, (result.output, result.exception)
    return result.output


@pytest.fixture
def source(tmp_path: Path) -> Path:
    write_checkpoint(tmp_path / "src", make(bias=False), "huggingface")
    return tmp_path / "src"


def test_inspect_tells_all(source: Path) -> None:
    report = json.loads(run("inspect", source, "--json"))
    assert report["format"] == "huggingface"
    assert report["network"] == make().config.to_dict()
    assert report["labels"] == list(make().tags.labels)  # type: ignore[union-attr]
    assert report["n_tags"] == 33
    assert report["conventions"] == {"sinks_unit": "natural", "window": 8, "origin": "stated"}
    assert report["parameters"] == sum(t.data.size for t in make().tensors.values())
    assert report["stored"] == {"F32": 4 * report["parameters"]}
    for file in report["files"]:
        raw = (source / file["name"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(raw), hashlib.sha256(raw).hexdigest())
    assert len(report["files"]) == 3
    shown = run("inspect", source, "--no-hashes")
    assert "huggingface" in shown
    assert "natural, window 8" in shown


def test_inspect_explains_what_it_refuses(source: Path, tmp_path: Path) -> None:
    assert "is no folder here" in run("inspect", tmp_path / "none", code=2)
    (source / "model.safetensors").write_bytes(b"x")
    output = run("inspect", source, code=1)
    assert output.startswith("Error: ")
    assert "model.safetensors" in output
