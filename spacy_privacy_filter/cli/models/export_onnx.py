"""`privacy-filter export-onnx`: a checkpoint or pipeline -> a folder that onnxruntime runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from .. import options
from ..common import clear_errors
from ..terminal import make_table


def export_onnx_cli(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE", help="Folder of a checkpoint or pipeline, hub id, or 'shipped'"
        ),
    ],
    output: Annotated[Path, typer.Argument(metavar="OUT", help="A new folder")],
    dtype: Annotated[
        list[str] | None,
        typer.Option(
            help="fp32, fp16, int8 or int4; several times for several files [default: fp32]"
        ),
    ] = None,
    signature: Annotated[
        str,
        typer.Option(
            help="padded: input_ids and attention_mask, a document a row; packed: ids, positions "
            "and segments, without padding"
        ),
    ] = "padded",
    ops: Annotated[
        str,
        typer.Option(help="microsoft: onnxruntime's own, the fastest; standard: none of these"),
    ] = "microsoft",
    revision: options.Revision = None,
    sinks_unit: options.SinksUnit = None,
    window: options.Window = None,
    ignore_keys: options.IgnoreKeys = None,
    as_json: options.AsJson = False,
) -> None:
    """Write a network in ONNX, with heads, labels, tokenizer, hashes and a script that checks it.

    The folder appears whole or not at all. Give it as `source`, or to any program that runs ONNX.
    """
    with clear_errors():
        from ...checkpoints.checkpoint import ReadOptions
        from ...compat import has, missing

        if not has("onnx"):
            raise missing("onnx", "Exporting")
        from ...export.export import ExportOptions, check_options, export_onnx
        from ...export.source import read_source

        chosen = ExportOptions(tuple(dtype or ("fp32",)), signature, ops)
        check_options(chosen)
        known = ReadOptions(ignore_keys or (), sinks_unit, window)
        report = export_onnx(read_source(source, revision, known), output, chosen)
    if as_json:
        typer.echo(json.dumps(report, indent=2))
        return
    from rich.console import Console

    files = [[name, f"{size:,}"] for name, size in report["files"].items()]
    Console().print(make_table(("file", "bytes"), files, right=(1,)))
    typer.echo(f"Wrote {report['folder']}. Compare: privacy-filter verify {source} {output}")
