"""`privacy-filter tune`: operating points for a checkpoint or a pipeline, from labelled texts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .common import clear_errors
from .inspect import JsonOption, table

if TYPE_CHECKING:
    from ..pipeline.tagger import PrivacyFilter

PIPELINE_CONFIG = "config.cfg"
# With fewer on a side, a figure says nothing.
MIN_DOCS = 5


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
    form: Annotated[
        str | None, typer.Option("--format", help="Of GOLD, if it must be told")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write points that gain nothing on the other texts, too")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Tune operating points (decoder biases and thresholds) to the highest F-beta.

    The network reads each text once. Points are tuned on one part of the texts and measured on the
    other; those that gain nothing there are not written. Points by other names stay.
    """
    with clear_errors():
        report = tune(target, gold, names or (), betas or (), share, component, form, force)
    if as_json:
        typer.echo(json.dumps(report, indent=2))
    else:
        _show(report)


def tune(
    target: Path,
    gold: Path,
    names: Sequence[str],
    betas: Sequence[float],
    share: float,
    component: str | None = None,
    form: str | None = None,
    force: bool = False,
) -> dict[str, Any]:
    """Tune and write operating points. See `tune_cli` for the arguments.

    RETURNS (dict[str, Any]): Counts of documents, the file, and the points with their figures.
    RAISES (ValueError): No labelled texts, labels that the head does not have, or bad settings.
    """
    from ..corpus.readers import read_docs
    from ..labels.transitions import TransitionBiases
    from ..training.tuning import Point, check_betas, read_emissions, tuned_report

    wanted = check_betas(names, betas)
    nlp, pipe = _open(target, component)
    if pipe.settings.decode != "viterbi":
        raise ValueError(
            f"{pipe.name!r} has decode = {pipe.settings.decode!r}, which uses no transition "
            "biases. Set it to 'viterbi'."
        )
    emissions = read_emissions(pipe, read_docs(gold, nlp, form))
    first, second = emissions.split(share)
    if min(len(first), len(second)) < MIN_DOCS or not any(g.spans for g in second.golds):
        raise ValueError(
            f"{gold} has {len(emissions)} texts that say something about personal data; cut in two "
            f"they are too few to tune and to measure. Give at least {2 * MIN_DOCS}, with spans."
        )
    before = Point(TransitionBiases.from_dict(pipe.cfg["biases"] or {}, partial=True))
    points = tuned_report(pipe, (first, second), wanted, before)
    for row in points.values():
        row["written"] = force or row["gains"]
    written = {name: row["point"] for name, row in points.items() if row["written"]}
    path = _write(target, pipe.name, written)
    return {
        "tuned_on": len(first),
        "measured_on": len(second),
        "file": str(path),
        "points": points,
    }


def _open(target: Path, component: str | None) -> tuple[Any, PrivacyFilter]:
    """Load the filter whose points are tuned."""
    from ..loading import load
    from ..pipeline.tagger import PrivacyFilter

    if not target.is_dir():
        raise FileNotFoundError(
            f"No folder {target}. Points are written beside the weights: give a checkpoint's or a "
            "pipeline's own folder (convert SRC DST copies a repository of the hub to one)."
        )
    nlp = load(target)
    found = {name: pipe for name, pipe in nlp.components if isinstance(pipe, PrivacyFilter)}
    if component is None and len(found) > 1:
        raise ValueError(f"Several filters: {', '.join(found)}. Choose one with --component.")
    chosen = component or next(iter(found), "")
    if chosen not in found:
        raise ValueError(
            f"{target} has no filter {chosen!r}. It has: {', '.join(found) or 'none'}."
        )
    return nlp, found[chosen]


def _write(target: Path, component: str, points: Mapping[str, Any]) -> Path:
    """Put points where the weights are read from: others stay, and the file changes at once."""
    import srsly

    from ..checkpoints.calibration import POINTS, check_points, read_points, write_points
    from ..checkpoints.registry import find_format
    from ..files import write_atomically
    from ..pipeline.storage import read_object

    if not (target / PIPELINE_CONFIG).is_file():
        _, folder = find_format(target)
        write_points(folder, {**read_points(folder), **points})
        return folder / POINTS
    path = target / component / "cfg"
    values = read_object(path)
    values["points"] = {**(values.get("points") or {}), **check_points(points, "the result")}
    write_atomically(path, srsly.json_dumps(values, indent=2).encode())
    return path


def _show(report: dict[str, Any]) -> None:
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
    console.print(table(head, lines))
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
