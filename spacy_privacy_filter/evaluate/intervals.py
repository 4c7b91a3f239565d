"""Figures -> how sure they are: Wilson and bootstrap intervals, and tests of two pipelines.

Documents are drawn, never spans: those of one document stand or fall together.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

Z95: Final = 1.959963984540054  # 97.5 % point of the normal distribution
LEVEL: Final = 0.95
N_DRAWS: Final = 1000
Floats = npt.NDArray[np.float64]
Interval = tuple[float, float]


def wilson(hits: float, n: float) -> Interval | None:
    """Interval of a rate, 95 %.

    hits, n (float): How often it happened, of how many times.
    RETURNS (tuple | None): Lowest and highest; None if it was never tried.
    SOURCE: Wilson 1927, doi:10.1080/01621459.1927.10502953.
    """
    if n <= 0:
        return None
    rate, square = hits / n, Z95 * Z95
    middle = rate + square / (2 * n)
    half = Z95 * math.sqrt(rate * (1 - rate) / n + square / (4 * n * n))
    low, high = (middle - half) / (1 + square / n), (middle + half) / (1 + square / n)
    # At the ends the formula gives 0 and 1 but for rounding.
    return (0.0 if hits == 0 else max(0.0, low)), (1.0 if hits == n else min(1.0, high))


def draw(n_docs: int, n_draws: int = N_DRAWS, seed: int = 0) -> Floats:
    """Draw documents with replacement: how often each is in each draw. Shape: (n_draws, n_docs)."""
    rng = np.random.default_rng(seed)
    if n_docs == 0:
        return np.zeros((n_draws, 0))
    return rng.multinomial(n_docs, np.full(n_docs, 1 / n_docs), size=n_draws).astype(float)


def bootstrap(
    columns: Floats, figure: Callable[[Floats], Floats], weights: Floats
) -> Interval | None:
    """Interval of a figure that is made of sums over documents, 95 % (percentiles).

    columns (Floats): What is summed up. Shape: (n_docs, n_columns).
    figure (Callable): Sums, of shape (n_draws, n_columns), -> figures, NaN where there is none.
    weights (Floats): From `draw`; the same for all figures of a report. Shape: (n_draws, n_docs).
    RETURNS (tuple | None): Lowest and highest; None for fewer than two documents, or if half of the
        draws give no figure.
    SOURCE: Efron 1979, doi:10.1214/aos/1176344552.
    """
    if len(columns) < 2:
        return None
    values = figure(weights @ columns)
    values = values[np.isfinite(values)]
    if 2 * len(values) < len(weights):
        return None
    tail = 100 * (1 - LEVEL) / 2
    low, high = np.percentile(values, [tail, 100 - tail])
    return float(low), float(high)


def f_of(beta: float) -> Callable[[Floats], Floats]:
    """Make the figure F from sums of hits, found, gold."""

    def figure(sums: Floats) -> Floats:
        hits, found, gold = sums.T
        return _ratio((1 + beta * beta) * hits, beta * beta * gold + found)

    return figure


def precision_of(sums: Floats) -> Floats:
    """Precision from sums of hits, found, gold. Shape: (n_draws,)."""
    return _ratio(sums[:, 0], sums[:, 1])


def recall_of(sums: Floats) -> Floats:
    """Recall from sums of hits, found, gold. Shape: (n_draws,)."""
    return _ratio(sums[:, 0], sums[:, 2])


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0)


def paired_bootstrap(
    one: Floats, other: Floats, figure: Callable[[Floats], Floats], weights: Floats
) -> dict[str, float | Interval | None]:
    """Compare a figure of two pipelines on the same documents, drawn together.

    one, other (Floats): What is summed up. Shapes: (n_docs, n_columns).
    RETURNS (dict): "difference" (other - one), its "interval", and "p": twice the share of draws on
        the rarer side of 0, the draws as they are counted in.
    """
    point = float((figure(other.sum(0)[None]) - figure(one.sum(0)[None]))[0])
    if len(one) < 2 or not math.isfinite(point):
        return {"difference": point if math.isfinite(point) else None, "interval": None, "p": None}
    values = figure(weights @ other) - figure(weights @ one)
    values = values[np.isfinite(values)]
    tail = 100 * (1 - LEVEL) / 2
    low, high = np.percentile(values, [tail, 100 - tail])
    rarer = min((values <= 0).sum(), (values >= 0).sum())
    p = min(1.0, 2 * (float(rarer) + 1) / (len(values) + 1))
    return {"difference": point, "interval": (float(low), float(high)), "p": p}


def mcnemar(only_one: int, only_other: int) -> float:
    """Test whether two pipelines are right equally often, from what only one of them got right.

    The exact test: the rarer side of a fair coin, two-sided.

    RETURNS (float): The p-value; 1.0 if they never differ.
    SOURCE: McNemar 1947, doi:10.1007/BF02295996; exact as in Edwards 1948.
    """
    n, rarer = only_one + only_other, min(only_one, only_other)
    if n == 0:
        return 1.0
    # In logarithms: coefficients of thousands overflow.
    logs = [
        math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1) - n * math.log(2)
        for k in range(rarer + 1)
    ]
    most = max(logs)
    return min(1.0, 2 * math.exp(most) * sum(math.exp(value - most) for value in logs))
