"""What encoders of others have in common as thinc shims, whatever computes them.

They run, and are not trained here.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, Final, NoReturn, cast

import numpy as np
import numpy.typing as npt
from thinc.api import Optimizer, get_current_ops
from thinc.shims import Shim
from thinc.types import Floats2d as XpFloats2d

from ...checkpoints.encoder_sizes import EncoderSizes
from ...checkpoints.tensors.safetensors import StoredTensor
from ...types import PackedBatch
from ..packed_bytes import read_parts, write_message
from ..shim import Backprop, Params
from .rows import lay_rows, put_back

Floats = npt.NDArray[np.floating]
# Of a tensor that holds a file: a tokenizer, a graph.
BYTES: Final = "U8"


class EncoderShim(Shim):
    """An encoder as a thinc shim. See `openai_privacy_filter.torch.shim` for what one promises.

    sizes (EncoderSizes): Sizes. beside (Mapping): The files that travel with its weights.
    """

    # Of rows that a network takes no others than; one row at a time.
    length: int | None = None
    single = False

    def __init__(self, sizes: EncoderSizes, beside: Mapping[str, StoredTensor]) -> None:
        super().__init__(None)
        self._sizes, self._beside = sizes, dict(beside)
        self.n_updates = 0

    @property
    def sizes(self) -> EncoderSizes:
        """Sizes of the network."""
        return self._sizes

    def _compute(self, ids: Any, mask: Any) -> Floats:
        """Run rows. Shapes: (n_rows, length) to (n_rows, length, width) or (n_rows, width)."""
        raise NotImplementedError

    def __call__(self, inputs: PackedBatch, is_train: bool) -> tuple[XpFloats2d, Backprop]:
        """Run one packed batch. See `predict` and `begin_update`."""
        return self.begin_update(inputs) if is_train else (self.predict(inputs), _no_backprop)

    def predict(self, fwd_args: PackedBatch) -> XpFloats2d:
        """Compute what the head sees of each piece: (n_rows, width), on thinc's current device."""
        sizes = self._sizes
        hidden: Any = np.zeros((len(fwd_args), sizes.width), dtype="f")
        for rows in lay_rows(fwd_args, sizes, length=self.length, single=self.single):
            put_back(hidden, self._compute(rows.ids, rows.mask), rows, len(sizes.prefix))
        array: Any = get_current_ops().asarray(hidden)
        return cast(XpFloats2d, array)

    def begin_update(self, fwd_args: PackedBatch) -> tuple[XpFloats2d, Backprop]:
        """Refuse. RAISES (ValueError)."""
        raise ValueError(
            f"A network of the family {self._sizes.family!r} is run here and not trained. Train "
            "it with transformers, and give the folder with the result as `source`."
        )

    def set_training(
        self,
        *,
        dropout: float = 0.0,
        balance: float = 0.0,
        embedding_rate: float = 1.0,
        trainable_layers: int | None = None,
    ) -> None:
        """Nothing: `begin_update` says that nothing is trained here."""

    def finish_update(self, optimizer: Optimizer) -> None:
        """Nothing: there are no gradients."""

    @contextlib.contextmanager
    def use_params(self, params: Params) -> Iterator[None]:
        """Nothing: there are no averages of weights that are not trained."""
        yield

    def tensors(self) -> dict[str, StoredTensor]:
        """The weights, and the files that travel with them, by name."""
        raise NotImplementedError

    def load_tensors(self, tensors: Mapping[str, StoredTensor]) -> None:
        """Put other values into some of the weights. RAISES (ValueError): There are none such."""
        raise NotImplementedError

    def get_random_state(self) -> npt.NDArray[np.uint8]:
        """Nothing is drawn here: no bytes."""
        return np.zeros(0, np.uint8)

    def set_random_state(self, state: npt.NDArray[np.uint8]) -> None:
        """Nothing is drawn here."""

    def to_bytes(self) -> bytes:
        """Write sizes and weights as one msgpack value. See `packed_bytes.write_message`."""
        return write_message(self._sizes, self.tensors())

    def from_bytes(self, data: bytes) -> EncoderShim:
        """Read what `to_bytes` wrote, in place of the present weights."""
        values, tensors = read_parts(data)
        self._take(EncoderSizes.from_dict(values), tensors)
        self.n_updates += 1
        return self

    def copy(self) -> EncoderShim:
        """Copy it whole. The copy gets an id of its own, as `Model.copy` gives."""
        other = deepcopy(self)
        other.id = Shim(None).id
        return other

    def _take(self, sizes: EncoderSizes, tensors: Mapping[str, StoredTensor]) -> None:
        raise NotImplementedError


def files_of(tensors: Mapping[str, StoredTensor]) -> dict[str, StoredTensor]:
    """Give those tensors that hold a file."""
    return {name: tensor for name, tensor in tensors.items() if tensor.dtype == BYTES}


def _no_backprop(_: object) -> NoReturn:
    raise RuntimeError("There is nothing to train on after predict(); call begin_update().")
