"""`privacy-filter redact`: texts -> the same texts without personal data."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...errors import WrongUseError, reading_options
from ...redact.secrets.keys import KEY_ENV
from .. import options
from ..common import clear_errors, read_settings, say_counts, take_key
from ..exit_codes import ExitCode
from ..terminal import STDIN, TerminalProgress
from .columns import ask_for_columns, declare_columns, make_reading
from .files import Outputs, redact_paths
from .stream import check_alone, redact_stdin

if TYPE_CHECKING:
    from ...redact.policy import Policy


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
        typer.Option(
            "--field",
            help="Column, or field or path such as 'messages[].content', that holds text "
            "(repeatable; default text)",
        ),
    ] = None,
    whole: Annotated[
        list[str] | None,
        typer.Option(
            "--whole",
            metavar="NAME=LABEL",
            help="Column that is of one label as a whole (repeatable)",
        ),
    ] = None,
    drop: Annotated[
        list[str] | None, typer.Option("--drop", help="Column to leave out (repeatable)")
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option(
            "--keep", help="Column that stays; all others are looked through (repeatable)"
        ),
    ] = None,
    all_strings: Annotated[
        bool, typer.Option("--all-strings", help="Look through every column, or string of a record")
    ] = False,
    auto_columns: Annotated[
        bool,
        typer.Option("--auto-columns", help="Propose what to do with each column, and ask"),
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Take what --auto-columns proposes")
    ] = False,
    subject: Annotated[
        str | None, typer.Option(help="Field or column that says whose row it is")
    ] = None,
    delimiter: Annotated[
        str | None,
        typer.Option(help="What parts the columns of CSV, such as ';' [default: found out]"),
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
    labels: options.Labels = None,
    threshold: options.Threshold = None,
    device: options.Device = None,
    dtype: options.Dtype = None,
    n_process: options.NProcess = 1,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Write files anew, also those that are there")
    ] = False,
    stream: Annotated[
        bool, typer.Option("--stream", help="Redact the text of standard input as it comes")
    ] = False,
    step: Annotated[
        int | None, typer.Option(min=1, help="With --stream: pieces of text between two looks [64]")
    ] = None,
    quiet: options.Quiet = False,
    as_json: options.AsJson = False,
) -> None:
    """Replace personal data in texts.

    One file or standard input goes to standard output or --output. Several files and folders go to
    the folder --output; a run that was stopped or had mistakes goes on where it was, by a manifest
    of names and keyed digests in that folder. Every file appears whole or not at all. Counts go to
    standard error, never text. With --stream, what can no longer change is written at once.

    A file whose output this command made from the same source, in the same way, is left as it is;
    one that has changed is made anew. So the same command redacts what is new in a folder that
    grows. In the scope of a corpus what is new may change the rest; there, --overwrite writes all
    anew.

    Exit codes: 0 done, or there already; 1 nothing done; 2 wrong use; 3 some files or rows failed;
    130 stopped.
    """
    given = paths or [STDIN]
    with clear_errors(), _stoppable():
        from ...api import choose_policy
        from ...batch.runner import FileRedactor

        if step is not None and not stream:
            raise WrongUseError("--step goes with --stream.")
        if yes and not auto_columns:
            raise WrongUseError("--yes goes with --auto-columns.")
        if stream:
            check_alone(
                {
                    "files": [path for path in given if path != STDIN], "--output": output,
                    "--map": maps, "--glob": pattern, "--field": fields, "--subject": subject,
                    "--overwrite": overwrite, "--delimiter": delimiter, "--whole": whole,
                    "--drop": drop, "--keep": keep, "--all-strings": all_strings,
                    "--auto-columns": auto_columns, "--labels": labels, "--json": as_json,
                    f"--format {form}": form not in ("auto", "text"),
                }
            )  # fmt: skip
        with reading_options():
            chosen = choose_policy(None, policy)
            key = _key_for(chosen, key_file)
            settings = read_settings(
                rules, patterns, deny, allow, threshold=threshold, device=device, dtype=dtype
            )
        if stream:
            counts = redact_stdin(chosen, key, model, settings, step)
            if not quiet:
                say_counts(counts)
            return
        progress = TerminalProgress(quiet)
        columns = declare_columns(fields, whole, drop, keep)
        redactor = FileRedactor(
            chosen,
            make_reading(
                chosen,
                form,
                columns,
                subject=subject,
                delimiter=delimiter,
                all_strings=all_strings,
            ),
            model=model,
            settings=settings,
            labels=tuple(labels or ()),
            n_process=n_process,
            key=key,
            maps=maps,
            progress=progress,
        )
        if auto_columns and not ask_for_columns(redactor, given, yes):
            raise typer.Exit(ExitCode.NOTHING_DONE)
        outputs = Outputs(output, pattern, overwrite, as_json)
        code = redact_paths(redactor, given, outputs, progress)
    if code:
        raise typer.Exit(code)


def _key_for(policy: Policy, key_file: Path | None) -> bytes | None:
    """Read the key; of a policy that cannot do without, say how to give one."""
    key = take_key(key_file)
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
        raise typer.Exit(ExitCode.STOPPED) from None
