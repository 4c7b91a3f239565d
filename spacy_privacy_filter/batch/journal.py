"""Paths that a user gives -> pairs of input and output, and a journal of which are done."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import WrongUseError
from .records import SUFFIXES

JOURNAL = ".privacy-filter-redact.jsonl"
BEGUN, DONE = "begun", "done"


@dataclass(frozen=True)
class Job:
    """One file to redact.

    source (Path): What is read.
    target (Path): What is written.
    name (str): Its name under the output folder.
    """

    source: Path
    target: Path
    name: str

    def map_in(self, folder: Path) -> Path:
        """Where its encrypted way back goes."""
        return folder / f"{self.name}.map"


def list_jobs(paths: Sequence[Path], output: Path, pattern: str | None) -> tuple[list[Job], int]:
    """Find the files to redact. A folder is searched with all that is below it, in order of name.

    paths (Sequence[Path]): Files and folders.
    output (Path): Folder that gets the results, under the same names.
    pattern (str | None): Which files of folders count, "*.txt"; None for known endings.
    RAISES (FileNotFoundError): No such file.
    RAISES (ValueError): Two files of one name, or an output among the inputs.
    RETURNS (tuple[list[Job], int]): The jobs, and how many files of folders do not count.
    """
    jobs, n_other = [], 0
    goal = output.resolve()
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(f"No such file or folder: {path}.")
        own = path.resolve()
        if path.is_dir() and (goal == own or goal.is_relative_to(own)):
            raise WrongUseError(
                f"The output folder {output} is inside the input folder {path}, so that results "
                "would be taken for inputs. Choose one beside it."
            )
        found = _walk(path) if path.is_dir() else [path]
        for file in found:
            wanted = file.match(pattern) if pattern else file.suffix.lower() in SUFFIXES
            if path.is_dir() and not wanted:
                n_other += 1
                continue
            name = file.relative_to(path).as_posix() if path.is_dir() else file.name
            jobs.append(Job(file, output / name, name))
    seen: dict[str, Path] = {}
    for job in jobs:
        if job.name.casefold() in seen:
            raise WrongUseError(
                f"{seen[job.name.casefold()]} and {job.source} would both be written to "
                f"{job.target}. Redact them into folders of their own."
            )
        seen[job.name.casefold()] = job.source
        if job.target.resolve() == job.source.resolve():
            raise WrongUseError(f"{job.source} would be overwritten. Choose another output.")
    return jobs, n_other


def _walk(folder: Path) -> list[Path]:
    found = (path for path in folder.rglob("*") if path.is_file())
    kept = (p for p in found if not any(part[0] == "." for part in p.relative_to(folder).parts))
    return sorted(kept, key=lambda path: path.relative_to(folder).as_posix())


@dataclass
class Journal:
    """What was begun and what was done in an output folder, so that a stopped run can go on.

    A file is entered before its output appears and again after. After a kill at any moment, an
    output that is not entered is somebody else's, and stays. Nothing in it hangs on what a file
    says: it lies beside texts that are handed on, and a digest of a short text with one word
    hidden would tell the word to whoever tries them all. When all is done it is removed.

    path (Path): The journal.
    settings (str): A digest of all that decides what is written.
    """

    path: Path
    settings: str
    entries: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path, settings: str) -> Journal:
        """Read the journal of a folder; a last line that was cut off by a kill is dropped.

        RAISES (ValueError): A journal that cannot be read.
        """
        journal = cls(folder / JOURNAL, settings)
        if not journal.path.is_file():
            return journal
        content = journal.path.read_bytes()
        whole = content[: content.rfind(b"\n") + 1]
        if len(whole) < len(content):
            with journal.path.open("rb+") as file:
                file.truncate(len(whole))
        for i, line in enumerate(whole.decode("utf8", "replace").splitlines()):
            journal._read(line, i + 1)
        return journal

    def _read(self, line: str, number: int) -> None:
        try:
            entry = json.loads(line)
            self.entries[entry["name"]] = entry
        except (ValueError, KeyError, TypeError):
            raise ValueError(
                f"{self.path}, line {number}, cannot be read. Delete it and use --overwrite to "
                "write every file anew."
            ) from None

    def is_done(self, job: Job, stamp: str) -> bool:
        """Whether the output is there, made from the same input with the same settings."""
        entry = self.entries.get(job.name)
        same = {"state": DONE, "input": stamp, "settings": self.settings}
        found = entry is not None and all(entry.get(key) == value for key, value in same.items())
        return found and job.target.is_file()

    def owns(self, job: Job) -> bool:
        """Whether an output that is there was made by a run before."""
        return job.name in self.entries

    def is_there(self, job: Job, maps: Path | None) -> bool:
        """Whether an output that no stopped run left is there, no older than its source.

        Outputs appear whole or not at all, so that it is complete. It is never written over.

        maps (Path | None): Folder that must hold its way back.
        """
        outputs = [job.target, *([job.map_in(maps)] if maps is not None else [])]
        if self.owns(job) or not all(path.is_file() for path in outputs):
            return False
        return job.target.stat().st_mtime_ns >= job.source.stat().st_mtime_ns

    def enter(self, job: Job, state: str, stamp: str) -> None:
        """Add an entry, and see it onto the disk."""
        entry = {"name": job.name, "state": state, "input": stamp, "settings": self.settings}
        self.entries[job.name] = entry
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            file.write(json.dumps(entry).encode("ascii") + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def close(self) -> None:
        """Remove it: everything is done."""
        self.path.unlink(missing_ok=True)


def stamp_of(path: Path) -> str:
    """Size and time of a file, by which a change of it is seen without a look at its content."""
    found = path.stat()
    return f"{found.st_size} {found.st_mtime_ns}"


def progress(jobs: Sequence[Job]) -> Iterator[Job]:
    """Show a bar on a terminal, and nothing elsewhere. File names only, never text."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    if console.is_terminal:
        yield from track(jobs, description="Redacting", console=console)
    else:
        yield from jobs
