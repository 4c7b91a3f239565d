"""Registered scorers: predictions against gold, character-exact."""

# No postponed annotations here: older spaCy cannot build a function of its registry from them.

from collections.abc import Callable, Iterable
from typing import Any

from spacy.scorer import PRFScore, Scorer
from spacy.training import Example

from .loss import Gold, gold_of
from .types import CharSpan

Scores = dict[str, Any]


def make_privacy_scorer() -> Callable[..., Scores]:
    """Make the scorer of `privacy_filter`. See `score_spans`."""
    return score_spans


def make_category_scorer() -> Callable[..., Scores]:
    """Make the scorer of `privacy_filter_textcat`. See `score_categories`."""
    return score_categories


def score_spans(examples: Iterable[Example], **cfg: Any) -> Scores:
    """Score spans strictly: the same characters and the same label, or wrong.

    A prediction counts only where gold can judge it: its label was annotated, and it touches no
    ignored stretch (unless it is right).

    examples (Iterable[Example]): Predictions in `doc._.privacy_spans`; gold as in `loss.gold_of`.
    label_map (dict): Of the component: gold is renamed by it.
    RETURNS (dict): "privacy_p", "privacy_r", "privacy_f", "privacy_per_type"; None for each if no
        example has gold.
    """
    total, seen = PRFScore(), False
    by_label: dict[str, PRFScore] = {}
    for example in examples:
        gold = gold_of(example.reference)
        if gold is None:
            continue
        seen = True
        # Predictions have the names that the user wants; gold has the model's.
        gold = gold.renamed(cfg.get("label_map") or {})
        predicted = example.predicted._.privacy_spans
        for label, counts in count_spans(gold, predicted).items():
            score = by_label.setdefault(label, PRFScore())
            score += PRFScore(**counts)
            total += PRFScore(**counts)
    if not seen:
        return dict.fromkeys(("privacy_p", "privacy_r", "privacy_f", "privacy_per_type"))
    return {
        "privacy_p": total.precision,
        "privacy_r": total.recall,
        "privacy_f": total.fscore,
        "privacy_per_type": {label: score.to_dict() for label, score in sorted(by_label.items())},
    }


def count_spans(gold: Gold, predicted: Iterable[CharSpan]) -> dict[str, dict[str, int]]:
    """Count what is right, wrong and missed in one text.

    RETURNS (dict): Label -> {"tp", "fp", "fn"}.
    """
    right = set(gold.spans)
    found = {
        (span.start_char, span.end_char, span.label)
        for span in predicted
        if (span[:3] in right) or _can_judge(gold, span)
    }
    counts: dict[str, dict[str, int]] = {}
    for kind, spans in (("tp", right & found), ("fp", found - right), ("fn", right - found)):
        for *_, label in spans:
            counts.setdefault(label, {"tp": 0, "fp": 0, "fn": 0})[kind] += 1
    return counts


def _can_judge(gold: Gold, span: CharSpan) -> bool:
    """Whether gold says anything about a prediction that is not in it."""
    if gold.known is not None and span.label not in gold.known:
        return False
    return not any(span.start_char < end and start < span.end_char for start, end in gold.ignore)


def score_categories(examples: Iterable[Example], **cfg: Any) -> Scores:
    """Score `doc.cats` of the examples that have gold categories, with spaCy's own measures.

    RETURNS (dict): As `Scorer.score_cats`, and "cats_accuracy": share of documents whose most
        likely category is right (exclusive categories only).
    """
    judged = [example for example in examples if example.reference.cats]
    if not judged:
        return {"cats_score": None, "cats_accuracy": None}
    labels = sorted({name for example in judged for name in example.reference.cats})
    exclusive = all(sum(eg.reference.cats.values()) == 1.0 for eg in judged)
    scores: Scores = Scorer.score_cats(
        judged, "cats", labels=labels, multi_label=not exclusive, threshold=cfg.get("threshold")
    )
    if exclusive:
        hits = [_best(eg.predicted.cats) == _best(eg.reference.cats) for eg in judged]
        scores["cats_accuracy"] = sum(hits) / len(hits)
    return scores


def _best(cats: dict[str, float]) -> str | None:
    return max(cats, key=lambda name: cats[name]) if cats else None
