"""What the commands share: how they end on an error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer


class WrongUseError(ValueError):
    """Options or arguments that do not go together; ends a command with exit code 2."""


@contextmanager
def clear_errors() -> Iterator[None]:
    """End a command with the message of an error that a user can mend, and no traceback.

    RAISES (typer.Exit): Exit code 1, of a wrong use 2, after the message on stderr.
    """
    try:
        yield
    except (ValueError, OSError, ImportError) as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(2 if isinstance(error, WrongUseError) else 1) from None
