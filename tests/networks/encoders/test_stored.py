"""Pipelines with an encoder: saved, sent, packed and run like any other."""

from __future__ import annotations

import copy
import pickle
import shutil
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language

from spacy_privacy_filter import load
from spacy_privacy_filter.checkpoints.registry import read_checkpoint
from spacy_privacy_filter.pipeline.streaming import WholeText, make_finder

from ...helpers import ALONE, assert_close, outcomes
from .models import TEXTS, write_graph, write_model
from .test_torch import LONG, WRITTEN

ALL = [*WRITTEN, LONG]
WRITERS = {
    "weights": lambda folder: write_model(folder, "bert"),
    "graph": lambda folder: write_graph(folder, "bert"),
    "texts": lambda folder: write_model(folder, "roberta", TEXTS),
    "text graph": lambda folder: write_graph(folder, "distilbert", TEXTS),
    "loose": lambda folder: write_model(
        folder, "deberta-v2", id2label=dict(enumerate(["x", "y", "O", "z", "w"]))
    ),
}


@pytest.fixture(params=WRITERS)
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Language:
    folder = tmp_path / "source"
    folder.mkdir()
    WRITERS[request.param](folder)
    return load(folder)


def test_a_saved_pipeline_needs_its_source_no_more(made: Language, tmp_path: Path) -> None:
    expected = outcomes(made, ALL)
    assert any(row["exact"] or row["cats"] for row in expected)
    made.to_disk(tmp_path / "a")
    shutil.rmtree(tmp_path / "source")
    found = spacy.load(tmp_path / "a")
    assert_close(outcomes(found, ALL), expected)
    found.to_disk(tmp_path / "b")
    shutil.rmtree(tmp_path / "a")
    assert_close(outcomes(spacy.load(tmp_path / "b"), ALL), expected)
    # What cannot be read again is not there: it is the network, its tokenizer and its head.
    (tmp_path / "b" / found.pipe_names[0] / "network" / "model.safetensors").unlink()
    with pytest.raises(FileNotFoundError):
        spacy.load(tmp_path / "b")


def test_bytes_copies_and_processes(made: Language, tmp_path: Path) -> None:
    expected = outcomes(made, ALL)
    data = made.to_bytes()
    other = spacy.util.load_model_from_config(made.config.copy(), auto_fill=True)
    shutil.rmtree(tmp_path / "source")
    assert_close(outcomes(other.from_bytes(data), ALL), expected)
    for twin in (copy.deepcopy(made), pickle.loads(pickle.dumps(made))):  # noqa: S301 - our own
        assert_close(outcomes(twin, ALL), expected)


def test_several_processes_give_the_same(tmp_path: Path) -> None:
    for name in ("weights", "graph"):
        folder = tmp_path / name
        folder.mkdir()
        WRITERS[name](folder)
        nlp = load(folder)
        expected = [doc._.privacy_spans for doc in nlp.pipe(ALL)]
        found = [doc._.privacy_spans for doc in nlp.pipe(ALL, n_process=2, batch_size=2)]
        assert [[span[:3] for span in row] for row in found] == [
            [span[:3] for span in row] for row in expected
        ]


def test_damage_to_a_saved_pipeline_is_seen(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    write_model(tmp_path / "source", "bert")
    load(tmp_path / "source").to_disk(tmp_path / "a")
    path = tmp_path / "a" / "privacy_filter" / "network" / "model.safetensors"
    raw = bytearray(path.read_bytes())
    raw[-5] ^= 1
    path.write_bytes(raw)
    with pytest.raises(ValueError, match="damaged"):
        spacy.load(tmp_path / "a")


def test_settings_hold_for_it_like_for_any_other(tmp_path: Path) -> None:
    write_model(tmp_path, "bert")
    text = WRITTEN[0] + " " + WRITTEN[3]
    plain = load(tmp_path, **ALONE)
    spans = plain(text)._.privacy_spans
    assert {span.label for span in spans} == {"person", "place"}
    mapped = load(tmp_path, **ALONE, label_map={"person": "NAME", "place": None})
    assert {span.label for span in mapped(text)._.privacy_spans} == {"NAME"}
    best = max(span.score for span in spans)
    strict = load(tmp_path, **ALONE, thresholds={"person": best + 1e-6, "place": best + 1e-6})
    assert not strict(text)._.privacy_spans
    with pytest.raises(ValueError, match=r"animal.*person, place"):
        load(tmp_path, thresholds={"animal": 0.5})
    words = load(tmp_path, **ALONE, aggregation="word")
    assert all(
        not (text[s.start_char - 1 : s.start_char + 1].isalnum() and s.start_char)
        for s in words(text)._.privacy_spans
    )
    biased = load(tmp_path, **ALONE, biases={"transition_bias_background_stay": 50.0})
    assert len(biased(text)._.privacy_spans) < len(spans)
    ruled = load(tmp_path)
    found = ruled("Mail anna@example.org.")._.privacy_spans
    assert [(span.start_char, span.end_char) for span in found if "rule:" in span.source]


def test_streams_wait_for_the_end(tmp_path: Path) -> None:
    write_model(tmp_path, "bert")
    nlp = load(tmp_path, carry="forward")
    finder = make_finder(nlp, 64)
    assert isinstance(finder, WholeText)
    assert finder.feed(LONG).text == ""
    assert finder.close().text == LONG


def test_a_checkpoint_of_a_saved_pipeline(tmp_path: Path) -> None:
    from spacy_privacy_filter.pipeline.storage.checkpoint import write_pipeline

    source = tmp_path / "source"
    source.mkdir()
    WRITERS["loose"](source)
    nlp: Any = load(source, **ALONE)
    nlp.to_disk(tmp_path / "a")
    write_pipeline(tmp_path / "a", tmp_path / "b")
    tags = read_checkpoint(tmp_path / "b").tags
    assert tags is not None
    assert tags.loose
    assert_close(outcomes(load(tmp_path / "b", **ALONE), ALL), outcomes(nlp, ALL))
