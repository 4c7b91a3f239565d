"""A training run <-> one safetensors file from which it goes on as if it had never stopped.

Holds the weights that have been trained and the optimizer's moments for them; what was never
trained comes from the same config, seed and source again.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import srsly
from spacy.language import Language
from spacy.training import Example
from thinc.api import Optimizer

from ..checkpoints.tensors.safetensors import StoredTensor, read_safetensors, write_safetensors
from ..files import write_atomically
from ..networks.network import Network

KIND: Final = "spacy-privacy-filter run 1"
# Beside a finished run: what it was a run of.
DONE: Final = "finished.json"


@dataclass
class Progress:
    """Where a run stands.

    config (str): The whole config. data (str): Fingerprint of the examples; see `fingerprint`.
    step (int): The last step that was done; -1 before the first.
    epoch (int): The epoch of the next batch. batch (int): How many batches of it are done.
    words (int), seconds (float): So far.
    results (list): (score, step) of each evaluation.
    shuffles (list): State of `random` before each epoch was shuffled.
    """

    config: str = ""
    data: str = ""
    step: int = -1
    epoch: int = 0
    batch: int = 0
    words: int = 0
    seconds: float = 0.0
    results: list[tuple[float, int]] = field(default_factory=list)
    shuffles: list[Any] = field(default_factory=list)


class Weight(NamedTuple):
    """One weight of a pipeline: the optimizer's key for it, how to read it and how to set it."""

    key: tuple[int, str]
    get: Callable[[], np.ndarray]
    put: Callable[[np.ndarray], None]


def weights_of(nlp: Language) -> Iterator[tuple[str, Weight]]:
    """Name every weight of a pipeline by its place, which is the same in another process.

    Weights that components share are named once, by the first.

    RAISES (ValueError): A component whose network cannot be set from here.
    """
    # thinc counts shims and layers apart: one of each may have the same number.
    seen: set[tuple[str, int]] = set()
    for name, pipe in nlp.pipeline:
        model: Any = getattr(pipe, "model", None)
        if not hasattr(model, "walk"):
            continue
        for i, node in enumerate(model.walk()):
            for shim in _shims_of(node):
                if ("shim", shim.id) not in seen:
                    seen.add(("shim", shim.id))
                    yield from _shim_weights(f"{name}/{i}", name, shim)
            if ("layer", node.id) not in seen:
                seen.add(("layer", node.id))
                yield from _node_weights(f"{name}/{i}", node)


def _shim_weights(place: str, pipe: str, shim: Any) -> Iterator[tuple[str, Weight]]:
    if not hasattr(shim, "load_tensors"):
        raise ValueError(
            f"Component {pipe!r} has a network of the kind {type(shim).__name__}, whose training "
            "cannot be resumed. Train it with: python -m spacy train"
        )
    for name, tensor in shim.tensors().items():

        def put(values: np.ndarray, name: str = name) -> None:
            shim.load_tensors({name: StoredTensor.from_float32(values)})

        yield f"{place}/shim/{name}", Weight((shim.id, name), tensor.to_float32, put)


def _node_weights(place: str, node: Any) -> Iterator[tuple[str, Weight]]:
    for name in node.param_names:
        if not node.has_param(name):
            continue

        def get(name: str = name) -> np.ndarray:
            array: np.ndarray = node.ops.to_numpy(node.get_param(name))
            return array

        def put(values: np.ndarray, name: str = name) -> None:
            array = node.ops.asarray(np.array(values))
            node.set_param(name, array)
            # thinc steps what has ever had a gradient, also where the next batch gives it none.
            node.set_grad(name, node.ops.alloc(array.shape))

        yield f"{place}/{name}", Weight((node.id, name), get, put)


def write_state(path: Path, nlp: Language, optimizer: Optimizer, progress: Progress) -> None:
    """Write where a run stands, whole or not at all: a kill leaves the state before or this one."""
    tensors: dict[str, StoredTensor] = {}
    counts: dict[str, int] = {}
    for name, weight in weights_of(nlp):
        if not optimizer.nr_update.get(weight.key):
            continue
        counts[name] = optimizer.nr_update[weight.key]
        tensors[f"weight:{name}"] = StoredTensor.from_float32(weight.get())
        for kind, moments in _moments(optimizer):
            if weight.key in moments:
                values = _to_numpy(moments[weight.key])
                tensors[f"{kind}:{name}"] = StoredTensor.from_float32(values)
    for i, shim in enumerate(_shims(nlp)):
        tensors[f"random:{i}"] = StoredTensor("U8", np.array(shim.get_random_state()))
    state = {
        "progress": asdict(progress),
        "counts": counts,
        "random": random.getstate(),
        "numpy": _numpy_state(),
    }
    raw = np.frombuffer(json.dumps(state).encode(), dtype=np.uint8)
    write_safetensors(path, tensors | {"state": StoredTensor("U8", raw)}, {"kind": KIND})


