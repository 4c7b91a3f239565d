"""The bridge between thinc and the MLX network: arrays in and out, optimizer, bytes.

Keeps the promises of `torch_shim`. MLX's arrays never change, so copies share them, and the
callback of an update runs the network again instead of holding on to what it computed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any, cast

import mlx.core as mx
import numpy as np
from thinc.api import Optimizer, get_current_ops
from thinc.shims import Shim
from thinc.types import Floats2d as XpFloats2d

from ....checkpoints.sizes import EMBEDDING, NetworkConfig, backbone_shapes
from ....checkpoints.tensors.safetensors import StoredTensor
from ....types import PackedBatch
from ...packed_bytes import read_message, write_message
from ...shim import Backprop, Params
from ...sparse_step import step_rows
from .backbone import Packed, Pass, Weight, dense, embed, run, trainable
from .weights import MLXNetwork, find_device, make_network, random_key, to_mlx


def make_mlx_shim(
    config: NetworkConfig,
    tensors: Mapping[str, StoredTensor] | None,
    *,
    device: str = "auto",
    dtype: str = "auto",
) -> MLXShim:
    """Build the MLX backend of a network.

    config (NetworkConfig): Sizes.
    tensors (Mapping | None): Weights by the names of `config.backbone_shapes`, quantised or not;
        None for fresh ones, drawn from numpy's random state.
    device (str): "auto" (the GPU of Apple silicon, else the CPU), "cpu" or "gpu".
    dtype (str): Type of the matrices: "float32", "bfloat16", or "auto" (float32). Quantised
        matrices stay quantised and multiply in this type.
    RAISES (ValueError): An unknown device or dtype, or one that is not there; or weights that are
        not those of the sizes.
    """
    network = make_network(config, tensors, device, dtype)
    return MLXShim(network)


class MLXShim(Shim):
    """An `MLXNetwork` as a thinc shim. See `TorchShim` for what it promises."""

    def __init__(self, model: MLXNetwork) -> None:
        super().__init__(model)
        self.n_updates = 0
        self._lends = False
        self._key = np.array(random_key())
        self._gradients: dict[str, mx.array] = {}
        self._rows: list[tuple[np.ndarray, mx.array]] = []  # of the embedding: ids, gradients
        self.set_training()

    @property
    def network(self) -> MLXNetwork:
        """Sizes and weights."""
        network: MLXNetwork = self._model
        return network

    @property
    def sizes(self) -> NetworkConfig:
        """Sizes of the network."""
        return self.network.config

    @property
    def computes(self) -> str:
        """How the matrices are stored and multiplied, for people."""
        return self.network.computes()

    def set_training(
        self,
        *,
        dropout: float = 0.0,
        balance: float = 0.0,
        embedding_rate: float = 1.0,
        trainable_layers: int | None = None,
    ) -> None:
        """Choose how the next updates train. See `TorchShim.set_training`."""
        self.dropout = dropout
        self.balance = balance
        self.embedding_rate = embedding_rate
        self.trainable_layers = trainable_layers

    def __call__(self, inputs: PackedBatch, is_train: bool) -> tuple[XpFloats2d, Backprop]:
        """Run one packed batch. See `predict` and `begin_update`."""
        return self.begin_update(inputs) if is_train else (self.predict(inputs), _no_backprop)

    def predict(self, fwd_args: PackedBatch) -> XpFloats2d:
        """Compute hidden states, at once: MLX would put it off, and hold on to all it needs."""
        network = self.network
        with network.stream():
            x = embed(network.weights[EMBEDDING], network.ids(fwd_args))
            hidden, _ = run(network.config, network.weights, x, network.how(fwd_args))
            return _to_array(hidden)

    def begin_update(self, fwd_args: PackedBatch) -> tuple[XpFloats2d, Backprop]:
        """Compute hidden states, and give what takes their gradient."""
        network, batch = self.network, fwd_args
        if network.dtype != "float32":
            raise ValueError(
                "Training needs dtype = 'float32': updates are smaller than what bfloat16 can hold."
            )
        names = trainable(network.config, self.trainable_layers)
        with network.stream():
            ids = network.ids(batch)
            self._expand(names)
            how = network.how(batch, **self._training())
            weights = dict(network.weights)
            x = embed(weights[EMBEDDING], ids)
            hidden, _ = run(network.config, weights, x, how)
            states = _to_array(hidden)

        def backprop(d_hidden: XpFloats2d) -> None:
            if names:
                with network.stream():
                    self._add_gradients(names, weights, ids, how, d_hidden)

        return states, backprop

    def _expand(self, names: list[str]) -> None:
        """Dequantise what will be trained: the numbers stay the same until the first step."""
        for name in names:
            weight = self.network.weights[name]
            if isinstance(weight, Packed):
                self.network.put(name, weight.expand())

    def _training(self) -> dict[str, Any]:
        """What `Pass` wants to know of an update; dropout draws fresh keys."""
        keys = None
        if self.dropout:
            n_places = 1 + 2 * self.network.config.n_layers
            drawn = mx.random.split(mx.array(self._key), n_places + 1)
            self._key, keys = np.array(drawn[0]), drawn[1:]
        return {"dropout": self.dropout, "keys": keys, "balance": self.balance > 0}

    def _add_gradients(
        self,
        names: list[str],
        weights: Mapping[str, Weight],
        ids: mx.array,
        how: Pass,
        d_hidden: XpFloats2d,
    ) -> None:
        """Run a batch again, backwards too, and add to the gradients of the weights."""
        config, table = self.network.config, EMBEDDING in names
        chosen = [name for name in names if name != EMBEDDING]
        embedded = embed(weights[EMBEDDING], ids)

        def forward(*given: mx.array) -> tuple[mx.array, mx.array]:
            # The pieces' rows stand for the table, whose gradient would be as large as itself.
            x, own = (given[0], given[1:]) if table else (embedded, given)
            return run(config, {**weights, **dict(zip(chosen, own, strict=True))}, x, how)

        primals = [*([embedded] if table else []), *(dense(weights, name) for name in chosen)]
        cotangents = [mx.array(np.asarray(d_hidden, dtype="f")), mx.array(self.balance)]
        _, found = mx.vjp(forward, primals, cotangents)
        if table:
            self._rows.append((np.array(ids), found[0]))
        for name, gradient in zip(chosen, found[1:] if table else found, strict=True):
            known = self._gradients.get(name)
            self._gradients[name] = gradient if known is None else known + gradient
        mx.eval(found, self._gradients)

    def finish_update(self, optimizer: Optimizer) -> None:
        """Step every weight that has a gradient, and forget the gradients."""
        network = self.network
        with network.stream():
            for name, gradient in self._gradients.items():
                weight: Any = np.array(network.weights[name])
                step: Any = np.array(gradient)
                stepped, _ = optimizer((self.id, name), weight, step)
                network.put(name, mx.array(stepped))
            if self._rows:
                self._step_embedding(optimizer)
        self.n_updates += len(self._gradients) + bool(self._rows)
        self._gradients, self._rows = {}, []

    def _step_embedding(self, optimizer: Optimizer) -> None:
        """Step the rows of the table that have been looked up."""
        weights: Any = self.network.weights
        width = self.network.config.width
        ids = np.concatenate([ids for ids, _ in self._rows])
        rows, place = np.unique(ids, return_inverse=True)
        found = mx.concatenate([gradient for _, gradient in self._rows])
        gradient = mx.zeros((len(rows), width)).at[mx.array(place)].add(found)
        view = np.array(weights[EMBEDDING], copy=False)  # only read: MLX's arrays never change
        key, rate = (self.id, EMBEDDING), self.embedding_rate
        stepped = mx.array(step_rows(optimizer, key, view, rows, np.array(gradient), rate))
        del view
        places = mx.broadcast_to(mx.array(rows)[:, None], stepped.shape)
        # If nobody else holds the table, MLX writes into its memory, and copies nothing.
        weights[EMBEDDING] = mx.put_along_axis(weights[EMBEDDING], places, stepped, axis=0)
        mx.eval(weights[EMBEDDING])

    @contextlib.contextmanager
    def use_params(self, params: Params) -> Iterator[None]:
        """Run with other weights (thinc's averages) for a while. See `TorchShim.use_params`.

        RAISES (ValueError): A weight of another shape.
        """
        if self._lends:
            yield
            return
        network = self.network
        shapes = backbone_shapes(network.config)
        lent = {name: params[self.id, name] for name in shapes if (self.id, name) in params}
        for name, array in lent.items():
            if tuple(array.shape) != shapes[name]:
                raise ValueError(
                    f"The other weights for {name!r} have the shape {tuple(array.shape)}, but "
                    f"{shapes[name]} is needed. Take them from the same network."
                )
        own = dict(network.weights)
        self.n_updates += len(lent)
        self._lends = True
        try:
            with network.stream():
                for name, array in lent.items():
                    network.put(name, mx.array(np.asarray(array)))
            yield
        finally:
            self._lends = False
            network.weights = own
            self.n_updates += len(lent)

    def copy(self) -> MLXShim:
        """Copy weights and settings. The copy gets an id of its own, as `Model.copy` gives."""
        other: MLXShim = super().copy()
        other.id = Shim(None).id
        return other

    def __getstate__(self) -> dict[str, object]:
        """Leave open gradients behind: they belong to an update that a copy knows nothing of."""
        return {**self.__dict__, "_gradients": {}, "_rows": []}

    def tensors(self) -> dict[str, StoredTensor]:
        """The weights by the names of `config.backbone_shapes`."""
        return self.network.tensors()

    def load_tensors(self, tensors: Mapping[str, StoredTensor]) -> None:
        """Put other values into some of the weights.

        RAISES (ValueError): An unknown name or another shape.
        """
        shapes = backbone_shapes(self.network.config)
        for name, tensor in tensors.items():
            if shapes.get(name) != tuple(tensor.shape):
                raise ValueError(f"This network has no weight {name!r} of shape {tensor.shape}.")
            with self.network.stream():
                self.network.put(name, to_mlx(tensor))
        self.n_updates += 1

    def get_random_state(self) -> np.ndarray:
        """State of the generator that dropout draws from, as bytes."""
        return self._key.view(np.uint8).copy()

    def set_random_state(self, state: np.ndarray) -> None:
        """Go on drawing where `get_random_state` was asked."""
        self._key = np.array(state, dtype=np.uint8).view(np.uint32)

    def to_device(self, device_type: str, device_id: int) -> None:
        """Choose what computes (called by `Model.to_gpu` and `Model.to_cpu`); memory is shared."""
        self.network.use(find_device("cpu" if device_type == "cpu" else "gpu"))

    def to_bytes(self) -> bytes:
        """Write sizes and weights as one msgpack value. See `message.write_message`."""
        return write_message(self.network.config, self.tensors())

    def from_bytes(self, data: bytes) -> MLXShim:
        """Read what `to_bytes` wrote; the device and type of the matrices stay as they are."""
        old = self.network
        self._model = make_network(*read_message(data), old.device, old.dtype)
        self.n_updates += 1
        return self


def _to_array(hidden: mx.array) -> XpFloats2d:
    """Compute it, and give it on thinc's current device."""
    array: Any = np.array(hidden)
    return cast(XpFloats2d, get_current_ops().asarray(array))


def _no_backprop(_: object) -> None:
    raise RuntimeError("There is nothing to train on after predict(); call begin_update().")
