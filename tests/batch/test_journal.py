"""The journal of an output folder: what it knows after a stop, and what it does not tell."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from spacy_privacy_filter.batch.journal import BEGUN, DONE, JOURNAL, Job, Journal, stamp_of


@pytest.fixture
def job(tmp_path: Path) -> Job:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Ada")
    return Job(tmp_path / "in" / "a.txt", tmp_path / "out" / "a.txt", "a.txt")


def test_done_is_what_was_done_from_the_same_with_the_same(job: Job, tmp_path: Path) -> None:
    stamp = stamp_of(job.source)
    journal = Journal.open(tmp_path / "out", "settings")
    journal.enter(job, BEGUN, stamp)
    assert journal.owns(job)
    assert not journal.is_done(job, stamp)
    journal.enter(job, DONE, stamp)
    assert not journal.is_done(job, stamp), "without its output"
    job.target.write_text("[PERSON]")
    again = Journal.open(tmp_path / "out", "settings")
    assert again.is_done(job, stamp)
    assert not again.is_done(job, "another input")
    assert not Journal.open(tmp_path / "out", "other settings").is_done(job, stamp)
    assert "Ada" not in (tmp_path / "out" / JOURNAL).read_text()
    again.close()
    again.close()
    assert not (tmp_path / "out" / JOURNAL).exists()


def test_a_line_that_was_cut_off_is_dropped(job: Job, tmp_path: Path) -> None:
    journal = Journal.open(tmp_path / "out", "settings")
    journal.enter(job, DONE, "1 2")
    whole = journal.path.read_bytes()
    journal.path.write_bytes(whole + b'{"name": "b')
    assert list(Journal.open(tmp_path / "out", "settings").entries) == ["a.txt"]
    assert journal.path.read_bytes() == whole
    journal.path.write_bytes(b"[]\n")
    with pytest.raises(ValueError, match=r"line 1, cannot be read\. Delete it"):
        Journal.open(tmp_path / "out", "settings")


def test_an_output_of_nobody_knows_whom_is_there_if_it_is_new_enough(
    job: Job, tmp_path: Path
) -> None:
    journal = Journal.open(tmp_path / "out", "settings")
    assert not journal.is_there(job, None)
    job.target.parent.mkdir()
    job.target.write_text("[PERSON]")
    assert journal.is_there(job, None)
    assert not journal.is_there(job, tmp_path / "maps"), "its way back is missing"
    os.utime(job.target, (1, 1))
    assert not journal.is_there(job, None), "it is older than its source"
    os.utime(job.target)
    journal.enter(job, BEGUN, "1 2")
    assert not journal.is_there(job, None), "a stopped run left it"
