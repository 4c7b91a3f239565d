"""Operating points: named biases and thresholds in a file of our own, chosen by name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language

from spacy_privacy_filter.checkpoints.registry import FORMATS, read_checkpoint, write_checkpoint
from spacy_privacy_filter.labels.transitions import BIAS_NAMES

from ..checkpoints.helpers import make
from ..helpers import ALONE, FILTER, TEXTS, from_config, make_checkpoint

FILE = "operating_points.json"
ZERO: dict[str, Any] = dict.fromkeys(BIAS_NAMES, 0.0)
POINTS: dict[str, dict[str, Any]] = {
    "silent": {"biases": ZERO | {BIAS_NAMES[0]: 50.0}, "thresholds": 0.0},
    "certain": {"biases": ZERO, "thresholds": 1.0},
    "no_mail": {"biases": ZERO, "thresholds": {"private_email": 1.0}},
}


@pytest.mark.parametrize("format_", [name for name in FORMATS if FORMATS[name].write])
def test_they_travel_with_every_format(tmp_path: Path, format_: str) -> None:
    checkpoint = make(bias=False, categories=format_ == "multitask")
    checkpoint.points = POINTS
    write_checkpoint(tmp_path, checkpoint, format_)
    assert read_checkpoint(tmp_path).points == POINTS
    assert read_checkpoint(tmp_path).biases == checkpoint.biases  # the published file is as it was
    checkpoint.points = {}
    write_checkpoint(tmp_path, checkpoint, format_)
    assert not (tmp_path / FILE).exists()
    assert read_checkpoint(tmp_path).points == {}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "'version': 1"),
        ({"version": 2, "operating_points": {}}, "'version': 1"),
        ({"version": 1, "operating_points": {}, "more": 1}, "'version': 1"),
        ({"version": 1, "operating_points": []}, "named sets"),
        ({"version": 1, "operating_points": {"default": POINTS["certain"]}}, "'default'"),
        ({"version": 1, "operating_points": {"x": {"biases": ZERO}}}, "'thresholds'"),
        ({"version": 1, "operating_points": {"x": POINTS["certain"] | {"y": 1}}}, "nothing else"),
        *[
            ({"version": 1, "operating_points": {"x": {"biases": ZERO, "thresholds": t}}}, "0 to 1")
            for t in (-0.1, 1.1, "0.5", True, None, {"secret": 2}, 10**400)
        ],
        (
            {"version": 1, "operating_points": {"x": {"biases": {}, "thresholds": 0.0}}},
            "transition biases",
        ),
        (
            {"version": 1, "operating_points": {"x": {"biases": ZERO, "thresholds": {"iban": 1}}}},
            "iban",
        ),
    ],
)
def test_files_that_are_refused(tmp_path: Path, values: dict[str, Any], message: str) -> None:
    write_checkpoint(tmp_path, make())
    (tmp_path / FILE).write_text(json.dumps(values))
    with pytest.raises(ValueError, match=message):
        read_checkpoint(tmp_path)


def test_what_could_not_be_read_is_not_written(tmp_path: Path) -> None:
    checkpoint = make()
    checkpoint.points = {"x": {"biases": ZERO, "thresholds": {"iban": 0.5}}}
    with pytest.raises(ValueError, match="iban"):
        write_checkpoint(tmp_path, checkpoint)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("source")
    checkpoint = make_checkpoint(heads="tags")
    checkpoint.points = POINTS
    write_checkpoint(folder, checkpoint)
    return str(folder)


def build(source: str, **settings: Any) -> Language:
    pytest.importorskip("torch")
    nlp = spacy.blank("en")
    nlp.add_pipe(FILTER, config={"source": source, **ALONE, **settings})
    return nlp


def found(nlp: Language) -> list[tuple[int, int, str]]:
    return [span[:3] for text in TEXTS for span in nlp(text)._.privacy_spans]


def test_a_component_chooses_one_by_name(source: str) -> None:
    plain = found(build(source))
    labels = {label for _, _, label in plain}
    assert {"private_email"} < labels
    assert found(build(source, operating_point="silent")) == []
    assert found(build(source, operating_point="certain")) == []
    rest = [span for span in plain if span[2] != "private_email"]
    assert found(build(source, operating_point="no_mail")) == rest


def test_settings_come_before_the_point(source: str) -> None:
    nlp = build(source, operating_point="silent", biases={BIAS_NAMES[0]: 0.0})
    assert found(nlp) == found(build(source))
    nlp = build(source, operating_point="certain", thresholds=0.0001)
    assert found(nlp) == found(build(source, thresholds=0.0001)) != []


def test_an_unknown_point_is_an_error(source: str) -> None:
    message = r"balanced.*default, silent, certain, no_mail"
    with pytest.raises(ValueError, match=message):
        build(source, operating_point="balanced")
    nlp = from_config({"source": source, "operating_point": "balanced"})
    for _ in range(2):  # the second use must not go on without it
        with pytest.raises(ValueError, match=message):
            nlp("Some text.")


def test_an_unknown_point_of_the_network_that_ships_is_refused_by_add_pipe() -> None:
    pytest.importorskip("torch")
    nlp = spacy.blank("en")
    with pytest.raises(ValueError, match=r"operating_point.*high_recal.*default"):
        nlp.add_pipe(FILTER, config={"operating_point": "high_recal"})
    assert FILTER not in nlp.pipe_names
    nlp.add_pipe(FILTER, config={"operating_point": "default"})


def test_they_are_saved_with_the_pipeline(source: str, tmp_path: Path) -> None:
    nlp = build(source, operating_point="no_mail")
    expected = found(nlp)
    nlp.to_disk(tmp_path / "saved")
    assert found(spacy.load(tmp_path / "saved")) == expected
    other = spacy.load(
        tmp_path / "saved", config={f"components.{FILTER}.operating_point": "silent"}
    )
    assert found(other) == []
    copy = build(source, operating_point="no_mail").from_bytes(nlp.to_bytes())
    assert found(copy) == expected
