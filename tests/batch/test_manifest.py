"""The manifest of an output folder: what it knows after a stop and later, and what it hides."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

import pytest

from spacy_privacy_filter.batch.manifest import MANIFEST, Job, Manifest, State, Ways

KEY = b"a key of 32 bytes, for this test"
WAYS = Ways("settings")
SOURCE, OUTPUT = b"Ada", b"[PERSON]"


@pytest.fixture
def job(tmp_path: Path) -> Job:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(SOURCE)
    return Job(tmp_path / "in" / "a.txt", tmp_path / "out" / "a.txt", "a.txt")


def open_manifest(job: Job, key: bytes | None = KEY) -> Manifest:
    return Manifest.open(job.target.parent, key)


def state_of(job: Job, key: bytes | None = KEY, ways: Ways = WAYS, **changes: object) -> State:
    manifest = open_manifest(job, key)
    source = manifest.digest(changes.get("source", SOURCE))  # type: ignore[arg-type]
    return manifest.find_state(job, source, ways, changes.get("maps"))  # type: ignore[arg-type]


def make(job: Job, key: bytes | None = KEY, ways: Ways = WAYS) -> None:
    manifest = open_manifest(job, key)
    with manifest.writing(job, manifest.digest(SOURCE), ways, OUTPUT):
        job.target.write_bytes(OUTPUT)


def test_there_is_what_was_made_of_the_same_in_the_same_way(job: Job, tmp_path: Path) -> None:
    assert state_of(job) is State.ABSENT
    make(job)
    assert state_of(job) is State.THERE
    assert state_of(job, source=b"Bob") is State.OURS
    assert state_of(job, ways=Ways("other")) is State.OURS
    assert state_of(job, key=None) is State.OURS, "nothing is known without a key"
    assert state_of(job, key=b"another key of 32 bytes, as long") is State.OURS
    assert state_of(job, maps=tmp_path / "maps") is State.OURS, "without its way back"
    assert state_of(job, ways=Ways("settings", "corpus")) is State.CORPUS
    job.target.write_bytes(b"mine")
    assert state_of(job) is State.CHANGED
    job.target.unlink()
    assert state_of(job) is State.OURS


def test_what_was_stopped_is_not_done(job: Job) -> None:
    manifest = open_manifest(job)
    with suppress(KeyboardInterrupt), manifest.writing(job, "source", WAYS, OUTPUT):
        job.target.write_bytes(OUTPUT)
        raise KeyboardInterrupt
    assert state_of(job) is State.OURS


def test_what_no_run_made_is_foreign(job: Job) -> None:
    job.target.parent.mkdir()
    job.target.write_bytes(OUTPUT)
    assert state_of(job) is State.FOREIGN


def test_a_line_that_was_cut_off_is_dropped(job: Job) -> None:
    make(job)
    path = job.target.parent / MANIFEST
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"name": "b')
    assert list(open_manifest(job).entries) == ["a.txt"]
    assert path.read_bytes() == whole
    for bad in (b"[]\n", b"1\n", b"{}\n"):
        path.write_bytes(bad)
        with pytest.raises(ValueError, match=r"line 1, cannot be read\. Delete it"):
            open_manifest(job)


def test_nobody_without_the_key_can_try_texts(job: Job) -> None:
    make(job)
    lines = (job.target.parent / MANIFEST).read_text()
    for content in (SOURCE, OUTPUT):
        for algorithm in ("md5", "sha1", "sha256", "sha512", "blake2b"):
            assert hashlib.new(algorithm, content).hexdigest()[:12] not in lines
    assert "Ada" not in lines
    other = open_manifest(job, b"another key of 32 bytes, as long")
    assert other.digest(SOURCE) not in lines
    assert other.key_id not in lines
    bare = open_manifest(job, None)
    assert (bare.digest(SOURCE), bare.key_id) == ("", "")


def test_it_keeps_one_line_a_file(job: Job) -> None:
    for _ in range(3):
        make(job)
    manifest = open_manifest(job)
    assert len(manifest.path.read_bytes().splitlines()) == 6
    manifest.close()
    assert len(manifest.path.read_bytes().splitlines()) == 1
    assert state_of(job) is State.THERE
