"""Which files of an output folder were begun and done, so that a run that was stopped goes on."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Final

JOURNAL: Final = ".privacy-filter-redact.jsonl"
BEGUN: Final = "begun"
DONE: Final = "done"


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


class State(Enum):
    """What there is of an output."""

    ABSENT = "nothing"
    OURS = "what a stopped run left"
    DONE = "what a stopped run made of the same input in the same way"
    THERE = "what is no older than its input"
    STALE = "what is older than its input, or has no way back"


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

    def find_state(self, job: Job, stamp: str, maps: Path | None) -> State:
        """Say what there is of an output.

        stamp (str): Of the input as it is now; see `stamp_of`.
        maps (Path | None): Folder that must hold its way back.
        """
        if job.name in self.entries:
            entry = self.entries[job.name]
            same = {"state": DONE, "input": stamp, "settings": self.settings}
            is_same = all(entry.get(key) == value for key, value in same.items())
            return State.DONE if is_same and job.target.is_file() else State.OURS
        if not job.target.exists():
            return State.ABSENT
        return State.THERE if self.is_there(job, maps) else State.STALE

    def is_there(self, job: Job, maps: Path | None) -> bool:
        """Whether an output that no stopped run left is there, no older than its source.

        Outputs appear whole or not at all, so that it is complete. It is never written over.

        maps (Path | None): Folder that must hold its way back.
        """
        outputs = [job.target, *([job.map_in(maps)] if maps is not None else [])]
        if job.name in self.entries or not all(path.is_file() for path in outputs):
            return False
        return job.target.stat().st_mtime_ns >= job.source.stat().st_mtime_ns

    @contextmanager
    def writing(self, job: Job, stamp: str) -> Iterator[None]:
        """Enter a file before its output appears, and again after."""
        self._enter(job, BEGUN, stamp)
        yield
        self._enter(job, DONE, stamp)

    def _enter(self, job: Job, state: str, stamp: str) -> None:
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
