"""Settings that contradict the weights, and what is known of weights before they are read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import spacy
from spacy.training import Example

from spacy_privacy_filter import load
from spacy_privacy_filter.checkpoints.registry import (
    FORMATS,
    open_checkpoint,
    read_checkpoint,
    write_checkpoint,
)
from spacy_privacy_filter.labels.tags import MULTITASK_CATEGORIES, OPENAI_LABELS

from ..checkpoints.helpers import make, write_mlx_community
from ..helpers import FILTER, TEXTCAT, TEXTS, make_checkpoint, make_nlp, outcomes, tagger, textcat

pytest.importorskip("torch")


# --- Labels before weights


@pytest.mark.parametrize("format_", FORMATS)
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


@pytest.fixture
def independent(tmp_path: Path) -> str:
    """Weights whose categories do not exclude each other."""
    write_checkpoint(tmp_path / "independent", replace(make_checkpoint(), exclusive=False))
    return str(tmp_path / "independent")


def test_exclusive_comes_with_the_weights(tiny_source: str, independent: str) -> None:
    for source, total in ((tiny_source, True), (independent, False)):
        doc = make_nlp(source, [TEXTCAT])(TEXTS[0])
        assert (abs(sum(doc.cats.values()) - 1) < 1e-5) is total
        nlp = spacy.blank("en")
        nlp.add_pipe(TEXTCAT, config={"source": source, "exclusive": total})
        assert nlp(TEXTS[0]).cats == doc.cats


@pytest.mark.parametrize("exclusive", [True, False])
def test_exclusive_against_the_weights(tiny_source: str, independent: str, exclusive: bool) -> None:
    nlp = spacy.blank("en")
    source = independent if exclusive else tiny_source
    nlp.add_pipe(TEXTCAT, config={"source": source, "exclusive": exclusive})
    for _ in range(2):
        with pytest.raises(ValueError, match=f"exclusive = {exclusive}, but"):
            nlp(TEXTS[0])


def test_training_may_use_the_same_categories_otherwise(tiny_source: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(TEXTCAT, config={"source": tiny_source, "exclusive": False})
    doc = nlp.make_doc(TEXTS[0])
    doc.cats = dict.fromkeys(MULTITASK_CATEGORIES, 0.0)
    nlp.initialize(lambda: [Example(nlp.make_doc(TEXTS[0]), doc)])
    total = sum(nlp(TEXTS[0]).cats.values())
    assert abs(total - 1) > 1e-3


@pytest.mark.parametrize("name", [FILTER, TEXTCAT])
def test_more_trainable_layers_than_there_are(tiny_source: str, name: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(name, config={"source": tiny_source, "trainable_layers": 3})
    with pytest.raises(ValueError, match=r"trainable_layers of .* is 3, but .* has 2 layers"):
        nlp(TEXTS[0])
    nlp = spacy.blank("en")
    nlp.add_pipe(name, config={"source": tiny_source, "trainable_layers": 2})
    assert nlp(TEXTS[0])


@pytest.mark.parametrize("device", ["meta", "meta:0"])
def test_a_device_without_numbers(tiny_source: str, device: str) -> None:
    with pytest.raises(ValueError, match="holds shapes and no numbers"):
        spacy.blank("en").add_pipe(FILTER, config={"source": tiny_source, "device": device})


def test_settings_through_load(tiny_source: str, tmp_path: Path) -> None:
    """What only one component knows goes to that one."""
    nlp = load(tiny_source, thresholds=1.0, window=None)
    assert nlp.pipe_names == [FILTER, TEXTCAT]
    assert [nlp(text)._.privacy_spans for text in TEXTS] == [()] * len(TEXTS)
    load(tiny_source).to_disk(tmp_path)
    assert load(tmp_path, thresholds=1.0)(TEXTS[0])._.privacy_spans == ()
    assert load(tmp_path)(TEXTS[0])._.privacy_spans
    with pytest.raises(ValueError, match="no setting wibble"):
        load(tmp_path, wibble="x")


# --- The shipped network by name


def test_the_shipped_network_beside_another(tiny_source: str) -> None:
    nlp = make_nlp(tiny_source, [FILTER])
    config = {"source": "shipped", "spans_key": "other"}
    nlp.add_pipe(FILTER, name="second", config=config)
    second = nlp.get_pipe("second")
    assert second.network is not tagger(nlp).network  # type: ignore[attr-defined]
    ours, alone = nlp(TEXTS[0]), load()(TEXTS[0])
    assert alone.spans[FILTER]
    for key, expected in (("other", alone.spans[FILTER]),):
        found = [(span.start_char, span.end_char, span.label_) for span in ours.spans[key]]
        assert found == [(span.start_char, span.end_char, span.label_) for span in expected]


def test_the_shipped_network_is_shared_under_either_name() -> None:
    for first, then in ((None, "shipped"), ("shipped", None), ("shipped", "shipped")):
        nlp = spacy.blank("en")
        nlp.add_pipe(FILTER, config={"source": first})
        nlp.add_pipe(TEXTCAT, config={"source": then})
        assert tagger(nlp).network is textcat(nlp).network


# --- What is stored


def test_bytes_are_as_small_as_the_files(tmp_path: Path) -> None:
    checkpoint = make_checkpoint(width=64)
    write_checkpoint(tmp_path / "q", checkpoint, quantize={"embedding.weight": 8})
    write_checkpoint(tmp_path / "bf16", replace(checkpoint, categories=None, tensors={
        name: tensor for name, tensor in checkpoint.tensors.items() if "category" not in name
    }), "huggingface")  # fmt: skip
    for name, components in (("q", [FILTER, TEXTCAT]), ("bf16", [FILTER])):
        nlp = make_nlp(str(tmp_path / name), components)
        expected = outcomes(nlp)
        data = nlp.to_bytes()
        size = (tmp_path / name / "model.safetensors").stat().st_size
        # spaCy asks each component by itself, and cannot be told that they share.
        assert len(data) < 1.05 * len(components) * size + 300_000
        again = make_nlp(str(tmp_path / name), components).from_bytes(data)
        assert outcomes(again) == expected
        if len(components) == 2:
            assert tagger(again).network is textcat(again).network
        nlp.to_disk(tmp_path / "saved")
        files = (tmp_path / "saved").rglob("*.safetensors")
        assert sum(path.stat().st_size for path in files) < 1.05 * size


@pytest.mark.parametrize("left_out", [FILTER, TEXTCAT])
def test_a_component_left_out_of_a_saved_pipeline(
    tiny_source: str, tmp_path: Path, left_out: str
) -> None:
    nlp = make_nlp(tiny_source)
    expected = nlp(TEXTS[0])
    nlp.to_disk(tmp_path, exclude=[left_out])
    with pytest.raises(FileNotFoundError, match=rf"exclude=\['{left_out}'\]"):
        spacy.load(tmp_path)
    doc = spacy.load(tmp_path, exclude=[left_out])(TEXTS[0])
    if left_out == FILTER:
        assert doc.cats == pytest.approx(expected.cats, abs=1e-6)
        assert doc.spans.get(FILTER) is None
    else:
        assert doc._.privacy_spans == expected._.privacy_spans
        assert not doc.cats
