"""`privacy-filter tune`: operating points for a checkpoint or a pipeline, from labelled texts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from .. import options
from ..common import clear_errors
from ..terminal import make_table


def tune_cli(
    target: Annotated[
        Path, typer.Argument(metavar="TARGET", help="Folder of a checkpoint or a saved pipeline")
    ],
    gold: Annotated[Path, typer.Argument(help="Labelled texts, in any format that corpus reads")],
    names: Annotated[
        list[str] | None,
        typer.Option(
            "--name", help="A point to tune  [default: balanced, high_recall, high_precision]"
        ),
    ] = None,
    betas: Annotated[
        list[float] | None,
        typer.Option(
            "--beta", help="How many times recall counts as much as precision; one a --name"
        ),
    ] = None,
    share: Annotated[
        float, typer.Option(min=0.1, max=0.9, help="Of the texts to tune on; the rest measures")
    ] = 0.5,
    component: Annotated[
        str | None, typer.Option(help="Of a pipeline, if it has several filters")
    ] = None,
    form: options.GoldFormat = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write points that gain nothing on the other texts, too")
    ] = False,
    as_json: options.AsJson = False,
) -> None:
    """Tune operating points (decoder biases and thresholds) to the highest F-beta.

    The network reads each text once. Points are tuned on one part of the texts and measured on the
    other; those that gain nothing there are not written. Points by other names stay.
    """
    with clear_errors():
        from ...training.operating_points import tune_points

        report = tune_points(
            target, gold, names or (), betas or (), share,
            component=component, form=form, force=force,
        )  # fmt: skip
    if as_json:
        typer.echo(json.dumps(report, indent=2))
    else:
        _show(report)


def _show(report: Mapping[str, Any]) -> None:
    """Print the points with their figures, and which were written."""
    from rich.console import Console

    console = Console()
    lines = []
    for name, row in report["points"].items():
        for when in ("before", "after"):
            found = row[when]
            numbers = [f"{found[key]:.3f}" for key in ("precision", "recall", "f_beta")]
            counts = [f"{found[key]:,}" for key in ("tp", "fp", "fn")]
            lines.append([name, f"{row['beta']:g}", when, *numbers, *counts])
    head = ("point", "beta", "", "precision", "recall", "F-beta", "right", "wrong", "missed")
    console.print(make_table(head, lines))
    console.print(
        f"Tuned on {report['tuned_on']} documents, measured on {report['measured_on']} others: "
        "same characters, same label.",
        highlight=False,
    )
    kept = [name for name, row in report["points"].items() if row["written"]]
    lost = [name for name, row in report["points"].items() if not row["written"]]
    if kept:
        console.print(f"Wrote {', '.join(kept)} to {report['file']}", soft_wrap=True)
    if lost:
        console.print(
            f"Not written, as they gain nothing on the other documents: {', '.join(lost)}. "
            "Give more texts, or --force.",
            soft_wrap=True,
        )
