"""What users add themselves: entries, their scores and context, and settings that come back."""

from __future__ import annotations

import copy
import json
import pickle
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.rules.patterns.entries import PatternError
from spacy_privacy_filter.rules.patterns.patterns import Patterns, join_own
from spacy_privacy_filter.types import CharSpan

ENTRIES: list[dict[str, Any]] = [
    {"label": "project", "deny": ["Bluebird", "Operation Heron"], "case": False},
    {
        "label": "record_number",
        "regex": r"\b\d{6}\b",
        "name": "mrn",
        "score": 0.3,
        "context": ["MRN", "patient number"],
        "score_with_context": 0.9,
    },
    {"label": "site", "spacy": [{"LOWER": "ward"}, {"IS_DIGIT": True}]},
]


def find(text: str, *entries: dict[str, Any]) -> list[tuple[str, str, float, str]]:
    spans = Patterns.from_settings(list(entries)).find(text)
    return [(text[s.start_char : s.end_char], s.label, s.score, s.source) for s in spans]


def test_what_is_found() -> None:
    text = "BLUEBIRD has bluebirds; operation\nHeron. MRN: 123456, then a long way on, to 654321."
    assert find(text, *ENTRIES) == [
        ("BLUEBIRD", "project", 1.0, "pattern:project"),
        ("operation\nHeron", "project", 1.0, "pattern:project"),
        ("123456", "record_number", 0.9, "pattern:mrn"),
        ("654321", "record_number", 0.3, "pattern:mrn"),
    ]
    assert Patterns().find(text) == []
    assert not Patterns.from_settings(None)


@pytest.mark.parametrize(
    ("text", "has_context"),
    [
        ("mrn 123456", True),
        ("123456 is the MRN", True),
        ("MRNs 123456", False),
        ("patient numbers: 123456", True),
        ("the patient 123456 number", False),
        ("MRN of one two three four five 123456", False),
        (f"MRN{' ' * 300}123456", False),
    ],
)
def test_context_is_near(text: str, has_context: bool) -> None:
    entry = ENTRIES[1]
    assert [score for *_, score, _ in find(text, entry)] == [0.9 if has_context else 0.3]
    assert bool(find(text, {**entry, "context_required": True})) == has_context


def test_a_score_above_that_of_context_stays() -> None:
    entry = {**ENTRIES[1], "score": 0.95}
    assert find("MRN 123456", entry)[0][2] == 0.95


def test_spans_inside_others_are_left_out() -> None:
    entries = [
        {"label": "a", "regex": "Heron", "score": 0.5},
        {"label": "b", "deny": ["Heron"]},
        {"label": "c", "deny": ["Operation Heron"]},
        {"label": "d", "deny": ["Heron Island"]},
    ]
    assert [label for _, label, *_ in find("Heron", *entries)] == ["b"]
    assert [label for _, label, *_ in find("Operation Heron Island", *entries)] == ["c", "d"]


