"""Encoders by transformers: the same logits as its own, whatever is padded, packed or cut."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy

from spacy_privacy_filter import load
from spacy_privacy_filter.text.windows import pack, share

from .models import (
    CATEGORIES,
    LIMIT,
    TAGS,
    TEXTS,
    TYPES,
    transformers_logits,
    write_model,
)

WRITTEN = (
    "Dear Anna Lovelace,",
    "the patient was seen in Paris.",
    "",
    "Call 0123, ask for Dr. Müller.",
    "Zoë 👩‍👧 田中 ｆｕｌ",
)
LONG = "Dear Anna Lovelace, the patient was seen by the doctor in Paris. " * 12
CLOSE = 1e-5


def network_of(nlp: Any) -> Any:
    return nlp.get_pipe(nlp.pipe_names[0]).network


@pytest.mark.parametrize("kind", TYPES)
def test_logits_of_a_batch_are_those_of_transformers(tmp_path: Path, kind: str) -> None:
    model = write_model(tmp_path, kind)
    nlp = load(tmp_path)
    pipe: Any = nlp.get_pipe("privacy_filter")
    assert pipe.tags.names == TAGS
    network = pipe.network
    docs = [nlp.make_doc(text) for text in WRITTEN]
    around = network.tokenizer.around
    outputs = network.run(docs, pipe.head)
    assert max(len(output.pieces) for output in outputs) + 2 <= LIMIT
    for output in outputs:
        if len(output.pieces):
            expected = transformers_logits(model, output.pieces.ids, around)
            np.testing.assert_allclose(output.logits, expected, atol=CLOSE)
        assert output.logits.shape == (len(output.pieces), len(TAGS))


@pytest.mark.parametrize("kind", TYPES)
def test_logits_of_windows_are_those_of_transformers(tmp_path: Path, kind: str) -> None:
    model = write_model(tmp_path, kind)
    nlp = load(tmp_path)
    pipe: Any = nlp.get_pipe("privacy_filter")
    network = pipe.network
    (output,) = network.run([nlp.make_doc(LONG)], pipe.head)
    ids, tokenizer = output.pieces.ids, network.tokenizer
    core, context = share(network.settings.window, network.config.max_pieces)
    assert core + 2 * context == LIMIT - 2
    words = [tokenizer.starts_word(ids)]
    seen = np.zeros(len(ids), int)
    for batch in pack([ids], core=core, context=context, max_rows=10**6, word_starts=words):
        for window in batch.windows:
            read = slice(window.start_piece, window.end_piece)
            assert window.end_piece - window.start_piece <= LIMIT - 2
            logits = transformers_logits(model, ids[read], tokenizer.around)
            kept = slice(window.core_start_piece, window.core_end_piece)
            inner = slice(kept.start - read.start, kept.stop - read.start)
            np.testing.assert_allclose(output.logits[kept], logits[inner], atol=CLOSE)
            seen[kept] += 1
    assert (seen == 1).all()
    assert len(batch.windows) > 3


@pytest.mark.parametrize("kind", TYPES)
def test_categories_are_those_of_transformers(tmp_path: Path, kind: str) -> None:
    model = write_model(tmp_path, kind, TEXTS)
    nlp = load(tmp_path)
    assert nlp.pipe_names == ["privacy_filter_textcat"]
    network = network_of(nlp)
    for text in filter(None, WRITTEN):
        ids = network.tokenizer.encode(text).ids
        logits = transformers_logits(model, ids, network.tokenizer.around).astype(np.float64)
        expected = np.exp(logits) / np.exp(logits).sum()
        cats = nlp(text).cats
        assert list(cats) == list(CATEGORIES)
        np.testing.assert_allclose(list(cats.values()), expected, atol=CLOSE)
    assert sum(nlp(LONG).cats.values()) == pytest.approx(1)


def test_several_categories_at_once(tmp_path: Path) -> None:
    model = write_model(tmp_path, "bert", TEXTS, problem_type="multi_label_classification")
    nlp = load(tmp_path)
    network = network_of(nlp)
    ids = network.tokenizer.encode(WRITTEN[0]).ids
    logits = transformers_logits(model, ids, network.tokenizer.around)
    found = list(nlp(WRITTEN[0]).cats.values())
    np.testing.assert_allclose(found, 1 / (1 + np.exp(-logits)), atol=CLOSE)


def test_batches_and_settings_of_batches_change_nothing(tmp_path: Path) -> None:
    write_model(tmp_path, "xlm-roberta")
    texts = [*WRITTEN, LONG]
    found = []
    for settings in ({}, {"batch_pieces": 1}, {"batch_pieces": 10**6}):
        nlp = load(tmp_path, **settings)
        pipe: Any = nlp.get_pipe("privacy_filter")
        docs = [nlp.make_doc(text) for text in texts]
        found.append([out.logits for out in pipe.network.run(docs, pipe.head)])
    for others in found[1:]:
        for one, other in zip(found[0], others, strict=True):
            np.testing.assert_allclose(one, other, atol=CLOSE)


def test_bfloat16_is_near(tmp_path: Path) -> None:
    write_model(tmp_path, "bert")
    logits = []
    for dtype in ("float32", "bfloat16"):
        nlp = load(tmp_path, dtype=dtype)
        pipe: Any = nlp.get_pipe("privacy_filter")
        (output,) = pipe.network.run([nlp.make_doc(WRITTEN[0])], pipe.head)
        logits.append(output.logits)
    assert 0 < np.abs(logits[0] - logits[1]).max() < 0.2


def test_half_weights_are_read(tmp_path: Path) -> None:
    import torch

    model = write_model(tmp_path, "roberta")
    model.to(torch.bfloat16).save_pretrained(tmp_path)
    nlp = load(tmp_path)
    pipe: Any = nlp.get_pipe("privacy_filter")
    (output,) = pipe.network.run([nlp.make_doc(WRITTEN[1])], pipe.head)
    expected = transformers_logits(model.float(), output.pieces.ids, pipe.network.tokenizer.around)
    np.testing.assert_allclose(output.logits, expected, atol=CLOSE)


def test_a_component_of_ours_learns_beside_it(tmp_path: Path) -> None:
    """Both heads on one encoder read a text once; the mean of its pieces is there for the other."""
    write_model(tmp_path, "bert")
    nlp = spacy.blank("en")
    nlp.add_pipe("privacy_filter", config={"source": str(tmp_path)})
    nlp.add_pipe("privacy_filter_textcat")
    tagger: Any = nlp.get_pipe("privacy_filter")
    other: Any = nlp.get_pipe("privacy_filter_textcat")
    assert tagger.network is other.network
    with pytest.raises(ValueError, match="no category head"):
        nlp(WRITTEN[0])
