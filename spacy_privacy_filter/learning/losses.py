"""Logits and what each piece or document may be -> losses and their gradients.

The probabilities of all tags that a piece may have are summed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from ..types import Bools2d, Floats2d


def log_softmax(logits: Floats2d) -> Floats2d:
    """Turn logits into log-probabilities, in nats. Shape: (n, n_out)."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    log_probs: Floats2d = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return log_probs


def tag_loss(
    logits: Sequence[Floats2d], allowed: Sequence[Bools2d]
) -> tuple[float, list[Floats2d]]:
    """Compute -log P(the tag is one of those allowed), averaged over the pieces of a batch.

    Pieces for which every tag is allowed say nothing and are not counted.

    logits (Sequence[Floats2d]): Of each document. Shape: (n_pieces, n_tags).
    allowed (Sequence[Bools2d]): Of each document. Shape: (n_pieces, n_tags).
    RETURNS (tuple[float, list[Floats2d]]): Loss in nats per piece; its gradient, shaped as logits.
    RAISES (ValueError): Logits that are not finite.
    """
    n_counted = max(sum(int((~mask.all(axis=1)).sum()) for mask in allowed), 1)
    loss, gradients = 0.0, []
    for scores, mask in zip(logits, allowed, strict=True):
        _check_finite(scores)
        log_probs = log_softmax(scores)
        kept = np.where(mask, log_probs, -np.inf)
        peak = kept.max(axis=1, keepdims=True)
        total = peak + np.log(np.exp(kept - peak).sum(axis=1, keepdims=True))  # (n_pieces, 1)
        loss -= float(total.sum())
        gradients.append(((np.exp(log_probs) - np.exp(kept - total)) / n_counted).astype("f"))
    return loss / n_counted, gradients


def category_loss(logits: Floats2d, targets: Floats2d, exclusive: bool) -> tuple[float, Floats2d]:
    """Compute the cross-entropy of document categories, averaged over documents.

    logits (Floats2d): Shape: (n_docs, n_categories).
    targets (Floats2d): 0 to 1; NaN where a category is not annotated (only if not exclusive).
    exclusive (bool): One category a document (softmax), or each on its own (sigmoid).
    RETURNS (tuple[float, Floats2d]): Loss in nats per document; its gradient, shaped as logits.
    RAISES (ValueError): Logits that are not finite.
    """
    _check_finite(logits)
    n_docs = max(len(logits), 1)
    if exclusive:
        log_probs = log_softmax(logits)
        return (
            -float((targets * log_probs).sum()) / n_docs,
            ((np.exp(log_probs) - targets) / n_docs).astype("f"),
        )
    seen = ~np.isnan(targets)
    goal = np.where(seen, targets, 0.0)
    each = np.logaddexp(0.0, logits) - goal * logits  # -log P, stable for large logits
    probs = np.exp(-np.logaddexp(0.0, -logits))
    gradient = np.where(seen, probs - goal, 0.0)
    return float(each[seen].sum()) / n_docs, (gradient / n_docs).astype("f")


def category_targets(
    cats: Iterable[dict[str, float]], labels: Sequence[str], exclusive: bool
) -> Floats2d:
    """Write the gold categories of documents as rows.

    cats (Iterable[dict[str, float]]): `doc.cats` of each gold document.
    labels (Sequence[str]): Categories of the head, in order.
    exclusive (bool): Whether each document has exactly one.
    RETURNS (Floats2d): Shape: (n_docs, n_categories). What is not annotated is 0, or NaN if not
        exclusive.
    RAISES (ValueError): An unknown category that is not 0, or an exclusive row that does not add up
        to 1.
    """
    index = {label: i for i, label in enumerate(labels)}
    rows = []
    for values in cats:
        # What a document is not about says nothing to a head that has no such category.
        unknown = sorted(name for name in set(values) - set(labels) if values[name])
        if unknown:
            raise ValueError(
                f"Unknown categories: {', '.join(unknown)}. This pipeline has: "
                f"{', '.join(labels)}. Name all that it is to learn in `labels` under "
                "[initialize.components.privacy_filter_textcat] (for commands: "
                "--initialize.components.privacy_filter_textcat.labels), or call its add_label."
            )
        row = np.full(len(labels), 0.0 if exclusive else np.nan)
        for label, value in values.items():
            if label in index:
                row[index[label]] = value
        if exclusive and not np.isclose(row.sum(), 1.0):
            raise ValueError(
                f"Exclusive categories must add up to 1, but a document has {row.sum():g}. Give "
                "one category the value 1, or set exclusive = false."
            )
        rows.append(row)
    return np.asarray(rows, dtype="f").reshape(-1, len(labels))


def _check_finite(logits: Floats2d) -> None:
    if not np.isfinite(logits).all():
        raise ValueError(
            "The network gave logits that are not finite (NaN or infinity). Its weights are "
            "damaged, or training has diverged: lower the learning rate or clip gradients."
        )