def test_settings_come_back() -> None:
    patterns = Patterns.from_settings(ENTRIES)
    settings = patterns.to_settings()
    assert settings == [*ENTRIES[:2], {**ENTRIES[2], "spacy": [ENTRIES[2]["spacy"]]}]
    assert Patterns.from_settings(json.loads(json.dumps(settings))) == patterns
    for copied in (pickle.loads(pickle.dumps(patterns)), copy.deepcopy(patterns)):  # noqa: S301
        assert copied == patterns
        assert copied.find("Bluebird") == [CharSpan(0, 8, "project", 1.0, "pattern:project")]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (3, r"patterns\[0\]: expected an entry with a label, but found a number"),
        ({}, '"label" is missing'),
        ({"label": "a"}, "give one of deny, regex, spacy; found none"),
        ({"label": "a", "deny": ["x"], "regex": "x"}, "found deny and regex. Write two entries"),
        (
            {"label": "a", "regexp": "x"},
            r"patterns\[0\].regexp: unknown key .* Allowed: label, deny",
        ),
        ({"label": "a", "regex": "(?=x)y"}, r"patterns\[0\].regex: .*no look-ahead"),
        ({"label": "a", "regex": "x*"}, "where there is nothing"),
        ({"label": "a", "deny": []}, "the list is empty"),
        ({"label": "a", "deny": "x"}, "a list of texts, but found text"),
        ({"label": "a", "deny": ["x", 3]}, "item 1: expected text, but found a number"),
        ({"label": "a", "deny": ["x", " "]}, "item 1: the text is empty"),
        ({"label": "a", "spacy": [{"LOWER": "x"}, 3]}, "expected a list of tokens"),
        ({"label": "a", "spacy": [{"LOWER": {1}}]}, "plain values"),
        ({"label": "a", "regex": "x", "case": False}, r'begins with "\(\?i\)"'),
        ({"label": "a", "deny": ["x"], "case": "no"}, "expected true or false, but found text"),
        ({"label": "a", "regex": "x", "context_required": True}, "goes with context"),
        ({"label": "a", "regex": "x", "score": 1.5}, "a number from 0 to 1"),
        ({"label": "a\nb", "regex": "x"}, "one line"),
        ({"label": "a$", "regex": "x"}, "without"),
        ({"label": "a", "spacy": [{"TEXT": {"IN": ["$"]}}]}, "is doubled in a saved pipeline"),
        ({"label": "a", "spacy": [{"TEXT": {"REGEX": r"\$5"}}]}, "is doubled in a saved pipeline"),
    ],
)
def test_mistakes_are_named(entry: Any, message: str) -> None:
    with pytest.raises(PatternError, match=message):
        Patterns.from_settings([entry])


def test_a_mistake_shows_no_denied_text() -> None:
    with pytest.raises(PatternError) as caught:
        Patterns.from_settings([{"label": "a", "deny": ["Anna Kovacs", ["Anna Kovacs"]]}])
    assert "Anna" not in str(caught.value)


@pytest.mark.parametrize("value", [{"label": "a"}, 3, {"patterns": []}])
def test_what_is_no_list(value: Any) -> None:
    with pytest.raises(PatternError, match="expected a list of entries"):
        Patterns.from_settings(value)


def span(start: int, end: int, label: str) -> CharSpan:
    return CharSpan(start, end, label, 0.5, "network" if label.isupper() else f"pattern:{label}")


@pytest.mark.parametrize(
    ("own", "others", "joined"),
    [
        ([span(2, 5, "a")], [span(2, 5, "X"), span(5, 7, "Y")], [span(2, 5, "a"), span(5, 7, "Y")]),
        ([span(0, 9, "a")], [span(1, 3, "X"), span(4, 9, "Y")], [span(0, 9, "a")]),
        ([span(3, 5, "a"), span(6, 7, "b")], [span(0, 9, "X")], [span(0, 9, "X")]),
        ([span(3, 6, "a")], [span(0, 4, "X"), span(5, 9, "Y")], [span(0, 9, "a")]),
        ([span(0, 4, "a"), span(3, 9, "b")], [], [span(0, 9, "b")]),
        ([], [span(0, 4, "X")], [span(0, 4, "X")]),
    ],
)
def test_own_spans_are_joined_with_others(
    own: list[CharSpan], others: list[CharSpan], joined: list[CharSpan]
) -> None:
    assert join_own(own, others) == joined


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9), st.sampled_from("ab")))


@given(SPANS, st.lists(st.tuples(st.integers(0, 3), st.integers(1, 9)), max_size=6))
def test_no_character_is_lost_and_no_two_spans_overlap(
    own: list[tuple[int, int, str]], gaps: list[tuple[int, int]]
) -> None:
    spans = [span(start, start + n, label) for start, n, label in own]
    others, end = [], 0
    for gap, n in gaps:
        others.append(span(end + gap, end + gap + n, "X"))
        end += gap + n
    joined = join_own(spans, others)
    assert joined == sorted(joined)
    assert all(a.end_char <= b.start_char for a, b in pairwise(joined))
    covered = {i for s in joined for i in range(s.start_char, s.end_char)}
    assert covered == {i for s in spans + others for i in range(s.start_char, s.end_char)}
