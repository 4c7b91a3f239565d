"""python -m spacy_privacy_filter.training.generator: options -> a file of rows."""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

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
    args = parser.parse_args(arguments)
    if args.n_rows < 1:
        parser.error(f"--n-rows must be at least 1, but is {args.n_rows}")

    def write(target: BinaryIO) -> None:
        rows = generate(args.n_rows, args.seed, args.split)
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


if __name__ == "__main__":
    main()
