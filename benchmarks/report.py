"""Results -> Markdown with ratios."""

from __future__ import annotations

import statistics
from typing import Any

WAYS = {"float32": "float32", "bfloat16": "bfloat16", "int8": "int8", "kernel": "bfloat16",
        "kernel-int8": "int8"}  # fmt: skip


def markdown(results: dict[str, Any]) -> str:
    """Write every section that there is."""
    lines = ["# Speed and memory", ""]
    writers = {"machine": _machine, "network": _network, "documents": _documents,
               "peers": _peers, "growth": _growth}  # fmt: skip
    for name, write in writers.items():
        if name in results:
            lines += [*write(results[name]), ""]
    return "\n".join(lines)


def _table(head: list[str], rows: list[list[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(line) + " |" for line in lines]


def _machine(m: dict[str, Any]) -> list[str]:
    rates = ", ".join(f"{name} {rate:,}" for name, rate in m["g_ops"].items())
    return [
        f"{m['processor']}, {m['threads']} threads, torch {m['torch']}.",
        f"Measured ceilings: {rates} G operations/s; memory {m['gb_per_s']} GB/s.",
    ]


def _network(n: dict[str, Any]) -> list[str]:
    """Seconds of H, ratios of each way, and how far it is from the floor."""
    if "cells" not in n:
        return []
    ways = [w for w in WAYS if any(w in run for runs in n["cells"].values() for run in runs)]
    rows = []
    ratios: dict[str, dict[str, list[float]]] = {w: {"H": [], "B": []} for w in ways}
    for cell, runs in n["cells"].items():
        row = [cell, _seconds(runs, "H"), _seconds(runs, "B")]
        for way in ways:
            run = next((r for r in reversed(runs) if way in r), None)
            if run is None:
                row.append("-")
                continue
            versus = {peer: run[peer] / run[way] for peer in ("H", "B") if peer in run}
            if cell[0].isdigit() and "4096" not in cell:
                for peer, ratio in versus.items():
                    ratios[way][peer].append(ratio)
            text = ", ".join(f"{ratio:.2f} {peer}" for peer, ratio in versus.items())
            floor = n.get("floors", {}).get(cell, {}).get(WAYS[way])
            row.append(text + (f", {run[way] / floor:.1f} x floor" if floor else ""))
        rows.append(row)
    summary = ["uniform, median (least)", "", ""]
    for way in ways:
        parts = [
            f"{statistics.median(r):.2f} ({min(r):.2f}) {peer}"
            for peer, r in ratios[way].items()
            if r
        ]
        summary.append(", ".join(parts) or "-")
    head = ["batch x pieces", "H, s", "B, s", *ways]
    return [
        "## Network: times faster than transformers (H as users run it, B at its best)", "",
        *_table(head, [*rows, summary]), "", *_memory(n),
    ]  # fmt: skip


def _seconds(runs: list[dict[str, float]], way: str) -> str:
    found = [run[way] for run in runs if way in run]
    return f"{statistics.median(found):.3f}" if found else "-"


def _memory(n: dict[str, Any]) -> list[str]:
    rows = [
        [way, f"{ready.get('seconds', 0):.1f}", f"{n['peak_gb'].get(way) or 0:.2f}",
         ready.get("why", ready.get("error", ""))]
        for way, ready in n.get("load", {}).items()
    ]  # fmt: skip
    return _table(["way", "load, s", "peak memory, GB", "how"], rows)


def _documents(d: dict[str, Any]) -> list[str]:
    rows = [
        [name, f"{v['docs_per_s']:.1f}", f"{v['outside']:.1%}", f"{v['peak_gb']:.2f}"]
        for name, v in d.items()
    ]
    head = ["text to Doc, both heads", "documents/s", "outside the network", "peak memory, GB"]
    return ["## Documents (mixed corpus)", "", *_table(head, rows)]


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
