"""A new head in a saved pipeline: all of it or nothing, and no more than that changes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import spacy

from spacy_privacy_filter.pipeline.storage.pipelines import open_pipeline
from spacy_privacy_filter.training.head_in_pipeline import NewHead, copy_with_head, put_head

from ..helpers import FILTER, TEXTCAT, TEXTS, make_nlp, outcome
from .heads import WORDS, hashes, rows, write_rows
from .runs import run


def test_what_was_measured_of_the_old_head_goes(source: str, tmp_path: Path) -> None:
    folder, out = tmp_path / "pipeline", tmp_path / "f.safetensors"
    nlp = make_nlp(source)
    tags = {"privacy_f": 0.8, f"{FILTER}_loss": 3.0}
    nlp.meta["performance"] = {"cats_score": 0.9, "cats_accuracy": 0.9, f"{TEXTCAT}_loss": 1} | tags
    nlp.to_disk(folder)
    assert run("features", folder, write_rows(tmp_path / "a.jsonl", rows(12)), out).exit_code == 0
    assert run("train-head", folder, out).exit_code == 0
    assert spacy.load(folder).meta["performance"] == tags


def test_a_pipeline_without_a_category_head_gets_one(source: str, tmp_path: Path) -> None:
    folder, out = tmp_path / "pipeline", tmp_path / "f.safetensors"
    make_nlp(source, (FILTER,)).to_disk(folder)
    old = [outcome(doc) for doc in spacy.load(folder).pipe(TEXTS)]
    before = hashes(folder)
    assert run("features", folder, write_rows(tmp_path / "a.jsonl", rows(60)), out).exit_code == 0
    result = run("train-head", folder, out)
    assert result.exit_code == 0, result.output
    nlp = spacy.load(folder)
    assert nlp.pipe_names == [FILTER, TEXTCAT]
    assert nlp.get_pipe(FILTER).network is nlp.get_pipe(TEXTCAT).network
    for was, doc in zip(old, nlp.pipe(TEXTS), strict=True):
        assert outcome(doc) | {"cats": {}} == was
        assert set(doc.cats) == set(WORDS)
    assert before.items() - hashes(folder).items() <= {
        (name, before[name]) for name in ("config.cfg", "meta.json")
    }
    again = run("train-head", folder, out, "--seed", 1)
    assert again.exit_code == 0, again.output
    assert spacy.load(folder).pipe_names == [FILTER, TEXTCAT]


def test_a_copy_gets_the_head(source: str, tmp_path: Path) -> None:
    folder, out, copy = tmp_path / "pipeline", tmp_path / "f.safetensors", tmp_path / "new" / "copy"
    make_nlp(source).to_disk(folder)
    before = hashes(folder)
    assert run("features", folder, write_rows(tmp_path / "a.jsonl", rows(12)), out).exit_code == 0
    for _ in range(2):
        result = run("train-head", folder, out, "--output", copy)
        assert result.exit_code == 0, result.output
    assert hashes(folder) == before
    assert spacy.load(copy).get_pipe(TEXTCAT).labels == tuple(WORDS)
    assert [path.name for path in copy.parent.iterdir()] == ["copy"]


@pytest.mark.parametrize("nth", [1, 2])
def test_a_failure_leaves_the_old_head(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nth: int
) -> None:
    """Whichever of the two renames fails."""
    folder, out = tmp_path / "pipeline", tmp_path / "f.safetensors"
    make_nlp(source).to_disk(folder)
    before = hashes(folder)
    assert run("features", folder, write_rows(tmp_path / "a.jsonl", rows(12)), out).exit_code == 0
    original, calls = Path.rename, []

    def rename(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == nth:
            raise OSError("disk is gone")
        return original(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    assert run("train-head", folder, out).exit_code == 1
    monkeypatch.undo()
    assert hashes(folder) == before
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_a_kill_between_the_renames_is_mended(source: str, tmp_path: Path) -> None:
    folder, out = tmp_path / "pipeline", tmp_path / "f.safetensors"
    make_nlp(source).to_disk(folder)
    assert run("features", folder, write_rows(tmp_path / "a.jsonl", rows(12)), out).exit_code == 0
    (folder / TEXTCAT).rename(folder / f".{TEXTCAT}.old")
    assert run("train-head", folder, out).exit_code == 0
    assert spacy.load(folder).get_pipe(TEXTCAT).labels == tuple(WORDS)


def test_it_is_put_there_without_a_network(source: str, tmp_path: Path) -> None:
    make_nlp(source).to_disk(tmp_path / "p")
    found = open_pipeline(tmp_path / "p")
    rng = np.random.default_rng(0)
    weight, bias = rng.standard_normal((2, 32)).astype("f"), rng.standard_normal(2).astype("f")
    put_head(found, NewHead(weight, bias, ("a", "b"), False, {"cats_score": 0.5}))
    nlp = spacy.load(tmp_path / "p")
    pipe = nlp.get_pipe(TEXTCAT)
    assert (pipe.labels, pipe.cfg["exclusive"]) == (("a", "b"), False)
    np.testing.assert_array_equal(pipe.head.weights()[0], weight)
    np.testing.assert_array_equal(pipe.head.weights()[1], bias)
    assert nlp.meta["performance"] == {"cats_score": 0.5}


def test_a_copy_is_written_over_no_folder_of_something_else(source: str, tmp_path: Path) -> None:
    make_nlp(source).to_disk(tmp_path / "p")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "thesis.txt").touch()
    head = NewHead(np.zeros((2, 32), "f"), np.zeros(2, "f"), ("a", "b"), True)
    before = hashes(tmp_path)
    for place in (tmp_path / "notes", tmp_path / "p" / "deep"):
        with pytest.raises(FileExistsError):
            copy_with_head(open_pipeline(tmp_path / "p"), place, head)
        assert hashes(tmp_path) == before
