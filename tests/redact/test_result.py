"""The new text and the way back: offsets, mappings, and what is printed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from spacy_privacy_filter.redact.engine import redact
from spacy_privacy_filter.redact.policy import load_policy, method_policy
from spacy_privacy_filter.redact.result import TextMapping
from spacy_privacy_filter.types import CharSpan

from .helpers import KEY, find, texts_with_spans

PERSON = "private_person"


def covered(spans: list[CharSpan]) -> set[int]:
    return {i for span in spans for i in range(span.start_char, span.end_char)}


@settings(max_examples=100)
@given(case=texts_with_spans())
def test_offsets_lead_both_ways(case) -> None:
    text, spans = case
    done = redact(text, spans, method_policy("number"))
    gone = covered(spans)
    for i, char in enumerate(text):
        start, end = done.to_redacted(i, i + 1)
        if i not in gone:
            assert done.text[start:end] == char
            assert done.to_source(start, end) == (i, i + 1)
        else:
            (span,) = [s for s in done.spans if s.source_start_char <= i < s.source_end_char]
            assert (start, end) == (span.start_char, span.end_char)
            if start < end:
                assert done.to_source(start, end) == (span.source_start_char, span.source_end_char)
    assert done.to_redacted(0, len(text)) == (0, len(done.text))
    assert done.to_source(0, len(done.text)) == (0, len(text))
    with pytest.raises(ValueError, match="not in the text"):
        done.to_redacted(0, len(text) + 1)


def test_an_answer_with_a_placeholder_of_two_people_keeps_it() -> None:
    text = "Ada and Bob, 1 May"
    spans = find(text, {"Ada": PERSON, "Bob": PERSON, "1 May": "private_date"})
    done = redact(text, spans, load_policy("mask"))
    with pytest.warns(
        UserWarning, match="^1 replacement left as they are: each stands for"
    ) as told:
        assert done.mapping.restore("[PRIVATE_PERSON], on [PRIVATE_DATE]") == (
            "[PRIVATE_PERSON], on 1 May"
        )
    assert "Ada" not in str(told[0].message)
    assert done.mapping.restore(done.text) == text


def test_printing_shows_no_text() -> None:
    text = "Ada Lovelace"
    done = redact(text, [CharSpan(0, 12, PERSON)], method_policy("surrogate"), key=KEY)
    shown = f"{done!r} {done} {done.mapping!r} {done.spans!r}"
    assert "Ada" not in shown
    assert "Lovelace" not in shown
    assert repr(done) == "Redaction(1 spans: private_person: 1)"


@pytest.mark.parametrize(
    "values", [None, {}, {"version": 1}, {"version": 1, "digest": "", "items": [1], "names": {}}]
)
def test_what_is_no_mapping(values) -> None:
    with pytest.raises(ValueError, match="no mapping"):
        TextMapping.from_dict(values)


def test_a_mapping_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="version 2"):
        TextMapping.from_dict({"version": 2})
