"""What a faster checkpoint costs in found spans, on a labelled corpus: for `verify --corpus`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

SCORES = ("privacy_p", "privacy_r", "privacy_f")


def compare_on_gold(pipelines: Sequence[Language], corpus: Path, limit: float) -> dict[str, Any]:
    """Score two pipelines on the same labelled texts, strictly.

    pipelines (Sequence[Language]): The reference, and what is compared with it.
    corpus (Path): JSONL of the package's own format (see the corpus command).
    limit (float): Most recall that may be lost, 0 to 1.
    RETURNS (dict[str, Any]): Scores of both, the changes, and whether the loss is within the limit.
    RAISES (ValueError): A bad line, or no row with spans.
    """
    from ..corpus.rows import read_rows

    rows = [row for row in read_rows(corpus) if row.has_spans]
    if not rows:
        raise ValueError(f"{corpus} has no row with spans. Give labelled texts.")
    a, b = (_score(nlp, rows) for nlp in pipelines)
    if a["privacy_r"] is None:
        raise ValueError(f"{corpus} has no label that these checkpoints know. Map its labels.")
    loss = a["privacy_r"] - b["privacy_r"]
    return {
        "rows": len(rows),
        "a": a,
        "b": b,
        "recall_loss": loss,
        "f_change": b["privacy_f"] - a["privacy_f"],
        "max_recall_loss": limit,
        "passed": loss <= limit,
    }


def _score(nlp: Language, rows: Sequence[Any]) -> dict[str, float]:
    from spacy.training import Example

    from ..corpus.rows import to_docs
    from ..evaluate.scorer import score_spans

    gold = list(to_docs(rows, nlp))
    found = nlp.pipe(doc.text for doc in gold)
    scores = score_spans(Example(doc, own) for doc, own in zip(found, gold, strict=True))
    return {name: scores[name] for name in SCORES}


def show_gold(report: dict[str, Any]) -> list[str]:
    """Say it in lines."""
    lines = [
        f"{name}: precision {s['privacy_p']:.4f}, recall {s['privacy_r']:.4f}, "
        f"F1 {s['privacy_f']:.4f}"
        for name, s in (("A", report["a"]), ("B", report["b"]))
    ]
    done = "Passed" if report["passed"] else "Failed"
    return [
        f"On {report['rows']:,} labelled texts",
        *lines,
        f"Recall changes by {-report['recall_loss']:+.4f}, F1 by {report['f_change']:+.4f}",
        f"{done}: --max-recall-loss {report['max_recall_loss']:.4f}",
    ]
