"""A graph of an encoder -> what runs rows of pieces in onnxruntime: inputs and outputs by name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

import numpy as np

from ....checkpoints.encoder_sizes import EncoderSizes
from ....checkpoints.tensors.onnx_file import read_onnx
from ...openai_privacy_filter.onnx.session import Model, check_version, open_graph
from ..shim import Floats

IDS, MASK, TYPES, POSITIONS = "input_ids", "attention_mask", "token_type_ids", "position_ids"
LOGITS: Final = "logits"
NUMBERS: Final = {"tensor(int64)": np.int64, "tensor(int32)": np.int32}
# Operators that round what they are given by the largest number in it: a row among others gives
# something else than a row alone.
BY_BATCH: Final = ("DynamicQuantizeLinear", "DynamicQuantizeMatMul", "MatMulIntegerToFloat")


class GraphSession:
    """A graph that is open in onnxruntime.

    graph (Path | bytes): The file, or what is in it.
    sizes (EncoderSizes): What it must give.
    RAISES (ValueError): onnxruntime does not take it, or it takes or gives something else.
    """

    def __init__(self, graph: Path | bytes, sizes: EncoderSizes) -> None:
        check_version()
        self._session = open_graph(Model(graph, {}))
        self._sizes, self.pid = sizes, os.getpid()
        self._types = {value.name: value.type for value in self._session.get_inputs()}
        self._output = self._find_output()
        self.length, n_rows = self._check_inputs()
        self.single = n_rows == 1 or self._rounds_by_batch(graph)

    def run(self, ids: Any, mask: Any) -> Floats:
        """Run rows. Shapes: (n_rows, length) to (n_rows, length, width) or (n_rows, width).

        RAISES (ValueError): It gives another shape than it claims.
        """
        positions = np.broadcast_to(np.arange(ids.shape[1]), ids.shape)
        given = {IDS: ids, MASK: mask, TYPES: np.zeros_like(ids), POSITIONS: positions}
        feed = {
            name: np.ascontiguousarray(given[name], dtype=NUMBERS[kind])
            for name, kind in self._types.items()
        }
        (found,) = self._session.run([self._output], feed)
        array: Floats = np.asarray(found, dtype=np.float32)
        width = (self._sizes.width,)
        expected = ids.shape[:1] + width if self._sizes.pools else ids.shape + width
        if array.shape != expected:
            raise ValueError(
                f"The graph gave the shape {array.shape} and not {expected}. It is of another "
                "model than the configuration beside it."
            )
        return array

    def _rounds_by_batch(self, graph: Path | bytes) -> bool:
        if isinstance(graph, Path):
            names = {name for _, name in read_onnx(graph, of_others=True).operators}
            return any(name in BY_BATCH for name in names)
        return any(name.encode() in graph for name in BY_BATCH)

    def _check_inputs(self) -> tuple[int | None, int | None]:
        """Refuse inputs that nobody here can give; tell what lengths they have, if but one."""
        known = (IDS, MASK, TYPES, POSITIONS)
        wrong = [
            f"{name} ({kind})"
            for name, kind in self._types.items()
            if name not in known or kind not in NUMBERS
        ]
        if wrong or IDS not in self._types:
            raise ValueError(
                f"The graph takes {', '.join(sorted(self._types))}"
                f"{f'; {wrong[0]} is not known' if wrong else ''}. An encoder takes whole numbers: "
                f"{', '.join(known)}. Export it as a token classifier or a text classifier."
            )
        shape = next(v.shape for v in self._session.get_inputs() if v.name == IDS)
        if len(shape) != 2:
            raise ValueError(f"The graph takes {IDS} of the shape {shape}, not of two axes.")
        n_rows, length = (size if isinstance(size, int) else None for size in shape)
        if n_rows not in (None, 1):
            raise ValueError(f"The graph takes {n_rows} texts at a time and no other number.")
        return length, n_rows

    def _find_output(self) -> str:
        """Find the logits. RAISES (ValueError): There are none, or of another number of labels."""
        gives = {value.name: value for value in self._session.get_outputs()}
        name = LOGITS if LOGITS in gives else next(iter(gives), "") if len(gives) == 1 else ""
        if not name:
            raise ValueError(
                f"The graph gives {', '.join(sorted(gives))}, but no {LOGITS!r}. Export it with "
                "its classifier."
            )
        shape, n_axes = gives[name].shape, 2 if self._sizes.pools else 3
        fits = len(shape) == n_axes and (
            not isinstance(shape[-1], int) or shape[-1] == self._sizes.width
        )
        if not fits and shape:
            kind = "each text" if self._sizes.pools else "each piece of each text"
            raise ValueError(
                f"The graph claims the shape {shape} for {name!r}, but its configuration names "
                f"{self._sizes.width} labels of {kind}. Its files belong to different models."
            )
        return name
