"""Bytes of files and of the standard streams, in and out."""

from __future__ import annotations

from pathlib import Path

import typer

from ..errors import naming
from ..files import write_atomically

STDIN = Path("-")


def read_bytes(path: Path) -> tuple[str, bytes]:
    """Read a file or standard input. RETURNS: its name for messages, and its content.

    RAISES (FileNotFoundError): No such file.
    RAISES (ValueError): A folder.
    """
    if path == STDIN:
        return "Standard input", typer.get_binary_stream("stdin").read()
    if path.is_dir():
        raise ValueError(f"{path} is a folder. Give a text file, or - for standard input.")
    if not path.exists():
        raise FileNotFoundError(f"No such file: {path}. Give a text file, or - for standard input.")
    return str(path), path.read_bytes()


def write_bytes(content: bytes, output: Path | None) -> None:
    """Write to a file, whole or not at all, or to standard output."""
    if output is None:
        stdout = typer.get_binary_stream("stdout")
        stdout.write(content)
        stdout.flush()
    else:
        say_new_folder(output.parent)
        with naming(output):
            write_atomically(output, content)


def say_new_folder(folder: Path) -> None:
    """Say that a folder is going to be made: it may be a slip of the pen."""
    if not folder.exists():
        typer.echo(f"Making the folder {folder}", err=True)
