"""A comparison as the table of a model card."""

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
from spacy_privacy_filter.evaluate.verify import SAMPLES

from ..helpers import make_checkpoint

RUNNER = CliRunner()


def run(*arguments: Any, code: int = 0) -> str:
    result = RUNNER.invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == code, (result.output, result.exception)
    return result.output


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same network twice, once with a head that is turned round."""
    folder = tmp_path_factory.mktemp("pair")
    whole = make_checkpoint(heads="tags")
    for name, tensor in whole.tensors.items():  # numbers that bfloat16 cannot hold
        whole.tensors[name] = StoredTensor.from_float32(tensor.to_float32() * 1.003)
    write_checkpoint(folder / "a", whole, "huggingface")
    turned = {
        name: StoredTensor.from_float32(-t.to_float32()) if name.startswith("unembedding") else t
        for name, t in whole.tensors.items()
    }
    write_checkpoint(folder / "b", replace(whole, tensors=turned))
    return folder / "a", folder / "b"


def test_verify_two_backends_and_a_card(pair: tuple[Path, Path]) -> None:
    pytest.importorskip("torch")
    pytest.importorskip("mlx.core", reason="needs mlx")
    options = ("--backend", "torch", "--backend-b", "mlx")
    report = json.loads(run("verify", pair[0], pair[0], *options, "--json"))
    assert [report[side]["backend"] for side in "ab"] == ["torch", "mlx"]
    assert report["agreement"] == report["entities_preserved"] == 1.0
    assert 0 < report["max_difference"] < 1e-3
    card = run("verify", pair[0], pair[0], *options, "--dtype", "float32", "--card")
    assert "| torch, float32 on cpu | mlx, float32 on cpu |" in card
    assert f"identical on {len(SAMPLES)} of {len(SAMPLES)}" in card
    assert all(line.startswith("|") and line.count("|") == 4 for line in card.splitlines())
