"""Texts with gold, and what pipelines found in them -> one report of plain numbers.

Every figure is over documents; the draws of the bootstrap are the same for all of them.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from .cases import Case, Found
from .categories import category_report, rows_of
from .counts import BETA, CHARS, MEASURES, STRICT, Counts, count_all, scores
from .intervals import (
    Floats,
    bootstrap,
    draw,
    f_of,
    mcnemar,
    paired_bootstrap,
    precision_of,
    recall_of,
)
from .leaks import leak_report, leaks_of
from .utility import consistency_report, frontier, utility_report

VERSION: Final = 1
ALL: Final = "all"
FIGURES: Final = {
    "p": precision_of,
    "r": recall_of,
    "f": f_of(1.0),
    "f2": f_of(BETA),
}
THRESHOLDS: Final = tuple(round(0.05 * i, 2) for i in range(20))


@dataclass(frozen=True)
class Settings:
    """How a report is made.

    seed, n_draws (int): Of the bootstrap.
    n_frontier (int): Most documents on which operators are tried, drawn with the seed.
    """

    seed: int = 0
    n_draws: int = 1000
    n_frontier: int = 300


def make_report(
    cases: Sequence[Case],
    found: Mapping[str, Sequence[Found]],
    settings: Settings = Settings(),
) -> dict[str, Any]:
    """Measure pipelines on the same texts.

    cases (Sequence[Case]): Texts with gold.
    found (Mapping[str, Sequence[Found]]): By the name of the pipeline, one for each text.
    settings (Settings): Of the intervals.
    RETURNS (dict): JSON has all of it: "documents", "gold", "pipelines", "comparisons". No text.
    """
    pipelines = {name: measure(cases, own, settings) for name, own in found.items()}
    names = list(found)
    comparisons = [
        compare(cases, (names[0], found[names[0]]), (name, found[name]), settings)
        for name in names[1:]
    ]
    with_gold = [case.gold for case in cases if case.gold is not None]
    return {
        "version": VERSION,
        "settings": {"seed": settings.seed, "n_draws": settings.n_draws, "level": 0.95},
        "documents": len(cases),
        "gold": {
            "documents": len(with_gold),
            "spans": sum(len(gold.spans) for gold in with_gold),
            "characters": sum(len(case.text) for case in cases),
            "with_category": sum(bool(case.cats) for case in cases),
        },
        "pipelines": pipelines,
        "comparisons": comparisons,
    }


def measure(cases: Sequence[Case], found: Sequence[Found], settings: Settings) -> dict[str, Any]:
    """Measure one pipeline."""
    pairs = [(case, own) for case, own in zip(cases, found, strict=True) if case.gold is not None]
    made: dict[str, Any] = {"categories": category_report(cases, found)}
    if not pairs:
        return made
    with_gold, own = [case for case, _ in pairs], [found for _, found in pairs]
    counted = [count_all(case, one.spans) for case, one in pairs]
    weights = draw(len(pairs), settings.n_draws, settings.seed)
    made["spans"] = {
        name: label_table([counts[name] for counts in counted], weights) for name in MEASURES
    }
    made["by_source"] = by_source(with_gold, [counts[STRICT] for counts in counted])
    made["leaks"] = leak_report(with_gold, own)
    made["utility"] = utility_report(with_gold, own)
    made["consistency"] = consistency_report(with_gold, own)
    made["thresholds"] = curve(with_gold, own)
    few = sample(len(pairs), settings)
    made["operators"] = frontier([with_gold[i] for i in few], [own[i] for i in few])
    made["operators_documents"] = len(few)
    return made


def sample(n: int, settings: Settings) -> list[int]:
    """Draw the documents on which operators are tried, in order."""
    if n <= settings.n_frontier:
        return list(range(n))
    return sorted(random.Random(settings.seed).sample(range(n), settings.n_frontier))


def columns(counted: Sequence[Mapping[str, Counts]], label: str | None) -> Floats:
    """Lay the counts of a label, or of all, out by document. Shape: (n_docs, 3)."""
    rows = np.zeros((len(counted), 3))
    for i, own in enumerate(counted):
        for name, counts in own.items():
            if label in (None, name):
                rows[i] += counts
    return rows


def label_table(counted: Sequence[Mapping[str, Counts]], weights: Floats) -> dict[str, Any]:
    """Figures of one measure: over all labels, and of each."""
    labels = sorted({label for own in counted for label in own})
    table = {}
    for label in (None, *labels):
        rows = columns(counted, label)
        hits, n_found, n_gold = rows.sum(0).tolist()
        table[ALL if label is None else label] = {
            **scores(hits, n_found, n_gold),
            "hits": hits,
            "found": n_found,
            "gold": n_gold,
            "intervals": {
                name: bootstrap(rows, figure, weights) for name, figure in FIGURES.items()
            },
        }
    return table


def by_source(
    cases: Sequence[Case], counted: Sequence[Mapping[str, Counts]]
) -> dict[str, dict[str, Any]]:
    """Strict figures by source and label, without intervals."""
    groups: dict[str, list[Mapping[str, Counts]]] = {}
    for case, own in zip(cases, counted, strict=True):
        groups.setdefault(case.group, []).append(own)
    made: dict[str, dict[str, Any]] = {}
    for group, members in sorted(groups.items()):
        labels = sorted({label for own in members for label in own})
        made[group] = {"documents": len(members), "labels": {}}
        for label in (None, *labels):
            hits, n_found, n_gold = columns(members, label).sum(0).tolist()
            made[group]["labels"][ALL if label is None else label] = {
                **scores(hits, n_found, n_gold),
                "found": n_found,
                "gold": n_gold,
            }
    return made


def curve(cases: Sequence[Case], found: Sequence[Found]) -> list[dict[str, float | None]]:
    """Strict and character figures, and leaks, for a rising least score of spans."""
    rows: list[dict[str, float | None]] = []
    for least in THRESHOLDS:
        own = [Found(tuple(s for s in one.spans if s.score >= least)) for one in found]
        counted = [count_all(case, one.spans) for case, one in zip(cases, own, strict=True)]
        strict = scores(*columns([c[STRICT] for c in counted], None).sum(0).tolist())
        chars = scores(*columns([c[CHARS] for c in counted], None).sum(0).tolist())
        leaks = [
            any(leaked for _, leaked, _ in own_leaks)
            for case, one in zip(cases, own, strict=True)
            if (own_leaks := leaks_of(case, one))
        ]
        rows.append(
            {
                "threshold": least,
                **strict,
                "char_p": chars["p"],
                "char_r": chars["r"],
                "documents_leaked": sum(leaks) / len(leaks) if leaks else None,
            }
        )
    return rows


def compare(
    cases: Sequence[Case],
    one: tuple[str, Sequence[Found]],
    other: tuple[str, Sequence[Found]],
    settings: Settings,
) -> dict[str, Any]:
    """Compare two pipelines on the same texts.

    RETURNS (dict): For strict and character F1, F2 and recall the difference with its interval and
        p (paired bootstrap over documents); McNemar's test on documents without a leak, on gold
        spans found exactly, and on categories.
    """
    made: dict[str, Any] = {"one": one[0], "other": other[0]}
    with_gold = [i for i, case in enumerate(cases) if case.gold is not None]
    if with_gold:
        counted = [
            [count_all(cases[i], found[i].spans) for i in with_gold] for _, found in (one, other)
        ]
        weights = draw(len(with_gold), settings.n_draws, settings.seed)
        for measure_ in (STRICT, CHARS):
            a, b = (columns([own[measure_] for own in side], None) for side in counted)
            made[measure_] = {
                name: paired_bootstrap(a, b, FIGURES[name], weights) for name in ("f", "f2", "r")
            }
        made["documents"] = _mcnemar(*(_safe(cases, found, with_gold) for _, found in (one, other)))
        made["gold_spans"] = _mcnemar(
            *(_exact(cases, found, with_gold) for _, found in (one, other))
        )
    rows = [rows_of(cases, found) for _, found in (one, other)]
    if rows[0] and len(rows[0]) == len(rows[1]):
        made["categories"] = _mcnemar(*([gold == own for gold, own in side] for side in rows))
    return made


def _safe(cases: Sequence[Case], found: Sequence[Found], which: Sequence[int]) -> list[bool]:
    looked = [leaks_of(cases[i], found[i]) for i in which]
    return [not any(leaked for _, leaked, _ in leaks) for leaks in looked if leaks]


def _exact(cases: Sequence[Case], found: Sequence[Found], which: Sequence[int]) -> list[bool]:
    hits: list[bool] = []
    for i in which:
        own = {span[:3] for span in found[i].spans}
        gold = cases[i].gold
        hits += [span in own for span in gold.spans] if gold is not None else []
    return hits


def _mcnemar(one: Sequence[bool], other: Sequence[bool]) -> dict[str, Any]:
    only_one = sum(a and not b for a, b in zip(one, other, strict=True))
    only_other = sum(b and not a for a, b in zip(one, other, strict=True))
    return {
        "n": len(one),
        "only_one": only_one,
        "only_other": only_other,
        "p": mcnemar(only_one, only_other),
    }
