"""Files that `redact` is given -> where they go, and what is said of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from ...errors import WrongUseError, reading_options
from ...files import check_place, is_stdout, mode_of, remove_drafts
from ..common import say_counts
from ..exit_codes import ExitCode
from ..terminal import STDIN, TerminalProgress, read_bytes, write_bytes

if TYPE_CHECKING:
    from ...batch.folders import FolderReport
    from ...batch.runner import FileRedactor, RedactedFile


class Outputs(NamedTuple):
    """Where results go, and what is said.

    output (Path | None): File, or folder for several; None for standard output.
    pattern (str | None): Which files of folders count.
    overwrite (bool): Write files anew, also those that are there.
    as_json (bool): Sum up as JSON: on standard output, or if texts go there, on standard error.
    """

    output: Path | None
    pattern: str | None = None
    overwrite: bool = False
    as_json: bool = False


def redact_paths(
    redactor: FileRedactor, paths: Sequence[Path], outputs: Outputs, progress: TerminalProgress
) -> ExitCode:
    """Redact one file or many, and say what became of them."""
    if len(paths) == 1 and not paths[0].is_dir():
        return _redact_one(redactor, paths[0], outputs, progress)
    if outputs.output is None or STDIN in paths or is_stdout(outputs.output):
        folder = next((path for path in paths if path.is_dir()), None)
        what = "Several paths are given" if folder is None else f"{folder} is a folder"
        raise WrongUseError(
            f"{what}. Say which folder gets the results: --output FOLDER (standard input goes "
            "alone)."
        )
    from ...batch.folders import redact_files

    report = redact_files(
        redactor,
        paths,
        outputs.output,
        pattern=outputs.pattern,
        overwrite=outputs.overwrite,
        progress=progress,
    )
    _sum_up(_describe(report), _say_files(report), outputs, progress)
    if not report.n_failed and not report.n_partly:
        return ExitCode.DONE
    n_done = report.n_redacted + report.n_there + report.n_partly
    return ExitCode.SOME_FAILED if n_done else ExitCode.NOTHING_DONE


def _redact_one(
    redactor: FileRedactor, path: Path, outputs: Outputs, progress: TerminalProgress
) -> ExitCode:
    """Redact a file or standard input to a file or standard output."""
    output = None if outputs.output is None or is_stdout(outputs.output) else outputs.output
    for place in (output, redactor.maps):
        if place is not None:
            check_place(place)
            remove_drafts(place.parent)
    name, source = read_bytes(path)
    if output is not None and path != STDIN and output.resolve() == path.resolve():
        raise WrongUseError(f"{path} would be overwritten. Choose another output.")
    with reading_options(), progress.stage("Loading the pipeline"):
        _ = redactor.pipeline
    done = redactor.redact_alone(source, name)
    if redactor.maps is not None:
        progress.say_new_folder(redactor.maps.parent)
        redactor.save_mappings(done, redactor.maps)
    write_bytes(done.content, output, None if path == STDIN else mode_of(path), progress)
    progress.tell(done.notes, done.problems)
    _sum_up(_describe_one(done), "", outputs, progress)
    return ExitCode.SOME_FAILED if done.problems else ExitCode.DONE


def _say_files(report: FolderReport) -> str:
    """Say in a line what became of the files."""
    there = f"{report.n_there} are there already (--overwrite makes them anew)"
    parts = [
        f"{report.n_redacted} files redacted",
        there if report.n_there else "",
        f"{report.n_left_out} left out (see --glob)" if report.n_left_out else "",
        f"{report.n_partly} redacted without rows that FAILED" if report.n_partly else "",
        f"{report.n_failed} FAILED" if report.n_failed else "",
    ]
    return ", ".join(filter(None, parts))


def _describe(report: FolderReport) -> dict[str, Any]:
    return {
        "files": {
            "redacted": report.n_redacted,
            "there": report.n_there,
            "left_out": report.n_left_out,
            "partly": report.n_partly,
            "failed": report.n_failed,
        },
        "spans": dict(report.counts),
    }


def _describe_one(done: RedactedFile) -> dict[str, Any]:
    n_partly = int(bool(done.problems))
    return {
        "files": {
            "redacted": 1 - n_partly,
            "there": 0,
            "left_out": 0,
            "partly": n_partly,
            "failed": 0,
        },
        "rows_failed": len(done.problems),
        "spans": dict(done.counts),
    }


def _sum_up(
    summary: dict[str, Any], line: str, outputs: Outputs, progress: TerminalProgress
) -> None:
    """Say what was done: as lines, or as JSON, which goes where no text goes."""
    if outputs.as_json:
        is_free = outputs.output is not None and not is_stdout(outputs.output)
        typer.echo(json.dumps(summary), err=not is_free)
    elif not progress.is_quiet:
        if line:
            typer.echo(line, err=True)
        say_counts(summary["spans"])
