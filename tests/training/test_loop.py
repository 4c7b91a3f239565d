"""Our training loop: the weights of `spacy train`, and those of a run that was never killed."""

from __future__ import annotations

import hashlib
import io
import itertools
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from safetensors.numpy import load_file
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as spacy_train
from thinc.api import Config

from spacy_privacy_filter.checkpoints.registry import Checkpoint
from spacy_privacy_filter.corpus.rows import Row, read_rows, write_corpus
from spacy_privacy_filter.labels.tags import MULTITASK_CATEGORIES, OPENAI_LABELS, TagSet
from spacy_privacy_filter.training import loop
from spacy_privacy_filter.training.loop import RESTART, RESUME, STATE

from ..helpers import FILTER, TEXTCAT, make_checkpoint, started, wait_for, write_source
from .runs import ROOT, Killed, finetune, kill_at, run_loop, small


def weights(folder: Path) -> dict[str, Any]:
    """Everything numeric of a saved pipeline: the network and the heads."""
    found: dict[str, Any] = dict(load_file(next(folder.rglob("model.safetensors"))))
    nlp = spacy.load(folder)
    for name in (FILTER, TEXTCAT):
        head = nlp.get_pipe(name).head
        found |= {f"{name}.{key}": head.get_param(key) for key in ("W", "b")}
    return found


def assert_same(ours: Path, theirs: Path) -> None:
    one, other = weights(ours), weights(theirs)
    assert set(one) == set(other)
    for name, values in one.items():
        np.testing.assert_array_equal(values, other[name], err_msg=name)


def train_with_spacy(config: Config, output: Path) -> None:
    output.mkdir(exist_ok=True)
    spacy_train(init_nlp(config), output, stdout=io.StringIO(), stderr=io.StringIO())


