"""One pass of a network over documents of any length: windows in, logits and vectors out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from thinc.api import Model

from ..text.windows import core_parts
from ..types import Ints1d, PackedBatch
from .outputs import Reading


def read(
    shim: Any, head: Model[Any, Any] | None, ids: Sequence[Ints1d], batches: Iterable[PackedBatch]
) -> list[Reading]:
    """Run documents, keeping no hidden states.

    shim (Any): The network. head (Model | None): A linear layer over the hidden states.
    ids (Sequence[Ints1d]): Vocabulary ids of each document. Shape: (n_pieces,).
    batches (Iterable[PackedBatch]): The same documents, packed.
    RETURNS (list[Reading]): One for each document.
    """
    width = shim.network.config.width
    n_out = head.get_dim("nO") if head is not None else 0
    logits = [np.zeros((len(doc), n_out), dtype="f") for doc in ids]
    sums = [np.zeros(width, dtype=np.float64) for _ in ids]
    for batch in batches:
        hidden = shim.predict(batch)
        scores = _to_numpy(head.predict(hidden)) if head is not None else None
        hidden = _to_numpy(hidden)
        for doc, rows, window in core_parts(batch):
            sums[doc] += hidden[rows].sum(axis=0, dtype=np.float64)
            if scores is not None:
                logits[doc][window.core_start_piece : window.core_end_piece] = scores[rows]
    return [
        Reading(
            logits[i] if head is not None else None,
            (sums[i] / max(len(doc), 1)).astype("f"),
        )
        for i, doc in enumerate(ids)
    ]


def begin_update(
    shim: Any, xp: Any, ids: Sequence[Ints1d], batches: Iterable[PackedBatch]
) -> tuple[list[Any], Callable[[list[Any]], None]]:
    """Run documents for training.

    shim (Any): The network. xp (Any): numpy, or cupy.
    ids, batches: As in `read`.
    RETURNS (tuple): Hidden states of each document, shape (n_pieces, width); and a callback that
        takes their gradients and keeps those of the weights.
    """
    width = shim.network.config.width
    hidden = [xp.zeros((len(doc), width), dtype="f") for doc in ids]
    steps = []
    for batch in batches:
        states, backprop = shim.begin_update(batch)
        steps.append((batch, backprop))
        for doc, rows, window in core_parts(batch):
            hidden[doc][window.core_start_piece : window.core_end_piece] = states[rows]

    def finish(d_hidden: list[Any]) -> None:
        for batch, backprop in steps:
            gradient = xp.zeros((len(batch), width), dtype="f")
            for doc, rows, window in core_parts(batch):
                part = slice(window.core_start_piece, window.core_end_piece)
                gradient[rows] = d_hidden[doc][part]
            backprop(gradient)

    return hidden, finish


def _to_numpy(array: Any) -> np.ndarray:
    return array.get() if hasattr(array, "get") else np.asarray(array)
