"""`privacy-filter rekey`: encrypted files -> the same files under another key."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ...errors import reading_options
from ...redact.secrets.keys import check_key, read_key
from ..common import clear_errors, take_key, warn_of_key


def rekey_cli(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="Files of redact --map or of a corpus, or folders"),
    ],
    new_key_file: Annotated[Path, typer.Option(help="File with the new key")],
    key_file: Annotated[
        Path | None, typer.Option(help="File with the old key; else $PRIVACY_FILTER_KEY")
    ] = None,
) -> None:
    """Change the key of maps and corpus files.

    If one opens with neither key, nothing is changed. Files change one by one, each as a whole: if
    that is stopped, the same command goes on. Texts cannot change: what a policy encrypted, hashed
    or invented in them was made with the old key.
    """
    with clear_errors():
        from ...batch.keys import change_keys_in

        with reading_options():
            old, new = check_key(take_key(key_file), "rekey"), read_key(new_key_file)
            warn_of_key(new_key_file)
        changed, before = change_keys_in(paths, old, new)
        for path in before:
            typer.echo(f"{path} has the new key already", err=True)
        typer.echo(f"{len(changed)} files have the new key now", err=True)
