"""`privacy-filter corpus`: labelled texts in any format -> one .spacy file to train on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .common import clear_errors

if TYPE_CHECKING:
    from rich.table import Table

    from ..corpus.rows import Row

PROGRESS_STEP = 1000


def corpus_cli(
    inputs: Annotated[
        list[str], typer.Argument(metavar="IN", help="Files, or names of data sets on the hub")
    ],
    output: Annotated[Path, typer.Argument(metavar="OUT", help="A .spacy file to write")],
    lang: Annotated[str, typer.Option(help="Language whose tokenizer cuts the texts")] = "en",
    limit: Annotated[
        int | None, typer.Option(min=1, help="Take at most so many rows of each file")
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="rows (ours), opf, conll, spacy, ai4privacy, nemotron, yahoo, spans "
            "[default: recognised]",
        ),
    ] = None,
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
    import spacy
    from rich.console import Console

    from ..corpus.label_map import find_label_map
    from ..corpus.readers import read_corpus
    from ..corpus.rows import write_corpus

    errors = Console(stderr=True)
    counts = Counts()
    with clear_errors(), errors.status("Reading") as status:
        nlp = spacy.blank(lang)
        labels = find_label_map(label_map)
        sources = (read_corpus(name, form, labels=labels, split=split) for name in inputs)
        rows = counts.watch(chain.from_iterable(islice(source, limit) for source in sources))
        n_rows = write_corpus(_report(rows, status.update), output, nlp)
    if unknown := counts.unknown():
        errors.print(
            f"Warning: no published model has the labels {', '.join(unknown)}. A model that is "
            "trained on them learns them as new ones; --label-map renames them.",
            markup=False, highlight=False, soft_wrap=True,
        )  # fmt: skip
    Console().print(counts.table())
    typer.echo(f"Wrote {n_rows:,} rows to {output}")


class Counts:
    """How many rows, spans and categories went by, per source and label."""

    def __init__(self) -> None:
        self.rows: Counter[str] = Counter()
        self.labels: Counter[tuple[str, str]] = Counter()
        self.span_labels: set[str] = set()

    def watch(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Count rows as they pass."""
        for row in rows:
            self.rows[row.source] += 1
            self.labels.update((row.source, label) for _, _, label in row.spans)
            self.span_labels.update(row.known, (label for *_, label in row.spans))
            if row.category is not None:
                self.labels[row.source, row.category] += 1
            self.labels.update((row.source, name) for name, value in row.cats if value > 0.5)
            yield row

    def unknown(self) -> list[str]:
        """Labels of spans that are in no taxonomy of the crosswalk, sorted."""
        from ..labels.taxonomies import read_crosswalk

        known = {label for labels in read_crosswalk()["taxonomies"].values() for label in labels}
        return sorted(self.span_labels - known)

    def table(self) -> Table:
        """Lay the counts out: sources by name, and of each the most frequent label first."""
        from rich.table import Table

        table = Table("source", "rows", "label", "count")
        table.columns[1].justify = table.columns[3].justify = "right"
        for column in table.columns:
            column.overflow = "fold"
        for source, n_rows in sorted(self.rows.items()):
            found = [(n, label) for (name, label), n in self.labels.items() if name == source]
            lines = sorted(found, key=lambda line: (-line[0], line[1])) or [(0, "-")]
            for i, (n, label) in enumerate(lines):
                head = (source, f"{n_rows:,}") if i == 0 else ("", "")
                table.add_row(*head, label, f"{n:,}")
        return table


def _report(rows: Iterable[Row], say: Callable[[str], None]) -> Iterator[Row]:
    for n, row in enumerate(rows, start=1):
        if n % PROGRESS_STEP == 0:
            say(f"{n:,} rows")
        yield row
