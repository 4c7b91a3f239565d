"""Where a run stands: read as it was written, and refused if anything else is run."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import DocBin
from spacy.training import Example
from thinc.api import Adam, Optimizer

from spacy_privacy_filter.learning.gold import GOLD_KEY
from spacy_privacy_filter.training.loop import RESUME, STATE
from spacy_privacy_filter.training.state import (
    Progress,
    fingerprint,
    is_finished,
    keep_random,
    read_state,
    weights_of,
    write_finished,
    write_state,
)

from ..helpers import FILTER, SIZES
from .runs import Killed, finetune, kill_at, run_loop, small


def label_anew(path: Path, part: str) -> None:
    """Change what is said of the texts of a corpus, and no text."""
    docs = list(DocBin().from_disk(path).get_docs(spacy.blank("xx").vocab))
    golds = [doc.user_data[GOLD_KEY] for doc in docs if GOLD_KEY in doc.user_data]
    if part == "cats":
        doc = next(doc for doc in docs if doc.cats)
        doc.cats = dict(zip(doc.cats, reversed(doc.cats.values()), strict=True))
    elif part == "spans":
        next(gold for gold in golds if gold["spans"])["spans"] = []
    else:
        golds[0][part] = {"known": ["secret"], "ignore": [[0, 1]]}[part]
    DocBin(attrs=["ORTH", "SPACY"], docs=docs, store_user_data=True).to_disk(path)


@pytest.mark.parametrize(
    ("corpus", "part"),
    [("train", "cats"), ("train", "spans"), ("train", "known"), ("dev", "spans"), ("dev", "cats")],
)
def test_labels_are_part_of_the_data(
    corpora: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, corpus: str, part: str
) -> None:
    own = {name: shutil.copy(path, tmp_path) for name, path in corpora.items()}
    kill_at(monkeypatch, 1)
    with pytest.raises(Killed):
        run_loop(small(own), tmp_path / "out")
    label_anew(Path(own[f"paths.{corpus}"]), part)
    with pytest.raises(ValueError, match="The data differs"):
        run_loop(small(own), tmp_path / "out", RESUME)


def test_a_damaged_state_is_refused(
    corpora: dict[str, str], checkpoint: str, tmp_path: Path
) -> None:
    config = finetune(corpora, checkpoint)
    (tmp_path / STATE).write_bytes(b"nothing")
    with pytest.raises(ValueError, match=r"safetensors.*[^.]\. Start anew with --restart\.$"):
        run_loop(config, tmp_path, RESUME)


def trained(steps: int) -> tuple[Language, Optimizer]:
    nlp = spacy.blank("en")
    nlp.add_pipe(FILTER, config={"model": {"backbone": {"network": SIZES}}})
    data = [Example.from_dict(nlp.make_doc("Ada rang."), {"entities": [(0, 3, "x")]})]
    nlp.initialize(lambda: data)
    optimizer = Adam(0.01)
    for _ in range(steps):
        nlp.update(data, sgd=optimizer)
        optimizer.step_schedules()
    return nlp, optimizer


def test_weights_moments_and_chance_come_back(tmp_path: Path) -> None:
    nlp, optimizer = trained(2)
    told = Progress("config", "data", step=1, words=7, results=[(0.5, 1)])
    write_state(tmp_path / "state", nlp, optimizer, told)
    drawn = random.random(), np.random.random()  # noqa: NPY002
    other, fresh = trained(0)
    random.seed(1)
    np.random.seed(1)  # noqa: NPY002
    assert read_state(tmp_path / "state", other, fresh, Progress("config", "data")) == told
    assert (random.random(), np.random.random()) == drawn  # noqa: NPY002
    ours, theirs = dict(weights_of(nlp)), dict(weights_of(other))
    assert list(ours) == list(theirs)
    assert optimizer.mom1
    for name, weight in ours.items():
        np.testing.assert_array_equal(weight.get(), theirs[name].get(), err_msg=name)
        assert optimizer.nr_update[weight.key] == fresh.nr_update[theirs[name].key]
        for one, two in ((optimizer.mom1, fresh.mom1), (optimizer.mom2, fresh.mom2)):
            assert (weight.key in one) == (theirs[name].key in two)
            if weight.key in one:
                np.testing.assert_array_equal(one[weight.key], two[theirs[name].key])
    for what in ("config", "data"):
        now = replace(told, **{what: "another"})
        with pytest.raises(ValueError, match=f"The {what} differs from that of the run"):
            read_state(tmp_path / "state", other, fresh, now)


def test_a_finished_run_is_known_by_config_and_data(tmp_path: Path) -> None:
    done = Progress("config", "data", step=9)
    assert not is_finished(tmp_path / "done", done)
    write_finished(tmp_path / "done", done)
    assert is_finished(tmp_path / "done", Progress("config", "data"))
    assert not is_finished(tmp_path / "done", Progress("config", "other"))
    assert not is_finished(tmp_path / "done", Progress("other", "data"))
    (tmp_path / "done").write_bytes(b"{")
    assert not is_finished(tmp_path / "done", done)


def chance() -> tuple[Any, ...]:
    """Where both global generators stand."""
    return random.getstate(), bytes(np.random.get_state()[1])  # type: ignore[index,arg-type]  # noqa: NPY002


def test_chance_goes_on_as_if_nothing_had_been_drawn() -> None:
    before = chance()
    with keep_random():
        random.random()
        np.random.random()  # noqa: NPY002
        assert chance()[0] != before[0]
        assert chance()[1] != before[1]
    assert chance() == before


def test_examples_are_told_apart_by_order_text_and_gold() -> None:
    nlp = spacy.blank("en")

    def example(text: str, **gold: Any) -> Example:
        return Example.from_dict(nlp.make_doc(text), gold)

    one, two = example("Ada rang.", entities=[(0, 3, "x")]), example("Bob left.")
    assert fingerprint([one, two]) == fingerprint([one, two])
    others = [[two, one], [one], [], [example("Ada rang."), two]]
    assert len({fingerprint(examples) for examples in [[one, two], *others]}) == 5