@pytest.fixture(scope="module")
def whole(
    corpora: dict[str, str], checkpoint: str, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A run of finetune.cfg that nothing stopped."""
    output = tmp_path_factory.mktemp("whole")
    run_loop(finetune(corpora, checkpoint), output)
    return output


def test_weights_are_those_of_spacy_train(
    corpora: dict[str, str], checkpoint: str, whole: Path, tmp_path: Path
) -> None:
    train_with_spacy(finetune(corpora, checkpoint), tmp_path)
    assert_same(whole / "model-last", tmp_path / "model-last")
    assert not (whole / STATE).exists(), "a finished run leaves its state behind"


def test_only_the_last_layer_and_the_heads_have_changed(checkpoint: str, whole: Path) -> None:
    before = make_checkpoint(heads="tags").backbone_tensors()
    after = load_file(next((whole / "model-last").rglob("model.safetensors")))
    changed = {n for n in before if not np.array_equal(before[n].to_float32(), after[n])}
    assert changed
    assert changed <= {n for n in before if n.startswith(("block.1.", "norm"))}
    assert any("swiglu" in name for name in changed)


@pytest.mark.parametrize("step", [1, 5, 10])
def test_a_killed_run_goes_on_to_the_same_weights(
    corpora: dict[str, str],
    checkpoint: str,
    whole: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: int,
) -> None:
    """Killed in the first or the second epoch, at or between evaluations."""
    config = finetune(corpora, checkpoint)
    kill_at(monkeypatch, step)
    with pytest.raises(Killed):
        run_loop(config, tmp_path)
    monkeypatch.undo()
    said = run_loop(config, tmp_path, RESUME)
    assert f"Going on after step {(step - 1) // 4 * 4}" in said
    for name in ("model-best", "model-last"):
        assert_same(whole / name, tmp_path / name)


def test_a_kill_while_saving_loses_nothing(
    corpora: dict[str, str],
    checkpoint: str,
    whole: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    config = finetune(corpora, checkpoint)
    kill_at(monkeypatch, 8, "_save")
    with pytest.raises(Killed):
        run_loop(config, tmp_path)
    monkeypatch.undo()
    run_loop(config, tmp_path, RESUME)
    assert_same(whole / "model-best", tmp_path / "model-best")
    assert_same(whole / "model-last", tmp_path / "model-last")


def test_training_from_scratch_goes_on_too(
    corpora: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """small.cfg: fresh weights, sparse embeddings with moments of their own, no end of epochs."""
    config = small(corpora)
    train_with_spacy(config, tmp_path / "spacy")
    kill_at(monkeypatch, 5)
    with pytest.raises(Killed):
        run_loop(config, tmp_path / "ours")
    monkeypatch.undo()
    run_loop(config, tmp_path / "ours", RESUME)
    assert_same(tmp_path / "ours" / "model-last", tmp_path / "spacy" / "model-last")
    assert_same(tmp_path / "ours" / "model-best", tmp_path / "spacy" / "model-best")
    strings = json.loads((tmp_path / "ours" / "model-last" / "vocab" / "strings.json").read_text())
    assert {*OPENAI_LABELS, *MULTITASK_CATEGORIES} <= set(strings)


@pytest.mark.slow
def test_a_run_that_is_really_killed_goes_on(
    corpora: dict[str, str], checkpoint: str, whole: Path, tmp_path: Path
) -> None:
    finetune(corpora, checkpoint).to_disk(tmp_path / "run.cfg", interpolate=False)
    output = tmp_path / "out"
    args = [sys.executable, "-m", "spacy", "privacy-filter", "train", str(tmp_path / "run.cfg")]
    args += ["--output", str(output), "--resume"]
    env = os.environ | {"OMP_NUM_THREADS": "1"}
    with started(args, stdout=subprocess.DEVNULL, env=env) as process:
        wait_for((output / STATE).exists, process)
    assert process.returncode == -signal.SIGKILL, "it ended before it could be killed"
    done = subprocess.run(args, capture_output=True, text=True, env=env)
    assert "Going on after step" in done.stdout, done.stderr
    assert_same(whole / "model-last", output / "model-last")


def test_another_config_or_other_data_cannot_go_on(
    corpora: dict[str, str],
    checkpoint: str,
    whole: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    config = finetune(corpora, checkpoint)
    kill_at(monkeypatch, 5)
    with pytest.raises(Killed):
        run_loop(config, tmp_path)
    monkeypatch.undo()
    with pytest.raises(ValueError, match="was stopped"):
        run_loop(config, tmp_path)
    with pytest.raises(ValueError, match="The config differs"):
        run_loop(finetune(corpora, checkpoint, training__dropout=0.2), tmp_path, RESUME)
    path = Path(corpora["paths.train"])
    content = path.read_bytes()
    try:
        rows = [Row("x", "s", "Ask Maren Oduya.", ((4, 15, "private_person"),), (), OPENAI_LABELS)]
        write_corpus(rows * 5, path, spacy.blank("xx"))
        with pytest.raises(ValueError, match="The data differs"):
            run_loop(config, tmp_path, RESUME)
    finally:
        path.write_bytes(content)
    assert (tmp_path / STATE).exists()
    run_loop(config, tmp_path, RESTART)
    assert_same(whole / "model-last", tmp_path / "model-last")


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_finished_run_is_left_alone_and_its_models_stay_until_there_are_others(
    corpora: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out"
    run_loop(small(corpora), output, RESUME)
    before = files(output)
    assert "Nothing to do" in run_loop(small(corpora), output, RESUME)
    assert files(output) == before

    empty = small(corpora | {"paths.train": str(tmp_path / "none.spacy")})
    with pytest.raises(FileNotFoundError):
        run_loop(empty, output, RESTART)
    changed = small(corpora, **{"training.dropout": 0.3})
    kill_at(monkeypatch, 0)
    for existing in (None, RESUME, RESTART):
        with pytest.raises(Killed):
            run_loop(changed, output, existing)
    assert files(output) == before, "a run that gave nothing took what was there"
    monkeypatch.undo()

    assert "Nothing to do" not in run_loop(changed, output, RESUME)
    assert files(output)["model-last/config.cfg"] != before["model-last/config.cfg"]
    assert "Nothing to do" in run_loop(changed, output, RESUME)
    assert "Nothing to do" not in run_loop(changed, output, RESTART)


def test_what_is_no_pipeline_is_not_replaced(corpora: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "model-best").mkdir()
    (tmp_path / "model-best" / "thesis.txt").write_text("years of work")
    with pytest.raises(FileExistsError, match="a saved pipeline"):
        run_loop(small(corpora), tmp_path)
    assert files(tmp_path) == {"model-best/thesis.txt": b"years of work"}


def test_the_last_step_is_measured(
    corpora: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With few rows no other step but the first would be."""
    better = itertools.count()
    monkeypatch.setattr(
        loop, "create_evaluation_callback", lambda *args: lambda: (float(next(better)), {})
    )
    log = tmp_path / "log.jsonl"
    logger = {"training.logger": {"@loggers": "spacy_privacy_filter.Logger.v1"}}
    logger["training.logger"]["output_file"] = str(log)
    config = small(corpora, **{"training.eval_frequency": 500} | logger)
    run_loop(config, tmp_path / "out")
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert [line["step"] for line in lines] == [0, 6]
    assert_same(tmp_path / "out" / "model-best", tmp_path / "out" / "model-last")


def head_of(folder: Path, name: str) -> tuple[tuple[str, ...], Any, Any]:
    pipe = spacy.load(folder).get_pipe(name)
    names = pipe.cfg["tags"] if name == FILTER else pipe.cfg["categories"]
    return tuple(names), pipe.head.get_param("W"), pipe.head.get_param("b")


def initialise(config: Config, folder: Path) -> None:
    init_nlp(config).to_disk(folder)


def test_a_new_label_space_keeps_the_rows_whose_names_match(
    corpora: dict[str, str], checkpoint: str, tmp_path: Path
) -> None:
    labels = ["employee_id", *OPENAI_LABELS]
    config = finetune(corpora, checkpoint, initialize__components__privacy_filter__labels=labels)
    initialise(config, tmp_path / "nlp")
    names, weight, bias = head_of(tmp_path / "nlp", FILTER)
    made = make_checkpoint(heads="tags")
    old = TagSet.from_labels(OPENAI_LABELS).names
    old_weight = made.tensors["unembedding.weight"].to_float32()
    old_bias = made.tensors["unembedding.bias"].to_float32()
    assert set(names) == {*old, *(f"{p}-employee_id" for p in "BIES")}
    for row, name in enumerate(names):
        if name in old:
            np.testing.assert_array_equal(weight[row], old_weight[old.index(name)])
            assert bias[row] == old_bias[old.index(name)]
        else:
            assert not weight[row].any()
            assert bias[row] == 0


def test_a_new_category_set_keeps_the_rows_whose_names_match(tmp_path: Path) -> None:
    source = write_source(tmp_path / "net")
    made: Checkpoint = make_checkpoint()
    assert made.categories is not None
    kept = made.categories[3]
    rows = [
        Row("a", "s", "cod", cats=((kept, 1.0), ("fish", 0.0))),
        Row("b", "s", "iron", cats=((kept, 0.0), ("fish", 1.0))),
        Row("c", "s", "Ada", ((0, 3, "private_person"),), (), ("private_person",)),
    ]
    path = tmp_path / "rows.spacy"
    write_corpus(rows, path, spacy.blank("xx"))
    config = finetune(
        {"paths.train": str(path), "paths.dev": str(path)},
        source,
        initialize__components__privacy_filter_textcat__labels=["fish", kept],
        components__privacy_filter_textcat__exclusive=False,
    )
    initialise(config, tmp_path / "nlp")
    assert spacy.load(tmp_path / "nlp").get_pipe(TEXTCAT).cfg["exclusive"] is False
    names, weight, bias = head_of(tmp_path / "nlp", TEXTCAT)
    assert names == ("fish", kept)
    np.testing.assert_array_equal(weight[1], made.tensors["category_head.weight"].to_float32()[3])
    assert not weight[0].any()
    assert bias[0] == 0


@pytest.mark.parametrize("kind", ["spans", "categories"])
def test_examples_of_one_kind_train_one_head(
    corpora: dict[str, str], checkpoint: str, tmp_path: Path, kind: str
) -> None:
    rows: Iterable[Row] = read_rows(ROOT / "assets" / "sample_train.jsonl")
    chosen = [row for row in rows if row.has_spans == (kind == "spans")][:8]
    path = tmp_path / "one.spacy"
    write_corpus(chosen, path, spacy.blank("xx"))
    config = finetune(corpora | {"paths.train": str(path)}, checkpoint)
    initialise(config, tmp_path / "before")
    run_loop(config, tmp_path / "out")
    changed = {
        name
        for name in (FILTER, TEXTCAT)
        if not np.array_equal(
            head_of(tmp_path / "before", name)[1], head_of(tmp_path / "out" / "model-last", name)[1]
        )
    }
    assert changed == {FILTER if kind == "spans" else TEXTCAT}


def test_runs_repeat(corpora: dict[str, str], checkpoint: str, whole: Path, tmp_path: Path) -> None:
    """Not a test of resuming, but what it rests on."""
    run_loop(finetune(corpora, checkpoint), tmp_path)
    digests = [
        hashlib.sha256(next((path / "model-last").rglob("model.safetensors")).read_bytes())
        for path in (whole, tmp_path)
    ]
    assert digests[0].digest() == digests[1].digest()


def test_a_saved_pipeline_as_a_source_says_how_to_make_one(
    corpora: dict[str, str], whole: Path, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=r"privacy-filter checkpoint .*model-best OUT"):
        run_loop(finetune(corpora, str(whole / "model-best")), tmp_path)
