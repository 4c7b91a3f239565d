"""An optimizer's step for some rows of a table, in the arrays of thinc: for every backend."""

from __future__ import annotations

from typing import Any

from thinc.api import Optimizer
from thinc.util import get_array_module


def step_rows(
    optimizer: Optimizer, key: tuple[int, str], table: Any, rows: Any, gradient: Any, rate: float
) -> Any:
    """Step only the rows of an embedding that a batch has touched (as torch's SparseAdam does).

    The optimizer's state is kept for the whole table; the touched rows are lent to it under a key
    of their own for one step.

    key (tuple[int, str]): The optimizer's key for the table.
    table (Any): The table, which is not changed. Shape: (n_rows, width).
    rows (Any): The touched rows, each once. Shape: (n_touched,).
    gradient (Any): Of the touched rows. Shape: (n_touched, width).
    rate (float): Learning rate, relative to the optimizer's.
    RETURNS (Any): The new values of the touched rows. Shape: (n_touched, width).
    """
    lent = (key[0], f"{key[1]}[rows]")
    state: list[dict[Any, Any]] = [optimizer.mom1, optimizer.mom2]
    if optimizer.averages is not None:
        state.append(optimizer.averages)
    for values in state:
        if key not in values:
            averages = values is optimizer.averages
            values[key] = table.copy() if averages else get_array_module(table).zeros_like(table)
        whole = values[key][rows]
        values[lent] = whole if values is optimizer.averages else whole.ravel()
    optimizer.nr_update[lent] = optimizer.nr_update[key]
    stepped, _ = optimizer(lent, table[rows], gradient, lr_scale=rate)
    optimizer.nr_update[key] = optimizer.nr_update.pop(lent)
    for values in state:
        values[key][rows] = values.pop(lent).reshape((len(rows), -1))
    return stepped
