"""An ONNX graph, of ours or in a file -> what runs packed batches in onnxruntime."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import onnxruntime

from ....types import Floats2d, PackedBatch

Ints = npt.NDArray[np.int64]
# Below, MoE and QMoE have other attributes or other results.
OLDEST: Final = (1, 23, 2)
PACKED: Final = ("ids", "positions", "segments")
PADDED: Final = ("input_ids", "attention_mask")
# Names of what we ask for, by what is given.
OUTPUTS: Final = {PACKED: "hidden", PADDED: "hidden_states"}
AXES: Final = {PACKED: 2, PADDED: 3}
CPU: Final = "CPUExecutionProvider"
ERRORS: Final = 3  # of onnxruntime's own log: errors, but no warnings


class Model(NamedTuple):
    """What a session is opened with.

    graph (bytes | Path): A model, or the file that holds one.
    weights (Mapping[str, Any]): Values of what lies beside a model in memory, as onnxruntime holds
        them, by name.
    """

    graph: bytes | Path
    weights: Mapping[str, Any]


class Session:
    """A graph that is open in onnxruntime, in this process or in one that was forked from it.

    model (Model): The graph. width (int): Of the hidden states that are expected.
    """

    def __init__(self, model: Model, width: int) -> None:
        check_version()
        self._model, self._width = model, width
        self._open()

    def _open(self) -> None:
        self._session = open_graph(self._model)
        self._pid = os.getpid()
        self._inputs = find_inputs(self._session, self._width)

    def run(self, batch: PackedBatch) -> Floats2d:
        """Compute hidden states. Shape: (n_rows, width), float32."""
        if os.getpid() != self._pid:  # the parent's threads do not exist here
            # Nor can they be ended here: whoever lets go of the session would wait for ever.
            _OF_PARENTS.append(self._session)
            self._open()
        given: tuple[Ints, ...] = (batch.ids, batch.positions, batch.segments)
        if self._inputs == PADDED:  # one row; what belongs together has the same number
            given = (batch.ids[None], batch.segments[None] - batch.segments.min() + 1)
        feed = {
            name: np.ascontiguousarray(array, dtype=np.int64)
            for name, array in zip(self._inputs, given, strict=True)
        }
        (hidden,) = self._session.run([OUTPUTS[self._inputs]], feed)
        return np.asarray(hidden).reshape(len(batch), self._width)


_OF_PARENTS: Final[list[Any]] = []


def check_version() -> None:
    """Refuse an onnxruntime that is too old. RAISES (ImportError)."""
    found = onnxruntime.__version__
    numbers = tuple(int(n) for n in re.findall(r"\d+", found)[:3])
    if numbers < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        raise ImportError(
            f"onnxruntime {found} is too old: the operators of this network need {oldest} or "
            f"newer. Install it: pip install -U 'onnxruntime>={oldest}'"
        )


def hold(array: np.ndarray) -> Any:
    """Give an array as onnxruntime's own, without a copy."""
    return onnxruntime.OrtValue.ortvalue_from_numpy(array)


def open_graph(model: Model) -> Any:
    """Open a graph on the CPU.

    RAISES (ValueError): onnxruntime does not take it: an operator that it does not know, a graph
        that contradicts itself, or weights that are not there.
    """
    options = onnxruntime.SessionOptions()
    options.log_severity_level = ERRORS
    # As other libraries do; onnxruntime alone takes every core.
    options.intra_op_num_threads = int(os.environ.get("OMP_NUM_THREADS", "0").strip() or 0)
    if model.weights:
        options.add_external_initializers(list(model.weights), list(model.weights.values()))
    of_file = isinstance(model.graph, Path)
    graph = str(model.graph) if of_file else model.graph
    try:
        return onnxruntime.InferenceSession(graph, options, providers=[CPU])
    except Exception as error:  # onnxruntime's own classes have no parent but this one
        where = str(model.graph) if of_file else "the graph of this network"
        raise ValueError(
            f"onnxruntime {onnxruntime.__version__} cannot run {where}: "
            f"{' '.join(str(error).split())[:300]} Export it again, with --ops standard if an "
            "operator is not known, or use a newer onnxruntime."
        ) from None


def find_inputs(session: Any, width: int) -> tuple[str, ...]:
    """Find out what a graph takes: `PACKED` or `PADDED`.

    RAISES (ValueError): It takes or gives something else.
    """
    takes = {value.name for value in session.get_inputs()}
    gives = {value.name: value for value in session.get_outputs()}
    for names, output in OUTPUTS.items():
        if takes == set(names) and output in gives:
            shape = gives[output].shape
            if len(shape) != AXES[names] or shape[-1] != width:
                raise ValueError(
                    f"The graph claims the shape {shape} for {output!r}, but hidden states of this "
                    f"network are {width} wide. Its files belong to different models."
                )
            return names
    raise ValueError(
        f"The graph takes {sorted(takes)} and gives {sorted(gives)}, but a network of this family "
        f"takes {list(PACKED)} and gives 'hidden', or takes {list(PADDED)} and gives "
        "'hidden_states'. Export it with: python -m spacy privacy-filter export-onnx"
    )
