"""The journal of an output folder: what it knows after a stop, and what it does not tell."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest

from spacy_privacy_filter.batch.journal import JOURNAL, Job, Journal, State, stamp_of


@pytest.fixture
def job(tmp_path: Path) -> Job:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Ada")
    return Job(tmp_path / "in" / "a.txt", tmp_path / "out" / "a.txt", "a.txt")


def open_journal(job: Job, settings: str = "settings") -> Journal:
    return Journal.open(job.target.parent, settings)


def test_done_is_what_was_done_from_the_same_with_the_same(job: Job) -> None:
    stamp, journal = stamp_of(job.source), open_journal(job)
    assert journal.find_state(job, stamp, None) is State.ABSENT
    with journal.writing(job, stamp):
        assert open_journal(job).find_state(job, stamp, None) is State.OURS
    assert journal.find_state(job, stamp, None) is State.OURS, "without its output"
    job.target.write_text("[PERSON]")
    again = open_journal(job)
    assert again.find_state(job, stamp, None) is State.DONE
    assert again.find_state(job, "another input", None) is State.OURS
    assert open_journal(job, "other settings").find_state(job, stamp, None) is State.OURS
    assert "Ada" not in (job.target.parent / JOURNAL).read_text()
    again.close()
    again.close()
    assert not (job.target.parent / JOURNAL).exists()


def test_what_was_stopped_is_not_done(job: Job) -> None:
    stamp, journal = stamp_of(job.source), open_journal(job)
    with suppress(KeyboardInterrupt), journal.writing(job, stamp):
        job.target.write_text("[PERSON]")
        raise KeyboardInterrupt
    assert open_journal(job).find_state(job, stamp, None) is State.OURS


def test_a_line_that_was_cut_off_is_dropped(job: Job) -> None:
    journal = open_journal(job)
    with journal.writing(job, "1 2"):
        pass
    whole = journal.path.read_bytes()
    journal.path.write_bytes(whole + b'{"name": "b')
    assert list(open_journal(job).entries) == ["a.txt"]
    assert journal.path.read_bytes() == whole
    journal.path.write_bytes(b"[]\n")
    with pytest.raises(ValueError, match=r"line 1, cannot be read\. Delete it"):
        open_journal(job)


def test_an_output_that_no_stopped_run_left(job: Job, tmp_path: Path) -> None:
    stamp, journal = stamp_of(job.source), open_journal(job)
    job.target.parent.mkdir()
    job.target.write_text("[PERSON]")
    assert journal.find_state(job, stamp, None) is State.THERE
    assert journal.is_there(job, None)
    assert journal.find_state(job, stamp, tmp_path / "maps") is State.STALE, "without its way back"
    os.utime(job.target, (1, 1))
    assert journal.find_state(job, stamp, None) is State.STALE
    assert not journal.is_there(job, None)
