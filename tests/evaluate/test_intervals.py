"""Intervals and tests, against scipy and closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from spacy_privacy_filter.evaluate.intervals import (
    bootstrap,
    draw,
    f_of,
    mcnemar,
    paired_bootstrap,
    precision_of,
    recall_of,
    wilson,
)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_is_that_of_scipy(pair: tuple[int, int]) -> None:
    hits, n = pair
    theirs = stats.binomtest(hits, n).proportion_ci(0.95, "wilson")
    assert wilson(hits, n) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


def test_wilson_of_nothing() -> None:
    assert wilson(0, 0) is None


@given(st.integers(0, 300), st.integers(0, 300))
def test_mcnemar_is_the_exact_binomial_test(one: int, other: int) -> None:
    n = one + other
    theirs = stats.binomtest(min(one, other), n, 0.5).pvalue if n else 1.0
    assert mcnemar(one, other) == pytest.approx(theirs, rel=1e-9)


def test_mcnemar_of_many() -> None:
    theirs = stats.binomtest(4_900, 10_000, 0.5).pvalue
    assert mcnemar(4_900, 5_100) == pytest.approx(theirs, rel=1e-6)


def rows(n: int = 400) -> np.ndarray:
    rng = np.random.default_rng(3)
    gold = rng.integers(1, 6, n)
    return np.stack([rng.binomial(gold, 0.7), gold + rng.integers(0, 3, n), gold], 1).astype(float)


@pytest.mark.parametrize("figure", [precision_of, recall_of, f_of(1.0), f_of(2.0)])
def test_bootstrap_is_that_of_scipy(figure: object) -> None:
    data = rows()

    def statistic(hits: np.ndarray, found: np.ndarray, gold: np.ndarray, axis: int) -> np.ndarray:
        sums = np.stack([hits.sum(axis), found.sum(axis), gold.sum(axis)], -1)
        return figure(sums.reshape(-1, 3)).reshape(sums.shape[:-1])  # type: ignore[operator]

    theirs = stats.bootstrap(
        tuple(data.T), statistic, paired=True, method="percentile", n_resamples=4000,
        rng=np.random.default_rng(1), vectorized=True,
    ).confidence_interval  # fmt: skip
    ours = bootstrap(data, figure, draw(len(data), 4000))  # type: ignore[arg-type]
    # Both are drawn: they agree to what 4,000 draws can tell.
    assert ours == pytest.approx((theirs.low, theirs.high), abs=0.004)


def test_bootstrap_of_a_mean_is_near_the_normal_interval() -> None:
    data = rows()
    low, high = bootstrap(data, lambda sums: sums[:, 0] / len(data), draw(len(data), 4000)) or (
        0,
        0,
    )
    mean, error = data[:, 0].mean(), data[:, 0].std() / len(data) ** 0.5
    assert (low, high) == pytest.approx((mean - 1.96 * error, mean + 1.96 * error), abs=0.02)


def test_bootstrap_says_the_same_again() -> None:
    assert np.array_equal(draw(50, seed=4), draw(50, seed=4))
    assert not np.array_equal(draw(50, seed=4), draw(50, seed=5))
    assert (draw(50).sum(1) == 50).all()


@pytest.mark.parametrize("data", [np.zeros((0, 3)), np.ones((1, 3)), np.zeros((9, 3))])
def test_there_is_no_interval_of_nothing(data: np.ndarray) -> None:
    assert bootstrap(data, f_of(1.0), draw(len(data))) is None


def test_two_that_are_the_same_do_not_differ() -> None:
    data = rows()
    found = paired_bootstrap(data, data, f_of(1.0), draw(len(data)))
    assert found == {"difference": 0.0, "interval": (0.0, 0.0), "p": 1.0}


def test_a_clear_difference_is_seen() -> None:
    one, other = rows(), rows()
    other[:, 0] = np.minimum(other[:, 2], other[:, 0] + 1)
    found = paired_bootstrap(one, other, recall_of, draw(len(one)))
    expected = (other[:, 0].sum() - one[:, 0].sum()) / one[:, 2].sum()
    assert found["difference"] == pytest.approx(expected)
    assert found["interval"][0] > 0  # type: ignore[index]
    assert found["p"] == pytest.approx(2 / 1001)


def test_the_paired_interval_is_that_of_scipy() -> None:
    one, other = rows(), rows()
    other[::7, 0] = 0
    theirs = stats.bootstrap(
        (other[:, 0] - one[:, 0], one[:, 2]), lambda d, g, axis: d.sum(axis) / g.sum(axis),
        paired=True, method="percentile", n_resamples=4000, rng=np.random.default_rng(1),
    ).confidence_interval  # fmt: skip
    ours = paired_bootstrap(one, other, recall_of, draw(len(one), 4000))
    assert ours["interval"] == pytest.approx((theirs.low, theirs.high), abs=0.004)
