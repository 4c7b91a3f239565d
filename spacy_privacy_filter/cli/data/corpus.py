"""`privacy-filter corpus`: labelled texts in any format -> one .spacy file to train on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .. import options
from ..common import clear_errors
from ..terminal import TerminalProgress, make_table

if TYPE_CHECKING:
    from ...corpus.build import Counts


def corpus_cli(
    inputs: Annotated[
        list[str], typer.Argument(metavar="IN", help="Files, or names of data sets on the hub")
    ],
    output: Annotated[Path, typer.Argument(metavar="OUT", help="A .spacy file to write")],
    lang: Annotated[str, typer.Option(help="Language whose tokenizer cuts the texts")] = "en",
    limit: options.Limit = None,
    form: options.GoldFormat = None,
    label_map: Annotated[
        str | None,
        typer.Option(help='JSON file: label -> label, null or "ignore"; or ai4privacy, nemotron'),
    ] = None,
    split: Annotated[str, typer.Option(help="Split of a data set on the hub")] = "train",
) -> None:
    """Turn labelled texts into a .spacy file for training and evaluation.

    Reads JSONL (ours, opf's, or that of a known data set), columns of tags (CoNLL), .spacy files,
    and data sets of the Hugging Face hub. Every row is checked. A row that is wrong stops the
    command, which then writes nothing.
    """
    with clear_errors():
        from ...corpus.build import build_corpus

        counts = build_corpus(
            inputs, output, lang=lang, limit=limit, form=form, label_map=label_map, split=split,
            progress=TerminalProgress(),
        )  # fmt: skip
    if unknown := counts.unknown():
        typer.echo(
            f"Warning: no published model has the labels {', '.join(unknown)}. A model that is "
            "trained on them learns them as new ones; --label-map renames them.",
            err=True,
        )
    from rich.console import Console

    head = ("source", "rows", "label", "count")
    Console().print(make_table(head, _lines(counts), right=(1, 3)))
    typer.echo(f"Wrote {counts.rows.total():,} rows to {output}")


def _lines(counts: Counts) -> Iterator[list[str]]:
    """Lay the counts out: sources by name, and of each the most frequent label first."""
    for source, n_rows in sorted(counts.rows.items()):
        of_source = [(n, label) for (name, label), n in counts.labels.items() if name == source]
        lines = sorted(of_source, key=lambda line: (-line[0], line[1])) or [(0, "-")]
        for i, (n, label) in enumerate(lines):
            yield [*((source, f"{n_rows:,}") if i == 0 else ("", "")), label, f"{n:,}"]
