"""One report of plain numbers: of each pipeline, and of two beside each other."""

from __future__ import annotations

import json

import pytest

from spacy_privacy_filter.evaluate.cases import Case, Found
from spacy_privacy_filter.evaluate.measure import Settings, make_report, sample
from spacy_privacy_filter.learning.gold import Gold
from spacy_privacy_filter.types import CharSpan

SPAN = (0, 3, "name")
CASES = [Case("Ada left", Gold((SPAN,), (), frozenset({"name"})), group="g") for _ in range(8)]
ALL_, NONE = [Found((CharSpan(*SPAN, 0.8),))] * 8, [Found()] * 8
SETTINGS = Settings(n_draws=100)


def test_two_pipelines() -> None:
    report = make_report(CASES, {"all": ALL_, "none": NONE}, SETTINGS)
    assert "Ada" not in json.dumps(report, allow_nan=False)
    strict = {name: own["spans"]["strict"]["all"] for name, own in report["pipelines"].items()}
    assert (strict["all"]["r"], strict["none"]["r"]) == (1.0, 0.0)
    assert strict["all"]["intervals"]["r"] == (1.0, 1.0)
    (pair,) = report["comparisons"]
    assert (pair["one"], pair["other"]) == ("all", "none")
    assert pair["strict"]["r"]["difference"] == -1.0
    assert pair["documents"]["only_one"] == 8
    rates = report["pipelines"]["all"]["thresholds"]
    assert [row["r"] for row in rates if row["threshold"] in (0.8, 0.85)] == [1.0, 0.0]


def test_the_same_again_and_without_gold() -> None:
    assert make_report(CASES, {"a": ALL_}, SETTINGS) == make_report(CASES, {"a": ALL_}, SETTINGS)
    report = make_report([Case("Ada")], {"a": [Found()]}, SETTINGS)
    assert report["pipelines"]["a"] == {"categories": None}
    with pytest.raises(ValueError, match="zip"):
        make_report(CASES, {"a": ALL_[1:]}, SETTINGS)


def test_a_sample_is_in_order_and_repeats() -> None:
    settings = Settings(seed=3, n_frontier=5)
    assert sample(4, settings) == [0, 1, 2, 3]
    drawn = sample(100, settings)
    assert drawn == sample(100, settings) == sorted(set(drawn))
    assert len(drawn) == 5
