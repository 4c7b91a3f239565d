"""How commands end: on an error with one line and no traceback, else with counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import typer

from ..errors import WrongUseError


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


def say_counts(labels: Iterable[str] | Mapping[str, int]) -> None:
    """Say on standard error how many spans there are of each label, the most frequent first."""
    counts = Counter(labels)
    lines = sorted(counts.items(), key=lambda line: (-line[1], line[0]))
    shown = "".join(f"\n  {label}: {n}" for label, n in lines)
    typer.echo(f"{counts.total()} spans{shown}", err=True)
