"""How commands end: on an error with one line and no traceback, else with counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer

from ..errors import WrongUseError, reading_options
from ..redact.secrets.keys import get_key, is_exposed
from .exit_codes import exit_code_of


@contextmanager
def clear_errors() -> Iterator[None]:
    """End a command with the message of an error that a user can mend, and no traceback.

    RAISES (typer.Exit): The exit code of the error, after the message on stderr.
    """
    try:
        yield
    except (ValueError, OSError, ImportError) as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(exit_code_of(error)) from None


def take_key(key_file: Path | None) -> bytes | None:
    """Read the key, with a warning if others can read its file. RAISES: As `get_key`."""
    warn_of_key(key_file)
    return get_key(key_file)


def warn_of_key(key_file: Path | None) -> None:
    """Warn of a key that others can read."""
    if key_file is not None and is_exposed(key_file):
        typer.echo(
            f"Warning: {key_file} can be read by others. Keep it to yourself: chmod 600", err=True
        )


def say_counts(labels: Iterable[str] | Mapping[str, int]) -> None:
    """Say on standard error how many spans there are of each label, the most frequent first."""
    counts = Counter(labels)
    lines = sorted(counts.items(), key=lambda line: (-line[1], line[0]))
    shown = "".join(f"\n  {label}: {n}" for label, n in lines)
    typer.echo(f"{counts.total()} spans{shown}", err=True)


def read_settings(
    rules: bool | None,
    patterns: Sequence[Path] | None,
    deny: Sequence[str] | None,
    allow: Sequence[str] | None,
    *,
    threshold: float | None = None,
    device: str | None = None,
    dtype: str | None = None,
) -> dict[str, Any]:
    """Read what --rules, --patterns, --deny, --allow and others give, as settings of a filter.

    RAISES (WrongUseError): A text without a label, or a file with a mistake, or none there.
    """
    from ..loading import choose_rules

    with reading_options():
        own = {
            "patterns": _read_own(patterns, deny),
            "allow": list(allow or ()),
            "thresholds": threshold,
            "device": device,
            "dtype": dtype,
        }
    return {**choose_rules(rules), **{key: value for key, value in own.items() if value}}


def _read_own(files: Sequence[Path] | None, deny: Sequence[str] | None) -> list[dict[str, Any]]:
    """Read what --patterns and --deny give, as the setting `patterns`.

    files (Sequence[Path] | None): YAML files.
    deny (Sequence[str] | None): Each "TEXT=LABEL".
    RETURNS (list[dict[str, Any]]): Entries, checked.
    RAISES (WrongUseError): No label. (ValueError, OSError): A mistake in a file, or none there.
    """
    from ..rules.patterns.files import read_patterns

    entries = [entry for file in files or () for entry in read_patterns(file)]
    by_label: dict[str, list[str]] = {}
    for given in deny or ():
        text, _, label = (part.strip() for part in given.rpartition("="))
        if not text or not label:
            # What is given is personal data: it is not shown.
            raise WrongUseError("--deny takes a text and its label: --deny 'Project Heron=project'")
        by_label.setdefault(label, []).append(text)
    return entries + [
        {"label": label, "deny": texts, "name": "deny"} for label, texts in by_label.items()
    ]