def read_state(path: Path, nlp: Language, optimizer: Optimizer, now: Progress) -> Progress:
    """Put a pipeline, an optimizer and the generators of chance where they were.

    path (Path): What `write_state` wrote.
    nlp (Language): Initialised from the same config.
    optimizer (Optimizer): Fresh, from the same config.
    now (Progress): The config and data of this run, to compare with.
    RETURNS (Progress): Where the run stood.
    RAISES (ValueError): The file is damaged, or the config or the data have changed.
    """
    tensors, state = _read_whole(path)
    progress = Progress(**state["progress"])
    progress.results = [(score, step) for score, step in progress.results]
    for what, old, new in (
        ("config", progress.config, now.config),
        ("data", progress.data, now.data),
    ):
        if old != new:
            raise ValueError(
                f"The {what} differs from that of the run in {path}, so it cannot go on from "
                f"there. Undo the change, or start anew with --restart."
            )
    weights = dict(weights_of(nlp))
    for name, count in state["counts"].items():
        weight = weights[name]
        weight.put(tensors[f"weight:{name}"].to_float32())
        optimizer.nr_update[weight.key] = count
        for kind, moments in _moments(optimizer):
            if f"{kind}:{name}" in tensors:
                # A copy: the file is mapped, and will be replaced.
                values = np.array(tensors[f"{kind}:{name}"].to_float32())
                moments[weight.key] = nlp.get_pipe(name.split("/")[0]).model.ops.asarray(values)  # type: ignore[attr-defined]
    for _ in range(progress.step + 1):
        optimizer.step_schedules()
    for i, shim in enumerate(_shims(nlp)):
        shim.set_random_state(tensors[f"random:{i}"].data)
    version, numbers, gauss = state["random"]
    random.setstate((version, tuple(numbers), gauss))
    kind, keys, *rest = state["numpy"]
    np.random.set_state((kind, np.asarray(keys, dtype=np.uint32), *rest))  # noqa: NPY002
    return progress


def _read_whole(path: Path) -> tuple[dict[str, StoredTensor], dict[str, Any]]:
    """Read the file, and the object in it. RAISES (ValueError): It is no run, or damaged."""
    try:
        tensors, metadata = read_safetensors(path)
        if metadata.get("kind") != KIND or "state" not in tensors:
            raise ValueError(f"it is no {KIND}")
        return dict(tensors), json.loads(bytes(tensors["state"].data).decode())
    except ValueError as error:
        raise ValueError(
            f"{path} holds no training run that can go on: {str(error).rstrip('.')}. Start anew "
            "with --restart."
        ) from None


def fingerprint(examples: Iterable[Example]) -> str:
    """Hash examples in order: their texts, and all that is said of them.

    RETURNS (str): Hexadecimal; that of nothing for none.
    """
    digest = hashlib.sha256()
    for example in examples:
        # Strings lie in a set there, in another order in each process; the rest refers to them.
        content = example.reference.to_bytes(exclude=["tensor", "strings"])
        digest.update(f"{len(content)}:".encode())
        digest.update(content)
    return digest.hexdigest()


def write_finished(path: Path, progress: Progress) -> None:
    """Note what a finished run was a run of."""
    write_atomically(path, srsly.json_dumps(_mark(progress), indent=2).encode())


def is_finished(path: Path, now: Progress) -> bool:
    """Whether the note is there, and is of the same config and data as `now`."""
    try:
        return bool(json.loads(path.read_bytes()) == _mark(now))
    except (OSError, ValueError):
        return False


def _mark(progress: Progress) -> dict[str, str]:
    config = hashlib.sha256(progress.config.encode()).hexdigest()
    return {"kind": KIND, "config": config, "data": progress.data}


@contextmanager
def keep_random() -> Iterator[None]:
    """Put the generators of chance back to where they were."""
    python, numpy = random.getstate(), np.random.get_state()  # noqa: NPY002
    try:
        yield
    finally:
        random.setstate(python)
        np.random.set_state(numpy)  # noqa: NPY002


def _numpy_state() -> list[Any]:
    """State of numpy's global generator, from which thinc's dropout draws."""
    kind, keys, *rest = np.random.get_state()  # noqa: NPY002
    return [kind, np.asarray(keys).tolist(), *rest]


def _moments(optimizer: Optimizer) -> list[tuple[str, dict[Any, Any]]]:
    found = [("mom1", optimizer.mom1), ("mom2", optimizer.mom2)]
    return found if optimizer.averages is None else [*found, ("average", optimizer.averages)]


def _shims(nlp: Language) -> list[Any]:
    """Networks that draw from generators of their own, each once."""
    shims = {
        shim.id: shim
        for _, pipe in nlp.pipeline
        if hasattr(getattr(pipe, "model", None), "walk")
        for node in pipe.model.walk()  # type: ignore[attr-defined]
        for shim in _shims_of(node)
    }
    return list(shims.values())


def _shims_of(node: Any) -> Iterator[Any]:
    """What computes in a layer; of a network of ours, what its backend has made."""
    for shim in node.shims:
        if not isinstance(shim, Network):
            yield shim
        elif shim.is_loaded:
            yield shim.shim


def _to_numpy(array: Any) -> np.ndarray:
    """An array of any of thinc's devices as numpy's."""
    return array.get() if hasattr(array, "get") else np.asarray(array)
