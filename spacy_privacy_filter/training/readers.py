"""Labelled texts in any known format -> rows or Docs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, DocBin

from .corpus import read_rows, to_docs


def read_docs(path: Path, nlp: Language) -> Iterator[Doc]:
    """Read a corpus as documents with their gold.

    path (Path): A .spacy file, or a .jsonl or .jsonl.gz file in the format of assets/README.md.
    nlp (Language): Its vocabulary, and its tokenizer for what is not tokenized.
    """
    if path.suffix == ".spacy":
        yield from DocBin().from_disk(path).get_docs(nlp.vocab)
    else:
        yield from to_docs(read_rows(path), nlp)
