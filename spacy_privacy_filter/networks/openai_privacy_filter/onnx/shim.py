"""The bridge between thinc and the network in onnxruntime: packed batches in, hidden states out.

Runs networks and does not train them. Without torch or MLX this is the backend.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any, Final, NoReturn, cast

import numpy as np
import onnxruntime
from thinc.api import Optimizer, get_current_ops
from thinc.shims import Shim
from thinc.types import Floats2d as XpFloats2d

from ....checkpoints.formats.onnx import MODELS, choose_graph
from ....checkpoints.layouts import check_tensors
from ....checkpoints.sizes import EMBEDDING, NetworkConfig, backbone_shapes
from ....checkpoints.tensors.affine import QuantizedTensor
from ....checkpoints.tensors.safetensors import StoredTensor
from ....compat import has, missing
from ....settings import AUTO
from ....types import PackedBatch
from ...packed_bytes import read_message, write_message
from ...shim import Backprop, Params
from .session import Model, Session, check_version

FLOAT32: Final = "float32"
DTYPES: Final = (AUTO, FLOAT32, "bfloat16", "float16", "int8", "int4")


def make_onnx_shim(
    config: NetworkConfig,
    tensors: Mapping[str, StoredTensor] | None,
    *,
    device: str = AUTO,
    dtype: str = AUTO,
) -> ONNXShim:
    """Build the onnxruntime backend of a network.

    config (NetworkConfig): Sizes.
    tensors (Mapping | None): Weights by the names of `config.backbone_shapes`, quantised or not;
        those of an exported folder run in its own graph.
    device (str): "auto" or "cpu".
    dtype (str): "float32"; "bfloat16" or "float16" (matrices are rounded, and multiplied in
        float32); "int8" or "int4" (matrices in whole numbers by groups of inputs); "auto": the
        graph of an exported folder as it is, else float32.
    RAISES (ValueError): An unknown device or dtype, or weights that are not those of the sizes.
    RAISES (ImportError): Fresh weights, which are there to be trained; or an old onnxruntime.
    """
    check_version()
    find_device(device)
    if dtype not in DTYPES:
        raise ValueError(f"Unknown dtype {dtype!r}. Choose one of: {', '.join(DTYPES)}.")
    if tensors is None:
        _refuse_training()
    check_tensors(tensors, backbone_shapes(config), "the network")
    if dtype == "bfloat16":
        tensors = {name: _rounded(name, tensor) for name, tensor in tensors.items()}
    return ONNXShim(config, tensors, dtype)


def find_device(name: str) -> None:
    """Check that a device is there. RAISES (ValueError)."""
    if name not in (AUTO, "cpu"):
        raise ValueError(
            f"device = {name!r} cannot be used here. Use 'auto', 'cpu': the onnx backend runs on "
            "processors."
        )


class ONNXShim(Shim):
    """A network in onnxruntime as a thinc shim. See `TorchShim` for what it promises.

    config (NetworkConfig): Sizes. tensors (Mapping): All weights. dtype (str): As above.
    """

    def __init__(
        self, config: NetworkConfig, tensors: Mapping[str, StoredTensor], dtype: str
    ) -> None:
        super().__init__(None)
        self._config, self._tensors, self._dtype = config, dict(tensors), dtype
        self.n_updates = 0
        self._lends = False
        self._session: Session | None = None

    @property
    def sizes(self) -> NetworkConfig:
        """Sizes of the network."""
        return self._config

    @property
    def computes(self) -> str:
        """How the matrices are stored and multiplied, for people."""
        path = choose_graph(self._tensors.values(), self._dtype)
        kind = FLOAT32 if self._dtype == AUTO else self._dtype
        stored = kind if path is None else f"{path.name}"
        return f"{stored} on cpu, onnxruntime {onnxruntime.__version__}"

    @property
    def session(self) -> Session:
        """What runs; opened when it is first needed, and again when weights have changed."""
        if self._session is None:
            path = choose_graph(self._tensors.values(), self._dtype)
            model = self._build() if path is None else Model(path, {})
            self._session = Session(model, self._config.width)
        return self._session

    def _build(self) -> Model:
        """Write the graph of a checkpoint. RAISES (ImportError): onnx is not installed."""
        if not has("onnx"):
            raise missing("onnx", "Building the graph of a checkpoint")
        from .in_memory import build_in_memory

        dtype = self._dtype if self._dtype in MODELS else FLOAT32
        return build_in_memory(self._config, self._tensors, dtype)

    def __call__(self, inputs: PackedBatch, is_train: bool) -> tuple[XpFloats2d, Backprop]:
        """Run one packed batch. See `predict` and `begin_update`."""
        return self.begin_update(inputs) if is_train else (self.predict(inputs), _no_backprop)

    def predict(self, fwd_args: PackedBatch) -> XpFloats2d:
        """Compute the hidden states of one packed batch.

        RAISES (IndexError): An id that the network has no embedding for.
        """
        ids, n = fwd_args.ids, self._config.vocab_size
        if len(ids) and not 0 <= (worst := int(ids.min() if ids.min() < 0 else ids.max())) < n:
            raise IndexError(
                f"A piece has the id {worst}, but this network knows 0 to {n - 1} only. Use the "
                "tokenizer that its checkpoint was trained with."
            )
        hidden: Any = self.session.run(fwd_args)
        return cast(XpFloats2d, get_current_ops().asarray(hidden))

    def begin_update(self, fwd_args: PackedBatch) -> tuple[XpFloats2d, Backprop]:
        """Refuse: onnxruntime computes no gradients. RAISES (ImportError, ValueError)."""
        _refuse_training()

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
        """Run with other weights (thinc's averages) for a while. See `TorchShim.use_params`.

        RAISES (ValueError): A weight of another shape.
        """
        lent = {name: params[self.id, name] for name in self._tensors if (self.id, name) in params}
        if self._lends or not lent:
            yield
            return
        own, session = dict(self._tensors), self._session
        self._lends = True
        try:
            self.load_tensors(
                {n: StoredTensor.from_float32(np.asarray(array)) for n, array in lent.items()}
            )
            yield
        finally:
            self._lends = False
            self.n_updates += self._tensors != own
            self._tensors, self._session = own, session

    def tensors(self) -> dict[str, StoredTensor]:
        """The weights by the names of `config.backbone_shapes`."""
        return dict(self._tensors)

    def load_tensors(self, tensors: Mapping[str, StoredTensor]) -> None:
        """Put other values into some of the weights.

        RAISES (ValueError): An unknown name or another shape.
        """
        shapes = backbone_shapes(self._config)
        for name, tensor in tensors.items():
            if shapes.get(name) != tuple(tensor.shape):
                raise ValueError(f"This network has no weight {name!r} of shape {tensor.shape}.")
        self._tensors |= tensors
        self._session = None
        self.n_updates += 1

    def get_random_state(self) -> np.ndarray:
        """Nothing is drawn here: no bytes."""
        return np.zeros(0, np.uint8)

    def set_random_state(self, state: np.ndarray) -> None:
        """Nothing is drawn here."""

    def to_device(self, device_type: str, device_id: int) -> None:
        """Stay on the processor; what comes out goes to thinc's device."""

    def to_bytes(self) -> bytes:
        """Write sizes and weights as one msgpack value. See `packed_bytes.write_message`."""
        return write_message(self._config, self.tensors())

    def from_bytes(self, data: bytes) -> ONNXShim:
        """Read what `to_bytes` wrote; the type of the matrices stays as it is."""
        self._config, self._tensors = read_message(data)
        self._session = None
        self.n_updates += 1
        return self

    def copy(self) -> ONNXShim:
        """Copy weights and settings. The copy gets an id of its own, as `Model.copy` gives."""
        other = ONNXShim(self._config, self._tensors, self._dtype)
        other.n_updates, other._session = self.n_updates, self._session
        return other

    def __deepcopy__(self, memo: dict[int, Any]) -> ONNXShim:
        """Share the weights and the session, which never change."""
        other = self.copy()
        other.id = self.id
        return other

    def __getstate__(self) -> dict[str, object]:
        """Leave the session behind: another process opens its own."""
        return {**self.__dict__, "_session": None}


def _rounded(name: str, tensor: StoredTensor) -> StoredTensor:
    """Round a matrix or bias to bfloat16; norms, sinks and the router stay float32."""
    if name.endswith(("norm.scale", "sinks")) or ".gate." in name:
        return StoredTensor.from_float32(tensor.to_float32())
    if tensor.dtype == "BF16" or (name == EMBEDDING and isinstance(tensor, QuantizedTensor)):
        return tensor
    return StoredTensor.from_float32(tensor.to_float32(), "BF16")


def _refuse_training() -> NoReturn:
    if not has("torch"):
        raise missing("torch", "Training (the onnx backend only runs networks)")
    raise ValueError(
        "The onnx backend only runs networks. Train with backend = 'torch', and run what was "
        "trained with backend = 'onnx'."
    )


def _no_backprop(_: object) -> None:
    raise RuntimeError("There is nothing to train on after predict(); call begin_update().")
