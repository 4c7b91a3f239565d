"""Registered scorers: predictions against gold, character-exact."""

# No postponed annotations here: older spaCy cannot build a function of its registry from them.

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from spacy.scorer import Scorer
from spacy.training import Example

from ..learning.gold import GOLD_KEY, gold_of
from ..pipeline.annotations import NETWORK_KEY, get_network_spans
from ..types import CharSpan
from .cases import Case, Found
from .counts import BOUNDARY, CHARS, MEASURES, PARTIAL, STRICT, Counts, count_all, scores, total
from .leaks import leaks_of

Scores = dict[str, Any]
SPAN_SCORES = (
    "privacy_p",
    "privacy_r",
    "privacy_f",
    "privacy_f2",
    "privacy_per_type",
    "privacy_boundary_f",
    "privacy_partial_f",
    "privacy_char_f",
    "privacy_char_r",
    "privacy_safe",
)
# Of all that is reported, where the others are of the network alone.
WHOLE_SCORES = ("privacy_whole_p", "privacy_whole_r", "privacy_whole_f", "privacy_whole_char_r")


def make_privacy_scorer() -> Callable[..., Scores]:
    """Make the scorer of `privacy_filter`. See `score_spans`."""
    return score_spans


def make_category_scorer() -> Callable[..., Scores]:
    """Make the scorer of `privacy_filter_textcat`. See `score_categories`."""
    return score_categories


def score_spans(examples: Iterable[Example], **cfg: Any) -> Scores:
    """Score spans, strictly (same characters, same label) and by what would leak.

    A prediction counts only where gold can judge it: its label was annotated, and it touches no
    ignored stretch (unless it is right). Where gold is not in `doc.ents`, the strict figures are
    also given as "ents_p", ..., because `spacy evaluate` prints these and no name of ours.

    A component that is being trained is scored by what its network alone finds: rules and carrying
    would hide what it has yet to learn. What it reports is scored beside it.

    examples (Iterable[Example]): Predictions in `doc._.privacy_spans`; gold as in `loss.gold_of`.
    label_map (dict): Of the component: gold is renamed by it.
    RETURNS (dict): Strict "privacy_p", "privacy_r", "privacy_f", "privacy_f2" and
        "privacy_per_type"; F1 of exact boundaries, of overlaps and of characters
        ("privacy_boundary_f", "privacy_partial_f", "privacy_char_f"), "privacy_char_r", and
        "privacy_safe": the share of documents with personal data of which no letter or digit would
        leak. While a component is trained, also "privacy_whole_p" and others; see above. None for
        each if no example has gold.
    """
    pairs, in_ents = [], False
    for example in examples:
        gold = gold_of(example.reference)
        if gold is None:
            continue
        in_ents |= GOLD_KEY not in example.reference.user_data
        # Predictions have the names that the user wants; gold has the model's.
        case = Case(example.reference.text, gold.renamed(cfg.get("label_map") or {}))
        pairs.append((case, example.predicted))
    if not pairs:
        return dict.fromkeys((*SPAN_SCORES, *WHOLE_SCORES))
    result = _score_all([(case, get_network_spans(doc)) for case, doc in pairs])
    if any(NETWORK_KEY in doc.user_data for _, doc in pairs):
        whole = _score_all([(case, doc._.privacy_spans) for case, doc in pairs])
        result |= {name: whole[name.replace("_whole", "")] for name in WHOLE_SCORES}
    if not in_ents:
        result |= {f"ents_{key}": result[f"privacy_{key}"] for key in "prf"}
        result["ents_per_type"] = result["privacy_per_type"]
    return result


def _score_all(pairs: Sequence[tuple[Case, tuple[CharSpan, ...]]]) -> Scores:
    """Score the spans of all documents."""
    counted = [count_all(case, spans) for case, spans in pairs]
    leaks = [own for case, spans in pairs if (own := leaks_of(case, Found(spans)))]
    safe = [not any(leaked for _, leaked, _ in own) for own in leaks]
    sums = {name: _add(own[name] for own in counted) for name in MEASURES}
    made = {name: _figures(total(own)) for name, own in sums.items()}
    strict = made[STRICT]
    per_type = {label: _figures(own) for label, own in sorted(sums[STRICT].items())}
    per_type = {label: {key: own[key] for key in "prf"} for label, own in per_type.items()}
    result: Scores = {f"privacy_{key}": value for key, value in strict.items()}
    result["privacy_per_type"] = per_type
    result["privacy_boundary_f"] = made[BOUNDARY]["f"]
    result["privacy_partial_f"] = made[PARTIAL]["f"]
    result["privacy_char_f"], result["privacy_char_r"] = made[CHARS]["f"], made[CHARS]["r"]
    result["privacy_safe"] = sum(safe) / len(safe) if safe else 1.0
    return result


def _add(counts: Iterable[dict[str, Counts]]) -> dict[str, Counts]:
    """Add up the counts of each label."""
    made: dict[str, Counts] = {}
    for own in counts:
        for label, one in own.items():
            made[label] = made.get(label, Counts()).plus(*one)
    return made


def _figures(counts: Counts) -> dict[str, float]:
    """Figures as spaCy prints them: 0 where there is nothing to divide by."""
    return {key: value or 0.0 for key, value in scores(*counts).items()}


def score_categories(examples: Iterable[Example], **cfg: Any) -> Scores:
    """Score `doc.cats` of the examples that have gold categories, with spaCy's own measures.

    RETURNS (dict): As `Scorer.score_cats`, and "cats_accuracy": share of documents whose most
        likely category is right (exclusive categories only).
    """
    judged = [example for example in examples if example.reference.cats]
    if not judged:
        return {"cats_score": None, "cats_accuracy": None}
    # Not those of which no document is and that the pipeline does not have.
    known = {name for example in judged for name in example.predicted.cats}
    gold = [(name, value) for eg in judged for name, value in eg.reference.cats.items()]
    labels = sorted({name for name, value in gold if value or name in known})
    exclusive = all(sum(eg.reference.cats.values()) == 1.0 for eg in judged)
    found: Scores = Scorer.score_cats(
        judged, "cats", labels=labels, multi_label=not exclusive, threshold=cfg.get("threshold")
    )
    if exclusive:
        hits = [_best(eg.predicted.cats) == _best(eg.reference.cats) for eg in judged]
        found["cats_accuracy"] = sum(hits) / len(hits)
    return found


def _best(cats: dict[str, float]) -> str | None:
    return max(cats, key=lambda name: cats[name]) if cats else None
