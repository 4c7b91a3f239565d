"""What both components do alike: batches by size, errors of a batch, layers and labels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

from spacy_privacy_filter.pipeline.base import batch_by_size

from ..helpers import (
    FILTER,
    TEXTCAT,
    TEXTS,
    from_config,
    make_nlp,
    tagger,
    textcat,
)


def test_a_batch_ends_when_it_holds_enough_text(tiny_source: str) -> None:
    nlp = make_nlp(tiny_source, [FILTER])
    pipe: Any = nlp.get_pipe(FILTER)
    pipe.network.configure(batch_pieces=100)
    taken = []

    def docs() -> Iterator[Doc]:
        for i in range(20):
            taken.append(i)
            # One token without a space; 100 pieces or more.
            yield Doc(nlp.vocab, words=["abc12" * 100])

    next(iter(pipe.pipe(docs(), batch_size=1000)))
    assert len(taken) == 1


def test_the_error_handler_gets_what_failed(
    tiny_source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    nlp = make_nlp(tiny_source)
    pipe: Any = nlp.get_pipe(FILTER)
    predict, failed = pipe.predict, []

    def fragile(docs: list[Doc]) -> Any:
        if any(doc.text == "Bad." for doc in docs):
            raise ValueError("broken")
        return predict(docs)

    def note(name: str, proc: Any, docs: list[Doc], error: Exception) -> None:
        failed.append((name, [doc.text for doc in docs], type(error)))

    monkeypatch.setattr(pipe, "predict", fragile)
    with pytest.raises(ValueError, match="broken"):
        list(nlp.pipe(["Fine.", "Bad.", "Good."]))
    nlp.set_error_handler(note)
    done = list(nlp.pipe(["Fine.", "Bad.", "Good."], batch_size=1))
    assert [doc.text for doc in done] == ["Fine.", "Good."]
    assert failed == [(FILTER, ["Bad."], ValueError)]


@pytest.mark.parametrize("name", [FILTER, TEXTCAT])
def test_more_trainable_layers_than_there_are(tiny_source: str, name: str) -> None:
    message = r"trainable_layers of .* is 3, but .* has 2 layers"
    settings = {"source": tiny_source, "trainable_layers": 3}
    with pytest.raises(ValueError, match=message):
        spacy.blank("en").add_pipe(name, config=settings)
    nlp = from_config(settings, name)
    with pytest.raises(ValueError, match=message):
        nlp(TEXTS[0])
    nlp = spacy.blank("en")
    nlp.add_pipe(name, config={"source": tiny_source, "trainable_layers": 2})
    assert nlp(TEXTS[0])


@pytest.mark.parametrize("label", ["", 7, None])
def test_a_label_is_a_name(label: Any, tiny_source: str) -> None:
    for pipe in (tagger(make_nlp(tiny_source)), textcat(make_nlp(tiny_source))):
        with pytest.raises(ValueError, match="E187"):
            pipe.add_label(label)


def test_batches_are_whole_in_order_and_end_at_either_limit() -> None:
    docs = [Doc(Vocab(), words=["a"] * n) for n in (1, 1, 1, 5, 0, 2)]
    sizes = [[len(doc) for doc in batch] for batch in batch_by_size(docs, max_docs=2, max_tokens=5)]
    assert sizes == [[1, 1], [1, 5], [0, 2]]
    assert [doc for batch in batch_by_size(docs, max_docs=9, max_tokens=3) for doc in batch] == docs
    assert list(batch_by_size([], max_docs=2, max_tokens=5)) == []
