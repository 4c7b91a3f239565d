"""What a backend makes of sizes and weights: a network in a framework's own arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt
from thinc.api import Optimizer
from thinc.types import Floats2d as XpFloats2d
from thinc.types import FloatsXd

from ..checkpoints.tensors.safetensors import StoredTensor
from ..types import PackedBatch, Sizes

# Other weights for those of a network, by the optimizer's keys.
Params: TypeAlias = Mapping[tuple[int, str], FloatsXd]
Backprop: TypeAlias = Callable[[XpFloats2d], object]


class Shim(Protocol):
    """A network in a framework's own arrays: what runs one packed batch. A backend makes it.

    What it gives lies on thinc's current device.
    """

    id: int

    @property
    def sizes(self) -> Sizes:
        """Sizes of the network."""

    @property
    def n_updates(self) -> int:
        """Grows whenever the weights change."""

    def predict(self, fwd_args: PackedBatch) -> XpFloats2d:
        """Compute hidden states. Shape: (n_rows, width)."""

    def begin_update(self, fwd_args: PackedBatch) -> tuple[XpFloats2d, Backprop]:
        """Compute hidden states, and give what takes their gradient and keeps that of weights."""

    def set_training(
        self,
        *,
        dropout: float = 0.0,
        balance: float = 0.0,
        embedding_rate: float = 1.0,
        trainable_layers: int | None = None,
    ) -> None:
        """Choose how the next updates train."""

    def finish_update(self, optimizer: Optimizer) -> None:
        """Step every weight that has a gradient, and forget the gradients."""

    def use_params(self, params: Params) -> AbstractContextManager[None]:
        """Run with other weights for a while; only the first of several calls lends them."""

    def tensors(self) -> dict[str, StoredTensor]:
        """The weights by our names; views where possible."""

    def load_tensors(self, tensors: Mapping[str, StoredTensor]) -> None:
        """Put other values into some of the weights."""

    def get_random_state(self) -> npt.NDArray[np.uint8]:
        """State of the generator that dropout draws from."""

    def set_random_state(self, state: npt.NDArray[np.uint8]) -> None:
        """Go on drawing where `get_random_state` was asked."""

    def to_device(self, device_type: str, device_id: int) -> None:
        """Move the weights."""

    def to_bytes(self) -> bytes:
        """Write sizes and weights as one value."""

    def from_bytes(self, bytes_data: bytes) -> object:
        """Read what `to_bytes` wrote, in place of the present weights."""

    def copy(self) -> Shim:
        """Copy weights and settings; the copy has an id of its own."""


class MakeShim(Protocol):
    """What a backend registers."""

    def __call__(
        self,
        sizes: Sizes,
        tensors: Mapping[str, StoredTensor] | None,
        /,
        *,
        device: str,
        dtype: str,
    ) -> Shim:
        """Make a network of these weights, by our names; None for fresh ones."""
