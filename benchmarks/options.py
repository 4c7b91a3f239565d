"""What bench.py may be told; wrong values end it before anything is measured."""

from __future__ import annotations

import argparse
import math
import os
import tempfile
from collections.abc import Collection, Sequence
from pathlib import Path

N_CORES = os.cpu_count() or 1


def _threads(text: str) -> int:
    n = int(text) if text.strip().lstrip("+-").isdecimal() else 0
    if not 1 <= n <= N_CORES:
        raise argparse.ArgumentTypeError(
            f"{text[:20]!r} is no number of threads. Allowed: 1 to {N_CORES}, the processors here."
        )
    return n


def _minutes(text: str) -> float:
    try:
        minutes = float(text)
    except ValueError:
        minutes = math.nan
    if not (math.isfinite(minutes) and minutes > 0):
        raise argparse.ArgumentTypeError(
            f"{text[:20]!r} is no time budget. Give minutes, more than 0, such as 2.8."
        )
    return minutes


def _folder(text: str) -> Path:
    """Make it and try to write: to learn it after 20 minutes would be late."""
    try:
        Path(text).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=text):
            pass
    except OSError as error:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no folder that can be written ({error.strerror}). Name another."
        ) from None
    return Path(text)


def parse(
    doc: str, sections: Collection[str], given: Sequence[str] | None = None
) -> argparse.Namespace:
    """Read the command line.

    doc (str): What the program does.
    sections (Collection[str]): Names of what can be measured.
    given (Sequence[str] | None): Arguments; None for those of the process.
    RETURNS (argparse.Namespace): Checked values.
    """
    parser = argparse.ArgumentParser(description=doc)
    parser.add_argument("--quick", action="store_true", help="3 minutes: fewer cells and runs")
    parser.add_argument("--only", nargs="+", choices=list(sections), help="some sections")
    results = str(Path(__file__).parent / "results")
    parser.add_argument("--out", type=_folder, default=results, help="folder for results")
    parser.add_argument("--threads", type=_threads, default=N_CORES, help="default: all")
    parser.add_argument("--tiny", action="store_true", help="try the harness on a tiny network")
    parser.add_argument("--minutes", type=_minutes, help="time budget")
    return parser.parse_args(given)
