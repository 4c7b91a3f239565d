"""Masking: no character of a span is left, every other character is, whatever the spans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.redact.mask import mask
from spacy_privacy_filter.types import CharSpan

PERSON, EMAIL = "private_person", "private_email"


@pytest.mark.parametrize(
    ("text", "spans", "masked"),
    [
        ("", [], ""),
        ("no one", [], "no one"),
        ("Ada met Bob", [(0, 3, PERSON), (8, 11, PERSON)], "[PRIVATE_PERSON] met [PRIVATE_PERSON]"),
        ("Ada met Bob", [(8, 11, EMAIL), (0, 3, PERSON)], "[PRIVATE_PERSON] met [PRIVATE_EMAIL]"),
        ("AdaBob", [(0, 3, PERSON), (3, 6, EMAIL)], "[PRIVATE_PERSON][PRIVATE_EMAIL]"),
        ("a👩‍👧b", [(1, 4, PERSON)], "a[PRIVATE_PERSON]b"),
        ("{x}", [(1, 2, PERSON)], "{[PRIVATE_PERSON]}"),
        # overlapping: one placeholder, of the longest
        ("0123456789", [(1, 4, EMAIL), (3, 9, PERSON)], "0[PRIVATE_PERSON]9"),
        ("0123456789", [(1, 9, EMAIL), (3, 5, PERSON)], "0[PRIVATE_EMAIL]9"),
        ("0123456789", [(1, 4, EMAIL), (3, 6, PERSON), (5, 9, PERSON)], "0[PRIVATE_PERSON]9"),
        ("0123456789", [(2, 5, PERSON), (2, 5, EMAIL)], "01[PRIVATE_EMAIL]56789"),
    ],
)
def test_mask(text: str, spans: list[tuple[int, int, str]], masked: str) -> None:
    assert mask(text, [CharSpan(*span) for span in spans]) == masked


def test_placeholder_is_the_callers() -> None:
    assert mask("I am Ada.", [CharSpan(5, 8, PERSON)], "<{label}> {0}") == (
        "I am <PRIVATE_PERSON> {0}."
    )
    assert mask("I am Ada.", [CharSpan(5, 8, PERSON)], "***") == "I am ***."


@pytest.mark.parametrize("span", [(-1, 2), (0, 0), (3, 2), (2, 7), (6, 8)])
def test_a_span_outside_the_text_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="the text has 6") as caught:
        mask("QWERTY", [CharSpan(*span, PERSON)])
    assert "QWERTY" not in str(caught.value)


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[CharSpan]]:
    text = draw(st.text(alphabet="abc é\n😀́", min_size=1, max_size=40))
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    pairs = draw(st.lists(ends.filter(lambda p: p[0] < p[1]), max_size=8))
    labels = st.sampled_from([PERSON, EMAIL, "secret"])
    return text, [CharSpan(start, end, draw(labels)) for start, end in pairs]


@given(texts_with_spans())
def test_exactly_the_characters_outside_every_span_stay(case: tuple[str, list[CharSpan]]) -> None:
    text, spans = case
    covered = {i for span in spans for i in range(span.start_char, span.end_char)}
    kept = "".join(char for i, char in enumerate(text) if i not in covered)
    assert mask(text, spans, "") == kept
    assert mask(text, spans, "\0").replace("\0", "") == kept
