"""Spans of a caller: what is taken, and what is refused."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.redact.engine import redact
from spacy_privacy_filter.redact.policy import load_policy
from spacy_privacy_filter.redact.spans import check_spans, check_text
from spacy_privacy_filter.types import CharSpan


@pytest.mark.parametrize("label", ["", " "])
def test_a_span_without_a_label_is_refused(label: str) -> None:
    with pytest.raises(ValueError, match="needs a label, but that of number 0"):
        redact("Ada", [(0, 3, label)], load_policy("mask"))  # type: ignore[list-item]


@pytest.mark.parametrize(
    "spans", [[(0, 3, "x")], [[0, 3, "x", 1]], ((0, 3, "x", 1.0) for _ in range(1))]
)
def test_tuples_are_taken_as_spans(spans) -> None:
    assert check_spans(spans) == [CharSpan(0, 3, "x", 1.0)]


@pytest.mark.parametrize(
    ("spans", "message"),
    [
        ("Ada", "this is a str"), ({}, "this is a dict"), (None, "this is a NoneType"),
        ([(0, 3)], r"number 0 of them is a tuple of \(int, int\)"),
        ([(0, 3, "x"), (0.0, 3, "x")], "number 1 of them"), ([(0, True, "x")], "int, bool, str"),
        ([(0, 3, "x", float("nan"))], "number 0"), ([("Ada", 3, 4)], r"\(str, int, int\)"),
    ],
)  # fmt: skip
def test_what_is_no_span_is_refused_without_its_text(spans, message: str) -> None:
    with pytest.raises(TypeError, match=message) as caught:
        check_spans(spans)
    assert "Ada" not in str(caught.value)


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(TypeError, match="A text is a str, but this is bytes"):
        check_text(b"Ada")  # type: ignore[arg-type]
