"""`privacy-filter download`: a hub id -> the folder in the cache that has the checkpoint."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .. import options
from ..common import clear_errors


def download_cli(
    source: Annotated[str, typer.Argument(metavar="ID", help="Hub id, such as owner/name")],
    revision: options.Revision = None,
) -> None:
    """Fetch a checkpoint into the cache of the Hugging Face hub, and print its folder.

    What is there already is not fetched again. With HF_HUB_OFFLINE=1 nothing is fetched. HF_HOME
    says where the cache is. Give the id, or the folder, as `source` then.
    """
    with clear_errors():
        from ...checkpoints.registry import find_format
        from ...checkpoints.source import find_source, is_pipeline

        if Path(source).expanduser().exists():
            raise ValueError(f"{source} is here already. Give it as `source`, or the id of a hub.")
        folder, what = find_source(source, revision), "A saved pipeline of spaCy"
        if not is_pipeline(folder):
            form, folder = find_format(folder)
            what = f"A checkpoint in the format {form}"
    typer.echo(what, err=True)
    typer.echo(str(folder))
