"""What this machine can do at most, measured; and the least time that a pass could take."""

from __future__ import annotations

import math
import platform
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from spacy_privacy_filter.checkpoints.sizes import NetworkConfig, backbone_shapes

BYTES = {"float32": 4, "bfloat16": 2, "int8": 1}
# Of the matrices whose products are timed.
SIZE, SMALL_SIZE = 2048, 256
# What has taken longer than so many seconds is not repeated: where a processor has no instructions
# for bfloat16, one product takes half a minute.
ENOUGH = 5.0


def best(run: Callable[[], Any], n: int = 5) -> float:
    """Least seconds of several runs, after one to warm up unless that took long."""
    times: list[float] = []
    while len(times) <= n and sum(times) < ENOUGH:
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def measure(n_threads: int, n: int = SIZE) -> dict[str, Any]:
    """Rates of matrix products by number type (G operations/s), and of reading memory (GB/s)."""
    import torch

    torch.set_num_threads(n_threads)
    x = torch.randn(n, n)
    rates = {}
    for name in ("float32", "bfloat16"):
        y = x.to(getattr(torch, name))
        rates[name] = 2 * n**3 / best(lambda y=y: y @ y) / 1e9
    codes = torch.randint(-127, 127, (n, n), dtype=torch.int8)
    try:
        packed = torch.ops.onednn.qlinear_prepack(codes, None)
        one, zero = torch.ones(n), torch.zeros(n, dtype=torch.int64)
        rest = (None, 1.0, 0, torch.float32, "none", [], "")
        product = torch.ops.onednn.qlinear_pointwise.default
        rates["int8"] = (
            2 * n**3 / best(lambda: product(codes, 1.0, 0, packed, one, zero, *rest)) / 1e9
        )
    except (RuntimeError, AttributeError):
        rates["int8"] = rates["bfloat16"]
    block = torch.ones(1 << 27)  # 512 MB, far more than the caches of a core
    bandwidth = block.numel() * 4 / best(block.sum, 3) / 1e9
    return {
        "processor": processor(),
        "threads": n_threads,
        "torch": torch.__version__,
        # Not a whole number: a slow one would be 0, and floors are divided by it.
        "g_ops": {name: float(f"{rate:.3g}") for name, rate in rates.items()},
        "gb_per_s": round(bandwidth, 1),
    }


def processor() -> str:
    """Its kind, and what it multiplies by itself."""
    info = Path("/proc/cpuinfo")
    text = info.read_text() if info.exists() else ""
    model = next((x.split(":")[1].strip() for x in text.splitlines() if "model name" in x), "")
    flags = [f for f in ("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16") if f in text]
    return f"{model or platform.processor()} ({', '.join(flags)})"


def floor(
    lengths: list[int], dtype: str, n_bytes: int, ceilings: dict[str, Any], c: NetworkConfig
) -> float:
    """Least seconds: the experts' and attention's operations, or the bytes of used weights.

    lengths (list[int]): Pieces of each document.
    dtype (str): What products are computed in. n_bytes (int): Of a weight as it is kept.

    Experts are used evenly: of E, each piece takes k, so n pieces use E (1 - (1 - k/E)^n).
    """
    q = (c.n_heads + 2 * c.n_kv_heads) * c.head_dim
    expert = 3 * c.width * c.expert_width
    dense = c.width * (q + c.n_heads * c.head_dim)
    n_pieces = sum(lengths)
    pairs = sum(n * min(n, 2 * c.window + 1) for n in lengths)
    used = c.n_experts * (1 - (1 - c.experts_per_piece / c.n_experts) ** n_pieces)
    matrices = n_pieces * (c.experts_per_piece * expert + dense)
    operations = 2 * (matrices + 2 * pairs * c.n_heads * c.head_dim) * c.n_layers
    read = (used * expert + dense) * n_bytes * c.n_layers
    return max(operations / ceilings["g_ops"][dtype] / 1e9, read / ceilings["gb_per_s"] / 1e9)


def weights_gb(config: NetworkConfig) -> dict[str, float]:
    """Size of the weights in each number type, in GB; with int8, all but experts are bfloat16."""
    sizes = {name: math.prod(shape) for name, shape in backbone_shapes(config).items()}
    experts = sum(n for name, n in sizes.items() if ".swiglu." in name or ".mlp.out." in name)
    rest = sum(sizes.values()) - experts
    return {dtype: (experts * n + rest * max(n, 2)) / 1e9 for dtype, n in BYTES.items()}
