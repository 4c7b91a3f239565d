"""What this machine can do at most, measured; and the least time that a pass could take."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from spacy_privacy_filter.models.config import NetworkConfig

BYTES = {"float32": 4, "bfloat16": 2, "int8": 1}


def best(run: Callable[[], Any], n: int = 5) -> float:
    """Least seconds of several runs."""
    run()
    times = []
    for _ in range(n):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def measure(n_threads: int) -> dict[str, Any]:
    """Rates of matrix products by number type (G operations/s), and of reading memory (GB/s)."""
    import torch

    torch.set_num_threads(n_threads)
    n = 2048
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
        "g_ops": {name: round(rate) for name, rate in rates.items()},
        "gb_per_s": round(bandwidth, 1),
    }


def processor() -> str:
    """Its kind, and what it multiplies by itself."""
    info = Path("/proc/cpuinfo")
    text = info.read_text() if info.exists() else ""
    model = next((x.split(":")[1].strip() for x in text.splitlines() if "model name" in x), "")
    flags = [f for f in ("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16") if f in text]
    return f"{model or platform.processor()} ({', '.join(flags)})"


def floor(n_pieces: int, dtype: str, ceilings: dict[str, Any], c: NetworkConfig) -> float:
    """Least seconds: the experts' and attention's operations, or the bytes of used weights.

    Experts are used evenly: of E, each piece takes k, so n pieces use E (1 - (1 - k/E)^n).
    """
    q = (c.n_heads + 2 * c.n_kv_heads) * c.head_dim
    expert = 3 * c.width * c.expert_width
    dense = c.width * (q + c.n_heads * c.head_dim)
    reach = min(n_pieces, 2 * c.window + 1)
    per_piece = c.experts_per_piece * expert + dense + 2 * reach * c.n_heads * c.head_dim
    used = c.n_experts * (1 - (1 - c.experts_per_piece / c.n_experts) ** n_pieces)
    operations = 2 * per_piece * n_pieces * c.n_layers
    n_bytes = (used * expert + dense) * BYTES[dtype] * c.n_layers
    return max(operations / ceilings["g_ops"][dtype] / 1e9, n_bytes / ceilings["gb_per_s"] / 1e9)
