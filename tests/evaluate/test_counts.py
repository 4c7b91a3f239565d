"""Counts of one text, by hand and against slow loops over characters."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.evaluate.cases import Case
from spacy_privacy_filter.evaluate.counts import (
    BOUNDARY,
    CHARS,
    PARTIAL,
    STRICT,
    Counts,
    count_all,
    match,
    scores,
    total,
)
from spacy_privacy_filter.learning.gold import Gold
from spacy_privacy_filter.types import CharSpan

TEXT = "Anna Ek met Bob in Oslo on 1 May 2020."
ANNA, BOB, OSLO = (0, 7, "name"), (12, 15, "name"), (19, 23, "place")


def spans(*found: tuple[int, int, str], score: float = 0.5) -> tuple[CharSpan, ...]:
    return tuple(CharSpan(*span, score) for span in found)


def sums(case: Case, *found: tuple[int, int, str]) -> dict[str, Counts]:
    return {name: total(own) for name, own in count_all(case, spans(*found)).items()}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (
            (ANNA, BOB),
            {STRICT: (2, 2, 2), BOUNDARY: (2, 2, 2), PARTIAL: (2, 2, 2), CHARS: (10, 10, 10)},
        ),
        ((), {STRICT: (0, 0, 2), BOUNDARY: (0, 0, 2), PARTIAL: (0, 0, 2), CHARS: (0, 0, 10)}),
        # the right characters, another label: only the boundary is right
        (
            ((0, 7, "place"), BOB),
            {STRICT: (1, 2, 2), BOUNDARY: (2, 2, 2), PARTIAL: (1, 2, 2), CHARS: (3, 10, 10)},
        ),
        # half a name
        (
            ((0, 4, "name"), BOB),
            {STRICT: (1, 2, 2), BOUNDARY: (1, 2, 2), PARTIAL: (1 + 4 / 7, 2, 2), CHARS: (7, 7, 10)},
        ),
    ],
)  # fmt: skip
def test_measures(found: tuple[tuple[int, int, str], ...], expected: dict[str, Counts]) -> None:
    case = Case(TEXT, Gold((ANNA, BOB)))
    made = sums(case, *found)
    for name, counts in expected.items():
        assert made[name] == pytest.approx(counts), name


def test_what_gold_cannot_judge_is_in_no_measure() -> None:
    gold = Gold((ANNA,), ((12, 15),), frozenset({"name"}))
    made = sums(Case(TEXT, gold), ANNA, OSLO, (11, 14, "name"))
    assert made == {STRICT: (1, 1, 1), BOUNDARY: (1, 1, 1), PARTIAL: (1, 1, 1), CHARS: (7, 7, 7)}


def test_without_gold_nothing_is_counted() -> None:
    assert count_all(Case(TEXT), spans(ANNA)) == {}


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_scores_are_what_their_names_say(tp: int, fp: int, fn: int) -> None:
    found = scores(tp, tp + fp, tp + fn)
    p, r = found["p"], found["r"]
    assert p == (None if tp + fp == 0 else tp / (tp + fp))
    assert r == (None if tp + fn == 0 else tp / (tp + fn))
    if p and r:
        assert found["f"] == pytest.approx(2 * p * r / (p + r))
        assert found["f2"] == pytest.approx(5 * p * r / (4 * p + r))
    elif tp + fp + fn:
        assert found["f"] == found["f2"] == 0
    else:
        assert found["f"] is None


@st.composite
def stretches(draw: st.DrawFn) -> list[tuple[int, int]]:
    edges = sorted(draw(st.sets(st.integers(0, 30), max_size=8)))
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)]


@given(stretches(), stretches())
def test_pairs_use_each_stretch_once_and_are_nearly_the_best(
    gold: list[tuple[int, int]], found: list[tuple[int, int]]
) -> None:
    def iou(a: tuple[int, int], b: tuple[int, int]) -> float:
        one, other = set(range(*a)), set(range(*b))
        return len(one & other) / len(one | other)

    few, many = sorted((gold, found), key=len)
    best = max(
        sum(iou(a, b) for a, b in zip(few, chosen, strict=True))
        for chosen in permutations(many, len(few))
    )
    assert best / 2 <= sum(match(gold, found)) <= best + 1e-9


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8), st.sampled_from("ab")), max_size=5),
    stretches(),
)
def test_characters_against_a_slow_count(
    items: list[tuple[int, int, str]], places: list[tuple[int, int]]
) -> None:
    gold = tuple((start, end, "ab"[i % 2]) for i, (start, end) in enumerate(places))
    found = [CharSpan(start, min(38, start + n), label) for start, n, label in items]
    made = count_all(Case(TEXT, Gold(gold)), found)[CHARS]
    own = {(i, label) for start, end, label in gold for i in range(start, end)}
    ours = {(i, s.label) for s in found for i in range(s.start_char, s.end_char)}
    for label in "ab":
        expected = [sum(pair[1] == label for pair in pairs) for pairs in (own & ours, ours, own)]
        assert list(made.get(label, Counts())) == expected
