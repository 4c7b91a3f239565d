"""What the commands share: how they end on an error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer


@contextmanager
def clear_errors() -> Iterator[None]:
    """End a command with the message of an error that a user can mend, and no traceback.

    RAISES (typer.Exit): Exit code 1, after the message on stderr.
    """
    try:
        yield
    except (ValueError, OSError, ImportError) as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(1) from None
