"""Features -> a fresh category head, trained alone (phase 2 of the recipe). Needs no backend.

Follows binga/privacy-filter-multitask: a new Linear on cached vectors, 10 epochs of Adam at 1e-3
with a cosine decay.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab
from thinc.api import Adam

from ..evaluate.scorer import score_categories
from ..learning.losses import category_loss, log_softmax
from ..types import Floats1d, Floats2d
from .features import Features, batches

# Updates, where nobody says how many epochs.
LEAST_STEPS: Final = 1000
# What the meta data say of a head: those of the scorer's figures that the configs ask for.
SCORES: Final = ("cats_score", "cats_accuracy")


@dataclass(frozen=True)
class HeadSettings:
    """How a head is trained.

    epochs (int): Passes over the features.
    learn_rate (float): At the start; it falls to 0 along half a cosine.
    batch_size (int): Documents in an update.
    exclusive (bool): One category a document (softmax), or each on its own (sigmoid).
    seed (int): Of the order of the documents.
    """

    epochs: int = 10
    learn_rate: float = 1e-3
    batch_size: int = 64
    exclusive: bool = True
    seed: int = 0

    @classmethod
    def for_documents(cls, n_docs: int, epochs: int | None, **others: Any) -> HeadSettings:
        """Make settings for so many documents.

        epochs (int | None): None for 10, or as many more as give `LEAST_STEPS` updates: a head that
            saw sixty documents ten times has learnt next to nothing.
        """
        settings = cls(**others)
        steps = -(-n_docs // settings.batch_size)
        return replace(settings, epochs=epochs or max(settings.epochs, -(-LEAST_STEPS // steps)))

    def __post_init__(self) -> None:
        for name in ("epochs", "batch_size"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1, but is {getattr(self, name)}.")
        if not (self.learn_rate > 0 and math.isfinite(self.learn_rate)):
            raise ValueError(f"learn_rate must be above 0, but is {self.learn_rate}.")


@dataclass(frozen=True)
class Epoch:
    """What one pass gave.

    number (int): From 1. loss (float): Mean, in nats per document. seconds (float): Wall time.
    accuracy (float | None): On the dev features, see `accuracy`; None without them.
    """

    number: int
    loss: float
    seconds: float
    accuracy: float | None


@dataclass(frozen=True)
class Head:
    """A linear layer. weight: (n_categories, width); bias: (n_categories,)."""

    weight: Floats2d
    bias: Floats1d

    def __call__(self, pooled: Floats2d) -> Floats2d:
        """Logits. Shape: (n_docs, n_categories)."""
        logits: Floats2d = pooled @ self.weight.T + self.bias
        return logits


def fit_head(
    features: Features,
    settings: HeadSettings,
    dev: Features | None = None,
    on_epoch: Callable[[Epoch], None] = lambda epoch: None,
) -> Head:
    """Train a fresh linear layer on pooled vectors.

    Vectors are standardised while it trains, which the finished layer undoes: it takes them as the
    backbone gives them.

    features (Features): To learn from.
    settings (HeadSettings): How.
    dev (Features | None): To measure on after each epoch; changes nothing.
    on_epoch (Callable): Called after each epoch.
    RETURNS (Head): The same for the same features and settings.
    RAISES (ValueError): Too few categories; exclusive targets that do not add up to 1; dev features
        of other categories or another backbone.
    """
    targets = check_targets(features, settings.exclusive)
    dev = None if dev is None else match(features, dev)
    mean = features.pooled.mean(axis=0, dtype=np.float64)
    # A column that never changes says nothing; dividing by its rounding noise would.
    spread = np.maximum(features.pooled.std(axis=0, dtype=np.float64), 1e-6)
    rows = ((features.pooled - mean) / spread).astype("f")
    weight = np.zeros((targets.shape[1], rows.shape[1]), "f")
    bias = np.zeros(targets.shape[1], "f")
    adam = Adam(settings.learn_rate, L2=0.0, grad_clip=0.0, use_averages=False)
    rng = np.random.default_rng(settings.seed)
    n_steps, step = settings.epochs * -(-len(rows) // settings.batch_size), 0
    head = Head(weight, bias)
    for number in range(1, settings.epochs + 1):
        start, total = time.perf_counter(), 0.0
        for chosen in batches(len(rows), settings.batch_size, rng):
            adam.learn_rate = settings.learn_rate * 0.5 * (1 + math.cos(math.pi * step / n_steps))
            x, y = rows[chosen], targets[chosen]
            loss, gradient = category_loss(x @ weight.T + bias, y, settings.exclusive)
            weight, _ = adam((0, "W"), weight, gradient.T @ x)
            bias, _ = adam((0, "b"), bias, gradient.sum(axis=0))
            total, step = total + loss * len(chosen), step + 1
        head = _unscale(weight, bias, mean, spread)
        measured = None if dev is None else accuracy(head, dev, settings.exclusive)
        on_epoch(Epoch(number, total / len(rows), time.perf_counter() - start, measured))
    return head


def _unscale(weight: Floats2d, bias: Floats1d, mean: np.ndarray, spread: np.ndarray) -> Head:
    """Turn a layer over standardised vectors into the same over vectors as they are."""
    plain = weight.astype(np.float64) / spread
    return Head(plain.astype("f"), (bias - plain @ mean).astype("f"))


def check_targets(features: Features, exclusive: bool) -> Floats2d:
    """Targets in the form that `loss.category_loss` takes.

    RAISES (ValueError): Too few categories, or exclusive rows that do not add up to 1.
    """
    least = 2 if exclusive else 1
    if len(features.categories) < least:
        raise ValueError(
            f"A head needs at least {least} categories, but the features have "
            f"{len(features.categories)}: {', '.join(features.categories)}."
        )
    if not exclusive:
        return features.targets
    targets = np.nan_to_num(features.targets)
    wrong = np.flatnonzero(~np.isclose(targets.sum(axis=1), 1.0))
    if len(wrong):
        raise ValueError(
            f"Exclusive categories must add up to 1, but {len(wrong)} documents differ, the first "
            f"with the id {features.ids[wrong[0]][:80]!r}. Mend them, or use --independent."
        )
    return targets


def is_exclusive(features: Features) -> bool:
    """Whether every document has exactly one category."""
    targets = np.nan_to_num(features.targets)
    one = (targets == 1).sum(axis=1) == 1
    return bool((one & (targets.sum(axis=1) == 1)).all()) and len(features.categories) > 1


def accuracy(head: Head, features: Features, exclusive: bool) -> float:
    """Share of documents whose likeliest category is right; if not exclusive, of all decisions."""
    logits = head(features.pooled)
    if exclusive:
        targets = np.nan_to_num(features.targets)
        return float((logits.argmax(axis=1) == targets.argmax(axis=1)).mean())
    seen = ~np.isnan(features.targets)
    return float(((logits > 0) == (features.targets > 0.5))[seen].mean())


def score_head(
    head: Head, features: Features, exclusive: bool, threshold: float = 0.5
) -> dict[str, float]:
    """Score a head as `spacy evaluate` scores a pipeline that has it.

    features (Features): Of the categories of the head, in its order; see `match`.
    exclusive, threshold: Of the component.
    RETURNS (dict[str, float]): "cats_score" and, of exclusive targets, "cats_accuracy".
    """
    logits, vocab = head(features.pooled), Vocab()
    found = np.exp(log_softmax(logits) if exclusive else -np.logaddexp(0.0, -logits))
    examples = []
    for row, targets in zip(found.tolist(), features.targets.tolist(), strict=True):
        example = Example(Doc(vocab), Doc(vocab))
        example.predicted.cats = dict(zip(features.categories, row, strict=True))
        gold = zip(features.categories, targets, strict=True)
        example.reference.cats = {name: value for name, value in gold if not math.isnan(value)}
        examples.append(example)
    scores = score_categories(examples, threshold=threshold)
    return {key: scores[key] for key in SCORES if scores.get(key) is not None}


def match(features: Features, dev: Features) -> Features:
    """Give dev features the columns of those to learn from; NaN where they have none.

    RAISES (ValueError): Dev features of other categories or another backbone.
    """
    unknown = sorted(set(dev.categories) - set(features.categories))
    if unknown or dev.backbone != features.backbone:
        raise ValueError(
            "The dev features were made with another backbone, or have categories that those to "
            f"learn from lack ({', '.join(unknown) or 'none'}). Make both with the same pipeline."
        )
    targets = np.full((len(dev), len(features.categories)), np.nan, "f")
    for i, name in enumerate(dev.categories):
        targets[:, features.categories.index(name)] = dev.targets[:, i]
    return replace(dev, targets=targets, categories=features.categories)
