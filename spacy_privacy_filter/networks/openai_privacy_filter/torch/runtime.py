"""How the PyTorch network runs on this machine: device, number type, layout of the experts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import torch

from ....checkpoints.sizes import NetworkConfig
from .cpu_kernel import Float32Kernel, Int8Kernel, Kernel, uses_tiles, why_not
from .exact_int8 import Int8InFloat32, has_exact_int8
from .experts import Int8, Layout, OneDnn

AUTO: Final = "auto"
INT8: Final = "int8"
DTYPES: Final = {"float32": torch.float32, "bfloat16": torch.bfloat16, INT8: torch.int8}
# Most rows of a pass on a CPU, but for a longer window: more take memory and are no faster a piece.
MOST_ROWS: Final = 4096


@dataclass(frozen=True)
class Runtime:
    """What was chosen, and why.

    device (torch.device): Where the network runs.
    dtype (str): As asked for: "auto" or a key of `DTYPES`.
    matrices (torch.dtype): Type of the embedding and of all matrices but the experts.
    experts (str): What the experts compute in, a key of `DTYPES`; "auto" until the first pass.
    layout (type[Layout] | None): How experts lie for running; None for plain weights.
    why (str): One sentence for people.
    """

    device: torch.device
    dtype: str
    matrices: torch.dtype
    experts: str
    layout: type[Layout] | None
    why: str

    @property
    def computes(self) -> str:
        """Number types of the matrices and the device, for people."""
        matrices = str(self.matrices).split(".")[-1]
        same = self.experts in (matrices, AUTO)
        types = matrices if same else f"{matrices}, experts in {self.experts},"
        return f"{types} on {self.device}"


def find_runtime(device: torch.device, dtype: str) -> Runtime:
    """Choose how a network runs.

    device (torch.device): Where.
    dtype (str): "float32", "bfloat16", "int8" (experts only, on a CPU), or "auto": float32 weights,
        whose experts may run in bfloat16 on a CPU; see `torch_auto.settle`.
    RAISES (ValueError): An unknown dtype, or one that this device cannot run.
    """
    if dtype != AUTO and dtype not in DTYPES:
        raise ValueError(f"Unknown dtype {dtype!r}. Choose one of: auto, {', '.join(DTYPES)}.")
    if dtype == INT8:
        return _int8(device)
    matrices = DTYPES.get(dtype, torch.float32)
    experts = "float32" if dtype == AUTO else dtype
    if device.type != "cpu":
        why = f"plain weights on {device.type}"
        return Runtime(device, dtype, matrices, experts, None, why)
    if not torch.backends.mkldnn.is_available():
        why = "plain weights: this torch has no oneDNN"
        return Runtime(device, dtype, matrices, experts, None, why)
    if dtype == "bfloat16" and not has_bfloat16():
        why = "plain weights: this processor has no instructions for bfloat16"
        return Runtime(device, dtype, matrices, experts, None, why)
    if dtype == AUTO and has_fast_bfloat16():
        experts = AUTO
    return Runtime(device, dtype, matrices, experts, OneDnn, "experts in oneDNN's order")


def describe() -> list[tuple[str, str]]:
    """Say for each number type how a network of the published size would run on a CPU here."""
    return [(dtype, _describe(dtype)) for dtype in DTYPES]


def _describe(dtype: str) -> str:
    try:
        return take_kernel(find_runtime(torch.device("cpu"), dtype), NetworkConfig()).why
    except ValueError as error:
        return str(error)


def _int8(device: torch.device) -> Runtime:
    if device.type != "cpu" or not torch.backends.mkldnn.is_available():
        raise ValueError(
            f"dtype = 'int8' runs on a CPU with oneDNN only, but the device is {device.type!r}. "
            "Choose 'bfloat16' or 'float32'."
        )
    matrices = torch.bfloat16 if has_bfloat16() else torch.float32
    rest = f"the rest in {str(matrices).split('.')[-1]}"
    if has_exact_int8():
        why = f"experts in 8 bits in oneDNN's order, {rest}"
        return Runtime(device, INT8, matrices, INT8, Int8, why)
    why = f"experts in 8 bits, multiplied in float32 on this processor, {rest}"
    return Runtime(device, INT8, matrices, INT8, Int8InFloat32, why)


def take_kernel(runtime: Runtime, config: NetworkConfig) -> Runtime:
    """Put the compiled kernel in the place of oneDNN, if it was asked for and can run here."""
    kernels = {"float32": Float32Kernel, "bfloat16": Kernel, INT8: Int8Kernel}
    if runtime.layout not in (OneDnn, Int8, Int8InFloat32):
        return runtime
    reason = why_not(config)
    if reason is not None:
        return replace(runtime, why=f"{runtime.why}; {reason}")
    how = "AMX" if uses_tiles() and runtime.experts != "float32" else "AVX-512"
    said = runtime.why.replace(" in oneDNN's order", "")
    why = f"{said}; they run in the compiled kernel ({how})"
    return replace(runtime, layout=kernels[runtime.experts], why=why)


def split_windows(
    ids: torch.Tensor, positions: torch.Tensor, segments: torch.Tensor
) -> list[tuple[torch.Tensor, ...]]:
    """Cut a packed batch between windows, which do not see each other, into passes of a CPU.

    ids, positions, segments (Tensor): As in `types.PackedBatch`. Shape: (n,).
    RETURNS (list[tuple]): The same three of each pass, in order; all at once on other devices.
    """
    if ids.device.type != "cpu" or len(ids) <= MOST_ROWS:
        return [(ids, positions, segments)]
    filled = [0]
    for size in segments.unique_consecutive(return_counts=True)[1].tolist():
        if filled[-1] and filled[-1] + size > MOST_ROWS:
            filled.append(0)
        filled[-1] += size
    return list(zip(*(x.split(filled) for x in (ids, positions, segments)), strict=True))


def has_bfloat16() -> bool:
    """Whether oneDNN can multiply bfloat16 here, however slowly."""
    return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())


def has_fast_bfloat16() -> bool:
    """Whether the processor itself multiplies bfloat16 (AVX512-BF16 or AMX)."""
    if not (torch.backends.mkldnn.is_available() and has_bfloat16()):
        return False
    names = ("_is_avx512_bf16_supported", "_is_amx_tile_supported")
    return any(getattr(torch.cpu, name, bool)() for name in names)
