"""Exact spans in a document: sorted, one list a key, and kept by whatever keeps documents."""

from __future__ import annotations

import numpy as np
import spacy
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from spacy_privacy_filter.pipeline.annotations import (
    USER_DATA_KEY,
    get_privacy_spans,
    register_extensions,
    set_privacy_spans,
)
from spacy_privacy_filter.types import CharSpan

from ..helpers import TEXTS, make_nlp, outcome


def test_exact_spans_survive_docbin_and_bytes(tiny_source: str) -> None:
    nlp = make_nlp(tiny_source)
    docs = [nlp(text) for text in TEXTS]
    data = DocBin(docs=docs, store_user_data=True).to_bytes()
    blank = spacy.blank("en")
    for doc, stored in zip(docs, DocBin().from_bytes(data).get_docs(blank.vocab), strict=True):
        again = Doc(spacy.blank("en").vocab).from_bytes(doc.to_bytes())
        for other in (stored, again):
            assert outcome(other) == outcome(doc)
            assert type(other._.privacy_spans) is tuple


def test_each_component_has_a_list_of_its_own_and_all_are_read_sorted() -> None:
    register_extensions()
    doc = Doc(Vocab(), words=["Ada", "rang"])
    assert get_privacy_spans(doc) == doc._.privacy_spans == ()
    late, early = CharSpan(4, 8, "b", 0.5), CharSpan(0, 3, "a", 0.75)
    set_privacy_spans(doc, "one", [late])
    set_privacy_spans(doc, "two", [early])
    assert doc._.privacy_spans == (early, late)
    set_privacy_spans(doc, "one", [])
    assert doc._.privacy_spans == (early,)


def test_what_is_stored_is_plain() -> None:
    """So that numbers of numpy, which a network gives, can be written to a file."""
    doc = Doc(Vocab(), words=["Ada"])
    set_privacy_spans(doc, "one", [CharSpan(np.int64(0), np.int64(3), "a", np.float32(0.5))])  # type: ignore[arg-type]
    (stored,) = doc.user_data[USER_DATA_KEY]["one"]
    assert stored == [0, 3, "a", 0.5, "network"]
    assert [type(value) for value in stored] == [int, int, str, float, str]
