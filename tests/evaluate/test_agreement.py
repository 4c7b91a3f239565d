"""What a pipeline makes of texts beside another, and what that costs on gold."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from typer.testing import CliRunner

from spacy_privacy_filter import load
from spacy_privacy_filter.checkpoints.registry import write_checkpoint
from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor
from spacy_privacy_filter.cli import app
from spacy_privacy_filter.evaluate.agreement import compare, compare_on_gold
from spacy_privacy_filter.evaluate.verify import SAMPLES
from spacy_privacy_filter.types import CharSpan

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


def test_verify_counts_what_is_lost_on_labelled_texts(
    pair: tuple[Path, Path], tmp_path: Path
) -> None:
    """The gold is what the first checkpoint finds, so that it loses nothing and the other much."""
    text = SAMPLES["mixed"]
    spans = load(pair[0])(text)._.privacy_spans
    assert spans
    found = [[span.start_char, span.end_char, span.label] for span in spans]
    labels = sorted({span.label for span in spans})
    row = {"id": "0", "source": "s", "text": text, "spans": found}
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(row | {"ignore": [], "known": labels}), encoding="utf-8")
    same = json.loads(run("verify", pair[0], pair[0], "--corpus", gold, "--json"))["gold"]
    assert (same["recall_loss"], same["passed"], same["a"]["privacy_r"]) == (0.0, True, 1.0)
    other = ("verify", *pair, "--min-agreement", "0", "--corpus", gold)
    lost = json.loads(run(*other, "--json", code=1))["gold"]
    assert lost["recall_loss"] > 0.005
    assert not lost["passed"]
    assert f"Recall changes by {-lost['recall_loss']:+.4f}" in run(*other, code=1)
    run(*other, "--max-recall-loss", "1")
    eight = json.loads(run("verify", pair[0], pair[0], "--dtype-b", "int8", "--json"))
    assert eight["b"]["runs"].startswith("int8: experts in 8 bits")
    assert eight["b"]["computes"].endswith("experts in int8, on cpu")
    assert eight["max_difference"] > 0
    gold.write_text("{}", encoding="utf-8")
    assert text not in run("verify", *pair, "--corpus", gold, code=1)


def test_one_text_read_twice() -> None:
    logits = np.array([[2.0, 1.0], [0.0, 1.0], [3.0, 0.0]], "f")
    others = np.array([[2.5, 1.0], [1.0, 0.0], [3.0, 0.0]], "f")
    spans, other_spans = {CharSpan(0, 3, "a"), CharSpan(5, 6, "b")}, {CharSpan(0, 3, "a")}
    assert compare((logits, spans), (others, other_spans)) == {
        "pieces": 3, "agree": 2, "entities": 2, "entities_of_b": 1, "preserved": 1,
        "max_difference": 1.0, "mean_difference": pytest.approx(2.5 / 6),
    }  # fmt: skip
    empty = (np.zeros((0, 2), "f"), set[CharSpan]())
    assert compare(empty, empty)["max_difference"] == 0.0


def test_gold_that_says_nothing_is_refused(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"id": "1", "source": "s", "text": "Goal!", "label": "Sports"}')
    with pytest.raises(ValueError, match="has no row with spans"):
        compare_on_gold((spacy.blank("xx"), spacy.blank("xx")), gold, 0.1)
