"""`privacy-filter evaluate`: pipelines and labelled texts -> a report with numbers and plots."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from .. import options
from ..common import clear_errors, read_settings
from ..terminal import TerminalProgress


def evaluate_cli(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="PIPELINE... GOLD...",
            help="spaCy pipelines ('small' is the one that ships), then files of labelled texts",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder that gets the report")],
    form: options.GoldFormat = None,
    label_map: Annotated[
        str | None,
        typer.Option(
            help="Compare labels of another taxonomy: openai, kp or hipaa maps both sides by the "
            "crosswalk; or a JSON file, label -> label or null, for the gold"
        ),
    ] = None,
    rules: options.Rules = None,
    patterns: options.Patterns = None,
    deny: options.Deny = None,
    allow: options.Allow = None,
    plots: Annotated[
        bool, typer.Option("--plots/--no-plots", help="Draw plots (needs the extra evaluate)")
    ] = True,
    limit: options.Limit = None,
    without_handles: Annotated[
        bool,
        typer.Option(
            "--without-handles",
            help="Count @name and u/name as neither right nor wrong: sources differ about them",
        ),
    ] = False,
    draws: Annotated[int, typer.Option(min=100, help="Draws of the bootstrap")] = 1000,
    seed: Annotated[int, typer.Option(help="Of the bootstrap")] = 0,
) -> None:
    """Measure pipelines on labelled texts, and compare them.

    Writes report.md, report.json and plots to the folder --out. They hold no text. The first
    pipeline is what the others are compared with.
    """
    with clear_errors():
        from ...evaluate.measure import Settings
        from ...evaluate.report import REPORT, evaluate

        report = evaluate(
            inputs,
            out,
            form=form,
            label_map=label_map,
            settings=read_settings(rules, patterns, deny, allow),
            plots=plots,
            limit=limit,
            without_handles=without_handles,
            intervals=Settings(seed, draws),
            progress=TerminalProgress(),
        )
    for name, figures in report["pipelines"].items():
        typer.echo(f"{name}: {_overview(figures)}")
    typer.echo(f"Wrote {out / REPORT}", err=True)


def _overview(figures: Mapping[str, Any]) -> str:
    """Say the main figures of a pipeline in a line."""
    parts = []
    if "spans" in figures:
        strict, chars = figures["spans"]["strict"]["all"], figures["spans"]["chars"]["all"]
        leaked = figures["leaks"]["rates"].get("all", {}).get("documents", {"rate": None})
        shown = {
            "strict P": strict["p"], "R": strict["r"], "F1": strict["f"], "F2": strict["f2"],
            "characters R": chars["r"], "documents that leak": leaked["rate"],
        }  # fmt: skip
        parts += [f"{key} {value:.3f}" for key, value in shown.items() if value is not None]
    if figures["categories"]:
        parts.append(f"category accuracy {figures['categories']['accuracy']:.3f}")
    return ", ".join(parts) or "nothing could be measured"
