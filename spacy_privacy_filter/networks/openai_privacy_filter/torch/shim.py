"""The bridge between thinc and the PyTorch network: arrays in and out, optimizer, bytes.

thinc's own PyTorchShim is not used: it pickles weights, steps every row of an embedding of which a
batch touches a few, fails on bfloat16, and leaves a module in training mode after `predict`.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import torch
from thinc.api import Optimizer, get_current_ops
from thinc.backends import CupyOps
from thinc.shims import Shim
from thinc.util import torch2xp, xp2torch

from ....checkpoints.sizes import NetworkConfig
from ....checkpoints.tensors.safetensors import StoredTensor, forget_pages, is_mapped, trim_heap
from ....types import PackedBatch
from ...packed_bytes import read_message, write_message
from .backbone import LAYING, TorchBackbone
from .cuda_graphs import Passes, mention_graphs
from .precision import settle
from .runtime import AUTO, DTYPES, INT8, Runtime, find_runtime, split_windows, take_kernel
from .weights import find_device, from_torch, place, step, step_touched, to_torch


def make_torch_shim(
    config: NetworkConfig,
    tensors: Mapping[str, StoredTensor] | None,
    *,
    device: str = "auto",
    dtype: str = "auto",
) -> TorchShim:
    """Build the PyTorch backend of a network.

    config (NetworkConfig): Sizes.
    tensors (Mapping | None): Weights by the names of `config.backbone_shapes`; None for fresh ones.
    device (str): "auto" follows spaCy's `prefer_gpu` and `require_gpu`; or a name that torch knows.
    dtype (str): Type of the matrices: "float32", "bfloat16", "int8" or "auto"; see
        `runtime.find_runtime`.
    RAISES (ValueError): An unknown device or dtype, or one that is not there.
    """
    with torch.device("cpu" if tensors is None else "meta"):
        network = TorchBackbone(config)
    if tensors is None:
        network.init_weights()
    else:
        state = {name: to_torch(tensor) for name, tensor in tensors.items()}
        network.load_state_dict(state, strict=True, assign=True)
    runtime = find_runtime(find_device(device), dtype)
    return TorchShim(place(network, runtime, tensors or {}), runtime, tensors)


class TorchShim(Shim):
    """A `TorchBackbone` as a thinc shim.

    `predict` and `begin_update` take one `PackedBatch` and give its hidden states, shape
    (n_rows, width), float32, on thinc's current device; the callback of `begin_update` takes the
    gradient of the hidden states and keeps the gradients of the weights until `finish_update`.
    """

    def __init__(
        self,
        model: TorchBackbone,
        runtime: Runtime,
        tensors: Mapping[str, StoredTensor] | None = None,
    ) -> None:
        super().__init__(model)
        self.runtime = runtime
        # Where weights came from, until they are laid out anew: pages of a file, most often.
        self._mapped = dict(tensors or {})
        self._is_settled = False
        self._n_updates = 0
        self._lends = False
        self.balance = 0.0
        self.embedding_rate = 1.0
        self._pid = os.getpid()
        self._passes = Passes()

    @property
    def network(self) -> TorchBackbone:
        """The module. It is in evaluation mode except inside `begin_update`."""
        network: TorchBackbone = self._model
        return network

    @property
    def n_updates(self) -> int:
        """Grows whenever the weights change, also by a training loop of torch's own."""
        return self._n_updates + self.network.n_changes

    @property
    def computes(self) -> str:
        """How the matrices are stored and multiplied, for people; known after the first pass."""
        return self.runtime.computes

    def set_training(
        self,
        *,
        dropout: float = 0.0,
        balance: float = 0.0,
        embedding_rate: float = 1.0,
        trainable_layers: int | None = None,
    ) -> None:
        """Choose how the next updates train.

        dropout (float): Share of the stream's inputs that is zeroed, 0 to 1.
        balance (float): Weight of the router's imbalance in the loss.
        embedding_rate (float): Learning rate of the piece embeddings, relative to the others'.
        trainable_layers (int | None): See `TorchBackbone.unfreeze_last`.
        """
        self.network.dropout = dropout
        self.balance = balance
        self.embedding_rate = embedding_rate
        self.network.unfreeze_last(trainable_layers)

    def __call__(self, inputs: PackedBatch, is_train: bool) -> tuple[Any, Callable[..., Any]]:
        """Run one packed batch. See `predict` and `begin_update` above."""
        if is_train:
            return self._begin_update(inputs)
        self._guard_fork()
        self._lay_out()
        network = self.network.eval()
        with torch.inference_mode():
            hidden = self._passes.run(network, inputs)
            if hidden is None:
                parts = split_windows(*self._tensors_of(inputs))
                done = [network(*part)[0] for part in parts]
                hidden = torch.cat(done) if len(done) > 1 else done[0]
        return self._to_array(hidden), _no_backprop

    def _lay_out(self) -> None:
        """Lay out weights for running, if training or writing has asked for the plain ones."""
        with LAYING:
            if self.runtime.experts == AUTO:
                names = [name for name, w in self.network.named_parameters() if w.dim() == 3]
                mapped = all(self._is_mapped(name) for name in names)
                self.runtime = settle(self.runtime, self.network, mapped=mapped)
            if not self._is_settled:
                self.runtime = take_kernel(self.runtime, self.network.config)
                self.runtime = mention_graphs(self.runtime, self.network)
                self._is_settled = True
            layout, dtype = self.runtime.layout, DTYPES[self.runtime.experts]
            if layout is not None and self.network.pack(layout, dtype, self._let_go):
                for name in self._mapped:
                    if name.endswith(("qkv.weight", "attn.out.weight")):
                        self._let_go(name)  # passes read the packed ones only
                trim_heap()

    def _let_go(self, name: str) -> bool:
        """Take a weight's pages out of memory; false if it is not mapped from a file."""
        trim_heap()  # what packing the one before has left
        return self._is_mapped(name) and forget_pages(self._mapped[name])

    def _is_mapped(self, name: str) -> bool:
        """Whether a plain weight is a file's, mapped and unchanged."""
        weight, stored = self.network.get_parameter(name), self._mapped.get(name)
        if stored is None or weight._version or not is_mapped(stored):
            return False
        return weight.data_ptr() == stored.data.ctypes.data

    def _begin_update(self, batch: PackedBatch) -> tuple[Any, Callable[..., Any]]:
        network = self.network
        if network.embedding.weight.dtype != torch.float32 or self.runtime.dtype == INT8:
            raise ValueError(
                "Training needs dtype = 'float32': updates are smaller than what "
                f"{self.runtime.dtype} can hold."
            )
        self._guard_fork()
        self._passes.drop()
        network.unpack()
        trains = any(weight.requires_grad for weight in network.parameters())
        network.train()
        try:
            with torch.set_grad_enabled(trains):
                hidden, imbalance = network(*self._tensors_of(batch))
        finally:
            network.eval()

        def backprop(d_hidden: Any) -> list[Any]:
            if trains:
                gradient = xp2torch(d_hidden, device=hidden.device)
                weight = torch.full_like(imbalance, self.balance)
                torch.autograd.backward([hidden, imbalance], [gradient, weight])
            return []

        return self._to_array(hidden.detach()), backprop

    def finish_update(self, optimizer: Optimizer) -> None:
        """Step every weight that has a gradient, and forget the gradients."""
        for name, weight in self.network.named_parameters():
            if weight.grad is None:
                continue
            with torch.no_grad():
                if weight.grad.is_sparse:
                    rows = weight.grad.coalesce()
                    step_touched(optimizer, (self.id, name), weight, rows, self.embedding_rate)
                else:
                    step(optimizer, (self.id, name), weight, weight.grad)
            weight.grad = None
            self._n_updates += 1

    @contextlib.contextmanager
    def use_params(self, params: Mapping[Any, Any]) -> Iterator[None]:
        """Run with other weights (thinc's averages) for a while.

        Components that share the network all ask for this, and spaCy lets the first one end first:
        so only the first lends the weights.

        RAISES (ValueError): A weight of another shape.
        """
        if self._lends:
            yield
            return
        weights = dict(self.network.named_parameters())
        lent = {name: params[self.id, name] for name in weights if (self.id, name) in params}
        for name, array in lent.items():
            if tuple(array.shape) != tuple(weights[name].shape):
                raise ValueError(
                    f"The other weights for {name!r} have the shape {tuple(array.shape)}, but "
                    f"{tuple(weights[name].shape)} is needed. Take them from the same network."
                )
        own = {name: weights[name].data for name in lent}
        self._n_updates += len(lent)
        self._lends = True
        try:
            for name, array in lent.items():
                weights[name].data = xp2torch(array, device=weights[name].device)
            yield
        finally:
            self._lends = False
            self.network.unpack()
            for name, data in own.items():
                weights[name].data = data
            self._n_updates += len(lent)

    def copy(self) -> TorchShim:
        """Copy weights and settings. The copy gets an id of its own, as `Model.copy` gives."""
        other: TorchShim = super().copy()
        other.id = Shim(None).id
        return other

    def __getstate__(self) -> dict[str, Any]:
        """Keep the count of changes: torch's own part of it is not copied."""
        return {**self.__dict__, "_n_updates": self.n_updates}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._n_updates -= self.n_updates - self._n_updates

    def tensors(self) -> dict[str, StoredTensor]:
        """The weights by the names of `config.backbone_shapes`; views where possible."""
        return {name: from_torch(weight) for name, weight in self.network.state_dict().items()}

    def load_tensors(self, tensors: Mapping[str, StoredTensor]) -> None:
        """Put other values into some of the weights.

        RAISES (ValueError): An unknown name or another shape.
        """
        weights = dict(self.network.named_parameters())
        for name, tensor in tensors.items():
            if name not in weights or tuple(weights[name].shape) != tuple(tensor.shape):
                raise ValueError(f"This network has no weight {name!r} of shape {tensor.shape}.")
            with torch.no_grad():
                weights[name].copy_(to_torch(tensor))
        self._n_updates += 1

    def get_random_state(self) -> np.ndarray:
        """State of the generator that dropout draws from, as bytes."""
        device = self.network.embedding.weight.device
        state = torch.cuda.get_rng_state(device) if device.type == "cuda" else torch.get_rng_state()
        return state.numpy()

    def set_random_state(self, state: np.ndarray) -> None:
        """Go on drawing where `get_random_state` was asked."""
        device = self.network.embedding.weight.device
        values = torch.from_numpy(np.array(state, dtype=np.uint8))
        if device.type == "cuda":
            torch.cuda.set_rng_state(values, device)
        else:
            torch.set_rng_state(values)

    def to_device(self, device_type: str, device_id: int) -> None:
        """Move the weights (called by `Model.to_gpu` and `Model.to_cpu`)."""
        device = torch.device("cpu" if device_type == "cpu" else f"{device_type}:{device_id}")
        self.runtime = find_runtime(device, self.runtime.dtype)
        self._is_settled = False
        self._passes.drop()
        self.network.unpack()
        self.network.to(device)

    def to_bytes(self) -> bytes:
        """Write sizes and weights as one msgpack value. See `message.write_message`."""
        return write_message(self.network.config, self.tensors())

    def from_bytes(self, data: bytes) -> TorchShim:
        """Read what `to_bytes` wrote; the device and type of the matrices stay as they are."""
        fresh = make_torch_shim(*read_message(data), device="cpu")
        n_updates = self.n_updates
        self._model = place(fresh.network, self.runtime, {})
        self._mapped = {}
        self._n_updates = n_updates + 1
        return self

    def _tensors_of(self, batch: PackedBatch) -> tuple[torch.Tensor, ...]:
        device = self.network.embedding.weight.device
        arrays = (batch.ids, batch.positions, batch.segments)
        return tuple(torch.from_numpy(np.ascontiguousarray(a)).to(device) for a in arrays)

    def _to_array(self, hidden: torch.Tensor) -> Any:
        ops = get_current_ops()
        return torch2xp(hidden if isinstance(ops, CupyOps) else hidden.cpu(), ops=ops)

    def _guard_fork(self) -> None:
        """Use one thread in a forked process: the parent's OpenMP threads do not exist there."""
        if os.getpid() != self._pid:
            torch.set_num_threads(1)
            self._pid = os.getpid()


def _no_backprop(_: Any) -> None:
    raise RuntimeError("There is nothing to train on after predict(); call begin_update().")
