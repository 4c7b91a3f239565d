"""Many files redacted by a function: what is reported, told, left alone and gone on with."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from spacy_privacy_filter import files
from spacy_privacy_filter.batch.folders import redact_files
from spacy_privacy_filter.batch.formats.reading import Reading
from spacy_privacy_filter.batch.jobs import list_jobs
from spacy_privacy_filter.batch.manifest import MANIFEST
from spacy_privacy_filter.batch.runner import FileRedactor
from spacy_privacy_filter.errors import WrongUseError
from spacy_privacy_filter.progress import Progress
from spacy_privacy_filter.redact.policy import load_policy

from ..finding import FOUND, KEY, WANTED, contents

pytestmark = pytest.mark.usefixtures("_finder")


class Noted(Progress):
    """Notes what it is told."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.tracked: list[tuple[str, int | None]] = []

    def say(self, message: str) -> None:
        self.said.append(message)

    def track(self, items: Iterable[Any], name: str, n_items: int | None = None) -> Iterable[Any]:
        self.tracked.append((name, n_items))
        return items


def redactor(**settings: Any) -> FileRedactor:
    return FileRedactor(load_policy("mask"), Reading(), **settings)


def test_what_became_of_each_file(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "bad.txt").write_bytes(b"\xff")
    progress = Noted()
    report = redact_files(redactor(), [folder], tmp_path / "out", progress=progress)
    assert (report.n_redacted, report.n_failed, report.n_left_out) == (4, 1, 1)
    assert (report.n_partly, report.n_there) == (0, 0)
    assert report.counts == {"private_person": 5, "private_date": 1}
    assert contents(tmp_path / "out") == WANTED
    assert progress.said[0] == f"Making the folder {tmp_path / 'out'}"
    assert progress.said[1].startswith(f"Error: {folder / 'bad.txt'} is not UTF-8")
    assert progress.tracked == [("Redacting", 5)]
    (folder / "bad.txt").unlink()
    again = redact_files(redactor(), [folder], tmp_path / "out")
    assert (again.n_redacted, again.n_there, again.n_failed) == (0, 4, 0)
    assert not again.counts
    last = redact_files(redactor(), [folder], tmp_path / "out")
    assert (last.n_redacted, last.n_there) == (0, 4)
    assert capsys.readouterr() == ("", ""), "a library prints nothing"


def test_a_full_disk_ends_the_run_and_the_next_goes_on(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    progress = Noted()
    with monkeypatch.context() as patch:
        patch.setattr(files.os, "fsync", full)
        report = redact_files(redactor(), [folder], tmp_path / "out", progress=progress)
    assert (report.n_redacted, report.n_failed) == (0, 1)
    assert progress.said[-1].endswith("Stopped; the same command goes on from here.")
    assert redact_files(redactor(), [folder], tmp_path / "out").n_redacted == 4
    assert contents(tmp_path / "out") == WANTED


def test_a_corpus_is_read_before_anything_is_written(folder: Path, tmp_path: Path) -> None:
    policy = load_policy({"scope": "corpus", "default": "number"})
    many = FileRedactor(policy, Reading(), key=KEY.encode())
    progress = Noted()
    report = redact_files(many, [folder], tmp_path / "out", progress=progress)
    assert report.n_redacted == 4
    assert progress.tracked == [("Redacting", 4)] * 2
    made = b"".join(contents(tmp_path / "out").values())
    assert {b"[PERSON_1]", b"[PERSON_2]"} <= set(
        made.replace(b".", b" ").replace(b",", b" ").split()
    )
    (folder / "a.txt").write_bytes(b"\xff")
    with pytest.raises(ValueError, match="not UTF-8"):
        redact_files(many, [folder], tmp_path / "two")
    assert not (tmp_path / "two").exists()


def test_a_file_that_changes_while_it_is_read_fails(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = load_policy({"scope": "corpus", "default": "number"})
    many = FileRedactor(policy, Reading(), key=KEY.encode())
    read = many.read

    def touching(source: bytes, name: str, spans: Any = None) -> Any:
        if spans is None:  # the first time, for the corpus
            os.utime(name, (1, 1))
        return read(source, name, spans)

    monkeypatch.setattr(many, "read", touching)
    progress = Noted()
    report = redact_files(many, [folder / "a.txt"], tmp_path / "out", progress=progress)
    assert report.n_failed == 1
    assert "changed while it was read" in progress.said[-1]
    assert not contents(tmp_path / "out")


def test_jobs_of_folders_and_files(folder: Path, tmp_path: Path) -> None:
    jobs, n_left_out = list_jobs([folder], tmp_path / "out", None)
    assert [job.name for job in jobs] == ["a.txt", "below/b.md", "rows.csv", "rows.jsonl"]
    assert n_left_out == 1
    assert jobs[1].map_in(tmp_path) == tmp_path / "below" / "b.md.map"
    jobs, n_left_out = list_jobs([folder, folder / "picture.png"], tmp_path / "out", "*.md")
    assert [job.name for job in jobs] == ["below/b.md", "picture.png"]
    assert n_left_out == 4
    for paths, output, message in (
        ([folder], folder / "new", "is inside the input folder"),
        ([folder / "a.txt"], folder, "would be overwritten"),
        ([folder / "a.txt", folder], tmp_path / "out", "would both be written"),
    ):
        with pytest.raises(WrongUseError, match=message):
            list_jobs(paths, output, None)
    with pytest.raises(FileNotFoundError, match="none"):
        list_jobs([folder / "none"], tmp_path / "out", None)


def test_messages_hold_no_text(folder: Path, tmp_path: Path) -> None:
    (folder / "rows.csv").write_bytes(b"Ada,Bob\n1,2\n")
    progress = Noted()
    redact_files(redactor(), [folder], tmp_path / "out", progress=progress)
    assert not any(word in line for line in progress.said for word in FOUND)
    assert (tmp_path / "out" / MANIFEST).is_file(), "the next run goes on"
