"""`privacy-filter checkpoint`: a saved pipeline -> one checkpoint, to train on from there."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .. import options
from ..common import clear_errors


def checkpoint_cli(
    pipeline: options.Pipeline,
    output: Annotated[Path, typer.Argument(metavar="OUT", help="Folder to write")],
) -> None:
    """Write the network and the heads of a pipeline as one checkpoint, to train on from there.

    Give OUT as `source` of a component or of configs/finetune.cfg.
    """
    with clear_errors():
        from ...pipeline.storage.checkpoint import write_pipeline

        write_pipeline(pipeline, output)
    typer.echo(f"Wrote {output}")
