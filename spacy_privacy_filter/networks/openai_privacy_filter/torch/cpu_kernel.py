"""The compiled kernel: is it possible here, compiled once, and as a layout with its attention.

Optional: it needs Linux, a C++ compiler, and a processor with AVX512-BF16; AMX is used if it is
there. Compiled on first use into a folder of the user's cache, for this machine, in a few seconds.
Without it, everything runs on plain PyTorch.
"""

from __future__ import annotations

import ctypes
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor

from ....checkpoints.sizes import NetworkConfig
from .attention import BLOCK, Band
from .compile_once import compile_once, describe, find_compiler, switched_on
from .experts import TINY, Layout

SWITCH: Final = "SPACY_PRIVACY_FILTER_KERNEL"  # "1", "true", "yes" or "on": compile and use it
CACHE: Final = "SPACY_PRIVACY_FILTER_CACHE"  # folder for what is compiled
FOLDER: Final = Path(__file__).parent / "kernels"
SOURCES: Final = tuple(FOLDER / f"{name}.cpp" for name in ("attention", "experts", "route"))
HEADER: Final = FOLDER / "products.h"
PANEL: Final = 16
HUGEPAGE, PAGE = 14, 2 << 20  # Linux's MADV_HUGEPAGE, and how large such a page is
FLAGS: Final = (
    "-O3 -std=c++17 -fPIC -fopenmp -mavx512f -mavx512bw -mavx512dq -mavx512vl -mavx512bf16 "
    "-mavx512vnni -mfma"
).split()
TILE_FLAGS: Final = "-mamx-tile -mamx-bf16 -mamx-int8".split()


def why_not(config: NetworkConfig | None = None) -> str | None:
    """Say why the kernel cannot be used here, or None if it can; compiles it if that was asked."""
    if not switched_on(SWITCH):
        return f"the compiled kernel is off (set {SWITCH}=1)"
    if sys.platform != "linux" or torch.backends.cpu.get_cpu_capability() != "AVX512":
        return "the compiled kernel needs Linux and AVX-512"
    if not (_has("_is_avx512_bf16_supported") and _has("_is_vnni_supported")):
        return "the compiled kernel needs a processor with AVX512-BF16 and VNNI"
    if config is not None and (config.width % 32 or config.expert_width % 32):
        return "the compiled kernel needs widths that are multiples of 32"
    return _build()[1]


def uses_tiles() -> bool:
    """Whether the kernel runs on AMX. Call only if `why_not` gives None."""
    return bool(_library().uses_tiles())


def _library() -> Any:
    return _build()[0]


@cache
def _build() -> tuple[Any, str | None]:
    """Compile and load, once a process: the library, or why there is none."""
    if (compiler := find_compiler()) is None:
        return None, "the compiled kernel needs a C++ compiler (c++, or the one that CXX names)"
    if (openmp := _openmp()) is None:
        return None, "the compiled kernel needs a torch that runs on GNU OpenMP"
    try:
        path = _compile(compiler)
        # The kernel takes torch's own threads: a second pool of threads would be in their way.
        ctypes.CDLL(openmp, mode=ctypes.RTLD_GLOBAL)
        return ctypes.CDLL(str(path)), None
    except (subprocess.SubprocessError, OSError) as error:
        return None, f"the compiled kernel did not build ({describe(error)})"


def _compile(compiler: Sequence[str]) -> Path:
    """Compile for this machine, unless that is done. RETURNS (Path): The library."""
    flags = [*FLAGS, *(TILE_FLAGS if _has("_is_amx_tile_supported") else ())]
    folder = Path(os.environ.get(CACHE) or Path.home() / ".cache" / "spacy_privacy_filter")
    return compile_once(SOURCES, HEADER, compiler, flags, folder)


def _openmp() -> str | None:
    """Find the OpenMP library that torch has loaded, if it is GNU's."""
    maps = Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace")
    found = re.search(r"(/\S*libgomp\S*\.so\S*)", maps)
    return found and found[1]


def _has(name: str) -> bool:
    return bool(getattr(torch.cpu, name, bool)())


