"""The bridge between thinc and an encoder of transformers: packed batches in, hidden states out."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, Final

import torch

from ....checkpoints.encoder_sizes import EncoderSizes
from ....checkpoints.tensors.safetensors import StoredTensor
from ....settings import AUTO
from ...openai_privacy_filter.torch.weights import find_device, from_torch, to_torch
from ..shim import EncoderShim, Floats, files_of
from .network import build

DTYPES: Final = {AUTO: torch.float32, "float32": torch.float32, "bfloat16": torch.bfloat16}


def make_torch_encoder(
    sizes: EncoderSizes,
    tensors: Mapping[str, StoredTensor] | None,
    *,
    device: str = AUTO,
    dtype: str = AUTO,
) -> TorchEncoder:
    """Build an encoder in PyTorch.

    sizes (EncoderSizes): Sizes.
    tensors (Mapping): Weights by the names of transformers, and its tokenizer.
    device (str): "auto" follows spaCy's `prefer_gpu` and `require_gpu`; or a name that torch knows.
    dtype (str): "float32", which is "auto", or "bfloat16".
    RAISES (ValueError): An unknown device or dtype, no weights, or others than those of the sizes.
    """
    if dtype not in DTYPES:
        raise ValueError(
            f"dtype = {dtype!r} is not there for encoders on torch. Choose one of: "
            f"{', '.join(DTYPES)}."
        )
    if tensors is None:
        raise ValueError("An encoder has no fresh weights here. Give a `source`.")
    return TorchEncoder(sizes, tensors, find_device(device), dtype)


class TorchEncoder(EncoderShim):
    """An encoder of transformers as a thinc shim.

    device (torch.device): Where it runs. dtype (str): A key of `DTYPES`.
    """

    def __init__(
        self,
        sizes: EncoderSizes,
        tensors: Mapping[str, StoredTensor],
        device: torch.device,
        dtype: str,
    ) -> None:
        super().__init__(sizes, {})
        self._device, self._dtype = device, dtype
        self._pid = os.getpid()
        self._take(sizes, tensors)

    def _take(self, sizes: EncoderSizes, tensors: Mapping[str, StoredTensor]) -> None:
        self._sizes, self._beside = sizes, files_of(tensors)
        weights = {name: tensors[name] for name in tensors if name not in self._beside}
        self._model: Any = build(sizes, weights).to(self._device, DTYPES[self._dtype])

    @property
    def computes(self) -> str:
        """How the matrices are stored and multiplied, for people."""
        kind = "float32" if self._dtype == AUTO else self._dtype
        return f"{self._sizes.model_type} in {kind} on {self._device}, by transformers"

    def _compute(self, ids: Any, mask: Any) -> Floats:
        self._guard_fork()
        given = {"input_ids": ids, "attention_mask": mask}
        moved = {name: torch.from_numpy(array).to(self._device) for name, array in given.items()}
        with torch.inference_mode():
            found = self._model.eval()(**moved).logits
        array: Floats = found.float().cpu().numpy()
        return array

    def tensors(self) -> dict[str, StoredTensor]:
        """The weights by the names of transformers, without the last layer; and its tokenizer."""
        weights = {
            name: from_torch(weight)
            for name, weight in self._model.state_dict().items()
            if weight.is_floating_point()
        }
        return weights | self._beside

    def load_tensors(self, tensors: Mapping[str, StoredTensor]) -> None:
        """Put other values into some of the weights.

        RAISES (ValueError): An unknown name or another shape.
        """
        weights = self._model.state_dict()
        for name, tensor in tensors.items():
            if tensor.dtype == "U8" and name in self._beside:
                continue
            if name not in weights or tuple(weights[name].shape) != tuple(tensor.shape):
                raise ValueError(f"This network has no weight {name!r} of shape {tensor.shape}.")
            with torch.no_grad():
                weights[name].copy_(to_torch(tensor))
        self.n_updates += 1

    def to_device(self, device_type: str, device_id: int) -> None:
        """Move the weights (called by `Model.to_gpu` and `Model.to_cpu`)."""
        self._device = torch.device("cpu" if device_type == "cpu" else f"{device_type}:{device_id}")
        self._model.to(self._device)

    def _guard_fork(self) -> None:
        """Use one thread in a forked process: the parent's OpenMP threads do not exist there."""
        if os.getpid() != self._pid:
            torch.set_num_threads(1)
            self._pid = os.getpid()
