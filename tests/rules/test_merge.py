"""How finds of rules are merged with what a model found."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.rules.merge import PREFERENCES, join, merge
from spacy_privacy_filter.types import CharSpan

from ..helpers import assert_grows_linearly

LABELS = ("private_phone", "account_number", "secret", "private_url", "job")
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


def spans_of(source: str) -> st.SearchStrategy[list[CharSpan]]:
    return st.lists(
        st.builds(
            lambda start, length, label, score: CharSpan(
                start, start + length, label, score, source
            ),
            st.integers(0, 30), st.integers(1, 9), st.sampled_from(LABELS),
            st.sampled_from([0.5, 0.95, 1.0]),
        ),
        max_size=6,
    )  # fmt: skip


def disjoint(spans: list[CharSpan]) -> list[CharSpan]:
    kept: list[CharSpan] = []
    for span in sorted(spans):
        if not kept or span.start_char >= kept[-1].end_char:
            kept.append(span)
    return kept


@given(spans_of("rule:x"), spans_of("network"))
def test_spans_of_any_kinds_become_disjoint_and_hide_the_same(rules, found) -> None:
    models = disjoint(found)
    joined = join(rules, models)
    assert chars(joined) == chars([*rules, *models])
    assert joined == disjoint(joined)
    assert join(joined, []) == joined
    assert chars(join(rules[::-1], models[::-1])) == chars(joined)
    for span in models:
        if not chars([span]) & chars(rules):
            assert span in joined


@given(spans_of("rule:x"), spans_of("network"), spans_of("network"), st.sampled_from(PREFERENCES))
def test_no_character_of_any_kind_is_lost(rules, one, two, prefer) -> None:
    made, left = merge(rules, {"one": one, "two": two}, prefer)
    rest = [*left["one"], *left["two"]]
    assert chars([*made, *rest]) == chars([*rules, *one, *two])
    if prefer != "both":
        assert not chars(made) & chars(rest)


def rule(start: int, end: int, label: str, score: float = 0.95) -> CharSpan:
    return CharSpan(start, end, label, score, "rule:x")


PHONE, ACCOUNT, URL, PERSON = "private_phone", "account_number", "private_url", "private_person"


@pytest.mark.parametrize(
    ("of_rule", "of_model", "wanted"),
    [
        # A model's account stays one, though ten digits in it may be a phone; a checksum knows.
        (rule(0, 10, PHONE), (0, 10, ACCOUNT), [(0, 10, ACCOUNT)]),
        (rule(2, 10, PHONE), (0, 10, ACCOUNT), [(0, 10, ACCOUNT)]),
        (rule(0, 16, ACCOUNT, 1.0), (0, 16, PHONE), [(0, 16, ACCOUNT)]),
        (rule(1, 17, ACCOUNT, 1.0), (0, 17, PHONE), [(0, 17, ACCOUNT)]),
        (rule(30, 46, ACCOUNT, 1.0), (0, 60, "private_address"), [(0, 60, "private_address")]),
        # What is longer around what is shorter
        (rule(0, 20, "private_email"), (0, 7, PERSON), [(0, 20, "private_email")]),
        (rule(4, 9, PHONE), (0, 20, URL), [(0, 20, URL)]),
        # Parts: the one that knows more stays whole
        (rule(0, 20, URL), (15, 30, PERSON), [(0, 20, URL), (20, 30, PERSON)]),
        (rule(0, 10, URL), (5, 30, PERSON), [(0, 5, URL), (5, 30, PERSON)]),
        (rule(0, 10, ACCOUNT, 1.0), (5, 30, PHONE), [(0, 10, ACCOUNT), (10, 30, PHONE)]),
        (rule(0, 10, "secret"), (5, 30, PERSON), [(0, 10, "secret"), (10, 30, PERSON)]),
        (rule(5, 30, URL), (0, 10, "secret"), [(0, 10, "secret"), (10, 30, URL)]),
        # One kind
        (rule(0, 10, PHONE), (5, 15, PHONE), [(0, 15, PHONE)]),
        (rule(0, 10, PHONE), (5, 15, "fax"), [(0, 15, "fax")]),
        # A secret
        (rule(0, 9, "secret"), (0, 9, ACCOUNT), [(0, 9, "secret")]),
        (rule(3, 6, "secret"), (0, 9, ACCOUNT), [(0, 9, "secret")]),
        (rule(0, 9, URL), (0, 9, "secret"), [(0, 9, "secret")]),
        (rule(0, 30, URL), (20, 28, "secret"), [(0, 30, URL)]),
        (rule(0, 9, ACCOUNT, 1.0), (0, 9, "api_key"), [(0, 9, "api_key")]),
        # Beside each other
        (rule(0, 9, PHONE), (9, 12, PHONE), [(0, 9, PHONE), (9, 12, PHONE)]),
    ],
)
def test_what_two_spans_become(of_rule, of_model, wanted) -> None:
    joined = join([of_rule], [CharSpan(*of_model, score=0.8)])
    assert [span[:3] for span in joined] == wanted
    made, left = merge([of_rule], {"m": [CharSpan(*of_model, score=0.8)]}, "rules")
    if "fax" not in of_model:  # there, the rule's word is preferred
        assert sorted(span[:3] for span in [*made, *left["m"]]) == wanted


def test_a_rest_without_a_letter_or_digit_is_left_out() -> None:
    found = join([rule(0, 9, URL)], [CharSpan(8, 11, PERSON)], "://a.b/xyz")
    assert found == join([rule(0, 9, URL)], [CharSpan(8, 11, PERSON)], "://a.b/xyz  ")
    text = "see a.example/x)) now"
    spans = join([rule(4, 15, URL)], [CharSpan(14, 17, PERSON)], text)
    assert [span[:3] for span in spans] == [(4, 15, URL)]
    assert len(join([rule(4, 15, URL)], [CharSpan(14, 17, PERSON)])) == 2


def test_why_it_was_found_is_that_of_the_one_that_names_it() -> None:
    (span,) = join([rule(0, 9, ACCOUNT, 1.0)], [CharSpan(0, 9, PHONE, 0.6)])
    assert span == CharSpan(0, 9, ACCOUNT, 1.0, "rule:x")
    (span,) = join([rule(0, 9, PHONE)], [CharSpan(0, 9, PHONE, 0.6)])
    assert span == CharSpan(0, 9, PHONE, 0.95, "network")


def test_many_spans_take_no_long() -> None:
    def many(n: int) -> list[CharSpan]:
        rules = [rule(4 * i, 4 * i + 3, URL) for i in range(n)]
        return join(rules, [CharSpan(4 * i + 2, 4 * i + 6, PERSON) for i in range(n)])

    assert_grows_linearly(many, 200)
