"""`privacy-filter convert`: a checkpoint in any known format -> the same in another.

A saved pipeline stays one: its network is written anew, all else is copied.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .. import options
from ..common import clear_errors
from .inspect import show


def convert_cli(
    source: options.Source,
    target: Annotated[Path, typer.Argument(metavar="DST", help="A new folder")],
    format_: Annotated[
        str,
        typer.Option("--format", "-f", help="native, huggingface, multitask, opf, openmed-mlx"),
    ],
    bits: Annotated[
        int | None,
        typer.Option(
            help="Quantise matrices: 8 or 4 (native and openmed); 0 as without this option"
        ),
    ] = None,
    embedding_bits: Annotated[
        int | None,
        typer.Option(
            help="Bits of the embedding, 0 to leave it as it is  [default: as --bits]; others for "
            "native only"
        ),
    ] = None,
    group_size: Annotated[
        int, typer.Option(help="Values of a quantised matrix that share a scale: 32, 64 or 128")
    ] = 64,
    dtype: Annotated[
        str | None,
        typer.Option(
            help="float32, bfloat16 or float16; else as it is stored, where the format can"
        ),
    ] = None,
    tags_only: Annotated[
        bool, typer.Option(help="Leave a head of categories out, where the format has no place")
    ] = False,
    revision: options.Revision = None,
    sinks_unit: options.SinksUnit = None,
    window: options.Window = None,
    ignore_keys: options.IgnoreKeys = None,
    as_json: options.AsJson = False,
) -> None:
    """Write a checkpoint in another format, or a saved pipeline with its network quantised.

    The folder appears whole, after what was written has been read again, or not at all. A saved
    pipeline stays one, in the format native; all but its network is copied.
    """
    with clear_errors():
        from ...checkpoints.checkpoint import ReadOptions
        from ...checkpoints.convert import WriteOptions
        from ...pipeline.storage.convert import convert_source

        written = convert_source(
            source, target, format_, WriteOptions(bits, embedding_bits, group_size, dtype),
            revision=revision, known=ReadOptions(ignore_keys or (), sinks_unit, window),
            tags_only=tags_only,
        )  # fmt: skip
    for conversion in written:
        if conversion.note:
            typer.echo(conversion.note, err=True)
        show(conversion.report, as_json)
