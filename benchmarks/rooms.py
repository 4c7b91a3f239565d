"""What is loaded together, as far as memory goes."""

from __future__ import annotations

from pathlib import Path

# Interleaved together. H and B run with each group. What needs most while it loads comes first.
GROUPS = (("float32",), ("kernel-float32", "bfloat16", "kernel"), ("int8", "kernel-int8"))
GROUPS += (("onnx-float32",), ("onnx-int8",))
QUICK_GROUPS = (("bfloat16", "kernel"),)
# Most that each has in RAM, in GB, while it loads or in a document of 4,096 pieces.
GB = {
    "H": 11.9,  # 8.8 while it loads
    "B": 7.5,
    "float32": 7.1,
    "kernel-float32": 6.4,
    "bfloat16": 4.3,
    "kernel": 3.7,
    "int8": 2.8,
    "kernel-int8": 2.3,
    "onnx-float32": 7.1,
    "onnx-int8": 4.2,
}


def free_gb() -> float:
    """Memory that programs may still take, in GB; 16 where the system does not say."""
    info = Path("/proc/meminfo")
    lines = info.read_text().splitlines() if info.exists() else []
    free = (int(x.split()[1]) * 1024 / 1e9 for x in lines if x.startswith("MemAvailable"))
    return next(free, 16.0)


def need_gb(ways: tuple[str, ...]) -> float:
    """Memory for ways that are loaded together, in GB."""
    return sum(GB[way] for way in ways)


def groups_that_fit(
    groups: tuple[tuple[str, ...], ...], free: float
) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Cut up what does not fit: at worst into pairs of one way and H or B.

    groups (tuple[tuple[str, ...], ...]): Ways of ours that should be loaded together.
    free (float): Memory, in GB.
    RETURNS (tuple): What is loaded together, and the pairs that need more than there is.
    """
    fit: list[tuple[str, ...]] = []
    skipped: list[tuple[str, ...]] = []
    for group in groups:
        pairs: list[tuple[str, ...]] = [(peer, way) for way in group for peer in ("H", "B")]
        tries: list[list[tuple[str, ...]]] = [
            [("H", "B", *group)],
            [("H", *group), ("B", *group)],
            [("H", "B", way) for way in group],
        ]
        whole = (some for some in tries if all(need_gb(one) <= free for one in some))
        fit += next(whole, [pair for pair in pairs if need_gb(pair) <= free])
        # Where a larger room fits, its pairs do.
        skipped += [pair for pair in pairs if need_gb(pair) > free]
    return fit, skipped
