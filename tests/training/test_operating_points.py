"""Operating points: tuned on one part of the texts, measured on the other, then written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from typer.testing import CliRunner

from spacy_privacy_filter import load
from spacy_privacy_filter.checkpoints.registry import read_checkpoint, write_checkpoint
from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor
from spacy_privacy_filter.cli import app
from spacy_privacy_filter.evaluate.counts import count_spans
from spacy_privacy_filter.learning.gold import Gold
from spacy_privacy_filter.training.tuning import Counts, Point

from ..helpers import ALONE, FILTER, write_source

pytest.importorskip("torch")


RUNNER = CliRunner()


WORDS = ("alpha", "river", "stone", "lamp", "orbit", "cedar", "paper", "violet", "engine", "maple")


POINTS = "operating_points.json"


def run(*arguments: Any, code: int = 0) -> str:
    result = RUNNER.invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == code, (result.output, result.exception)
    return result.output


def shift(folder: Path, source: str, outside: float) -> Path:
    """Write a checkpoint again that is so much (nats) more sure of O."""
    checkpoint = read_checkpoint(source)
    bias = checkpoint.tensors["unembedding.bias"].to_float32().copy()
    bias[0] += outside
    checkpoint.tensors["unembedding.bias"] = StoredTensor.from_float32(bias)
    write_checkpoint(folder, checkpoint)
    return folder


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_source(tmp_path_factory.mktemp("tune") / "source", heads="tags")


@pytest.fixture(scope="module")
def gold(source: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Texts whose gold is what the network finds: so a shift of its head is all that is wrong."""
    rng = np.random.default_rng(4)
    nlp, rows = load(source, **ALONE), []
    labels = list(nlp.get_pipe(FILTER).labels)  # type: ignore[attr-defined]
    for i in range(60):
        text = " ".join(rng.choice(WORDS) + str(rng.integers(0, 90)) for _ in range(12))
        spans = [list(span[:3]) for span in nlp(text)._.privacy_spans]
        row = {"id": str(i), "source": "made", "text": text, "spans": spans}
        rows.append(json.dumps(row | {"ignore": [], "known": labels}))
    path = tmp_path_factory.mktemp("gold") / "gold.jsonl"
    path.write_text("\n".join(rows))
    return path


def figures(source: Path, gold: Path, **settings: Any) -> Counts:
    """Strict counts of a pipeline as a user builds it, over all texts."""
    nlp = load(source, **{**ALONE, **settings})
    total = {"tp": 0, "fp": 0, "fn": 0}
    for row in map(json.loads, gold.read_text().splitlines()):
        truth = Gold(tuple(map(tuple, row["spans"])), (), frozenset(row["known"]))
        for counts in count_spans(truth, nlp(row["text"])._.privacy_spans).values():
            total = {key: total[key] + counts[key] for key in total}
    return Counts(**total)


def test_points_change_what_they_are_for(source: str, gold: Path, tmp_path: Path) -> None:
    """A head that is too cautious is mended for recall, one that is too eager for precision."""
    cautious = shift(tmp_path / "cautious", source, 3.0)
    report = json.loads(run("tune", cautious, gold, "--json"))
    assert set(report["points"]) == {"balanced", "high_recall", "high_precision"}
    assert report["tuned_on"] + report["measured_on"] == 60
    assert min(report["tuned_on"], report["measured_on"]) >= 25
    row = report["points"]["high_recall"]
    assert row["after"]["recall"] > row["before"]["recall"] + 0.1
    assert row["after"]["f_beta"] > row["before"]["f_beta"]
    # and so it does for a user who asks for it by name
    before, after = (figures(cautious, gold, **s) for s in ({}, {"operating_point": "high_recall"}))
    assert after.tp > before.tp
    assert after.fn < before.fn

    eager = shift(tmp_path / "eager", source, -3.0)
    report = json.loads(run("tune", eager, gold, "--name", "high_precision", "--json"))
    row = report["points"]["high_precision"]
    assert row["after"]["precision"] > row["before"]["precision"] + 0.1
    nlp = spacy.blank("en")
    nlp.add_pipe(FILTER, config={"source": str(eager), "operating_point": "high_precision"})
    assert nlp("alpha river 12 stone").text
    with pytest.raises(ValueError, match=r"high_recall.*default, high_precision"):
        load(eager, operating_point="high_recall")


def test_other_points_stay(source: str, gold: Path, tmp_path: Path) -> None:
    folder = shift(tmp_path / "a", source, 2.0)
    checkpoint = read_checkpoint(folder)
    mine = Point().to_dict()
    checkpoint.points = {"mine": mine}
    write_checkpoint(folder, checkpoint)
    output = run("tune", folder, gold, "--name", "careful", "--beta", "2")
    assert "Tuned on " in output
    assert "others" in output
    points = read_checkpoint(folder).points
    assert points["mine"] == mine
    assert set(points) == {"mine", "careful"}
    assert not [path.name for path in folder.iterdir() if path.name.endswith(".tmp")]


def test_a_saved_pipeline(source: str, gold: Path, tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(FILTER, name="mine", config={"source": str(shift(tmp_path / "s", source, 3.0))})
    nlp.to_disk(tmp_path / "saved")
    run("tune", tmp_path / "saved", gold, "--name", "high_recall")
    before = figures(tmp_path / "saved", gold)
    after = figures(tmp_path / "saved", gold, operating_point="high_recall")
    assert after.tp > before.tp
    with pytest.raises(ValueError, match="no setting wibble"):
        load(tmp_path / "saved", wibble=1)


def test_what_cannot_be_tuned(source: str, gold: Path, tmp_path: Path) -> None:
    assert "No folder" in run("tune", "someone/model", gold, code=2)
    lines = gold.read_text().splitlines()
    (tmp_path / "few.jsonl").write_text("\n".join(lines[:4]))
    folder = shift(tmp_path / "s", source, 0.0)
    assert "too few" in run("tune", folder, tmp_path / "few.jsonl", code=1)
    other = json.loads(lines[0]) | {"spans": [[0, 4, "iban"]], "known": ["iban"]}
    (tmp_path / "other.jsonl").write_text("\n".join([*lines, json.dumps(other)]))
    assert "iban" in run("tune", folder, tmp_path / "other.jsonl", code=1)
    assert "'default'" in run("tune", folder, gold, "--name", "default", "--beta", "1", code=1)
    assert not (folder / POINTS).exists()


def test_a_point_that_gains_nothing_is_not_written(source: str, gold: Path, tmp_path: Path) -> None:
    """Gold is what this very network finds: nothing can be better."""
    folder = shift(tmp_path / "s", source, 0.0)
    assert "Not written" in run("tune", folder, gold, "--name", "balanced")
    assert not (folder / POINTS).exists()
    run("tune", folder, gold, "--name", "balanced", "--force")
    assert set(read_checkpoint(folder).points) == {"balanced"}
