"""Counts of one text, by hand and against slow loops over characters."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.corpus.details import Detail
from spacy_privacy_filter.evaluate.cases import Case, Found
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
from spacy_privacy_filter.evaluate.leaks import leak_report, leaks_of
from spacy_privacy_filter.evaluate.utility import (
    consistency_report,
    frontier,
    information,
    utility_report,
)
from spacy_privacy_filter.learning.losses import Gold
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


# --- Leaks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "leaked", "lengths"),
    [
        ((ANNA,), False, []),
        (((0, 7, "place"),), False, []),  # another label hides as well
        (((0, 4, "name"), (5, 7, "name")), False, []),  # the space between tells nothing
        (((0, 5, "name"),), True, [2]),
        (((4, 5, "name"),), True, [4, 2]),
        ((), True, [7]),
    ],
)
def test_a_letter_that_stays_is_a_leak(
    found: tuple[tuple[int, int, str], ...], leaked: bool, lengths: list[int]
) -> None:
    case = Case(TEXT, Gold((ANNA,)), (Detail("direct"),))
    assert leaks_of(case, Found(spans(*found))) == [("direct", leaked, lengths)]


def test_leaks_by_document_subject_entity_and_identifier() -> None:
    def case(subject: str | None, kinds: tuple[str | None, str | None]) -> Case:
        details = (Detail(kinds[0], "e1"), Detail(kinds[1], "e1"))
        return Case(TEXT, Gold((ANNA, BOB)), details, subject)

    cases = [
        case("s", ("direct", "quasi")),
        case("s", ("direct", "quasi")),
        case(None, ("quasi", None)),
        Case(TEXT, Gold(())),  # nothing there that could leak
        Case(TEXT),
    ]
    found = [Found(spans(ANNA)), Found(spans(ANNA, BOB)), Found(spans(ANNA, BOB)), Found(), Found()]
    report = leak_report(cases, found)
    rates = report["rates"]
    figures = {
        (kind, what): (own["leaked"], own["n"])
        for kind, rows in rates.items()
        for what, own in rows.items()
    }
    assert figures == {
        ("all", "spans"): (1, 6),
        ("all", "documents"): (1, 3),
        ("all", "subjects"): (1, 2),
        ("all", "entities"): (1, 3),
        ("direct", "spans"): (0, 2),
        ("direct", "documents"): (0, 2),
        ("direct", "subjects"): (0, 1),
        ("direct", "entities"): (0, 2),
        ("quasi", "spans"): (1, 3),
        ("quasi", "documents"): (1, 3),
        ("quasi", "subjects"): (1, 2),
        ("quasi", "entities"): (1, 3),
        ("not said", "spans"): (0, 1),
        ("not said", "documents"): (0, 1),
        ("not said", "subjects"): (0, 1),
        ("not said", "entities"): (0, 1),
    }
    assert report["fragments"]["fragments"] == 0
    assert report["fragments"]["shorter"] == 1  # Bob


def test_fragments_of_four() -> None:
    cases = [Case(TEXT, Gold((ANNA, OSLO)))]
    fragments = leak_report(cases, [Found(spans((5, 7, "name")))])["fragments"]
    assert (fragments["fragments"], fragments["characters"], fragments["shorter"]) == (2, 8, 0)
    assert fragments["documents"]["leaked"] == 1


# --- After redaction ------------------------------------------------------------------------------


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
