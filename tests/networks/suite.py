"""What the tests that go through every backend share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from thinc.api import Optimizer

from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor
from spacy_privacy_filter.compat import has
from spacy_privacy_filter.networks.settings import MODULES, backends
from spacy_privacy_filter.types import PackedBatch

from .helpers import SIZES


def _those(*names: str) -> list[Any]:
    return [
        pytest.param(n, marks=pytest.mark.skipif(not has(MODULES[n]), reason=f"no {n} here"))
        for n in names
    ]


BACKENDS = _those("torch", "mlx", "onnx")
# Those that also train; the marker `trains` leaves the others out.
TRAINERS = ("torch", "mlx")


def make(backend: str, tensors: Mapping[str, StoredTensor] | None, **settings: str) -> Any:
    shim = backends.get(backend)(SIZES, tensors, device="cpu", **settings)
    shim.set_training()
    return shim


def sgd(rate: float = 1.0) -> Optimizer:
    """Plain descent: a step is the gradient, with the sign turned."""
    return Optimizer(rate, L2=0.0, grad_clip=0.0, beta1=0.0, beta2=0.0, use_averages=False)


def weights_of(shim: Any) -> dict[str, np.ndarray]:
    return {name: tensor.to_float32().copy() for name, tensor in shim.tensors().items()}


def update(shim: Any, batch: PackedBatch, d_hidden: np.ndarray) -> None:
    _, backprop = shim.begin_update(batch)
    backprop(d_hidden)


def gradients(shim: Any, batch: PackedBatch, d_hidden: np.ndarray) -> dict[str, np.ndarray]:
    """Gradients, as what one step of plain descent takes away from a copy."""
    stepped, before = shim.copy(), weights_of(shim)
    update(stepped, batch, d_hidden)
    stepped.finish_update(sgd())
    return {name: before[name] - after for name, after in weights_of(stepped).items()}


def train_a_little(shim: Any, batch: PackedBatch, seed: int = 5) -> None:
    """Change every weight that takes part: after this, what was read is not what must be kept."""
    rng = np.random.default_rng(seed)
    if "ONNX" in type(shim).__name__:  # which is told what others have learnt
        for name, weight in weights_of(shim).items():
            moved = weight + 0.1 * rng.standard_normal(weight.shape).astype("f")
            shim.load_tensors({name: StoredTensor.from_float32(moved)})
        return
    shape = (len(batch), SIZES.width)
    update(shim, batch, rng.standard_normal(shape).astype("f") / len(batch))
    shim.finish_update(sgd(0.05))


def embeddings_of(value: float) -> dict[str, StoredTensor]:
    table = np.full((SIZES.vocab_size, SIZES.width), value, "f")
    return {"embedding.weight": StoredTensor.from_float32(table)}
