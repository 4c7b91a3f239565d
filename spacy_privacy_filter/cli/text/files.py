"""Files that `redact` is given -> where they go, and what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ...errors import WrongUseError
from ...files import check_place
from ..common import say_counts
from ..terminal import STDIN, TerminalProgress, read_bytes, write_bytes

if TYPE_CHECKING:
    from ...batch.folders import FolderReport
    from ...batch.runner import FileRedactor


def redact_paths(
    redactor: FileRedactor,
    paths: Sequence[Path],
    output: Path | None,
    pattern: str | None,
    overwrite: bool,
) -> int:
    """Redact one file or many, and say what became of them. RETURNS (int): How many failed."""
    if len(paths) == 1 and not paths[0].is_dir():
        _redact_one(redactor, paths[0], output)
        return 0
    if output is None or STDIN in paths:
        folder = next((path for path in paths if path.is_dir()), None)
        what = "Several paths are given" if folder is None else f"{folder} is a folder"
        raise WrongUseError(
            f"{what}. Say which folder gets the results: --output FOLDER (standard input goes "
            "alone)."
        )
    from ...batch.folders import redact_files

    report = redact_files(
        redactor, paths, output, pattern=pattern, overwrite=overwrite, progress=TerminalProgress()
    )
    _show(report)
    return report.n_failed


def _redact_one(redactor: FileRedactor, path: Path, output: Path | None) -> None:
    """Redact a file or standard input to a file or standard output."""
    for place in (output, redactor.maps):
        if place is not None:
            check_place(place)
    name, source = read_bytes(path)
    if output is not None and path != STDIN and output.resolve() == path.resolve():
        raise WrongUseError(f"{path} would be overwritten. Choose another output.")
    done = redactor.redact_alone(source, name)
    if redactor.maps is not None:
        TerminalProgress().say_new_folder(redactor.maps.parent)
        redactor.save_mappings(done, redactor.maps)
    write_bytes(done.content, output)
    say_counts(done.counts)


def _show(report: FolderReport) -> None:
    """Say on standard error what became of the files."""
    there = f"{report.n_there} are there already (--overwrite makes them anew)"
    parts = [
        f"{report.n_redacted} files redacted",
        f"{report.n_before} were done before" if report.n_before else "",
        there if report.n_there else "",
        f"{report.n_left_out} left out (see --glob)" if report.n_left_out else "",
        f"{report.n_failed} FAILED" if report.n_failed else "",
    ]
    typer.echo(", ".join(filter(None, parts)), err=True)
    say_counts(report.counts)
