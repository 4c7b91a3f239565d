"""A pipeline and labelled rows -> strict figures by source and label, as Markdown and JSON.

Run it as `python scripts/measure.py PIPELINE OUT.json ROWS.jsonl.gz ...`; PIPELINE is a folder, or
"small" for the one that ships. Rows of the openmed source are split by language.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from spacy_privacy_filter.files import write_atomically
from spacy_privacy_filter.loss import Gold
from spacy_privacy_filter.scorer import count_spans
from spacy_privacy_filter.training.corpus import Row, read_rows

Counts = dict[str, dict[str, Counter[str]]]


def load(name: str) -> Language:
    """Load a pipeline, or make one of the two components that ship."""
    if name != "small":
        return spacy.load(name)
    nlp = spacy.blank("xx")
    nlp.add_pipe("privacy_filter")
    nlp.add_pipe("privacy_filter_textcat")
    return nlp


def group_of(row: Row) -> str:
    """The line of the table that a row counts for."""
    if row.source != "openmed-golden":
        return row.source
    return f"{row.source}, {'English' if (row.language or 'en')[:2] == 'en' else 'others'}"


def measure(nlp: Language, rows: Iterable[Row]) -> tuple[Counts, dict[str, Counter[str]]]:
    """Count spans by group and label, and category hits by category."""
    spans: Counts = defaultdict(lambda: defaultdict(Counter))
    cats: dict[str, Counter[str]] = defaultdict(Counter)
    listed = list(rows)
    for row, doc in zip(listed, nlp.pipe(row.text for row in listed), strict=True):
        if row.category is not None:
            best = max(doc.cats, key=lambda name, doc=doc: doc.cats[name])
            cats[row.category]["n"] += 1
            cats[row.category]["right"] += best == row.category
            continue
        group = group_of(row)
        gold = Gold(row.spans, row.ignore, frozenset(row.known))
        for label, counts in count_spans(gold, doc._.privacy_spans).items():
            spans[group][label].update(counts)
        spans[group]["(documents)"]["n"] += 1
    return spans, cats


def prf(counts: Counter[str]) -> dict[str, float]:
    """Precision, recall and F1 of counted spans."""
    tp, fp, fn = counts["tp"], counts["fp"], counts["fn"]
    p, r = tp / max(tp + fp, 1), tp / max(tp + fn, 1)
    return {"p": p, "r": r, "f": 2 * p * r / max(p + r, 1e-9), "gold": tp + fn, "found": tp + fp}


def report(spans: Counts, cats: dict[str, Counter[str]]) -> dict[str, Any]:
    """Print the tables, and give their numbers."""
    result: dict[str, Any] = {"spans": {}, "categories": {}}
    print("| source | documents | label | gold | found | precision | recall | F1 |")
    print("|---|---|---|---|---|---|---|---|")
    for group, labels in sorted(spans.items()):
        n_docs = labels.pop("(documents)")["n"]
        total: Counter[str] = sum(labels.values(), Counter())
        for label, counts in [("all", total), *sorted(labels.items())]:
            s = prf(counts)
            result["spans"].setdefault(group, {"documents": n_docs})[label] = s
            figures = " | ".join(f"{s[key]:.3f}" for key in "prf")
            print(f"| {group} | {n_docs} | {label} | {s['gold']} | {s['found']} | {figures} |")
    if cats:
        right, n = (sum(c[key] for c in cats.values()) for key in ("right", "n"))
        result["categories"] = {name: c["right"] / c["n"] for name, c in sorted(cats.items())}
        result["categories"]["accuracy"] = right / n
        print("\n| category | documents | accuracy |\n|---|---|---|")
        for name, c in [*sorted(cats.items()), ("all", Counter(n=n, right=right))]:
            print(f"| {name} | {c['n']} | {c['right'] / c['n']:.3f} |")
    return result


def main(pipeline: str, out: Path, files: list[str]) -> None:
    """Measure, print and write."""
    rows = (row for file in files for row in read_rows(file))
    result = report(*measure(load(pipeline), rows))
    write_atomically(out, json.dumps(result, indent=2).encode())


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
