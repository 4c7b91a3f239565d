"""Weights of the PyTorch network: from and to stored tensors, onto a device, and their steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import torch
from thinc.api import Optimizer, get_current_ops
from thinc.backends import CupyOps
from thinc.util import torch2xp, xp2torch

from ....checkpoints.tensors.safetensors import StoredTensor, forget_pages
from ...sparse_step import step_rows
from .backbone import TorchBackbone
from .runtime import INT8, Runtime

STORED: Final = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}
NAMES: Final = {dtype: name for name, dtype in STORED.items()}


def place(
    network: TorchBackbone, runtime: Runtime, tensors: Mapping[str, StoredTensor]
) -> TorchBackbone:
    """Move a network and give its matrices a type; norms, sinks and the router stay float32.

    tensors (Mapping): Where weights came from. The file's copy of what is converted leaves memory.
    """
    for name, weight in network.named_parameters():
        exact = name.endswith(("norm.scale", "sinks")) or ".gate." in name
        if runtime.dtype == INT8 and weight.dim() == 3:
            continue  # rounded once, from what is stored, when they are laid out
        placed = weight.data.to(runtime.device, torch.float32 if exact else runtime.matrices)
        if placed.data_ptr() != weight.data.data_ptr() and name in tensors:
            forget_pages(tensors[name])
        weight.data = placed
    return network.eval()


def find_device(name: str) -> torch.device:
    """Resolve "auto" by spaCy's current device, and check that a device is there."""
    if name == "auto":
        return torch.device("cuda") if isinstance(get_current_ops(), CupyOps) else _mps_or_cpu()
    try:
        device = torch.device(name)
        torch.empty(0, device=device)
    except (RuntimeError, AssertionError):
        raise ValueError(
            f"device = {name!r} cannot be used here. Use 'auto', 'cpu', or a device of this "
            "machine that torch knows, such as 'cuda:0'."
        ) from None
    return device


def _mps_or_cpu() -> torch.device:
    return torch.device("mps" if get_current_ops().name == "mps" else "cpu")


def to_torch(tensor: StoredTensor) -> torch.Tensor:
    """View a stored tensor as torch does, without a copy.

    RAISES (ValueError): A type that holds no numbers of a network (quantised values, for instance).
    """
    if tensor.dtype not in STORED:
        raise ValueError(f"Weights must be {', '.join(STORED)}, but a tensor is {tensor.dtype}.")
    return torch.from_numpy(tensor.data).view(STORED[tensor.dtype])


def from_torch(weight: torch.Tensor) -> StoredTensor:
    """View a weight as a stored tensor; numpy has no bfloat16, so its bits are kept as uint16."""
    weight = weight.detach().cpu().contiguous()
    bits = weight.view(torch.uint16) if weight.dtype == torch.bfloat16 else weight
    return StoredTensor(NAMES[weight.dtype], bits.numpy())


def step(optimizer: Optimizer, key: Any, weight: torch.Tensor, gradient: torch.Tensor) -> None:
    """Let thinc's optimizer step one weight in place.

    key (Any): What the optimizer remembers its moments by.
    """
    stepped, _ = optimizer(key, _to_xp(weight), _to_xp(gradient))
    weight.copy_(xp2torch(stepped, device=weight.device))


def step_touched(
    optimizer: Optimizer, key: Any, weight: torch.Tensor, gradient: torch.Tensor, rate: float
) -> None:
    """Step only the rows of an embedding that a batch has touched. See `stepping.step_rows`."""
    rows = gradient.indices()[0]
    if not len(rows):
        return
    picked, values = rows.cpu().numpy(), _to_xp(gradient.values())
    stepped = step_rows(optimizer, key, _to_xp(weight), picked, values, rate)
    weight[rows] = xp2torch(stepped, device=weight.device)


def _to_xp(tensor: torch.Tensor) -> Any:
    """A thinc array that shares memory where it can."""
    tensor = tensor.detach()
    return torch2xp(tensor) if tensor.is_cuda else tensor.cpu().numpy()
