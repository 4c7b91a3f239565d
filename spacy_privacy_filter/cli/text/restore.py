"""`privacy-filter restore`: a redacted text -> the source, with the key that was used."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ...errors import reading_options
from ...files import PRIVATE
from ...redact.secrets.keys import check_key
from .. import options
from ..common import clear_errors, take_key
from ..terminal import read_bytes, write_bytes


def restore_cli(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="What redact wrote; - is stdin")],
    output: options.OutputFile = None,
    maps: Annotated[
        Path | None, typer.Option("--map", help="File that redact --map wrote; else encrypted text")
    ] = None,
    form: options.FileFormat = "auto",
    fields: Annotated[
        list[str] | None, typer.Option("--field", help="Only this column or field [default: all]")
    ] = None,
    delimiter: Annotated[str | None, typer.Option(help="As it was given to redact")] = None,
    key_file: options.KeyFile = None,
) -> None:
    """Restore what redact replaced: with --map any policy, else what a policy encrypted.

    A wrong key is an error, and nothing is written. How many replacements were restored is said on
    standard error, with a warning if there was none, or if one stands for several things and stays.
    """
    with clear_errors():
        from ...batch.formats.reading import Reading
        from ...batch.restoration import restore_file

        with reading_options():
            key = check_key(take_key(key_file), "restore")
        name, source = read_bytes(path)
        reading = Reading(form, fields or (), delimiter=delimiter, all_strings=not fields)
        done = restore_file(source, name, reading, key, maps)
        write_bytes(done.content, output, PRIVATE)
        typer.echo(f"{done.n_restored} replacements restored", err=True)
        if done.warning:
            typer.echo(f"Warning: {done.warning}", err=True)
