"""What the user sees of the spans that were found."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from spacy_privacy_filter.decoding.selection import check_labels, compile_allow, select
from spacy_privacy_filter.types import CharSpan

TEXT = "Ann at 12 Main St or ann@example.org"
FOUND = [
    CharSpan(0, 3, "person", 0.5),
    CharSpan(7, 17, "address", 0.9),
    CharSpan(21, 36, "email", 0.7),
]


def labels_of(spans: Iterable[CharSpan]) -> list[str]:
    return [span.label for span in spans]


def test_select_thresholds() -> None:
    assert select(TEXT, FOUND) == FOUND
    assert labels_of(select(TEXT, FOUND, thresholds=0.7)) == ["address", "email"]
    table = {"email": 0.71, "person": 0.5}
    assert labels_of(select(TEXT, FOUND, thresholds=table)) == ["person", "address"]


def test_select_length_and_allow() -> None:
    assert labels_of(select(TEXT, FOUND, min_length=4)) == ["address", "email"]
    assert labels_of(select(TEXT, FOUND, min_length=3)) == labels_of(FOUND)
    allow = compile_allow(["Ann", "12 Main", {"regex": r".*@example\.org"}, {"regex": "12"}])
    assert labels_of(select(TEXT, FOUND, allow=allow)) == ["address"]
    assert labels_of(select(TEXT, FOUND, allow=compile_allow(["ann"]))) == labels_of(FOUND)


def test_select_renames_last() -> None:
    label_map = {"person": "PER", "email": None, "address": "person"}
    spans = select(TEXT, FOUND, label_map=label_map, thresholds={"person": 0.5, "PER": 1.0})
    assert spans == [CharSpan(0, 3, "PER", 0.5), CharSpan(7, 17, "person", 0.9)]


@pytest.mark.parametrize(
    ("items", "message"),
    [
        ([{"regex": "("}], r"Item 0 of .allow. is not a valid regular expression: missing \)"),
        (["a", ""], "Item 1 of .allow. must be a text that is not empty"),
        (["a", {"regex": ""}], "Item 1"),
        ([{"regexp": "a"}], r"Item 0 .* but is {'regexp': 'a'}"),
        ([{"regex": "a", "label": "b"}], "Item 0"),
        ([3], "but is 3"),
        ("Ann", "is a list"),
        ({"regex": "a"}, "is a list"),
    ],
)
def test_allow_refuses(items: list[object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        compile_allow(items)  # type: ignore[arg-type]


def test_unknown_labels_are_refused() -> None:
    check_labels({"a": 1}, ["a", "b"], "label_map")
    with pytest.raises(ValueError, match=r'"label_map": A, c\. The model has: a, b'):
        check_labels(["c", "a", "A"], ["a", "b"], "label_map")
