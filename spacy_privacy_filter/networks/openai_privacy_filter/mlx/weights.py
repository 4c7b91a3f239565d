"""Weights in MLX, quantised or not, on the device that computes with them; to and from numpy."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import mlx.core as mx
import numpy as np

from ....checkpoints.layouts import check_tensors
from ....checkpoints.sizes import NetworkConfig, backbone_shapes
from ....checkpoints.tensors.affine import QuantizedTensor
from ....checkpoints.tensors.safetensors import StoredTensor
from ....types import PackedBatch
from .attention import Band, rope_table
from .backbone import Packed, Pass, Weight, fresh_weights

DTYPES = {"float32": mx.float32, "bfloat16": mx.bfloat16}
DEVICES = {"cpu": mx.cpu, "gpu": mx.gpu}


def make_network(
    config: NetworkConfig,
    tensors: Mapping[str, StoredTensor] | None,
    device: str,
    dtype: str,
) -> MLXNetwork:
    """Put weights into MLX, or draw fresh ones. See `mlx_shim.make_mlx_shim`."""
    network = MLXNetwork(config, find_device(device), find_dtype(dtype))
    with network.stream():
        if tensors is None:
            for name, weight in fresh_weights(config, random_key()).items():
                network.put(name, weight)
        else:
            check_tensors(tensors, backbone_shapes(config), "the network")
            for name, tensor in tensors.items():
                network.put(name, to_mlx(tensor))
    return network


def random_key() -> mx.array:
    """A random key from the one state that spaCy's seed sets for all that is not torch."""
    return mx.random.key(int(np.random.randint(2**31)))  # noqa: NPY002


class MLXNetwork:
    """The sizes and weights of a network in MLX, and the device that runs it.

    config (NetworkConfig): Sizes.
    device (str): "cpu" or "gpu". dtype (str): Type of the matrices, a key of `DTYPES`.
    """

    def __init__(self, config: NetworkConfig, device: str, dtype: str) -> None:
        self.config, self.device, self.dtype = config, device, dtype
        self.weights: dict[str, Weight] = {}
        self._own: tuple[int, Any] = (os.getpid(), DEVICES[device])

    def put(self, name: str, weight: Weight) -> None:
        """Set a weight, in the type that it has here; norms, sinks and router stay float32."""
        exact = name.endswith(("norm.scale", "sinks")) or ".gate." in name
        dtype = mx.float32 if exact else DTYPES[self.dtype]
        if isinstance(weight, Packed):
            scales, biases = (part.astype(dtype) for part in (weight.scales, weight.biases))
            weight = weight._replace(scales=scales, biases=biases)
            mx.eval(*weight[:3])
        else:
            weight = weight.astype(dtype)
            mx.eval(weight)
        self.weights[name] = weight

    def use(self, device: str) -> None:
        """Choose what computes: "cpu" or "gpu". Memory is shared, so nothing moves."""
        self.device, self._own = device, (os.getpid(), DEVICES[device])

    def stream(self) -> Any:
        """Run what is inside `with` on the device. A forked process needs a stream of its own."""
        pid, stream = self._own
        if pid != os.getpid():  # the parent's threads do not exist there
            stream = mx.new_stream(DEVICES[self.device])
            self._own = (os.getpid(), stream)
        return mx.stream(stream)

    def how(self, batch: PackedBatch, **training: Any) -> Pass:
        """Prepare a run over a packed batch."""
        rope = rope_table(batch.positions, self.config)
        band = Band(batch.segments, self.config.window)
        return Pass(rope, band, on_cpu=self.device == "cpu", **training)

    def computes(self) -> str:
        """Say how matrices are stored and multiplied, for people."""
        kinds = {
            f"{weight.bits}-bit" if isinstance(weight, Packed) else str(weight.dtype).split(".")[-1]
            for name, weight in self.weights.items()
            if name.endswith(".weight") and ".gate." not in name
        }
        # As `mlx_backbone` does: MLX's CPU multiplies in float32, whatever is stored.
        product = "float32" if self.device == "cpu" else self.dtype
        stored = "" if kinds == {product} else f"{' and '.join(sorted(kinds))}, multiplied in "
        return f"{stored}{product} on {self.device}"

    def ids(self, batch: PackedBatch) -> mx.array:
        """Give a batch's pieces to MLX, which would read any memory for an id that is none.

        RAISES (IndexError): An id that the network has no embedding for.
        """
        ids, n = batch.ids, self.config.vocab_size
        if len(ids) and not 0 <= (worst := int(ids.min() if ids.min() < 0 else ids.max())) < n:
            raise IndexError(
                f"A piece has the id {worst}, but this network knows 0 to {n - 1} only. Use the "
                "tokenizer that its checkpoint was trained with."
            )
        return mx.array(ids)

    def tensors(self) -> dict[str, StoredTensor]:
        """The weights by the names of `config.backbone_shapes`."""
        return {name: from_mlx(weight) for name, weight in self.weights.items()}

    def __deepcopy__(self, memo: dict[int, Any]) -> MLXNetwork:
        """Share the arrays, which never change."""
        other = MLXNetwork(self.config, self.device, self.dtype)
        other.weights = dict(self.weights)
        return other

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle as numpy's arrays, for processes that are not forked."""
        return make_network, (self.config, self.tensors(), self.device, self.dtype)


