"""`privacy-filter restore`: a redacted text -> the source, with the key that was used."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from . import pipelines
from .common import clear_errors
from .inout import read_bytes, write_bytes
from .sources import Reading, parse


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
    standard error, with a warning if there was none.
    """
    with clear_errors():
        from ..redact.keys import check_key

        key = check_key(pipelines.get_key(key_file), "restore")
        name, content = read_bytes(path)
        parsed = parse(content, name, Reading(form, tuple(fields or ["text"]), None, delimiter))
        if mapping is None:
            from ..redact.encrypt import TOKEN, unseal

            texts = [unseal(text, key) for text in parsed.texts]
            n_restored = sum(len(TOKEN.findall(text)) for text in parsed.texts)
            empty = False
        else:
            from ..redact.vault import load_mappings

            back = load_mappings(mapping, key)
            if unknown := [own for own in parsed.names if own not in back]:
                raise ValueError(
                    f"{mapping} has nothing for {unknown[0] or 'a text file'}: it belongs to "
                    "another file, format or --field."
                )
            done = [
                back[own].restore_counted(t)
                for own, t in zip(parsed.names, parsed.texts, strict=True)
            ]
            texts, n_restored = [text for text, _ in done], sum(n for _, n in done)
            empty = not any(len(back[own]) for own in parsed.names)
        write_bytes(parsed.render(texts), output)
        typer.echo(f"{n_restored} replacements restored", err=True)
        if not n_restored and not empty:
            typer.echo(f"Warning: {_reason(mapping)}", err=True)


def _reason(mapping: Path | None) -> str:
    if mapping is None:
        return "the text holds nothing encrypted. If its policy did not encrypt, give --map."
    return f"the text holds no replacement of {mapping}. Is that the map of this text?"
