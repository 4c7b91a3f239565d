"""Files and folders through the command: whole or not at all, and on again after a stop."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from pathlib import Path

import pytest

from spacy_privacy_filter import files, loading
from spacy_privacy_filter.batch.manifest import MANIFEST
from spacy_privacy_filter.types import CharSpan

from ...finding import KEY, MASKED, TEXT, WANTED, KilledError, contents, fails, ok, run, stop_at

pytestmark = pytest.mark.usefixtures("_finder")


def test_a_folder(folder: Path, tmp_path: Path) -> None:
    result = ok("redact", folder, "-o", tmp_path / "out")
    assert contents(tmp_path / "out") == WANTED
    assert result.stderr == (
        f"Making the folder {tmp_path / 'out'}\n"
        "4 files redacted, 1 left out (see --glob)\n"
        "6 spans\n  private_person: 5\n  private_date: 1\n"
    )
    again = ok("redact", folder, "-o", tmp_path / "out").stderr.splitlines()
    there = "4 are there already (--overwrite makes them anew)"
    assert again[0] == f"0 files redacted, {there}, 1 left out (see --glob)"
    assert contents(tmp_path / "out") == WANTED
    (folder / "new.txt").write_text("Ada")
    more = ok("redact", folder, "-o", tmp_path / "out").stderr
    assert more.startswith(f"1 files redacted, {there}")
    assert (tmp_path / "out" / "new.txt").read_text() == "[PRIVATE_PERSON]"
    (folder / "new.txt").unlink()
    (tmp_path / "out" / "new.txt").unlink()
    other = ok("redact", folder, "-o", tmp_path / "out", "-p", "llm_prompt", "--overwrite")
    assert other.stderr.startswith("4 files redacted")
    assert contents(tmp_path / "out")["below/b.md"] == b"[PERSON_1] saw [PERSON_2].\n"


def test_several_files_and_a_pattern(folder: Path, tmp_path: Path) -> None:
    ok("redact", folder / "a.txt", folder / "below" / "b.md", "-o", tmp_path / "out")
    assert set(contents(tmp_path / "out")) == {"a.txt", "b.md"}
    ok("redact", folder, "-o", tmp_path / "two", "--glob", "*.md")
    assert set(contents(tmp_path / "two")) == {"below/b.md"}


def test_what_is_handed_on_tells_nobody_what_the_source_says(folder: Path, tmp_path: Path) -> None:
    """Not even by a digest: of a short text with one word hidden, every word could be tried."""
    (folder / "bad.txt").write_bytes(b"\xff")
    fails("redact", folder, "-o", tmp_path / "out", code=3)
    lines = (tmp_path / "out" / MANIFEST).read_text()
    for path in folder.rglob("*.*"):
        if path.is_file():
            for name in ("md5", "sha1", "sha256"):
                assert hashlib.new(name, path.read_bytes()).hexdigest() not in lines
    assert not [path for path in (tmp_path / "out").rglob("*") if "key" in path.name]


def test_a_run_with_mistakes_goes_on(folder: Path, tmp_path: Path) -> None:
    (folder / "bad.txt").write_bytes(b"\xff")
    fails("redact", folder, "-o", tmp_path / "out", code=3)
    (folder / "bad.txt").write_text("Ada")
    (folder / "a.txt").write_text("Bob came.")
    again = ok("redact", folder, "-o", tmp_path / "out")
    assert again.stderr.startswith("2 files redacted, 3 are there already")
    assert contents(tmp_path / "out")["a.txt"] == b"[PRIVATE_PERSON] came."


def test_one_bad_file_does_not_stop_the_others(folder: Path, tmp_path: Path) -> None:
    (folder / "a.txt").write_bytes(b"\xff Ada")
    (folder / "rows.csv").write_bytes(b"id,body\n1,Ada\n")
    errors = fails("redact", folder, "-o", tmp_path / "out", code=3)
    assert "a.txt is not UTF-8 text: byte 0" in errors
    assert "no column 'text' among the 2" in errors
    assert "2 FAILED" in errors
    assert set(contents(tmp_path / "out")) == {"below/b.md", "rows.jsonl"}
    (folder / "a.txt").write_bytes(b"Ada")
    (folder / "rows.csv").write_bytes(b"id,text\n1,Ada\n")
    assert ok("redact", folder, "-o", tmp_path / "out").stderr.startswith("2 files redacted, 2")


# Of each file: the journal, the draft, the folder after renaming, the journal.
MOMENTS = [*((n, None) for n in range(16)), *((None, n) for n in range(4))]


@pytest.mark.parametrize("policy", ["mask", "research"])
def test_a_kill_at_any_moment_loses_nothing(
    folder: Path, tmp_path: Path, key_file: Path, policy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    args = ("-p", policy, "--key-file", key_file)
    ok("redact", folder, "-o", tmp_path / "whole", *args)
    wanted = contents(tmp_path / "whole")
    fsync, replace = os.fsync, Path.replace
    for sync, rename in MOMENTS:
        out = tmp_path / f"out{sync}-{rename}"
        with monkeypatch.context() as patch:
            if sync is not None:
                patch.setattr(files.os, "fsync", stop_at(sync, fsync))
            if rename is not None:
                patch.setattr(Path, "replace", stop_at(rename, replace))
            with pytest.raises(KilledError):
                run("redact", folder, "-o", out, *args)
        half = contents(out)
        assert {name: wanted[name] for name in half} == half, "a file is there in part"
        with (out / MANIFEST).open("ab") as file:
            file.write(b'{"name": "a.t')  # a line that was cut off
        ok("redact", folder, "-o", out, *args)
        assert contents(out) == wanted
        assert not list(out.rglob("*.tmp"))


def test_no_pipeline_is_one_error(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    assert "none" in fails(
        "redact", folder, "-m", tmp_path / "none", "-o", tmp_path / "out", code=2
    )
    assert not (tmp_path / "out").exists()


def test_a_full_disk(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    errors = fails("redact", folder, "-o", tmp_path / "out", code=1)
    assert errors.count("Error:") == 1, "one disk, one message"
    assert f"{tmp_path / 'out' / 'a.txt'} could not be written: no space is left" in errors
    assert contents(tmp_path / "out") == {}
    one = fails("redact", folder / "a.txt", "-o", tmp_path / "a.out")
    assert f"{tmp_path / 'a.out'} could not be written: no space" in one
    assert not (tmp_path / "a.out").exists()


def test_ctrl_c(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, "find_spans", stop)
    assert "goes on from here" in fails("redact", folder, "-o", tmp_path / "out", code=130)


def test_a_copy_of_a_source_is_no_redacted_file(folder: Path, tmp_path: Path) -> None:
    (folder / "plain.txt").write_text("nothing")
    shutil.copytree(folder, tmp_path / "out")
    errors = fails("redact", folder, "-o", tmp_path / "out", code=3)
    assert errors.count("is a copy of its source, with personal data in it") == 4
    assert "1 are there already" in errors
    assert "Ada" not in errors
    ok("redact", folder, "-o", tmp_path / "out", "--overwrite")
    assert contents(tmp_path / "out").items() >= WANTED.items()
    assert ok("redact", folder, "-o", tmp_path / "out").stderr.startswith("0 files redacted, 5 are")


def test_what_is_there_stays(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "a.txt").write_text("mine")
    errors = fails("redact", folder, "-o", out, code=3)
    assert "no run of this command is known to have made it" in errors
    assert "3 files redacted" in errors
    assert (out / "a.txt").read_text() == "mine"
    (out / "below" / "b.md").write_text("mine, too")
    errors = fails("redact", folder, "-o", out, code=3)
    assert "was changed since it was made" in errors
    assert "2 are there already" in errors
    assert (out / "below" / "b.md").read_text() == "mine, too"
    ok("redact", folder, "-o", out, "--overwrite")
    assert contents(out) == WANTED
    for args, word in [
        ((folder, "-o", folder), "inside the input folder"),
        ((folder, "-o", folder / "new"), "inside the input folder"),
        ((folder / "a.txt", "-o", folder / "a.txt"), "would be overwritten"),
        ((folder / "a.txt", folder / "rows.csv", "-o", folder), "would be overwritten"),
        ((folder / "a.txt", folder, "-o", out), "would both be written"),
        ((folder / "a.txt", folder / "none.txt", "-o", out), "No such file"),
        ((folder / "a.txt", folder / "rows.csv"), "--output FOLDER"),
        ((folder, "-", "-o", out), "standard input goes alone"),
    ]:
        assert word in fails("redact", *args, code=2)
    assert (folder / "a.txt").read_bytes() == b"Ada\r\nleft."
    (out / MANIFEST).write_text("no JSON\n")
    assert "cannot be read. Delete it" in fails("redact", folder, "-o", out)


def test_what_has_changed_is_made_anew(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    args = ("redact", folder, "-o", out)
    ok(*args)
    source = folder / "a.txt"
    times = source.stat()
    source.write_bytes(b"Bob\r\nleft.")  # of the same size and time
    os.utime(source, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert ok(*args).stderr.startswith("1 files redacted, 3 are there already")
    source.write_bytes(b"Ada went.")
    os.utime(source, (1, 1))  # older than its output
    assert ok(*args).stderr.startswith("1 files redacted, 3 are there already")
    assert (out / "a.txt").read_bytes() == b"[PRIVATE_PERSON] went."
    os.utime(out / "a.txt", (1, 1))  # that tells nothing
    assert ok(*args).stderr.startswith("0 files redacted, 4 are there already")
    assert ok(*args, "-p", "llm_prompt").stderr.startswith("4 files redacted")
    assert contents(out)["below/b.md"] == b"[PERSON_1] saw [PERSON_2].\n"
    (out / "below" / "b.md").unlink()
    assert ok(*args, "-p", "llm_prompt").stderr.startswith("1 files redacted, 3 are there")


def test_without_a_place_for_a_key_files_are_made_anew(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key_file: Path
) -> None:
    args = ("redact", folder, "-o", tmp_path / "out")
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    for _ in range(2):
        assert ok(*args).stderr.endswith("private_date: 1\n")
    assert contents(tmp_path / "out") == WANTED
    for text in ("4 files redacted", "0 files redacted, 4 are there"):
        assert ok(*args, "--key-file", key_file).stderr.startswith(text)


def test_drafts_of_a_kill_are_removed_by_the_next_run(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ok("redact", folder, "-o", out)
    gone = ".privacy-filter-draft.999999999.0a0b0c0d.tmp"
    running = f".privacy-filter-draft.{os.getppid()}.0a0b0c0d.tmp"
    for name in (gone, running):
        (out / "below" / name).write_text("Ada")
        (tmp_path / name).write_text("Ada")
    ok("redact", folder, "-o", out)
    ok("redact", folder / "a.txt", "-o", tmp_path / "a.out")
    for place in (out / "below", tmp_path):
        assert [path.name for path in place.glob(".privacy-filter-draft*")] == [running]


def test_odd_files_are_refused_alone(folder: Path, tmp_path: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    (tmp_path / "elsewhere.txt").write_text("Ada")
    (folder / "out.txt").symlink_to(tmp_path / "elsewhere.txt")
    (folder / "in.txt").symlink_to(folder / "a.txt")
    (folder / "nowhere.txt").symlink_to(folder / "none")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    long = "n" * 246 + ".txt"
    (folder / long).write_text("Ada")
    errors = fails("redact", folder, "-o", tmp_path / "out", code=3)
    for words in ("pipe.txt is a pipe", "out.txt is a link that leaves", "nowhere.txt is a link"):
        assert words in errors
    assert "4 FAILED" in errors
    made = contents(tmp_path / "out")
    assert made[long] == b"[PRIVATE_PERSON]"
    assert made["in.txt"] == WANTED["a.txt"]
    assert made.items() >= WANTED.items()


def test_a_map_with_too_long_a_name_is_refused_alone(
    folder: Path, tmp_path: Path, key_file: Path
) -> None:
    (folder / ("n" * 250 + ".txt")).write_text("Ada")
    keys = ("--map", tmp_path / "maps", "--key-file", key_file)
    errors = fails("redact", folder, "-o", tmp_path / "out", *keys, code=3)
    assert "4 files redacted" in errors
    assert "1 FAILED" in errors
    assert contents(tmp_path / "out") == WANTED


def test_links_do_not_lead_out_of_the_output_folder(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "below").symlink_to(tmp_path / "elsewhere")
    errors = fails("redact", folder, "-o", tmp_path / "out", code=3)
    assert "would be written outside of" in errors
    assert not list((tmp_path / "elsewhere").iterdir())


def test_permissions(folder: Path, tmp_path: Path, key_file: Path) -> None:
    (folder / "a.txt").chmod(0o640)
    (folder / "rows.csv").chmod(0o600)
    keys = ("--key-file", key_file)
    ok("redact", folder, "-o", tmp_path / "out", "--map", tmp_path / "maps", *keys)
    ok("redact", folder / "a.txt", "-o", tmp_path / "one")
    ok("restore", tmp_path / "out" / "a.txt", "-o", tmp_path / "back", "--map",
       tmp_path / "maps" / "a.txt.map", *keys)  # fmt: skip
    modes = {
        "out/a.txt": 0o640, "out/rows.csv": 0o600, "one": 0o640, "back": 0o600,
        "maps/a.txt.map": 0o600, "maps/below/b.md.map": 0o600,
    }  # fmt: skip
    for name, mode in modes.items():
        assert (tmp_path / name).stat().st_mode & 0o777 == mode, name


def test_a_key_that_others_can_read_is_a_warning(folder: Path, key_file: Path) -> None:
    args = ("redact", folder / "a.txt", "--key-file", key_file)
    key_file.chmod(0o644)
    assert "can be read by others" in ok(*args).stderr
    key_file.chmod(0o600)
    assert "others" not in ok(*args).stderr


def test_standard_output_by_its_name(folder: Path) -> None:
    assert ok("redact", folder / "a.txt", "-o", "/dev/stdout").stdout_bytes == WANTED["a.txt"]


def test_a_corpus_over_files(folder: Path, tmp_path: Path, key_file: Path) -> None:
    policy = tmp_path / "mine.yaml"
    policy.write_text("scope: corpus\ndefault: number\n")
    keys = ("--key-file", key_file)
    ok("redact", folder, "-o", tmp_path / "out", "-p", policy, *keys)
    made = contents(tmp_path / "out")
    bob = made["rows.csv"].split(b"\r\n")[1][2:]
    ada = made["a.txt"].split(b"\r\n")[0]
    assert made["below/b.md"] == bob + b" saw " + ada + b".\n"
    assert {ada, bob} == {b"[PERSON_1]", b"[PERSON_2]"}
    (folder / "a.txt").write_bytes(b"\xff")
    assert "not UTF-8" in fails("redact", folder, "-o", tmp_path / "two", "-p", policy, *keys)
    assert not (tmp_path / "two").exists()
    errors = fails("redact", folder, "-o", tmp_path / "two", "-p", policy, code=2)
    assert "needs a key, for its scope of a corpus" in errors


def test_people_of_one_name_over_files(
    tmp_path: Path, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Titles that contradict each other in different files, any order of files, and a kill."""
    names = re.compile(r"(?:Mrs? )?Sam Ek")

    def find(text: str) -> list[CharSpan]:
        return [CharSpan(m.start(), m.end(), "private_person") for m in names.finditer(text)]

    monkeypatch.setattr(loading, "find_spans", lambda nlp, texts, also: [find(t) for t in texts])
    policy = tmp_path / "mine.yaml"
    policy.write_text("scope: corpus\ndefault: surrogate\n")
    texts = ["Mr Sam Ek", "Mrs Sam Ek", "Sam Ek", "to Mr Sam Ek", "of Sam Ek"]
    keys = ("-p", policy, "--key-file", key_file)
    made = []
    for i, order in enumerate((texts, texts[::-1])):
        folder = tmp_path / f"in{i}"
        folder.mkdir()
        for n, text in enumerate(order):
            (folder / f"{n}.txt").write_text(text)
        ok("redact", folder, "-o", tmp_path / f"out{i}", *keys)
        whole = contents(tmp_path / f"out{i}")
        made.append([b.decode() for b in whole.values()][:: -1 if i else 1])
        with monkeypatch.context() as patch:
            patch.setattr(files.os, "fsync", stop_at(6, os.fsync))
            with pytest.raises(KilledError):
                run("redact", folder, "-o", tmp_path / f"half{i}", *keys)
        ok("redact", folder, "-o", tmp_path / f"half{i}", *keys)
        assert contents(tmp_path / f"half{i}") == whole
    assert made[0] == made[1]
    he, she, other, he_again, other_again = (text.split()[-1] for text in made[0])
    assert len({he, she, other}) == 3
    assert (he_again, other_again) == (he, other)


