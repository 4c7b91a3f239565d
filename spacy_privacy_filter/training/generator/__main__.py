"""python -m spacy_privacy_filter.training.generator: options -> a file of rows."""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from ...files import write_whole
from .rows import generate
from .texts.templates import SPLITS


def main(arguments: Sequence[str] | None = None) -> None:
    """Write rows to a JSONL file, whole or not at all. Folders on the way are made."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("output", type=Path, help="the .jsonl.gz or .jsonl file to write")
    parser.add_argument("--n-rows", type=int, default=12_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--split", choices=SPLITS, default="train")
    parser.add_argument(
        "--per-language", type=int, help="of these keep so many rows of each, all with spans"
    )
    args = parser.parse_args(arguments)
    for name in ("n_rows", "per_language"):
        if (number := getattr(args, name)) is not None and number < 1:
            parser.error(f"--{name.replace('_', '-')} must be at least 1, but is {number}")

    def write(target: BinaryIO) -> None:
        rows = generate(args.n_rows, args.seed, args.split)
        if args.per_language is not None:
            rows = keep_some(rows, args.per_language)
        lines = (f"{json.dumps(row, ensure_ascii=False)}\n".encode() for row in rows)
        if args.output.suffix != ".gz":
            target.writelines(lines)
            return
        # a fixed name and time in the header: the same rows make the same file
        with gzip.GzipFile("", "wb", fileobj=target, mtime=0) as file:
            file.writelines(lines)

    try:
        write_whole(args.output, write)
    except OSError as error:
        parser.error(str(error))


def keep_some(rows: Iterable[dict[str, Any]], n_each: int) -> Iterator[dict[str, Any]]:
    """Keep the first rows with spans of each language: a small set in which all have a say."""
    counts: Counter[str] = Counter()
    for row in rows:
        if row["spans"] and counts[row["language"]] < n_each:
            counts[row["language"]] += 1
            yield row


if __name__ == "__main__":
    main()
