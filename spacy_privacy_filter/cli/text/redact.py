"""`privacy-filter redact`: texts -> the same texts without personal data."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from ...errors import WrongUseError
from ...redact.secrets.keys import KEY_ENV, get_key
from .. import options
from ..common import clear_errors, read_settings, say_counts
from ..terminal import STDIN
from .files import redact_paths
from .stream import check_alone, redact_stdin

if TYPE_CHECKING:
    from ...redact.policy import Policy

SOME_FAILED: Final = 3
STOPPED: Final = 130


def redact_cli(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="UTF-8 files or folders; - is standard input"),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File, or folder for several; else standard output"),
    ] = None,
    model: options.Model = None,
    policy: options.Policy = None,
    form: options.FileFormat = "auto",
    fields: Annotated[
        list[str] | None,
        typer.Option("--field", help="Field or column that holds text (repeatable; default text)"),
    ] = None,
    subject: Annotated[
        str | None, typer.Option(help="Field or column that says whose row it is")
    ] = None,
    delimiter: Annotated[
        str | None, typer.Option(help="What parts the columns of CSV, such as ';' [default: ,]")
    ] = None,
    key_file: options.KeyFile = None,
    maps: Annotated[
        Path | None,
        typer.Option("--map", help="Write the encrypted way back: file, or folder for several"),
    ] = None,
    pattern: Annotated[
        str | None, typer.Option("--glob", help="Which files of folders count, such as '*.note'")
    ] = None,
    rules: options.Rules = None,
    patterns: options.Patterns = None,
    deny: options.Deny = None,
    allow: options.Allow = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Write files anew, also those that are there")
    ] = False,
    stream: Annotated[
        bool, typer.Option("--stream", help="Redact the text of standard input as it comes")
    ] = False,
    step: Annotated[
        int | None, typer.Option(min=1, help="With --stream: pieces of text between two looks [64]")
    ] = None,
) -> None:
    """Replace personal data in texts.

    One file or standard input goes to standard output or --output. Several files and folders go to
    the folder --output; a run that was stopped or had mistakes goes on where it was, by a journal
    of names, sizes and times in that folder, which is removed when all is done. Every file appears
    whole or not at all. Counts go to standard error, never text. With --stream, what can no longer
    change is written at once.

    A file whose output is there already is left as it is, without a mistake, unless it was changed
    since: so the same command redacts what is new in a folder that grows. In the scope of a corpus
    what is new may change the rest; there, --overwrite writes all anew.

    Exit codes: 0 done, or there already; 1 nothing done; 2 wrong use; 3 some files failed, such as
    one that is newer than its output; 130 stopped.
    """
    given = paths or [STDIN]
    with clear_errors(), _stoppable():
        from ...api import choose_policy
        from ...batch.formats.reading import Reading
        from ...batch.runner import FileRedactor

        if step is not None and not stream:
            raise WrongUseError("--step goes with --stream.")
        if stream:
            check_alone(
                {
                    "files": [path for path in given if path != STDIN], "--output": output,
                    "--map": maps, "--glob": pattern, "--field": fields, "--subject": subject,
                    "--overwrite": overwrite, "--delimiter": delimiter,
                    f"--format {form}": form not in ("auto", "text"),
                }
            )  # fmt: skip
        reading = Reading(form, tuple(fields or ["text"]), subject, delimiter)
        chosen = choose_policy(None, policy)
        key = _key_for(chosen, key_file)
        settings = read_settings(rules, patterns, deny, allow)
        if stream:
            say_counts(redact_stdin(chosen, key, model, settings, step))
            return
        redactor = FileRedactor(chosen, reading, model=model, settings=settings, key=key, maps=maps)
        n_failed = redact_paths(redactor, given, output, pattern, overwrite)
    if n_failed:
        raise typer.Exit(SOME_FAILED)


def _key_for(policy: Policy, key_file: Path | None) -> bytes | None:
    """Read the key; of a policy that cannot do without, say how to give one."""
    key = get_key(key_file)
    needy = sorted({operator.name for operator in policy.operators if operator.needs_key})
    if key is None and (needy or policy.scope == "corpus"):
        what = f"its operators {', '.join(needy)}" if needy else "its scope of a corpus"
        raise WrongUseError(
            f"The policy {policy.name!r} needs a key, for {what}. Give a file with 16 bytes or "
            f"more: --key-file FILE, or set the variable ${KEY_ENV}."
        )
    return key


@contextmanager
def _stoppable() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        typer.echo("Stopped. The same command goes on from here.", err=True)
        raise typer.Exit(STOPPED) from None
