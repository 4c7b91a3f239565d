"""`privacy-filter rekey`: encrypted files -> the same files under another key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from ..redact.secrets.keys import check_key, get_key, read_key
from .common import clear_errors


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
        from ..redact.secrets.vault import change_keys

        old = check_key(get_key(key_file), "rekey")
        files = list(dict.fromkeys(_find(paths)))
        changed, before = change_keys(files, old, read_key(new_key_file))
        for path in before:
            typer.echo(f"{path} has the new key already", err=True)
        typer.echo(f"{len(changed)} files have the new key now", err=True)


def _find(paths: Sequence[Path]) -> Iterator[Path]:
    """Find the encrypted files: those that are named, and those that folders hold."""
    from ..redact.secrets.vault import is_locked

    for path in paths:
        if not path.is_dir():
            yield path
            continue
        own = (p for p in sorted(path.rglob("*")) if p.is_file() and p.suffix != ".tmp")  # drafts
        found = [p for p in own if is_locked(p)]
        if not found:
            raise ValueError(f"{path} holds no map or corpus file. Give the folder of --map.")
        yield from found
