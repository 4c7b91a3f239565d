"""`privacy-filter verify`: do two checkpoints find the same? Numbers only, never a text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from .. import options
from ..common import clear_errors
from ..exit_codes import ExitCode
from .agreement import show_agreement

ELSE: Final = "else that of A if both are the same source"


def verify_cli(
    first: Annotated[
        str, typer.Argument(metavar="A", help="The reference: folder, hub id, or 'shipped'")
    ],
    second: Annotated[str, typer.Argument(metavar="B", help="What is compared with it")],
    texts: Annotated[
        Path | None,
        typer.Option(
            help='JSONL (or .jsonl.gz) with "text", or one text a line; else built-in samples'
        ),
    ] = None,
    min_agreement: Annotated[
        float, typer.Option(min=0, max=1, help="Least share of pieces with the same best tag")
    ] = 0.99,
    corpus: Annotated[
        Path | None, typer.Option(help="Labelled JSONL: compare recall and F1 of spans too")
    ] = None,
    max_recall_loss: Annotated[
        float, typer.Option(min=0, max=1, help="Most recall that B may lose on --corpus")
    ] = 0.005,
    backend: Annotated[str, typer.Option(help="Backend of A: auto, torch, mlx or onnx")] = "auto",
    backend_b: Annotated[str | None, typer.Option(help="Backend of B; else that of A")] = None,
    dtype: Annotated[
        str, typer.Option(help="Number type of A: auto, float32, bfloat16, float16, int8, int4")
    ] = "float32",
    dtype_b: Annotated[str | None, typer.Option(help="Number type of B; else that of A")] = None,
    revision: options.Revision = None,
    sinks_unit: options.SinksUnit = None,
    window: options.Window = None,
    ignore_keys: options.IgnoreKeys = None,
    revision_b: Annotated[str | None, typer.Option(help=f"Revision of B; {ELSE}")] = None,
    sinks_unit_b: Annotated[str | None, typer.Option(help=f"Sinks of B; {ELSE}")] = None,
    window_b: Annotated[int | None, typer.Option(min=1, help=f"Window of B; {ELSE}")] = None,
    ignore_keys_b: Annotated[
        list[str] | None, typer.Option("--ignore-key-b", help=f"Harmless key of B; {ELSE}")
    ] = None,
    card: Annotated[bool, typer.Option(help="Show a table for a model card, in Markdown")] = False,
    as_json: options.AsJson = False,
) -> None:
    """Compare two checkpoints, or one on two backends: best tags, entities, logits, sizes, time.

    To see what a faster number type costs, give a checkpoint twice and --dtype-b. Exit code 1 if
    fewer pieces agree than --min-agreement asks for, or recall falls by more than --max-recall-loss
    on --corpus. If B is an export in ONNX, both read the battery: 20 samples and 260 generated
    texts in 65 languages; exit code 1, too, if it breaks a limit of its number type.
    """
    with clear_errors():
        from ...evaluate.agreement import TimedPipeline
        from ...evaluate.model_card import make_card
        from ...evaluate.verify import read_texts, verify_export

        how_a = {"backend": backend, "dtype": dtype}
        how_b = {"backend": backend_b or backend, "dtype": dtype_b or dtype}
        known_a = _known(revision, sinks_unit, window, ignore_keys)
        known_b = _known(revision_b, sinks_unit_b, window_b, ignore_keys_b)
        if first == second:
            known_b = known_a | known_b
        samples = None if texts is None else read_texts(texts)
        a = TimedPipeline(first, how_a, known_a)
        b = TimedPipeline(second, how_b, known_b)
        report = verify_export(
            a, b, samples, min_agreement, gold=corpus, max_recall_loss=max_recall_loss
        )
    if as_json:
        typer.echo(json.dumps(report, indent=2))
    elif card:
        typer.echo(make_card(report))
    else:
        show_agreement(report)
    limits = report.get("limits", [])
    if not all(line["passed"] for line in [*limits, report.get("gold", report), report]):
        raise typer.Exit(ExitCode.NOTHING_DONE)


def _known(
    revision: str | None, sinks_unit: str | None, window: int | None, keys: list[str] | None
) -> dict[str, Any]:
    """Gather what the user knows of a checkpoint, for `load`; what is not said is left out."""
    known = {
        "revision": revision, "sinks_unit": sinks_unit, "window": window, "ignore_keys": keys
    }  # fmt: skip
    return {key: value for key, value in known.items() if value}
