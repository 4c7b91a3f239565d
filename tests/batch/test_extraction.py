"""Spans as plain values: in our own form, and in that of openai/privacy-filter."""

from __future__ import annotations

import json

from spacy_privacy_filter.batch.extraction import SCHEMAS, list_spans, list_spans_as_opf
from spacy_privacy_filter.types import CharSpan

TEXT = "é Ada"
SPANS = [CharSpan(2, 5, "private_person", 0.12345678)]


def test_our_own_form() -> None:
    span = {"start": 2, "end": 5, "label": "private_person", "score": 0.123457}
    assert list_spans(TEXT, SPANS)["spans"] == [span | {"text": "Ada"}]
    assert list_spans(TEXT, SPANS, with_text=False) == {"version": 1, "n_chars": 5, "spans": [span]}
    assert list_spans("", []) == {"version": 1, "n_chars": 0, "spans": []}


def test_the_form_of_opf() -> None:
    values = list_spans_as_opf(TEXT, SPANS)
    assert values["redacted_text"] == "é <PRIVATE_PERSON>"
    assert values["summary"]["by_label"] == {"private_person": 1}
    assert values["detected_spans"][0]["placeholder"] == "<PRIVATE_PERSON>"


def test_json_has_all_of_it() -> None:
    for write in SCHEMAS.values():
        assert json.loads(json.dumps(write(TEXT, SPANS))) == write(TEXT, SPANS)
