"""Results -> Markdown with ratios."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from typing import Any

# Each way of ours: what it computes in, and the bytes of a weight as it is kept. The kernel widens
# bfloat16 weights in registers.
WAYS = {
    "float32": ("float32", 4),
    "kernel-float32": ("float32", 2),
    "bfloat16": ("bfloat16", 2),
    "kernel": ("bfloat16", 2),
    "int8": ("int8", 1),
    "kernel-int8": ("int8", 1),
    "onnx-float32": ("float32", 4),
    "onnx-int8": ("int8", 1),
}
# What issue 5 asks for: (cells, statistic, over what) -> at least, or at most for "floor".
EXACT = {
    ("uniform", "median", "H"): 1.6,
    ("uniform", "least", "H"): 1.3,
    ("mixed", "median", "H"): 3.5,
    ("mixed", "median", "B"): 1.7,
    ("1 x 4096", "median", "H"): 6.0,
}
EIGHT = {("short", "least", "H"): 6.0, ("mixed", "median", "B"): 3.0}
BARS: dict[str, dict[tuple[str, str, str], float]] = {
    "float32": EXACT,
    "kernel-float32": EXACT,
    "bfloat16": {
        ("uniform", "median", "H"): 2.6,
        ("uniform", "median", "B"): 1.3,
        ("mixed", "median", "B"): 2.6,
        ("1 x 4096", "median", "H"): 10.0,
    },
    "kernel": {
        ("uniform", "median", "H"): 4.5,
        ("uniform", "median", "B"): 1.6,
        ("uniform", "median", "floor"): 2.0,
        ("mixed", "median", "B"): 3.6,
    },
    "int8": EIGHT,
    "kernel-int8": EIGHT,
}
SHORT = ("1 x 64", "1 x 128", "1 x 256")
MOST_MEMORY = 1.5  # times the weights
MOST_OUTSIDE = {"small": 0.35, "real": 0.05}


def markdown(results: dict[str, Any]) -> str:
    """Write every section that there is."""
    lines = ["# Speed and memory", ""]
    tiny = results.get("tiny", False)
    if tiny:
        lines += ["A tiny network, to try the harness: bars are for the published size.", ""]
    if results.get("earlier"):
        lines += [f"Of an earlier run: {', '.join(results['earlier'])}.", ""]
    if "unfinished" in results:
        lines += [f"Not finished: {results['unfinished']}.", ""]
    if results.get("failed"):
        lines += [f"Sections that failed: {', '.join(results['failed'])}.", ""]
    writers: dict[str, Callable[..., list[str]]] = {
               "machine": _machine, "network": _network, "documents": _documents,
               "peers": _peers, "growth": _growth}  # fmt: skip
    judged = {"network", "documents"}
    for name, write in writers.items():
        if name in results:
            more = {"tiny": tiny} if name in judged else {}
            lines += [*write(results[name], **more), ""]
    return "\n".join(lines)


def _table(head: list[str], rows: list[list[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(line) + " |" for line in lines]


def _machine(m: dict[str, Any]) -> list[str]:
    rates = ", ".join(f"{name} {rate:,g}" for name, rate in m["g_ops"].items())
    return [
        f"{m['processor']}, {m['threads']} threads, torch {m['torch']}.",
        f"Measured ceilings: {rates} G operations/s; memory {m['gb_per_s']} GB/s.",
    ]


def _network(n: dict[str, Any], tiny: bool) -> list[str]:
    """Seconds of H, ratios of each way, how far it is from the floor, and the bars."""
    skipped = [f"No memory: {why}." for why in n.get("skipped", [])]
    if "cells" not in n:
        return skipped
    found = _ratios(n)
    rows = []
    for cell, runs in n["cells"].items():
        parts = [_text(found[way].get(cell, {})) for way in found]
        rows.append([cell, _seconds(runs, "H"), _seconds(runs, "B"), *parts])
    head = ["batch x pieces", "H, s", "B, s", *found]
    bars = [] if tiny else [row for way in found for row in _bars(way, found[way])]
    return [
        "## Network: times faster than transformers (H as users run it, B at its best)", "",
        *_table(head, rows), "",
        "Times the floor: seconds over the least that this machine's ceilings allow.", "",
        *skipped, *([""] if skipped else []),
        *(_table(["way", "cells", "over", "found", "bar", ""], bars) if bars else []),
        *([""] if bars else []), *_memory(n, tiny),
    ]  # fmt: skip


def _ratios(n: dict[str, Any]) -> dict[str, dict[str, dict[str, float]]]:
    """By way and cell: times faster than H and B, and times slower than the floor."""
    found: dict[str, dict[str, dict[str, float]]] = {}
    for way in WAYS:
        for cell, runs in n["cells"].items():
            with_it = [run for run in reversed(runs) if way in run]
            if not with_it:
                continue
            # H and B may have run beside it one after the other: memory was short.
            mine = {
                peer: next(run[peer] / run[way] for run in with_it if peer in run)
                for peer in ("H", "B")
                if any(peer in run for run in with_it)
            }
            if floor := n.get("floors", {}).get(cell, {}).get(way):
                mine["floor"] = with_it[0][way] / floor
            found.setdefault(way, {})[cell] = mine
    return found


def _text(ratios: dict[str, float]) -> str:
    parts = [f"{ratios[peer]:.2f} {peer}" for peer in ("H", "B") if peer in ratios]
    parts += [f"{ratios['floor']:.1f} x floor"] if "floor" in ratios else []
    return ", ".join(parts) or "-"


def _bars(way: str, ratios: dict[str, dict[str, float]]) -> list[list[str]]:
    """One row for each bar of a way: what was found, and whether it is reached."""
    uniform = [cell for cell in ratios if cell[0].isdigit() and cell != "1 x 4096"]
    groups = {"uniform": uniform, "short": [cell for cell in SHORT if cell in ratios]}
    rows = []
    for (cells, statistic, over), bar in BARS[way].items():
        chosen = groups.get(cells, [cells])
        values = [ratios[c][over] for c in chosen if over in ratios.get(c, {})]
        name = f"{cells}, {statistic}" if len(values) > 1 else cells
        if not values:
            rows.append([way, name, over, "not measured", f"{bar}", ""])
            continue
        value = min(values) if statistic == "least" else statistics.median(values)
        good = value <= bar if over == "floor" else value >= bar
        sign = "<=" if over == "floor" else ">="
        rows.append([way, name, over, f"{value:.2f}", f"{sign} {bar}", _verdict(good)])
    return rows


def _verdict(good: bool) -> str:
    return "reached" if good else "missed"


def _seconds(runs: list[dict[str, float]], way: str) -> str:
    found = [run[way] for run in runs if way in run]
    return f"{statistics.median(found):.3f}" if found else "-"


def _memory(n: dict[str, Any], tiny: bool) -> list[str]:
    rows = []
    for way, ready in n.get("load", {}).items():
        peak = n.get("peak_gb", {}).get(way) or 0.0
        row = [way, f"{ready.get('seconds', 0):.1f}", f"{peak:.2f}", ""]
        if way in WAYS and "weights_gb" in n and peak:
            times = peak / n["weights_gb"][WAYS[way][0]]
            verdict = f" (bar {MOST_MEMORY}: {_verdict(times <= MOST_MEMORY)})"
            row[3] = f"{times:.2f}" + ("" if tiny else verdict)
        rows.append([*row, ready.get("why", ready.get("error", ""))])
    return _table(["way", "load, s", "peak memory, GB", "times the weights", "how"], rows)


def _documents(d: dict[str, Any], tiny: bool) -> list[str]:
    rows = []
    for name, v in d.items():
        kind = name.split()[0]
        most = MOST_OUTSIDE[kind]
        bar = f"{most:.0%}: {_verdict(v['outside'] <= most)}"
        bar = "-" if tiny and kind == "real" else bar
        numbers = [f"{v['docs_per_s']:.1f}", f"{v['outside']:.1%}", bar, f"{v['peak_gb']:.2f}"]
        rows.append([name, *numbers])
    head = ["text to Doc, both heads", "documents/s", "outside the network", "bar"]
    return ["## Documents (mixed corpus)", "", *_table([*head, "peak memory, GB"], rows)]


def _peers(p: dict[str, Any]) -> list[str]:
    base = p.get("small pipeline")
    rows = []
    for name, value in p.items():
        if isinstance(value, str):
            rows.append([name, value, ""])
        else:
            rows.append([name, f"{value:.1f}", f"{base / value:.2f}" if base else ""])
    head = ["", "documents/s", "small pipeline is faster by"]
    return ["## Peers (mixed corpus)", "", *_table(head, rows)]


def _growth(g: dict[str, Any]) -> list[str]:
    rows = [
        [name, f"{run['pieces']:,}", *(
            [f"{run['seconds']:.1f}", f"{run['pieces'] / run['seconds']:,.0f}",
             f"{run['peak_gb']:.2f}"] if "seconds" in run else [run["skipped"], "", ""]
        )]
        for name, runs in g.items() for run in runs
    ]  # fmt: skip
    head = ["network", "pieces in one document", "seconds", "pieces/s", "peak memory, GB"]
    return ["## Growth", "", *_table(head, rows)]
