"""python -m spacy_privacy_filter.training.generator: options -> a file of rows."""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Sequence
from pathlib import Path

from .render import SPLITS
from .rows import generate


def main(arguments: Sequence[str] | None = None) -> None:
    """Write rows to a gzipped JSONL file."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("output", type=Path, help="the .jsonl.gz file to write")
    parser.add_argument("--n-rows", type=int, default=12_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--split", choices=SPLITS, default="train")
    args = parser.parse_args(arguments)
    # a fixed time in the header: the same rows make the same file
    with gzip.GzipFile(args.output, "wb", mtime=0) as file:
        for row in generate(args.n_rows, args.seed, args.split):
            file.write(f"{json.dumps(row, ensure_ascii=False)}\n".encode())


if __name__ == "__main__":
    main()
