"""What --field, --whole, --drop and --keep give, and a policy says -> how files are read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...errors import WrongUseError

if TYPE_CHECKING:
    from ...batch.formats.reading import Reading
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