def find_device(name: str) -> str:
    """Resolve "auto" by MLX's own choice, and check that a device is there."""
    if name == "auto":
        return "gpu" if mx.default_device() == mx.gpu else "cpu"
    try:
        mx.eval(mx.zeros(1, stream=DEVICES[name]))
    except (KeyError, ValueError, RuntimeError):
        raise ValueError(
            f"device = {name!r} cannot be used here. Use 'auto', 'cpu', or, on Apple silicon, "
            "'gpu'."
        ) from None
    return name


def find_dtype(name: str) -> str:
    """Resolve "auto" (float32, the reference) and check the name."""
    if name == "int8":
        raise ValueError(
            "dtype = 'int8' cannot be used here: the mlx backend has no int8. Use an 8-bit "
            "artifact (`privacy-filter convert --format openmed-mlx --bits 8`) with dtype = 'auto'."
        )
    if name != "auto" and name not in DTYPES:
        raise ValueError(f"Unknown dtype {name!r}. Choose one of: auto, {', '.join(DTYPES)}.")
    return "float32" if name == "auto" else name


def to_mlx(tensor: StoredTensor) -> Weight:
    """Copy a stored tensor to MLX, as it is stored.

    RAISES (ValueError): A type that holds no numbers of a network.
    """
    if isinstance(tensor, QuantizedTensor):
        bits, group_size = tensor.packing
        words, scales, biases = (_plain(part) for part in tensor.parts)
        return Packed(words, scales, biases, group_size, bits)
    if tensor.dtype not in ("F32", "F16", "BF16"):
        raise ValueError(f"Weights must be F32, F16, BF16, but a tensor is {tensor.dtype}.")
    return _plain(tensor)


def _plain(tensor: StoredTensor) -> mx.array:
    array = mx.array(np.ascontiguousarray(tensor.data))
    return array.view(mx.bfloat16) if tensor.dtype == "BF16" else array


def from_mlx(weight: Weight) -> StoredTensor:
    """Copy a weight to numpy, which has no bfloat16: its bits are kept as uint16."""
    if isinstance(weight, Packed):
        words, scales, biases = (from_mlx(part) for part in weight[:3])
        n_in = weight.scales.shape[-1] * weight.group_size
        return QuantizedTensor(words, scales, biases, n_in)
    if weight.dtype == mx.bfloat16:
        return StoredTensor("BF16", np.array(weight.view(mx.uint16)))
    return StoredTensor("U32" if weight.dtype == mx.uint32 else "F32", np.array(weight))
