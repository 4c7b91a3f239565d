"""Labelled rows -> the corpora that the shipped small pipeline is trained and measured on.

Run it as `python scripts/small_corpus.py DATA OUT`, where DATA holds pii_{train,dev}.jsonl.gz and
topics_{train,dev}.jsonl.gz in the format of assets/README.md; OUT gets train.spacy and dev.spacy.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

import spacy

from spacy_privacy_filter.training.corpus import Row, read_rows, row_from_dict, write_corpus
from spacy_privacy_filter.training.generator import generate

N_GENERATED, SEED = 12_000, 1
# About a third of the full dates in this source are not labelled, the same sentences elsewhere are:
# the unlabelled ones say nothing.
HALF_LABELLED = "pii-anon-eval/test_clinical"
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?")


def without_missed_dates(rows: Iterable[Row]) -> Iterator[Row]:
    """Ignore the dates that one source forgot to label."""
    for row in rows:
        if row.source == HALF_LABELLED:
            taken = [(start, end) for start, end, *_ in (*row.spans, *row.ignore)]
            missed = [
                match.span()
                for match in ISO_DATE.finditer(row.text)
                if not any(match.start() < end and start < match.end() for start, end in taken)
            ]
            row = replace(row, ignore=tuple(sorted((*row.ignore, *missed))))
        yield row


def generated() -> Iterator[Row]:
    """Rows of our own generator, from the templates that are for training."""
    for i, values in enumerate(generate(N_GENERATED, SEED, "train"), start=1):
        yield row_from_dict(values, f"generated row {i}")


def main(data: Path, out: Path) -> None:
    """Write both corpora."""
    nlp = spacy.blank("xx")
    train = chain(
        without_missed_dates(read_rows(data / "pii_train.jsonl.gz")),
        read_rows(data / "topics_train.jsonl.gz"),
        generated(),
    )
    dev = chain(read_rows(data / "pii_dev.jsonl.gz"), read_rows(data / "topics_dev.jsonl.gz"))
    for name, rows in (("train", train), ("dev", dev)):
        print(name, write_corpus(rows, out / f"{name}.spacy", nlp))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
