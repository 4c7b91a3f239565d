"""`load`: one call for a checkpoint in any format, with a component for every head."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from spacy.language import Language

import spacy_privacy_filter
from spacy_privacy_filter import load, loading
from spacy_privacy_filter.checkpoints.registry import Checkpoint, write_checkpoint
from spacy_privacy_filter.checkpoints.sizes import CATEGORY_HEAD, TAG_HEAD
from spacy_privacy_filter.errors import WrongUseError

from .helpers import ALONE, FILTER, TEXTCAT, TEXTS, make_checkpoint

pytest.importorskip("torch")


@pytest.fixture(scope="module")
def checkpoint() -> Checkpoint:
    whole = make_checkpoint()
    bias = whole.tensors[f"{TAG_HEAD}.bias"].data
    bias[:] = 0  # opf's head has none
    return whole


def only(checkpoint: Checkpoint, head: str) -> Checkpoint:
    """The checkpoint with one of its two heads."""
    other = CATEGORY_HEAD if head == TAG_HEAD else TAG_HEAD
    tensors = {n: t for n, t in checkpoint.tensors.items() if not n.startswith(other)}
    without = {"categories": None} if head == TAG_HEAD else {"tags": None}
    return replace(checkpoint, tensors=tensors, **without)  # type: ignore[arg-type]


def spans(nlp: Language) -> list[tuple[tuple[int, int, str], ...]]:
    return [tuple(span[:3] for span in nlp(text)._.privacy_spans) for text in TEXTS]


def test_each_format_gives_the_same_pipeline(tmp_path: Path, checkpoint: Checkpoint) -> None:
    tags = only(checkpoint, TAG_HEAD)
    found = {}
    for format_ in ("native", "huggingface", "opf"):
        write_checkpoint(tmp_path / format_, tags, format_)
        nlp = load(tmp_path / format_)
        assert nlp.pipe_names == [FILTER]
        found[format_] = spans(nlp)
    write_checkpoint(tmp_path / "openmed", tags, "openmed")
    with pytest.warns(UserWarning, match="made for MLX") as caught:
        nlp = load(str(tmp_path / "openmed"))
    assert len(caught) == 1
    assert "expanded" not in str(caught[0].message)  # it is not quantised
    found["openmed"] = spans(nlp)
    assert any(found["native"])
    assert all(result == found["native"] for result in found.values())


def test_every_head_gets_a_component(tmp_path: Path, checkpoint: Checkpoint) -> None:
    write_checkpoint(tmp_path / "both", replace(checkpoint, exclusive=True), "multitask")
    nlp = load(tmp_path / "both")
    assert nlp.pipe_names == [FILTER, TEXTCAT]
    assert nlp.get_pipe(FILTER).network is nlp.get_pipe(TEXTCAT).network  # type: ignore[attr-defined]
    doc = nlp(TEXTS[0])
    assert set(doc.cats) == set(checkpoint.categories or ())
    write_checkpoint(tmp_path / "cats", only(checkpoint, CATEGORY_HEAD))
    alone = load(tmp_path / "cats")
    assert alone.pipe_names == [TEXTCAT]
    assert np.allclose(list(alone(TEXTS[0]).cats.values()), list(doc.cats.values()), atol=1e-5)


def test_saved_pipelines(tmp_path: Path, checkpoint: Checkpoint) -> None:
    write_checkpoint(tmp_path / "hf", only(checkpoint, TAG_HEAD), "huggingface")
    nlp = load(tmp_path / "hf", window=5, lang="en")
    assert nlp.get_pipe(FILTER).network.config.window == 5  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "saved")
    again = load(tmp_path / "saved")
    assert again.get_pipe(FILTER).network.config.window == 5  # type: ignore[attr-defined]
    assert spans(again) == spans(nlp) == spans(spacy.load(tmp_path / "saved"))
    with pytest.raises(ValueError, match="saved pipeline"):
        load(tmp_path / "saved", window=5)


def test_nothing_takes_the_place_of_what_is_missing(tmp_path: Path, checkpoint: Checkpoint) -> None:
    with pytest.raises(FileNotFoundError, match="nowhere"):
        load(tmp_path / "nowhere")
    with pytest.raises(FileNotFoundError, match="could not be had from the hub"):
        load("nobody/nothing-of-this-name", revision="v1")  # offline, unless --network
    bare = replace(checkpoint, tensors=checkpoint.backbone_tensors(), tags=None, categories=None)
    write_checkpoint(tmp_path / "bare", bare)
    with pytest.raises(ValueError, match="neither a tag head"):
        load(tmp_path / "bare")


def test_settings_that_no_component_has(tmp_path: Path, checkpoint: Checkpoint) -> None:
    """Named, and without a dump of the config."""
    write_checkpoint(tmp_path / "hf", only(checkpoint, TAG_HEAD), "huggingface")
    with pytest.raises(ValueError, match="load has no setting 'nonsense'") as caught:
        load(tmp_path / "hf", nonsense=1)
    assert len(str(caught.value)) < 600
    with pytest.raises(ValueError, match="no setting 'threshold'"):
        load(tmp_path / "hf", threshold=0.3)
    write_checkpoint(tmp_path / "both", checkpoint)
    nlp = load(tmp_path / "both", threshold=0.3, min_length=2)
    assert nlp.get_pipe_config(TEXTCAT)["threshold"] == 0.3
    assert nlp.get_pipe_config(FILTER)["min_length"] == 2


def test_a_folder_has_no_revision(tmp_path: Path, checkpoint: Checkpoint) -> None:
    write_checkpoint(tmp_path / "hf", only(checkpoint, TAG_HEAD), "huggingface")
    for source in (tmp_path / "hf", None):
        with pytest.raises(ValueError, match="has no revision 'x'"):
            load(source, revision="x")


def test_the_public_face_is_lazy() -> None:
    code = "import spacy_privacy_filter as p; print(*dir(p))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(spacy_privacy_filter.__all__) <= set(shown.stdout.split())
    with pytest.raises(AttributeError, match="no attribute 'loud'"):
        _ = spacy_privacy_filter.loud


def test_rules_are_switched_on_and_off_in_a_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    nlp = spacy.blank("en")
    pipe: Any = nlp.add_pipe("privacy_filter", config=ALONE)
    monkeypatch.setattr(spacy.util, "is_package", lambda name: True)
    monkeypatch.setattr(spacy, "load", lambda name: nlp)
    for rules in (True, False, None, True):
        loading.load_pipeline("any", loading.choose_rules(rules))
        wanted = bool(rules)
        on = (pipe.settings.rules, pipe.settings.snap, pipe.settings.carry)
        assert on == ((True, "word", True) if wanted else (False, None, False))
        assert pipe.settings.completes is wanted


def test_rules_of_a_pipeline_s_own_are_used_once(monkeypatch: pytest.MonkeyPatch) -> None:
    nlp = spacy.blank("en")
    pipe: Any = nlp.add_pipe("privacy_filter", config=ALONE)
    nlp.add_pipe("privacy_filter_rules")
    monkeypatch.setattr(spacy.util, "is_package", lambda name: True)
    monkeypatch.setattr(spacy, "load", lambda name: nlp)
    loading.load_pipeline("any", loading.choose_rules(True))
    assert (pipe.settings.rules, pipe.settings.carry) == (False, True)
    assert nlp.pipe_names == ["privacy_filter", "privacy_filter_rules"]
    loading.load_pipeline("any", loading.choose_rules(False))
    assert nlp.pipe_names == ["privacy_filter"]


def test_a_pipeline_is_found_wherever_load_finds_one(
    monkeypatch: pytest.MonkeyPatch, tiny_source: str
) -> None:
    nlp = loading.load_pipeline(tiny_source, {"device": "cpu", "allow": ["Ada"], "thresholds": 0.5})
    pipe: Any = nlp.get_pipe("privacy_filter")
    assert (pipe.settings.allow, pipe.settings.thresholds) == (["Ada"], 0.5)
    assert pipe.network.settings.device == "cpu"
    assert nlp.max_length == loading.ANY_LENGTH
    with pytest.raises(FileNotFoundError, match="is no folder here"):
        loading.load_pipeline("/no/such/folder")
    monkeypatch.setattr(spacy.util, "is_package", lambda name: True)
    with pytest.raises(WrongUseError, match="dtype cannot be changed"):
        loading.load_pipeline("any", {"dtype": "float32"})


def test_labels_that_nothing_gives_are_refused(tiny_source: str) -> None:
    nlp = loading.load_pipeline(tiny_source)
    assert loading.choose_labels(nlp, ()) == frozenset()
    assert loading.choose_labels(nlp, ("private_email,secret", " handle ")) == {
        "private_email", "secret", "handle",
    }  # fmt: skip
    with pytest.raises(WrongUseError, match=r"Nothing finds the label privat_email\. Labels: "):
        loading.choose_labels(nlp, ("privat_email",))
