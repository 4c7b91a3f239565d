"""Spans that share characters are joined, whatever their order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.redact.overlaps import join_overlaps
from spacy_privacy_filter.types import CharSpan

PERSON, EMAIL = "private_person", "private_email"


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[CharSpan]]:
    text = draw(st.text(alphabet="abc é\n😀́", min_size=1, max_size=40))
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    pairs = draw(st.lists(ends.filter(lambda p: p[0] < p[1]), max_size=8))
    labels = st.sampled_from([PERSON, EMAIL, "secret"])
    return text, [CharSpan(start, end, draw(labels)) for start, end in pairs]


@given(texts_with_spans())
def test_joined_stretches_cover_the_spans_and_stand_apart(case: tuple[str, list[CharSpan]]) -> None:
    text, spans = case
    stretches = join_overlaps(spans, len(text))
    covered = {i for span in spans for i in range(span.start_char, span.end_char)}
    owners = [i for stretch in stretches for i in range(stretch.start_char, stretch.end_char)]
    assert owners == sorted(covered), "each covered character belongs to one stretch"
    assert {stretch.label for stretch in stretches} <= {span.label for span in spans}
    assert join_overlaps(spans[::-1], len(text)) == stretches
