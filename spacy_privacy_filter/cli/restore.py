"""`privacy-filter restore`: a redacted text -> the source, with the key that was used."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..batch.records import Reading, parse
from ..redact.secrets.keys import check_key, get_key
from .common import clear_errors
from .inout import read_bytes, write_bytes

if TYPE_CHECKING:
    from ..redact.result import Mapping


def restore_cli(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="What redact wrote; - is stdin")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write here, not to standard output")
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option("--map", help="File that redact --map wrote; else encrypted text")
    ] = None,
    form: Annotated[
        str, typer.Option("--format", "-f", help="auto, text, jsonl, csv, tsv or parquet")
    ] = "auto",
    fields: Annotated[
        list[str] | None, typer.Option("--field", help="As it was given to redact")
    ] = None,
    delimiter: Annotated[str | None, typer.Option(help="As it was given to redact")] = None,
    key_file: Annotated[
        Path | None, typer.Option(help="File with the key; else $PRIVACY_FILTER_KEY")
    ] = None,
) -> None:
    """Restore what redact replaced: with --map any policy, else what a policy encrypted.

    A wrong key is an error, and nothing is written. How many replacements were restored is said on
    standard error, with a warning if there was none, or if one stands for several things and stays.
    """
    with clear_errors():
        from ..redact.result import Restored, restore_warning

        key = check_key(get_key(key_file), "restore")
        name, content = read_bytes(path)
        parsed = parse(content, name, Reading(form, tuple(fields or ["text"]), None, delimiter))
        if mapping is None:
            from ..redact.operators.encrypt import unseal_counted

            done = [unseal_counted(text, key) for text in parsed.texts]
            empty = False
        else:
            backs = _maps(mapping, key, parsed.names)
            done = [b.restore_counted(t) for b, t in zip(backs, parsed.texts, strict=True)]
            empty = not any(map(len, backs))
        total = Restored("", sum(one.n_restored for one in done), sum(one.n_left for one in done))
        write_bytes(parsed.render([one.text for one in done]), output)
        typer.echo(f"{total.n_restored} replacements restored", err=True)
        warning = restore_warning(total, None if mapping is None else str(mapping), "--map")
        if warning and not empty:
            typer.echo(f"Warning: {warning}", err=True)


def _maps(path: Path, key: bytes, names: Sequence[str]) -> list[Mapping]:
    """Read the mapping of each text."""
    from ..redact.secrets.vault import load_mappings

    back = load_mappings(path, key)
    if unknown := [own for own in names if own not in back]:
        raise ValueError(
            f"{path} has nothing for {unknown[0] or 'a text file'}: it belongs to "
            "another file, format or --field."
        )
    return [back[own] for own in names]
