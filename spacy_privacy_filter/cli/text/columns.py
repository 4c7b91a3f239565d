"""What --field, --whole, --drop and --keep give, and a policy says -> how files are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ...errors import WrongUseError
from ..terminal import STDIN, is_interactive, make_table, read_bytes

if TYPE_CHECKING:
    from ...batch.formats.reading import Reading
    from ...batch.proposing import Proposal
    from ...batch.runner import FileRedactor
    from ...redact.columns import Columns
    from ...redact.policy import Policy


def make_reading(
    policy: Policy,
    form: str,
    columns: Columns,
    *,
    subject: str | None,
    delimiter: str | None,
    all_strings: bool,
) -> Reading:
    """Put together how files are read. What options say of a column goes before the policy."""
    from ...batch.formats.reading import Reading

    return Reading(
        form,
        subject=subject,
        delimiter=delimiter,
        columns=policy.columns.replaced_by(columns),
        all_strings=all_strings,
    )


def declare_columns(
    fields: Sequence[str] | None,
    whole: Sequence[str] | None,
    drop: Sequence[str] | None,
    keep: Sequence[str] | None,
) -> Columns:
    """Read the options that declare columns.

    whole (Sequence[str] | None): Each "NAME=LABEL".
    RAISES (WrongUseError): No label, or a column that is named twice.
    """
    from ...redact.columns import declare

    labels: dict[str, str] = {}
    for given in whole or ():
        name, _, label = (part.strip() for part in given.rpartition("="))
        if not name or not label:
            raise WrongUseError(
                f"--whole takes a column and the label of all that is in it, not {given!r}: "
                "--whole 'Full Name=private_person'"
            )
        if name in labels:
            raise WrongUseError(f"The field {name!r} is named twice.")
        labels[name] = label
    return declare(text=fields or (), whole=labels, drop=drop or (), keep=keep or ())


def ask_for_columns(redactor: FileRedactor, paths: Sequence[Path], is_agreed: bool) -> bool:
    """Propose what becomes of columns, ask, and let the redactor read files so.

    is_agreed (bool): Whether the answer is given already.
    RETURNS (bool): Whether the user agrees.
    RAISES (WrongUseError): More than one file, none with columns, or nobody to ask.
    """
    from ...batch.formats.reading import Reading
    from ...batch.formats.registry import parse
    from ...batch.proposing import propose
    from ...redact.columns import Columns

    if len(paths) != 1 or paths[0] == STDIN or paths[0].is_dir():
        raise WrongUseError("--auto-columns reads one file at a time, and not standard input.")
    if not is_agreed and not is_interactive():
        raise WrongUseError(
            "--auto-columns asks before it goes on, but nobody is there to answer. To take what it "
            "proposes, give --yes."
        )
    name, source = read_bytes(paths[0])
    reading = redactor.reading
    content = parse(
        source, name, Reading(reading.form, delimiter=reading.delimiter, all_strings=True)
    )
    said = redactor.reading.columns if redactor.reading.is_declared else Columns()
    proposals = propose(redactor.pipeline, content, said)
    _show(proposals)
    if not (is_agreed or typer.confirm("Go on?", err=True)):
        return False
    proposed = Columns({proposal.column: proposal.action for proposal in proposals})
    redactor.reading = replace(reading, fields=(), columns=proposed.replaced_by(said))
    return True


def _show(proposals: Sequence[Proposal]) -> None:
    """Show columns and what is proposed, and no cell."""
    from rich.console import Console

    called = {"text": "look through", "keep": "leave as it is"}
    lines = [
        (one.column, called.get(one.action, one.action.replace("whole:", "all of it: ")),
         f"{one.share:.0%}")
        for one in proposals
    ]  # fmt: skip
    head = ("column", "proposed", "cells with something")
    Console(stderr=True).print(make_table(head, lines, right=(2,)))
