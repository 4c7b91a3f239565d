"""Losses have the gradients that they claim."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import spacy

from spacy_privacy_filter.labels.tags import TagSet
from spacy_privacy_filter.learning.losses import (
    category_loss,
    category_targets,
    log_softmax,
    tag_loss,
)
from spacy_privacy_filter.types import Bools2d, Floats2d, Pieces

TAGS = TagSet.from_labels(["name", "code", "date"])
NLP = spacy.blank("en")
STEP = 1e-5


def letters(text: str) -> Pieces:
    """One piece a character."""
    at = np.arange(len(text), dtype=np.int64)
    return Pieces(at, at, at + 1)


def names_of(row: Any, tags: TagSet = TAGS) -> set[str]:
    return {tags.names[i] for i in np.flatnonzero(row)}


def written(allowed: Bools2d, tags: TagSet = TAGS) -> list[str]:
    """The one tag of each piece."""
    assert (allowed.sum(axis=1) == 1).all()
    return [tags.names[i] for i in allowed.argmax(axis=1)]


def differences(loss: Any, logits: Floats2d) -> Floats2d:
    """Gradient by central differences, in float64."""
    gradient = np.zeros_like(logits)
    for at in np.ndindex(logits.shape):
        moved = [logits.copy(), logits.copy()]
        moved[0][at] += STEP
        moved[1][at] -= STEP
        gradient[at] = (loss(moved[0]) - loss(moved[1])) / (2 * STEP)
    return gradient


# --- Losses --------------------------------------------------------------------------------------


def masks(rng: np.random.Generator, n: int) -> Bools2d:
    """Any tags, but at least one in each row; and a row that allows all."""
    mask = rng.random((n, len(TAGS))) < 0.3
    mask[np.arange(n), rng.integers(0, len(TAGS), n)] = True
    mask[n // 2] = True
    return mask


@pytest.mark.parametrize("scale", [1.0, 8.0])
def test_tag_loss_has_the_gradient_of_finite_differences(
    rng: np.random.Generator, scale: float
) -> None:
    masked = [masks(rng, 5), masks(rng, 0 + 3)]
    logits = [scale * rng.standard_normal(mask.shape) for mask in masked]
    _, gradients = tag_loss(logits, masked)
    for i, gradient in enumerate(gradients):

        def loss(moved: Floats2d, i: int = i) -> float:
            return tag_loss([*logits[:i], moved, *logits[i + 1 :]], masked)[0]

        np.testing.assert_allclose(gradient, differences(loss, logits[i]), rtol=1e-4, atol=1e-6)
        assert gradient.dtype == np.float32
        assert np.abs(gradient).max() > 1e-3


def test_tag_loss_is_the_mean_over_pieces_that_say_something() -> None:
    logits = np.zeros((3, len(TAGS)))
    allowed = np.zeros_like(logits, dtype=bool)
    allowed[0, 0] = allowed[1, 2] = True
    allowed[2] = True  # says nothing
    loss, (gradient,) = tag_loss([logits], [allowed])
    assert loss == pytest.approx(np.log(len(TAGS)))
    assert gradient[0, 0] == pytest.approx((1 / len(TAGS) - 1) / 2)
    np.testing.assert_allclose(gradient[2], 0, atol=1e-12)


def test_tag_loss_does_not_depend_on_how_pieces_are_grouped(rng: np.random.Generator) -> None:
    mask = masks(rng, 9)
    logits = rng.standard_normal(mask.shape)
    whole, (gradient,) = tag_loss([logits], [mask])
    parts, gradients = tag_loss(
        [logits[:4], logits[4:4], logits[4:]], [mask[:4], mask[4:4], mask[4:]]
    )
    assert parts == pytest.approx(whole)
    np.testing.assert_allclose(np.vstack(gradients), gradient, atol=1e-7)


def test_a_batch_that_says_nothing_has_no_loss() -> None:
    logits, empty = np.ones((4, len(TAGS))), np.zeros((0, len(TAGS)))
    loss, gradients = tag_loss([logits, empty], [logits > 0, empty > 0])
    assert loss == pytest.approx(0, abs=1e-9)
    assert [g.shape for g in gradients] == [logits.shape, empty.shape]
    np.testing.assert_allclose(gradients[0], 0, atol=1e-9)
    assert tag_loss([], []) == (0.0, [])


def test_large_logits_stay_finite() -> None:
    logits = np.asarray([[500.0, -500.0, 0.0]], dtype="f")
    loss, (gradient,) = tag_loss([logits], [np.asarray([[False, True, False]])])
    assert loss == pytest.approx(1000)
    np.testing.assert_allclose(gradient, [[1, -1, 0]], atol=1e-6)
    targets = np.asarray([[0.0, 1.0, 0.0]])
    for exclusive in (True, False):
        loss, gradient = category_loss(logits, targets, exclusive)
        assert loss > 900
        np.testing.assert_allclose(gradient, [[1, -1, 0 if exclusive else 0.5]], atol=1e-6)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_logits_that_are_not_finite_are_refused(bad: float) -> None:
    logits = np.zeros((2, 3))
    logits[1, 1] = bad
    with pytest.raises(ValueError, match=r"not finite.*learning rate"):
        tag_loss([logits], [logits == 0])
    with pytest.raises(ValueError, match=r"not finite.*learning rate"):
        category_loss(logits, np.zeros((2, 3)), exclusive=True)


@pytest.mark.parametrize("exclusive", [True, False])
def test_category_loss_has_the_gradient_of_finite_differences(
    rng: np.random.Generator, exclusive: bool
) -> None:
    logits = 3 * rng.standard_normal((4, 5))
    targets = np.eye(5)[[0, 3, 3, 1]] if exclusive else (rng.random((4, 5)) < 0.5).astype(float)
    if exclusive:
        targets[1] = [0.2, 0.3, 0.5, 0, 0]
    else:
        targets[2, 1] = targets[0, 4] = np.nan  # not annotated
    _, gradient = category_loss(logits, targets, exclusive)
    expected = differences(lambda moved: category_loss(moved, targets, exclusive)[0], logits)
    np.testing.assert_allclose(gradient, expected, rtol=1e-4, atol=1e-6)
    if not exclusive:
        assert gradient[2, 1] == gradient[0, 4] == 0


def test_log_softmax_adds_up_to_one(rng: np.random.Generator) -> None:
    logits = 100 * rng.standard_normal((6, 4))
    np.testing.assert_allclose(np.exp(log_softmax(logits)).sum(axis=1), 1)
    np.testing.assert_allclose(log_softmax(logits + 1000), log_softmax(logits), atol=1e-9)


# --- Categories ----------------------------------------------------------------------------------


def test_category_targets() -> None:
    rows = category_targets([{"b": 1.0}, {"a": 0.5, "b": 0.5}], ["a", "b", "c"], exclusive=True)
    np.testing.assert_array_equal(rows, [[0, 1, 0], [0.5, 0.5, 0]])
    rows = category_targets([{"b": 1.0}, {"a": 0.0}], ["a", "b"], exclusive=False)
    np.testing.assert_array_equal(rows, [[np.nan, 1], [0, np.nan]])
    rows = category_targets([{"b": 1.0, "z": 0.0}], ["a", "b"], exclusive=True)
    np.testing.assert_array_equal(rows, [[0, 1]])
    assert category_targets([], ["a", "b"], exclusive=True).shape == (0, 2)


@pytest.mark.parametrize(
    ("cats", "message"),
    [
        ({"z": 1.0}, "Unknown categories: z. This pipeline has: a, b"),
        ({"a": 1.0, "b": 1.0}, "must add up to 1, but a document has 2"),
        ({"a": 0.0}, "must add up to 1, but a document has 0"),
    ],
)
def test_wrong_categories_are_refused(cats: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        category_targets([{"a": 1.0}, cats], ["a", "b"], exclusive=True)
