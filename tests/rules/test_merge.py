"""How finds of rules are merged with what a model found."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.rules.merge import PREFERENCES, merge
from spacy_privacy_filter.types import CharSpan

SPANS = st.lists(
    st.builds(
        lambda start, length, label, score: CharSpan(start, start + length, label, score),
        st.integers(0, 20), st.integers(1, 8), st.sampled_from("xyz"),
        st.sampled_from([0.5, 0.9, 1.0]),
    ),
    max_size=5,
)  # fmt: skip


def chars(spans: list[CharSpan]) -> set[int]:
    return {i for span in spans for i in range(span.start_char, span.end_char)}


@given(SPANS, SPANS, SPANS, st.sampled_from(PREFERENCES))
def test_no_character_is_lost_or_won(rules, one, two, prefer) -> None:
    made, left = merge(rules, {"one": one, "two": two}, prefer)
    rest = [*left["one"], *left["two"]]
    assert chars([*made, *rest]) == chars([*rules, *one, *two])
    if prefer != "both":
        assert not chars(made) & chars(rest)
    shuffled = random.Random(0).sample(rules, len(rules))
    again, _ = merge(shuffled, {"one": one, "two": two}, prefer)
    assert chars(again) == chars(made)


@pytest.mark.parametrize(
    ("prefer", "label", "score"), [("rules", "r", 0.8), ("model", "m", 0.9), ("score", "m", 0.9)]
)
def test_who_names_a_span(prefer: str, label: str, score: float) -> None:
    rule, model, far = CharSpan(2, 6, "r", 0.8), CharSpan(4, 9, "m", 0.9), CharSpan(9, 11, "m")
    made, left = merge([rule], {"a": [model, far]}, prefer)
    assert made == [CharSpan(2, 9, label, score)]
    assert left == {"a": [far]}
    assert merge([rule], {"a": [model, far]}, "both") == ([rule], {"a": [model, far]})