def test_a_corpus_is_not_continued_in_parts(folder: Path, tmp_path: Path, key_file: Path) -> None:
    """One text more may change what the others get, so that old and new would not fit."""
    policy, out = tmp_path / "p.json", tmp_path / "out"
    policy.write_text('{"scope": "corpus", "default": "number"}')
    args = ("redact", folder, "-o", out, "-p", policy, "--key-file", key_file)
    ok(*args)
    assert ok(*args).stderr.startswith("0 files redacted, 4 are there already")
    (folder / "new.txt").write_text("Zoe left.")
    assert "files that are new may change it" in fails(*args, code=3)
    assert ok(*args, "--overwrite").stderr.startswith("5 files redacted")


@pytest.mark.usefixtures("_finder")
def test_a_folder_that_is_made_is_said(tmp_path: Path) -> None:
    out = tmp_path / "lettres" / "out.txt"
    result = run("redact", "-", "-o", out, stdin=TEXT.encode())
    assert out.read_bytes() == MASKED.encode()
    assert f"Making the folder {out.parent}\n" in result.stderr
    result = run("redact", "-", "-o", out, stdin=TEXT.encode())
    assert "folder" not in result.stderr


@pytest.mark.usefixtures("_finder")
@pytest.mark.parametrize("option", ["-o", "--map"])
def test_places_where_no_file_can_be(option: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "key").write_text(KEY)
    before = sorted(path.name for path in tmp_path.iterdir())
    places = {".": "is a folder", "pipe": "device or pipe", "file/below": "is a file"}
    for name, words in places.items():
        args = (option, tmp_path / name, "--key-file", tmp_path / "key")
        result = run("redact", "-", *args, stdin=TEXT.encode())
        assert (result.exit_code, words in result.stderr) == (2, True), result.stderr
        assert not result.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert (tmp_path / "pipe").is_fifo()
