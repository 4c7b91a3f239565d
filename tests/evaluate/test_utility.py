"""What a text is still good for after redaction."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.corpus.details import Detail
from spacy_privacy_filter.evaluate.cases import Case, Found
from spacy_privacy_filter.evaluate.utility import (
    consistency_report,
    frontier,
    information,
    utility_report,
)
from spacy_privacy_filter.learning.gold import Gold
from spacy_privacy_filter.types import CharSpan

ANNA, BOB = (0, 7, "name"), (12, 15, "name")
TEXT = "Anna Ek met Bob in Oslo on 1 May 2020."


def spans(*found: tuple[int, int, str], score: float = 0.5) -> tuple[CharSpan, ...]:
    return tuple(CharSpan(*span, score) for span in found)


def test_words_that_need_not_have_gone() -> None:
    cases = [Case(TEXT, Gold((ANNA, BOB), ((19, 23),), frozenset({"name"})))]
    # "met in on 1 May 2020" are free; "met" is hidden by a false alarm, "2020" as another label
    report = utility_report(cases, [Found(spans(ANNA, (8, 11, "name"), (33, 37, "date")))])
    assert (report["words"], report["words_kept"]) == (6, 5 / 6)
    assert report["false_alarms"] == pytest.approx(1000 / 6)


def test_information_is_mutual_information() -> None:
    assert information("abab", "xyxy") == pytest.approx((4, 4))  # renamed: all there
    assert information("abab", "xxxx") == pytest.approx((4, 0))  # the same for all: nothing
    assert information("abcd", "xxyy") == pytest.approx((8, 4))  # one bit of two


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), min_size=1, max_size=20))
def test_information_is_never_more_than_there_is(pairs: list[tuple[str, str]]) -> None:
    names, values = [a for a, _ in pairs], [b for _, b in pairs]
    whole, part = information(names, values)
    assert -1e-9 <= part <= whole + 1e-9
    if all(len({b for a, b in pairs if a == name}) == 1 for name in set(names)):
        by_value = Counter(b for a, b in set(pairs))
        assert (part == pytest.approx(whole)) == (max(by_value.values()) == 1)


def test_operators_from_telling_all_to_telling_nothing() -> None:
    text = "Anna Ek met Bob Holm. Anna Ek left."
    gold = Gold(((0, 7, "name"), (12, 20, "name"), (22, 29, "name")))
    found = Found(spans(*gold.spans))
    points = frontier([Case(text, gold)], [found], ("keep", "number", "mask", "remove"))
    leaked = {name: point["leaked"] for name, point in points.items()}
    assert leaked == {"keep": 1, "number": 0, "mask": 0, "remove": 0}
    assert points["keep"]["information"] == points["number"]["information"] == 1
    assert points["mask"]["distinctions"] == points["remove"]["distinctions"] == 0
    assert points["remove"]["information"] == pytest.approx(2 / 5)  # "met" and "left"
    assert points["keep"]["length"] == 0 < points["remove"]["length"]


def test_words_kept_mean_the_same_in_both_tables() -> None:
    """Of labels that gold does not know, nobody can say; what is kept hides nothing."""
    text = "Anna Ek met us on Monday in Leeds."
    gold = Gold(((0, 7, "name"),), known=frozenset({"name"}))
    found = Found(spans((0, 7, "name"), (18, 24, "date"), (8, 11, "name")))
    points = frontier([Case(text, gold)], [found], ("keep", "mask"))
    assert points["keep"]["words_kept"] == points["keep"]["information"] == 1
    whole = utility_report([Case(text, gold)], [found])["words_kept"]
    assert points["mask"]["words_kept"] == whole == pytest.approx(5 / 6)


def test_pseudonyms_of_one_person_and_of_others() -> None:
    text = "Sarah Holm and Bob Ray. Sarah left, Mr Ray stayed."
    places = [(0, 10), (15, 22), (24, 29), (36, 42)]
    gold = Gold(tuple((start, end, "person") for start, end in places))
    details = tuple(Detail(None, name) for name in ("s", "b", "s", "b"))
    found = Found(spans(*gold.spans))
    report = consistency_report([Case(text, gold, details)], [found])
    assert (report["same"]["share"], report["same"]["n"]) == (1, 2)
    assert (report["apart"]["share"], report["apart"]["n"]) == (1, 1)
    wrong = tuple(Detail(None, name) for name in ("s", "b", "b", "s"))
    report = consistency_report([Case(text, gold, wrong)], [found])
    assert report["same"]["share"] == report["apart"]["share"] == 0