class Kernel(Layout):
    """bfloat16 weights in panels, in large pages: one call for a layer."""

    code = 0  # of the number type, in the kernel
    side = 2  # inputs that lie side by side
    element = torch.bfloat16

    def __init__(
        self,
        weights: Sequence[Tensor],
        biases: Sequence[Tensor],
        config: NetworkConfig,
        dtype: torch.dtype,
    ) -> None:
        """Lay out the plain weights. See `Layout`."""
        self.config, self.dtype = config, dtype
        self._choose(weights)
        self.scales = [self._scales(weight) for weight in weights]
        stacks = zip(weights, self.scales, strict=True)
        self.panels = tuple(self._panels(weight, scale) for weight, scale in stacks)
        self.up_bias, self.down_bias = (bias.detach().float().contiguous() for bias in biases)

    def _choose(self, weights: Sequence[Tensor]) -> None:
        """Settle what the panels hold, where the weights decide it."""

    def _scales(self, _: Tensor) -> Tensor:
        """Scale of each output, (n_experts, out); empty without scales."""
        return torch.empty(0)

    def _round(self, weight: Tensor, _: Tensor) -> Tensor:
        """Give one matrix, (in, out), the type of the products."""
        return weight.to(self.element)

    def _panels(self, weight: Tensor, scale: Tensor) -> Tensor:
        """(n_experts, in, out) -> (n_experts, out / 16, in / side, 16, side), expert by expert."""
        n_experts, n_in, n_out = weight.shape
        shape = (n_experts, n_out // PANEL, n_in // self.side, PANEL, self.side)
        n_bytes = weight.numel() * self.element.itemsize
        # A cache line in front of the first panel; prefetches run a little past the last one.
        room = torch.empty(n_bytes + 64 + 8192, dtype=torch.uint8)
        _ask_for_large_pages(room)
        start = -room.data_ptr() % 64
        panels = room[start : start + n_bytes].view(self.element).view(shape)
        for i, one in enumerate(weight.detach()):
            rounded = self._round(one, scale[i] if len(scale) else scale)
            rounded = rounded.view(n_in // self.side, self.side, n_out // PANEL, PANEL)
            panels[i].copy_(rounded.permute(2, 0, 3, 1))
        return panels

    def unpack(self, dtype: torch.dtype) -> tuple[Tensor, Tensor]:
        """Give the plain weights back in a type, up and down."""
        up, down = (
            self._plain_stack(panels, scale, dtype)
            for panels, scale in zip(self.panels, self.scales, strict=True)
        )
        return up, down

    def _plain_stack(self, panels: Tensor, scale: Tensor, dtype: torch.dtype) -> Tensor:
        n_experts, n_panels, n_steps, _, side = panels.shape
        plain = panels.permute(0, 2, 4, 1, 3).reshape(n_experts, n_steps * side, n_panels * PANEL)
        return (plain.float() * scale[:, None] if len(scale) else plain).to(dtype)

    def make_band(self, positions: Tensor, segments: Tensor, dtype: torch.dtype) -> Band:
        """Attend in the kernel too, where heads fill its panels."""
        if self.config.head_dim % (2 * PANEL) or not len(segments):
            return super().make_band(positions, segments, dtype)
        return KernelBand(segments, self.config.window)

    @staticmethod
    def norm(x: Tensor, scale: Tensor, eps: float, dtype: torch.dtype) -> Tensor:
        """Norm each row, and round it to a type. See `RMSNorm`."""
        x, out = x.contiguous(), torch.empty_like(x, dtype=dtype)
        _library().norm_rows(
            ctypes.c_int64(_code(dtype)),
            *map(_pointer, (x, scale, out)),
            *map(ctypes.c_int64, (*x.shape, torch.get_num_threads())),
            ctypes.c_float(eps),
        )
        return out

    def choose(self, logits: Tensor) -> tuple[Tensor, Tensor]:
        """Choose experts for the pieces. See `torch_experts.choose`."""
        logits, sizes = logits.contiguous(), (*logits.shape, self.config.experts_per_piece)
        chosen = logits.new_empty(len(logits), sizes[-1], dtype=torch.int64)
        shares = torch.empty_like(chosen, dtype=torch.float32)
        _library().choose_experts(
            *map(_pointer, (logits, chosen, shares)),
            *map(ctypes.c_int64, (*sizes, torch.get_num_threads())),
        )
        return chosen, shares

    def __call__(self, h: Tensor, chosen: Tensor, weights: Tensor) -> Tensor:
        """Run the experts. See `Layout`."""
        c = self.config
        h, chosen, weights = h.contiguous(), chosen.contiguous(), weights.contiguous()
        answers, out = h.new_empty(chosen.numel(), c.width), torch.empty_like(h)
        tensors: tuple[Tensor, ...] = (
            *(h, chosen, weights, self.panels[0], self.up_bias, self.scales[0]),
            *(self.panels[1], self.down_bias, self.scales[1], answers, out),
        )
        sizes = (len(h), c.experts_per_piece, c.n_experts, c.width, c.expert_width)
        _library().run_experts(
            ctypes.c_int64(self.code),
            *map(_pointer, tensors),
            *map(ctypes.c_int64, sizes),
            ctypes.c_float(c.swiglu_alpha),
            ctypes.c_float(c.swiglu_limit),
            ctypes.c_int64(torch.get_num_threads()),
        )
        return out


def _ask_for_large_pages(room: Tensor) -> None:
    """Before memory is used: weights are read once a pass, and small pages take long to find."""
    start, last = room.data_ptr(), room.data_ptr() + len(room)
    first, n_pages = -(-start // PAGE), last // PAGE - -(-start // PAGE)
    if n_pages > 0:  # advice that cannot be followed changes nothing
        advise = ctypes.CDLL(None).madvise
        advise(ctypes.c_void_p(first * PAGE), ctypes.c_size_t(n_pages * PAGE), HUGEPAGE)


def _code(dtype: torch.dtype) -> int:
    """Number of a type in the kernel."""
    return {torch.bfloat16: 0, torch.float32: 2}[dtype]


def _pointer(tensor: Tensor) -> ctypes.c_void_p:
    """Where a tensor lies; null if it is empty."""
    return ctypes.c_void_p(tensor.data_ptr() if tensor.numel() else None)


class KernelBand(Band):
    """Attention in the kernel, in the number type of its inputs: float32 or bfloat16.

    It turns queries and keys itself, and looks at a piece's own document only.
    """

    def __init__(self, segments: Tensor, reach: int) -> None:
        self.segments, self.reach = segments.contiguous(), reach

    def mix(self, heads: Tensor, rope: Tensor, sinks: Tensor) -> Tensor:
        """Turn queries and keys by their positions, and attend. See `Band.mix`."""
        heads, sinks = heads.contiguous(), sinks.contiguous()
        n, d, n_heads = len(heads), heads.shape[2], len(sinks)
        n_kv = (heads.shape[1] - n_heads) // 2
        room = heads.new_empty(2 * n_kv * (-(-n // BLOCK) * BLOCK) * d)
        out = heads.new_empty(n, n_heads * d)
        tensors = (heads, rope, self.segments, sinks, room, out)
        _library().run_attention(
            ctypes.c_int64(_code(heads.dtype)),
            *map(_pointer, tensors),
            *map(ctypes.c_int64, (n, n_heads, n_kv, d, self.reach, torch.get_num_threads())),
        )
        return out


class Int8Kernel(Kernel):
    """8-bit weights in panels, with a scale for each output."""

    code = 1
    side = 4
    element = torch.int8

    def _scales(self, weight: Tensor) -> Tensor:
        return torch.stack(
            [(one.detach().float().abs().amax(0) / 127).clamp(min=TINY) for one in weight]
        )

    def _round(self, weight: Tensor, scale: Tensor) -> Tensor:
        return (weight.float() / scale).round().to(torch.int8)


class Float32Kernel(Kernel):
    """Products in float32; weights that bfloat16 holds exactly are kept in it, at half the bytes.

    Published weights are bfloat16, so that what was read as float32 can be rounded back: the kernel
    widens in registers, and the numbers are the same.
    """

    def _choose(self, weights: Sequence[Tensor]) -> None:
        if all(is_bfloat16(one) for stack in weights for one in stack.detach()):
            self.code = 3
        else:
            self.code, self.side, self.element = 2, 1, torch.float32


def is_bfloat16(weight: Tensor) -> bool:
    """Whether rounding to bfloat16 changes nothing, bit for bit."""
    if weight.dtype == torch.bfloat16:
        return True
    bits = weight.float().view(torch.int32)
    return not bool((bits & 0xFFFF).any())
