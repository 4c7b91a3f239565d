"""Phase 2: a fresh head in a saved pipeline, of which nothing else changes."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.training import Example

from spacy_privacy_filter.pipeline.storage.pipelines import open_pipeline
from spacy_privacy_filter.training.features import Features, read_features, write_features
from spacy_privacy_filter.training.head import HeadSettings, fit_head

from ..helpers import FILTER, TEXTCAT, TEXTS, change_weights, make_nlp, outcome
from .heads import WORDS, hashes, rows, write_rows
from .runs import run


@pytest.fixture(params=[(FILTER, TEXTCAT), (TEXTCAT, FILTER)], ids=["tags first", "cats first"])
def pipeline(request: pytest.FixtureRequest, source: str, tmp_path: Path) -> Path:
    """A saved pipeline; the network lies in the folder of the first component."""
    folder = tmp_path / "pipeline"
    make_nlp(source, request.param).to_disk(folder)
    return folder


def test_new_categories_are_learnt_and_the_tags_stay_bit_for_bit(
    pipeline: Path, tmp_path: Path
) -> None:
    corpus = write_rows(tmp_path / "rows.jsonl", rows(120))
    dev = write_rows(tmp_path / "dev.jsonl", rows(30, seed=1))
    files = [tmp_path / "train.safetensors", tmp_path / "dev.safetensors"]
    before, tags = hashes(pipeline), [outcome(doc) for doc in spacy.load(pipeline).pipe(TEXTS)]
    for path, out in zip((corpus, dev), files, strict=True):
        assert run("features", pipeline, path, out).exit_code == 0
    assert hashes(pipeline) == before, "the features command changed the pipeline"

    result = run(
        "train-head", pipeline, files[0], "--dev", files[1], "--corpus", corpus, "--epochs", 30,
        "--learn-rate", 0.01,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "120 documents, 3 exclusive categories" in result.stdout
    assert result.stdout.count("epoch ") == 30

    nlp = spacy.load(pipeline)
    assert nlp.get_pipe(TEXTCAT).labels == tuple(WORDS)
    assert nlp.meta["labels"][TEXTCAT] == list(WORDS)
    docs = list(nlp.pipe(str(row["text"]) for row in rows(30, seed=1)))
    hits = [max(doc.cats, key=doc.cats.get) == list(WORDS)[i % 3] for i, doc in enumerate(docs)]
    assert np.mean(hits) > 0.9
    for old, doc in zip(tags, nlp.pipe(TEXTS), strict=True):
        new = outcome(doc)
        assert set(new.pop("cats")) == set(WORDS)
        assert set(old.pop("cats")) != set(WORDS)
        assert old == new, "the tag head's predictions changed"
    changed = {name for name, digest in hashes(pipeline).items() if before.get(name) != digest}
    assert changed == {f"{TEXTCAT}/model", f"{TEXTCAT}/cfg", "meta.json"}
    assert set(hashes(pipeline)) == set(before), "files came or went"


def test_what_the_file_says_about_the_head_is_what_the_pipeline_predicts(
    source: str, tmp_path: Path
) -> None:
    folder, out = tmp_path / "pipeline", tmp_path / "f.safetensors"
    make_nlp(source).to_disk(folder)
    assert run("features", folder, write_rows(tmp_path / "a.jsonl", rows(60)), out).exit_code == 0
    features = read_features(out)
    head = fit_head(features, HeadSettings.for_documents(60, None))
    assert run("train-head", folder, out).exit_code == 0
    doc = spacy.load(folder)(str(rows(60)[7]["text"]))
    logits = head(features.pooled)[7].astype(float)
    expected = np.exp(logits) / np.exp(logits).sum()
    np.testing.assert_allclose(list(doc.cats.values()), expected, atol=1e-5)


@pytest.mark.parametrize("both", [False, True], ids=["exclusive", "independent"])
def test_the_new_head_is_measured_as_spacy_measures_it(
    source: str, tmp_path: Path, both: bool
) -> None:
    folder = tmp_path / "pipeline"
    make_nlp(source).to_disk(folder)
    for name, seed in (("train", 0), ("dev", 1)):
        corpus = write_rows(tmp_path / f"{name}.jsonl", rows(36, seed, both))
        assert run("features", folder, corpus, tmp_path / f"{name}.safetensors").exit_code == 0
    files = [tmp_path / f"{name}.safetensors" for name in ("train", "dev")]
    assert run("train-head", folder, files[0], "--dev", files[1], "--epochs", 3).exit_code == 0
    nlp = spacy.load(folder)
    gold = [(nlp.make_doc(str(row["text"])), row["cats"]) for row in rows(36, 1, both)]
    scores = nlp.evaluate([Example.from_dict(doc, {"cats": cats}) for doc, cats in gold])
    keys = ["cats_score"] if both else ["cats_score", "cats_accuracy"]
    assert nlp.meta["performance"] == pytest.approx({key: scores[key] for key in keys}, abs=1e-6)


def test_what_dev_accuracy_means_is_said(source: str, tmp_path: Path) -> None:
    make_nlp(source).to_disk(tmp_path / "p")
    width = make_nlp(source).get_pipe(TEXTCAT).network.config.width
    pooled = np.random.default_rng(0).standard_normal((40, width)).astype("f")
    features = make_features(pooled=pooled, backbone=open_pipeline(tmp_path / "p").backbone)
    write_features(tmp_path / "f", features)

    def said(*options: str, **changes: object) -> str:
        write_features(tmp_path / "dev", replace(features, **changes))
        result = run(
            "train-head", tmp_path / "p", tmp_path / "f", "-o", tmp_path / "out",
            "--dev", tmp_path / "dev", "--epochs", 1, *options,
        )  # fmt: skip
        assert result.exit_code == 0, result.output
        return result.stdout

    assert "documents whose likeliest category is right" in said()
    assert "Note" not in said()
    several = np.ones((40, 4), "f")
    assert "the head chooses one" in said(targets=several)
    assert "right yes-or-no decisions" in said("--independent", targets=several)
    assert "decides on each category apart" in said("--independent")
    one = np.ones((40, 1), "f")
    assert "no dev document is about: a, c, d" in said(targets=one, categories=("b",))


def test_independent_categories(source: str, tmp_path: Path) -> None:
    folder, out = tmp_path / "pipeline", tmp_path / "f.safetensors"
    make_nlp(source).to_disk(folder)
    corpus = write_rows(tmp_path / "a.jsonl", rows(180, both=True))
    assert run("features", folder, corpus, out).exit_code == 0
    result = run("train-head", folder, out, "--epochs", 40, "--learn-rate", 0.01)
    assert "3 independent categories" in result.stdout, result.output
    nlp = spacy.load(folder)
    texts, right = rows(36, seed=2, both=True), []
    for row, doc in zip(texts, nlp.pipe(str(row["text"]) for row in texts), strict=True):
        gold = row["cats"]
        assert isinstance(gold, dict)
        right += [(doc.cats[name] > 0.5) == (gold[name] == 1) for name in WORDS]
    assert np.mean(right) > 0.9
    refused = run("train-head", folder, out, "--exclusive")
    assert refused.exit_code == 1
    assert "add up to 1" in refused.stderr


def test_stale_features_are_refused(source: str, tmp_path: Path) -> None:
    folder, out = tmp_path / "pipeline", tmp_path / "f.safetensors"
    nlp = make_nlp(source)
    nlp.to_disk(folder)
    corpus = write_rows(tmp_path / "a.jsonl", rows(12))
    assert run("features", folder, corpus, out).exit_code == 0
    old = out.read_bytes()
    assert "up to date" in run("features", folder, corpus, out).stdout
    write_rows(corpus, rows(12, seed=9))
    refused = run("train-head", folder, out, "--corpus", corpus)
    assert (refused.exit_code, "stale" in refused.stderr) == (1, True)
    assert "another corpus" in refused.stderr
    assert run("features", folder, corpus, out).exit_code == 0
    assert out.read_bytes() != old
    change_weights(nlp)
    nlp.to_disk(folder)
    before = hashes(folder)
    refused = run("train-head", folder, out)
    assert refused.exit_code == 1
    assert "another network" in refused.stderr
    assert hashes(folder) == before


HIDDEN = """
import sys
sys.modules["torch"] = None
from spacy_privacy_filter.cli import app
app(sys.argv[1:], standalone_mode=True)
"""


def test_training_a_head_needs_no_backend(source: str, tmp_path: Path) -> None:
    folder, out = tmp_path / "pipeline", tmp_path / "f.safetensors"
    make_nlp(source).to_disk(folder)
    assert run("features", folder, write_rows(tmp_path / "a.jsonl", rows(12)), out).exit_code == 0
    done = subprocess.run(
        [sys.executable, "-c", HIDDEN, "train-head", str(folder), str(out)],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert spacy.load(folder).get_pipe(TEXTCAT).labels == tuple(WORDS)


def make_features(**changes: object) -> Features:
    rng = np.random.default_rng(0)
    pooled = rng.standard_normal((40, 6)).astype("f")
    targets = np.eye(4, dtype="f")[pooled[:, :4].argmax(axis=1)]
    values = {
        "ids": tuple(map(str, range(40))),
        "pooled": pooled,
        "targets": targets,
        "categories": tuple("abcd"),
        "backbone": "net",
        "data": "corpus",
    }
    return Features(**(values | changes))  # type: ignore[arg-type]


def test_not_a_pipeline(tmp_path: Path) -> None:
    assert "No saved pipeline" in run("train-head", tmp_path, tmp_path / "f").stderr
    nlp = spacy.blank("en")
    nlp.to_disk(tmp_path / "blank")
    assert "has no 'privacy_filter'" in run("train-head", tmp_path / "blank", "f").stderr


def test_nothing_but_an_older_pipeline_is_replaced(source: str, tmp_path: Path) -> None:
    """The folder that holds everything, one that holds something else, one in the pipeline."""
    work = tmp_path / "training"
    folder, out = work / "model-best", work / "f.safetensors"
    work.mkdir()
    make_nlp(source).to_disk(folder)
    assert run("features", folder, write_rows(work / "a.jsonl", rows(12)), out).exit_code == 0
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "thesis.txt").write_text("years of work")
    holder = tmp_path / "holder"  # an older pipeline, in which the features lie
    make_nlp(source).to_disk(holder)
    inside = holder / "f.safetensors"
    inside.write_bytes(out.read_bytes())
    before = hashes(tmp_path)
    for place, vectors, message in (
        (work, out, "would be deleted"),
        (notes, out, "is there already"),
        (notes / "thesis.txt", out, "is there already"),
        (folder / "deep", out, "is inside"),
        (holder, inside, "would be deleted"),
    ):
        refused = run("train-head", folder, vectors, "--output", place)
        assert refused.exit_code == 2, refused.output
        assert message in refused.stderr
        assert "epoch" not in refused.stdout, "it was refused only after the work was done"
        assert hashes(tmp_path) == before


@pytest.mark.parametrize("name", ["vocab", FILTER, "../other", ".."])
def test_a_head_takes_no_other_part_of_the_pipeline(source: str, tmp_path: Path, name: str) -> None:
    folder, out = tmp_path / "pipeline", tmp_path / "f.safetensors"
    make_nlp(source, (FILTER,)).to_disk(folder)
    assert run("features", folder, write_rows(tmp_path / "a.jsonl", rows(12)), out).exit_code == 0
    before = hashes(tmp_path)
    refused = run("train-head", folder, out, "--name", name)
    assert (refused.exit_code, "Choose another --name" in refused.stderr) == (1, True)
    assert hashes(tmp_path) == before
