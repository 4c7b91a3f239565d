"""Labelled texts in any format -> one .spacy file to train on, and counts of what is in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

import spacy

from ..labels.taxonomies import read_crosswalk
from ..progress import SILENT, Progress
from .label_map import find_label_map
from .readers import read_corpus
from .rows import Row, write_corpus


def build_corpus(
    inputs: Sequence[str],
    output: Path,
    *,
    lang: str = "en",
    limit: int | None = None,
    form: str | None = None,
    label_map: str | None = None,
    split: str = "train",
    progress: Progress = SILENT,
) -> Counts:
    """Write labelled texts to a .spacy file. Every row is checked; a wrong one stops it all.

    inputs (Sequence[str]): Files, or names of data sets on the hub.
    output (Path): Ends in ".spacy"; appears whole or not at all.
    lang (str): Language whose tokenizer cuts the texts.
    limit (int | None): Most rows of each input.
    form (str | None): Format of the inputs; None to recognise it.
    label_map (str | None): A published map, or a JSON file: label -> label, null or "ignore".
    split (str): Of data sets on the hub.
    progress (Progress): Goes with the rows.
    RETURNS (Counts): What is in the file.
    RAISES (FileNotFoundError): No such input. (ValueError): A wrong row, or none at all.
    """
    counts = Counts()
    nlp = spacy.blank(lang)
    labels = find_label_map(label_map)
    sources = (read_corpus(name, form, labels=labels, split=split) for name in inputs)
    rows = chain.from_iterable(islice(source, limit) for source in sources)
    write_corpus(progress.track(counts.watch(rows), "Reading"), output, nlp)
    return counts


class Counts:
    """How many rows, spans and categories went by, by source and label.

    rows (Counter[str]): Rows of each source.
    labels (Counter[tuple[str, str]]): Spans and categories, by source and label.
    span_labels (set[str]): Labels that spans have, or that the rows annotate.
    """

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
        known = {label for labels in read_crosswalk()["taxonomies"].values() for label in labels}
        return sorted(self.span_labels - known)
