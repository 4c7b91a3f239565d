"""What gold can judge of what was found."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.corpus.details import Detail
from spacy_privacy_filter.evaluate.cases import Case, can_judge, judged
from spacy_privacy_filter.learning.gold import Gold
from spacy_privacy_filter.types import CharSpan

CASE = Case("Ada met Bob in Oslo", Gold(((0, 3, "name"),), ((8, 11),), frozenset({"name"})))


def test_what_gold_says_nothing_of_is_left_out() -> None:
    right, wrong = CharSpan(0, 3, "name", 0.5), CharSpan(4, 7, "name", 0.5)
    ignored, other = CharSpan(7, 9, "name", 0.5), CharSpan(15, 19, "place", 0.5)
    assert judged(CASE, [other, ignored, wrong, right]) == [right, wrong]
    gold = CASE.gold
    assert gold is not None
    assert [can_judge(gold, span) for span in (wrong, ignored, other)] == [True, False, False]
    assert judged(Case("Ada"), [right]) == []


def test_the_same_span_of_two_components_counts_once() -> None:
    low, high = CharSpan(0, 3, "name", 0.2), CharSpan(0, 3, "name", 0.9)
    assert judged(CASE, [low, high]) == judged(CASE, [high, low]) == [high]


def test_one_detail_a_span() -> None:
    assert CASE.detail(0) == Detail()
    with pytest.raises(ValueError, match="There are 1 spans, but details of 2"):
        Case(CASE.text, CASE.gold, (Detail(), Detail()))
    assert "Ada" not in repr(CASE)
