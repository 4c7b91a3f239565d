"""A report of `verify` -> tables and lines in the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import typer

from ..terminal import make_table


def show_agreement(report: Mapping[str, Any]) -> None:
    """Print the report as tables."""
    from rich.console import Console

    console = Console()
    sides = [
        [name, s["source"], s["format"], s["backend"], f"{s['bytes']:,}", f"{s['seconds']:.3f}"]
        for name, s in (("A", report["a"]), ("B", report["b"]))
    ]
    head = ("", "source", "format", "backend", "bytes", "seconds")
    console.print(make_table(head, sides, right=(4,)))
    lines = [
        [
            s["name"],
            f"{s['pieces']:,}",
            f"{s['agree'] / s['pieces'] if s['pieces'] else 1:.2%}",
            f"{s['preserved']} of {s['entities']}",
            f"{s['max_difference']:.3g}",
            f"{s['mean_difference']:.3g}",
        ]
        for s in report["samples"]
    ]
    total = [
        "all",
        f"{report['pieces']:,}",
        f"{report['agreement']:.2%}",
        f"{report['entities_preserved']:.2%}",
        f"{report['max_difference']:.3g}",
        f"{report['mean_difference']:.3g}",
    ]
    head = ("text", "pieces", "same tag", "entities kept", "max difference", "mean difference")
    console.print(make_table(head, [*lines, total], right=(1,)))
    for name, side in (("A", report["a"]), ("B", report["b"])):
        typer.echo(f"{name} runs in {side['runs']}")
    for line in _gold_lines(report["gold"]) if "gold" in report else ():
        typer.echo(line)
    for line in report.get("limits", ()):
        limit = "any" if line["limit"] is None else f"{line['limit']:g}"
        verdict = "Passed" if line["passed"] else "Failed"
        typer.echo(f"{verdict}: {line['what']} {line['found']:.3g}, limit {limit}")
    limit = f"--min-agreement {report['min_agreement']:.2%}"
    typer.echo(
        f"{'Passed' if report['agreement'] >= report['min_agreement'] else 'Failed'}: {limit}"
    )


def _gold_lines(report: Mapping[str, Any]) -> list[str]:
    """Say what it costs in found spans."""
    lines = [
        f"{name}: precision {s['privacy_p']:.4f}, recall {s['privacy_r']:.4f}, "
        f"F1 {s['privacy_f']:.4f}"
        for name, s in (("A", report["a"]), ("B", report["b"]))
    ]
    done = "Passed" if report["passed"] else "Failed"
    return [
        f"On {report['rows']:,} labelled texts",
        *lines,
        f"Recall changes by {-report['recall_loss']:+.4f}, F1 by {report['f_change']:+.4f}",
        f"{done}: --max-recall-loss {report['max_recall_loss']:.4f}",
    ]
