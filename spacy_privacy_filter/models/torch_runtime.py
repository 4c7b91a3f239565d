"""How the PyTorch network runs on this machine: device, number type, layout of the experts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import torch

from .torch_experts import INT8 as INT8_LAYOUT
from .torch_experts import ONEDNN

AUTO: Final = "auto"
INT8: Final = "int8"
DTYPES: Final = {"float32": torch.float32, "bfloat16": torch.bfloat16, INT8: torch.int8}


@dataclass(frozen=True)
class Runtime:
    """What was chosen, and why.

    device (torch.device): Where the network runs.
    dtype (str): Name of the number type of the experts, a key of `DTYPES`.
    matrices (torch.dtype): Type of the other matrices and the embedding.
    layout (str | None): A key of `torch_experts.LAYOUTS` for running; None for plain weights.
    why (str): One sentence for `info`.
    """

    device: torch.device
    dtype: str
    matrices: torch.dtype
    layout: str | None
    why: str


def find_runtime(device: torch.device, dtype: str) -> Runtime:
    """Choose how a network runs.

    device (torch.device): Where.
    dtype (str): "float32", "bfloat16", "int8" (experts only, on a CPU), or "auto" (float32).
    RAISES (ValueError): An unknown dtype, or one that this device cannot run.
    """
    if dtype != AUTO and dtype not in DTYPES:
        raise ValueError(f"Unknown dtype {dtype!r}. Choose one of: auto, {', '.join(DTYPES)}.")
    name = "float32" if dtype == AUTO else dtype
    if name == INT8:
        return _int8(device)
    matrices = DTYPES[name]
    if device.type != "cpu":
        return Runtime(device, name, matrices, None, f"plain weights on {device.type}")
    if not torch.backends.mkldnn.is_available():
        return Runtime(device, name, matrices, None, "plain weights: this torch has no oneDNN")
    if matrices == torch.bfloat16 and not _has_bfloat16():
        why = "plain weights: this processor has no instructions for bfloat16"
        return Runtime(device, name, matrices, None, why)
    return Runtime(device, name, matrices, ONEDNN, "experts in oneDNN's order")


def _int8(device: torch.device) -> Runtime:
    if device.type != "cpu" or not torch.backends.mkldnn.is_available():
        raise ValueError(
            f"dtype = 'int8' runs on a CPU with oneDNN only, but the device is {device.type!r}. "
            "Choose 'bfloat16' or 'float32'."
        )
    matrices = torch.bfloat16 if _has_bfloat16() else torch.float32
    why = "experts in 8 bits in oneDNN's order, the rest in " + str(matrices).split(".")[-1]
    return Runtime(device, INT8, matrices, INT8_LAYOUT, why)


def _has_bfloat16() -> bool:
    """Whether oneDNN can multiply bfloat16 here (AVX-512 or newer)."""
    return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())
