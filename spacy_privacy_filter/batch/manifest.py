"""What was made in an output folder, of which source and how, so that a run can go on."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Final

from ..files import write_atomically
from ..redact.secrets.keys import digest

MANIFEST: Final = ".privacy-filter-manifest.jsonl"
BEGUN: Final = "begun"
DONE: Final = "done"


@dataclass(frozen=True)
class Job:
    """One file to redact.

    source (Path): What is read.
    target (Path): What is written.
    name (str): Its name under the output folder.
    refused (str | None): Why it cannot be done, if that is known before it is read.
    """

    source: Path
    target: Path
    name: str
    refused: str | None = None

    def map_in(self, folder: Path) -> Path:
        """Where its encrypted way back goes."""
        return folder / f"{self.name}.map"


class State(Enum):
    """What there is of an output."""

    ABSENT = "nothing"
    OURS = "what this command made, of another source or in another way, or only began"
    THERE = "what this command made of the same source in the same way"
    CORPUS = "the same, but beside other files, which may change it"
    CHANGED = "what this command made, and somebody changed since"
    FOREIGN = "what no run of this command is known to have made"


@dataclass(frozen=True)
class Ways:
    """All that decides what is written of a source.

    settings (str): A digest of policy, pipeline, options and version.
    corpus (str): A digest of all sources, if they share what is made of them; else "".
    """

    settings: str
    corpus: str = ""


@dataclass
class Manifest:
    """What was begun and what was done in an output folder.

    A file is entered before its output appears and again after, so that after a kill at any moment
    an output that is not entered is somebody else's, and stays. It lies beside texts that are
    handed on: a plain digest of a short text with one word hidden would tell the word to whoever
    tries them all. So every digest in it is made with a key, which lies elsewhere.

    path (Path): The file.
    key (bytes | None): Makes the digests; None if there is none, and then nothing is known to be
        the same.
    """

    path: Path
    key: bytes | None
    entries: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path, key: bytes | None) -> Manifest:
        """Read the manifest of a folder; a last line that was cut off by a kill is dropped.

        RAISES (ValueError): A manifest that cannot be read.
        """
        manifest = cls(folder / MANIFEST, key)
        if not manifest.path.is_file():
            return manifest
        content = manifest.path.read_bytes()
        whole = content[: content.rfind(b"\n") + 1]
        if len(whole) < len(content):
            with manifest.path.open("rb+") as file:
                file.truncate(len(whole))
        for i, line in enumerate(whole.decode("utf8", "replace").splitlines()):
            manifest._read(line, i + 1)
        return manifest

    def _read(self, line: str, number: int) -> None:
        try:
            entry = json.loads(line)
            self.entries[entry["name"]] = {str(key): str(value) for key, value in entry.items()}
        except (ValueError, KeyError, TypeError, AttributeError):
            raise ValueError(
                f"{self.path}, line {number}, cannot be read. Delete it and use --overwrite to "
                "write every file anew."
            ) from None

    @property
    def key_id(self) -> str:
        """Tells one key from another, and tells nothing of either."""
        return self.digest(b"", "key")[:16]

    def digest(self, content: bytes | str, use: str = "content") -> str:
        """Make a digest that only the holder of the key can make; "" without a key."""
        return "" if self.key is None else digest(self.key, use, content).hex()

    def find_state(self, job: Job, source: str, ways: Ways, maps: Path | None) -> State:
        """Say what there is of an output.

        source (str): Digest of the source as it is now.
        ways (Ways): How it would be made now.
        maps (Path | None): Folder that must hold its way back.
        """
        if job.name not in self.entries:
            return State.FOREIGN if job.target.exists() else State.ABSENT
        entry = self.entries[job.name]
        is_known = entry.get("state") == DONE and self.key and entry.get("key") == self.key_id
        if not is_known or not job.target.is_file():
            return State.OURS
        if entry.get("output") != self.digest(job.target.read_bytes()):
            return State.CHANGED
        if maps is not None and not job.map_in(maps).is_file():
            return State.OURS
        wanted = {"source": source, "settings": self.digest(ways.settings)}
        if any(entry.get(key) != value for key, value in wanted.items()):
            return State.OURS
        is_same = entry.get("corpus", "") == ways.corpus
        return State.THERE if is_same else State.CORPUS

    @contextmanager
    def writing(self, job: Job, source: str, ways: Ways, output: bytes) -> Iterator[None]:
        """Enter a file before its output appears, and again after."""
        self._enter({"name": job.name, "state": BEGUN})
        yield
        self.enter_done(job, source, ways, output)

    def enter_done(self, job: Job, source: str, ways: Ways, output: bytes) -> None:
        """Enter a file whose output is there."""
        entry = {
            "name": job.name,
            "state": DONE,
            "id": secrets.token_hex(8),
            "key": self.key_id,
            "source": source,
            "settings": self.digest(ways.settings),
            "corpus": ways.corpus,
            "output": self.digest(output),
        }
        self._enter({key: value for key, value in entry.items() if value})

    def _enter(self, entry: dict[str, str]) -> None:
        """Add an entry, and see it onto the disk."""
        self.entries[entry["name"]] = entry
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            file.write(_line(entry))
            file.flush()
            os.fsync(file.fileno())

    def close(self) -> None:
        """Leave one line of each file."""
        lines = b"".join(map(_line, self.entries.values()))
        if self.path.is_file() and self.path.read_bytes() != lines:
            write_atomically(self.path, lines)


def _line(entry: dict[str, str]) -> bytes:
    return json.dumps(entry).encode("ascii") + b"\n"
