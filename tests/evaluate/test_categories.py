"""Accuracy of categories, by class, and which is taken for which."""

from __future__ import annotations

from spacy_privacy_filter.evaluate.cases import Case, Found
from spacy_privacy_filter.evaluate.categories import best, category_report


def report(*pairs: tuple[dict[str, float], dict[str, float]]) -> object:
    return category_report(
        [Case("x", cats=gold) for gold, _ in pairs], [Found(cats=found) for _, found in pairs]
    )


def test_accuracy_and_confusion() -> None:
    a, b = {"a": 1.0, "b": 0.0}, {"a": 0.0, "b": 1.0}
    made = report((a, {"a": 0.9, "b": 0.1}), (a, {"a": 0.2, "b": 0.8}), (b, {"a": 0.4, "b": 0.6}))
    assert isinstance(made, dict)
    assert (made["n"], made["accuracy"]) == (3, 2 / 3)
    assert made["classes"] == ["a", "b"]
    assert made["confusion"] == [[1, 1], [0, 1]]
    assert made["by_class"]["a"]["accuracy"] == 0.5
    assert made["by_class"]["a"]["precision"] == 1.0
    assert made["by_class"]["b"]["precision"] == 0.5
    low, high = made["interval"]
    assert 0 < low < 2 / 3 < high < 1


def test_texts_of_several_or_no_categories_do_not_count() -> None:
    found = {"a": 0.9, "b": 0.1}
    assert report(({"a": 1.0, "b": 1.0}, found), ({}, found), ({"a": 1.0}, {})) is None
    assert best({"b": 0.5, "a": 0.5}) == "a", "ties do not hang on an order"
