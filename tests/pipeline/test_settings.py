"""Settings that contradict the weights, and what is known of weights before they are read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from spacy_privacy_filter import load
from spacy_privacy_filter.checkpoints.registry import (
    FORMATS,
    open_checkpoint,
    read_checkpoint,
    write_checkpoint,
)
from spacy_privacy_filter.labels.tags import MULTITASK_CATEGORIES, OPENAI_LABELS

from ..checkpoints.helpers import make, write_mlx_community
from ..helpers import ALONE, FILTER, TEXTCAT, TEXTS, make_checkpoint, make_nlp, tagger, textcat

pytest.importorskip("torch")


# --- Labels before weights


@pytest.mark.parametrize("format_", [name for name in FORMATS if name != "onnx"])
def test_all_but_the_weights_is_read_alone(tmp_path: Path, format_: str) -> None:
    """With the weights gone, everything else is still known."""
    checkpoint = make(bias=False, categories=format_ in ("native", "multitask"))
    if format_ == "mlx-community":
        write_mlx_community(tmp_path, checkpoint)
    else:
        write_checkpoint(tmp_path, checkpoint, format_)
    expected = read_checkpoint(tmp_path)
    for path in tmp_path.iterdir():
        if path.suffix in (".safetensors", ".pt") and format_ != "mlx-community":
            path.unlink()
    head = open_checkpoint(tmp_path).head
    assert head == replace(expected, tensors={})
    if format_ != "mlx-community":
        with pytest.raises(FileNotFoundError):
            read_checkpoint(tmp_path)


def test_labels_are_there_before_the_weights(tiny_source: str) -> None:
    nlp = make_nlp(tiny_source)
    assert tagger(nlp).labels == OPENAI_LABELS
    assert textcat(nlp).labels == MULTITASK_CATEGORIES
    assert nlp.pipe_labels[FILTER] == list(OPENAI_LABELS)
    assert not tagger(nlp).network.is_loaded
    nlp(TEXTS[0])
    assert tagger(nlp).labels == OPENAI_LABELS


def test_nothing_is_known_of_what_cannot_be_read(tmp_path: Path) -> None:
    """Asking for labels says nothing; using them says what is wrong."""
    for source in ("nobody/nothing-of-this-name", str(tmp_path / "gone")):
        nlp = make_nlp(source)
        assert tagger(nlp).labels == ()
        with pytest.raises(FileNotFoundError):
            nlp("Some text.")
    write_checkpoint(tmp_path / "tags", make_checkpoint(heads="tags"))
    assert textcat(make_nlp(str(tmp_path / "tags"))).labels == ()


# --- Contradictions


def test_settings_through_load(tiny_source: str, tmp_path: Path) -> None:
    """What only one component knows goes to that one."""
    nlp = load(tiny_source, thresholds=1.0, window=None, **ALONE)
    assert nlp.pipe_names == [FILTER, TEXTCAT]
    assert [nlp(text)._.privacy_spans for text in TEXTS] == [()] * len(TEXTS)
    load(tiny_source, **ALONE).to_disk(tmp_path)
    assert load(tmp_path, thresholds=1.0)(TEXTS[0])._.privacy_spans == ()
    assert load(tmp_path)(TEXTS[0])._.privacy_spans
    with pytest.raises(ValueError, match="no setting wibble"):
        load(tmp_path, wibble="x")
