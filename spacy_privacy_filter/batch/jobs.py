"""Paths that a user names -> the files to redact, and where each goes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..errors import WrongUseError
from ..files import check_place, refuse_pipe
from .formats.reading import AUTO
from .formats.registry import BY_SUFFIX, written_name
from .manifest import Job


def list_jobs(
    paths: Sequence[Path], output: Path, pattern: str | None, form: str = AUTO
) -> tuple[list[Job], int]:
    """Find the files to redact. A folder is searched with all that is below it, in order of name.

    paths (Sequence[Path]): Files and folders.
    output (Path): Folder that gets the results, under the same names.
    pattern (str | None): Which files of folders count, "*.txt"; None for known endings.
    form (str): Name of their format; "auto" to go by the ending.
    RETURNS (tuple[list[Job], int]): The jobs, and how many files of folders do not count. A job may
        say why it cannot be done.
    RAISES (FileNotFoundError): No such file.
    RAISES (WrongUseError): Two files of one name, or an output among the inputs.
    """
    check_place(output / "file")
    jobs, n_left_out = [], 0
    goal = output.resolve()
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(f"No such file or folder: {path}.")
        if not path.is_dir():
            name = written_name(path.name, form)
            jobs.append(Job(path, output / name, name, _refuse_file(path)))
            continue
        if goal.is_relative_to(path.resolve()):
            raise WrongUseError(
                f"The output folder {output} is inside the input folder {path}, so that results "
                "would be taken for inputs. Choose one beside it."
            )
        for file in _walk(path):
            if not (file.match(pattern) if pattern else file.suffix.lower() in BY_SUFFIX):
                n_left_out += 1
                continue
            name = written_name(file.relative_to(path).as_posix(), form)
            jobs.append(Job(file, output / name, name, _refuse_below(file, path)))
    _refuse_collisions(jobs)
    return jobs, n_left_out


def _walk(folder: Path) -> Iterator[Path]:
    """List what is below a folder and is no folder, in order of name, but what is hidden."""
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name[0] != "."]
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        found += [Path(place) / name for name in (*names, *links) if name[0] != "."]
    yield from sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def _refuse_file(path: Path) -> str | None:
    try:
        refuse_pipe(path)
    except OSError as error:
        return str(error)
    return None


def _refuse_below(file: Path, folder: Path) -> str | None:
    """Say why a file of a folder cannot be done: a pipe, or a link that leaves the folder."""
    if file.is_symlink():
        if not file.exists():
            return f"{file} is a link that leads nowhere."
        if not file.resolve().is_relative_to(folder.resolve()):
            return f"{file} is a link that leaves the folder {folder}. Name what it leads to."
    return _refuse_file(file)


def read_source(job: Job) -> bytes:
    """Read the source of a job. RAISES (ValueError): It cannot be done."""
    if job.refused is not None:
        raise ValueError(job.refused)
    return job.source.read_bytes()


def stamp_of(job: Job) -> str:
    """Size and time of a source, by which a change of it is seen without a look at its content."""
    stat = job.source.stat()
    return f"{stat.st_size} {stat.st_mtime_ns}"


def refuse_links_out(job: Job) -> None:
    """Refuse an output that a link would lead out of its folder.

    RAISES (ValueError): A folder or file on the way is such a link.
    """
    folder = job.target
    for _ in Path(job.name).parts:
        folder = folder.parent
    if not job.target.resolve().is_relative_to(folder.resolve()):
        raise ValueError(f"{job.target} would be written outside of {folder}, through a link.")


def _refuse_collisions(jobs: Sequence[Job]) -> None:
    """Refuse files that would be written over each other or over themselves."""
    sources: dict[str, Path] = {}
    for job in jobs:
        name = job.name.casefold()
        if name in sources:
            raise WrongUseError(
                f"{sources[name]} and {job.source} would both be written to {job.target}. Redact "
                "them into folders of their own."
            )
        sources[name] = job.source
        if job.refused is None and job.target.resolve() == job.source.resolve():
            raise WrongUseError(f"{job.source} would be overwritten. Choose another output.")
