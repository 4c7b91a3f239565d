"""What the commands share: how they end on an error."""

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


def summary(labels: Iterable[str] | Mapping[str, int]) -> str:
    """Count the spans of each label, the most frequent first."""
    found = Counter(labels)
    counts = sorted(found.items(), key=lambda c: (-c[1], c[0]))
    return f"{found.total()} spans" + "".join(f"\n  {label}: {n}" for label, n in counts)
