"""One pass of a network over documents of any length: windows in, logits and vectors out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, cast

import numpy as np
from thinc.api import get_current_ops
from thinc.types import Floats2d as XpFloats2d
from thinc.util import to_numpy

from ..text.windows import core_parts
from ..types import Floats1d, Floats2d, Ints1d, Layer, PackedBatch
from .shim import Shim


class Passed(NamedTuple):
    """What one pass gives for one document.

    logits (list[Floats2d]): Of each layer. Shape: (n_pieces, n_out).
    pooled (Floats1d): Mean of the hidden states; zeros for a document without pieces.
    """

    logits: list[Floats2d]
    pooled: Floats1d


def read(
    shim: Shim, layers: Sequence[Layer], ids: Sequence[Ints1d], batches: Iterable[PackedBatch]
) -> list[Passed]:
    """Run documents, keeping no hidden states.

    shim (Shim): The network.
    layers (Sequence[Layer]): Linear layers over the hidden states.
    ids (Sequence[Ints1d]): Vocabulary ids of each document. Shape: (n_pieces,).
    batches (Iterable[PackedBatch]): The same documents, packed.
    RETURNS (list[Passed]): One for each document.
    """
    width = shim.sizes.width
    sizes = [layer.get_dim("nO") for layer in layers]
    logits = [[np.zeros((len(doc), n_out), dtype="f") for n_out in sizes] for doc in ids]
    sums = [np.zeros(width, dtype=np.float64) for _ in ids]
    for batch in batches:
        states = shim.predict(batch)
        scores = [_to_numpy(layer.predict(states)) for layer in layers]
        hidden = _to_numpy(states)
        for doc, rows, window in core_parts(batch):
            sums[doc] += hidden[rows].sum(axis=0, dtype=np.float64)
            for own, found in zip(logits[doc], scores, strict=True):
                own[window.core_start_piece : window.core_end_piece] = found[rows]
    return [
        Passed(own, (total / max(len(doc), 1)).astype("f"))
        for own, total, doc in zip(logits, sums, ids, strict=True)
    ]


def begin_update(
    shim: Shim, ids: Sequence[Ints1d], batches: Iterable[PackedBatch]
) -> tuple[list[XpFloats2d], Callable[[list[XpFloats2d]], None]]:
    """Run documents for training.

    shim, ids, batches: As in `read`.
    RETURNS (tuple): Hidden states of each document, shape (n_pieces, width); and a callback that
        takes their gradients and keeps those of the weights.
    """
    ops, width = get_current_ops(), shim.sizes.width
    hidden = [ops.alloc2f(len(doc), width) for doc in ids]
    steps = []
    for batch in batches:
        states, backprop = shim.begin_update(batch)
        steps.append((batch, backprop))
        for doc, rows, window in core_parts(batch):
            hidden[doc][window.core_start_piece : window.core_end_piece] = states[rows]

    def finish(d_hidden: list[XpFloats2d]) -> None:
        for batch, backprop in steps:
            gradient = ops.alloc2f(len(batch), width)
            for doc, rows, window in core_parts(batch):
                part = slice(window.core_start_piece, window.core_end_piece)
                gradient[rows] = d_hidden[doc][part]
            backprop(gradient)

    return hidden, finish


def _to_numpy(array: XpFloats2d) -> Floats2d:
    return cast(Floats2d, to_numpy(array))
