"""Bytes of files and of the standard streams, in and out."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from ..files import write_atomically

STDIN = Path("-")
_REASONS = {
    errno.ENOSPC: "no space is left on the disk (No space left on device)",
    errno.EFBIG: "the file is too large for the disk, or for the limit of this user",
}
if hasattr(errno, "EDQUOT"):
    _REASONS[errno.EDQUOT] = "the disk quota of this user is used up"


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


class WriteError(OSError):
    """A disk that does not take what is written; the message names the file."""


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Say which file could not be written, and why. Nothing is left of it.

    RAISES (WriteError): In place of an error of the system.
    """
    try:
        yield
    except OSError as error:
        if error.errno is None or isinstance(error, (WriteError, BrokenPipeError)):
            raise
        reason = _REASONS.get(error.errno, error.strerror or type(error).__name__)
        raise WriteError(f"{path} could not be written: {reason}.") from None


def say_new_folder(folder: Path) -> None:
    """Say that a folder is going to be made: it may be a slip of the pen."""
    if not folder.exists():
        typer.echo(f"Making the folder {folder}", err=True)
