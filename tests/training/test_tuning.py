"""The command that tunes operating points: on one part of the texts, measured on the other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from spacy_privacy_filter import load
from spacy_privacy_filter.checkpoints.registry import read_checkpoint, write_checkpoint
from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor
from spacy_privacy_filter.corpus.readers import read_docs
from spacy_privacy_filter.learning.gold import Gold

from ..helpers import ALONE, FILTER, count_passes, write_source

pytest.importorskip("torch")

from spacy_privacy_filter.training.tuning import (
    Counts,
    Emissions,
    Point,
    check_betas,
    measure,
    read_emissions,
    tune,
)

WORDS = ("alpha", "river", "stone", "lamp", "orbit", "cedar", "paper", "violet", "engine", "maple")


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
    nlp, rows = load(source), []
    labels = list(nlp.get_pipe(FILTER).labels)  # type: ignore[attr-defined]
    for i in range(60):
        text = " ".join(rng.choice(WORDS) + str(rng.integers(0, 90)) for _ in range(12))
        spans = [list(span[:3]) for span in nlp(text)._.privacy_spans]
        row = {"id": str(i), "source": "made", "text": text, "spans": spans}
        rows.append(json.dumps(row | {"ignore": [], "known": labels}))
    path = tmp_path_factory.mktemp("gold") / "gold.jsonl"
    path.write_text("\n".join(rows))
    return path


def test_the_network_reads_each_text_once(source: str, gold: Path) -> None:
    nlp = load(source, **ALONE)
    pipe: Any = nlp.get_pipe(FILTER)
    with count_passes(pipe.network) as rows:
        emissions = read_emissions(pipe, read_docs(gold, nlp))
        n_rows = sum(rows)
        first, second = emissions.split(0.5)
        point = tune(pipe, first, 2.0)
        measure(pipe, second, point)
        assert sum(rows) == n_rows == sum(len(pieces) for pieces in emissions.pieces)


def test_gains_on_the_tuning_texts(source: str, gold: Path, tmp_path: Path) -> None:
    nlp = load(shift(tmp_path / "s", source, 2.0))
    pipe: Any = nlp.get_pipe(FILTER)
    emissions = read_emissions(pipe, read_docs(gold, nlp))
    for beta in (0.5, 1.0, 2.0):
        point = tune(pipe, emissions, beta)
        found, start = (measure(pipe, emissions, p).f_beta(beta) for p in (point, Point()))
        assert found >= start


def test_the_same_text_is_never_on_both_sides() -> None:
    texts = [f"text {i % 20}" for i in range(60)]
    empty = Gold(())
    emissions = Emissions(texts, [empty] * 60, [None] * 60, [None] * 60)  # type: ignore[list-item]
    first, second = emissions.split(0.5)
    assert len(first) == len(second) == 30
    assert not set(first.texts) & set(second.texts)


def test_what_gold_does_not_say_does_not_count(source: str, tmp_path: Path) -> None:
    """`known` and `ignore` of the rows are honoured: with nothing judged, nothing is wrong."""
    nlp = load(source, **ALONE)
    pipe: Any = nlp.get_pipe(FILTER)
    text = " ".join(f"{word}{i}" for i, word in enumerate(WORDS * 3))
    spans = nlp(text)._.privacy_spans
    assert len(spans) > 3
    rows = [
        {"spans": [], "known": list(pipe.labels), "ignore": []},
        {"spans": [], "known": [spans[0].label], "ignore": []},
        {"spans": [], "known": list(pipe.labels), "ignore": [[0, len(text)]]},
    ]
    counts = []
    for row in rows:
        path = tmp_path / "one.jsonl"
        path.write_text(json.dumps({"id": "1", "source": "x", "text": text, **row}))
        counts.append(measure(pipe, read_emissions(pipe, read_docs(path, nlp)), Point()))
    same = sum(span.label == spans[0].label for span in spans)
    assert [c.fp for c in counts] == [len(spans), same, 0]
    assert all(c.tp == c.fn == 0 for c in counts)


def test_f_beta() -> None:
    counts = Counts(6, 2, 4)
    precision, recall = 0.75, 0.6
    for beta in (0.5, 1.0, 2.0):
        expected = (1 + beta**2) * precision * recall / (beta**2 * precision + recall)
        assert counts.f_beta(beta) == pytest.approx(expected)
    assert Counts(0, 0, 0).f_beta(1.0) == 0.0


@pytest.mark.parametrize(
    ("names", "betas", "message"),
    [
        (["mine"], [], "say with --beta"),
        (["a", "b"], [1.0], "do not pair up"),
        (["a", "a"], [1.0, 2.0], "all names different"),
        (["a"], [0.0], "above 0"),
        (["a"], [-1.0], "above 0"),
    ],
)
def test_bad_betas(names: list[str], betas: list[float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        check_betas(names, betas)
