"""`privacy-filter inspect`: what a checkpoint is, without running it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from .. import options
from ..common import clear_errors
from ..terminal import make_table


def inspect_cli(
    source: options.Source,
    revision: options.Revision = None,
    sinks_unit: options.SinksUnit = None,
    window: options.Window = None,
    ignore_keys: options.IgnoreKeys = None,
    hashes: Annotated[bool, typer.Option(help="Hash every file (reads all weights)")] = True,
    as_json: options.AsJson = False,
) -> None:
    """Show the format, sizes, labels, conventions and files of a checkpoint."""
    with clear_errors():
        from ...checkpoints.describe import describe
        from ...checkpoints.registry import find_format, read_checkpoint
        from ...checkpoints.source import find_source

        _, folder = find_format(find_source(source, revision))
        checkpoint = read_checkpoint(folder, ignore_keys or (), sinks_unit, window)
        report = describe(folder, checkpoint, hashes)
    show(report, as_json)


def show(report: Mapping[str, Any], as_json: bool) -> None:
    """Print a report of `describe`."""
    if as_json:
        typer.echo(json.dumps(report, indent=2, ensure_ascii=False))
        return
    from rich.console import Console

    console = Console()
    console.print(make_table(("what", "value"), _lines(report)))
    files = [[f["name"], f"{f['bytes']:,}", f.get("sha256", "")] for f in report["files"]]
    console.print(make_table(("file", "bytes", "SHA-256"), files, right=(1,)))


def _lines(report: Mapping[str, Any]) -> list[list[str]]:
    """Lay out the lines of the first table."""
    meant, labels = report["conventions"], report["labels"]
    lines = [
        ["format", report["format"]],
        ["folder", report["folder"]],
        ["parameters", f"{report['parameters']:,}"],
        ["stored", ", ".join(f"{dtype} {n:,} bytes" for dtype, n in report["stored"].items())],
        ["network", ", ".join(f"{name} {value}" for name, value in report["network"].items())],
        ["tags", f"{report['n_tags']} ({report['scheme']})" if labels else "no tag head"],
        ["labels", ", ".join(labels or ["-"])],
        ["categories", ", ".join(report["categories"] or ["no category head"])],
        ["biases", ", ".join(f"{value:g}" for value in report["biases"].values())],
    ]
    if report["operating_points"]:
        lines.append(["operating points", ", ".join(report["operating_points"])])
    if meant is not None:
        text = f"{meant['sinks_unit']}, window {meant['window']} ({meant['origin']})"
        lines.append(["sinks in the file", text])
    return lines
