"""Categories, gold and predicted -> accuracy by class, and which is taken for which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .cases import Case, Found
from .intervals import wilson

LEAST = 0.5  # a category counts as chosen from here, where several may be


def best(cats: dict[str, float]) -> str:
    """The most likely category; of equal ones the first by name."""
    return min(cats, key=lambda name: (-cats[name], name))


def rows_of(cases: Sequence[Case], found: Sequence[Found]) -> list[tuple[str, str]]:
    """Gold and predicted category of each text that has both, and exactly one in the gold."""
    return [
        (best(case.cats), best(own.cats))
        for case, own in zip(cases, found, strict=True)
        if own.cats and sum(value >= LEAST for value in case.cats.values()) == 1
    ]


def category_report(cases: Sequence[Case], found: Sequence[Found]) -> dict[str, Any] | None:
    """Accuracy over all and by class, with Wilson intervals, and the confusion matrix.

    RETURNS (dict | None): "confusion" has a row for each gold class and a column for each
        predicted one, in the order of "classes"; None if no text has one gold category.
    """
    rows = rows_of(cases, found)
    if not rows:
        return None
    classes = sorted({name for row in rows for name in row})
    place = {name: i for i, name in enumerate(classes)}
    confusion = [[0] * len(classes) for _ in classes]
    for gold, chosen in rows:
        confusion[place[gold]][place[chosen]] += 1
    by_class = {}
    for name in classes:
        own, n = confusion[place[name]][place[name]], sum(confusion[place[name]])
        n_chosen = sum(row[place[name]] for row in confusion)
        by_class[name] = {
            "n": n,
            "accuracy": own / n if n else None,
            "interval": wilson(own, n),
            "precision": own / n_chosen if n_chosen else None,
        }
    right = sum(gold == own for gold, own in rows)
    return {
        "n": len(rows),
        "accuracy": right / len(rows),
        "interval": wilson(right, len(rows)),
        "by_class": by_class,
        "classes": classes,
        "confusion": confusion,
    }
