"""Runs of characters that a value has from its source, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.redact.surrogates.repeats import repeats

from ..helpers import shares_a_run

TEXTS = st.text("aAbBéÉ12３ -.\u0301", max_size=12)


@pytest.mark.parametrize(
    ("source", "value", "repeated"),
    [
        ("Johnson", "Johnston", True), ("Johnson", "Jones", False), ("JOHNSON", "mcjohns", True),
        ("José", "Jose", True), ("Ada", "ada", True), ("Ada", "Adam", False),
        ("0123 45", "1-2-3-4", True), ("１２３４", "1234", True), ("12 34", "1235", False),
        ("a, b", "c, d", False), ("a of b", "c of d", True),
    ],
)  # fmt: skip
def test_runs_of_four_count(source: str, value: str, repeated: bool) -> None:
    assert repeats(source, value) == repeated
    assert repeats(value, source) == repeated


@given(TEXTS, TEXTS)
def test_every_run_that_a_reader_sees_is_found(source: str, value: str) -> None:
    if shares_a_run(source, value):
        assert repeats(source, value)
