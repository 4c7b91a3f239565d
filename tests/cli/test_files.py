"""The commands on files: every format, whole or not at all, on again after a stop, and back."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
import spacy
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from spacy_privacy_filter import files, loading
from spacy_privacy_filter.batch.journal import JOURNAL
from spacy_privacy_filter.batch.records import Reading, parse
from spacy_privacy_filter.cli import app
from spacy_privacy_filter.redact.engine import redact
from spacy_privacy_filter.redact.html import make_page
from spacy_privacy_filter.redact.policy import load_policy
from spacy_privacy_filter.redact.secrets.keys import KEY_ENV
from spacy_privacy_filter.types import CharSpan

KEY = "a key of the tests, of 16 bytes or more"
FOUND = {"Ada": "private_person", "Bob": "private_person", "2026-05-04": "private_date"}


def spans_of(text: str) -> list[CharSpan]:
    hits = ((m, label) for word, label in FOUND.items() for m in re.finditer(word, text))
    return sorted(CharSpan(m.start(), m.end(), label, 0.75) for m, label in hits)


@pytest.fixture(autouse=True)
def _finder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Find fixed texts, in place of a network."""
    monkeypatch.setattr(loading, "load_pipeline", lambda model, rules: spacy.blank("xx"))
    monkeypatch.setattr(loading, "find_spans", lambda nlp, texts: [spans_of(t) for t in texts])
    monkeypatch.delenv(KEY_ENV, raising=False)


def run(*args: object, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(app, [str(arg) for arg in args], input=stdin)


def ok(*args: object, stdin: bytes = b"") -> Result:
    result = run(*args, stdin=stdin)
    assert result.exit_code == 0, result.output
    return result


def fails(*args: object, code: int = 1, stdin: bytes = b"") -> str:
    result = run(*args, stdin=stdin)
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    for word in FOUND:
        assert word not in result.stderr
    return result.stderr


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "key"
    path.write_text(KEY)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Texts in every format, one below, and two files that do not count."""
    folder = tmp_path / "in"
    (folder / "below").mkdir(parents=True)
    (folder / "a.txt").write_bytes(b"Ada\r\nleft.")
    (folder / "below" / "b.md").write_bytes(b"Bob saw Ada.\n")
    (folder / "rows.jsonl").write_bytes(b'{"id": 1, "text": "Ada on 2026-05-04"}\n')
    (folder / "rows.csv").write_bytes(b"id,text\r\n1,Bob\r\n")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / ".hidden.txt").write_bytes(b"Ada")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """What a folder holds, but the journal."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != JOURNAL
    }


WANTED = {
    "a.txt": b"[PRIVATE_PERSON]\r\nleft.",
    "below/b.md": b"[PRIVATE_PERSON] saw [PRIVATE_PERSON].\n",
    "rows.csv": b"id,text\r\n1,[PRIVATE_PERSON]\r\n",
    "rows.jsonl": b'{"id": 1, "text": "[PRIVATE_PERSON] on [PRIVATE_DATE]"}\n',
}


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


def test_what_is_handed_on_holds_nothing_made_from_the_source(folder: Path, tmp_path: Path) -> None:
    """Not even a digest: of a short text with one word hidden, every word could be tried."""
    ok("redact", folder, "-o", tmp_path / "out")
    assert not (tmp_path / "out" / JOURNAL).exists()
    (folder / "bad.txt").write_bytes(b"\xff")
    fails("redact", folder, "-o", tmp_path / "two", code=3)
    one, other = (tmp_path / "two" / JOURNAL).read_text(), folder / "a.txt"
    times = other.stat()
    other.write_bytes(b"Bob\r\nleft.")
    os.utime(other, ns=(times.st_atime_ns, times.st_mtime_ns))
    fails("redact", folder, "-o", tmp_path / "three", code=3)
    assert (tmp_path / "three" / JOURNAL).read_text() == one, "it hangs on what a text says"


def test_a_run_with_mistakes_goes_on(folder: Path, tmp_path: Path) -> None:
    (folder / "bad.txt").write_bytes(b"\xff")
    fails("redact", folder, "-o", tmp_path / "out", code=3)
    (folder / "bad.txt").write_text("Ada")
    (folder / "a.txt").write_text("Bob came.")
    again = ok("redact", folder, "-o", tmp_path / "out")
    assert again.stderr.startswith("2 files redacted, 3 were done before")
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
    assert not (tmp_path / "out" / JOURNAL).exists()


class KilledError(BaseException):
    """Like a kill: nothing catches it but what cleans up."""


def stop_at(n: int, call: Callable[..., object]) -> Callable[..., object]:
    seen = iter(range(n))

    def stopping(*args: object) -> object:
        if next(seen, None) is None:
            raise KilledError
        return call(*args)

    return stopping


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
        with (out / JOURNAL).open("ab") as file:
            file.write(b'{"name": "a.t')  # a line that was cut off
        ok("redact", folder, "-o", out, *args)
        assert contents(out) == wanted
        assert not (out / JOURNAL).exists()


def test_no_pipeline_is_one_error(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    assert "none" in fails("redact", folder, "-m", tmp_path / "none", "-o", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_full_disk(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    errors = fails("redact", folder, "-o", tmp_path / "out", code=3)
    assert errors.count("Error:") == 1, "one disk, one message"
    assert f"{tmp_path / 'out' / 'a.txt'} could not be written: no space is left" in errors
    assert contents(tmp_path / "out") == {}
    one = fails("redact", folder / "a.txt", "-o", tmp_path / "a.out")
    assert f"{tmp_path / 'a.out'} could not be written: no space" in one
    assert not (tmp_path / "a.out").exists()


def test_nulls_stay(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'{"text": null, "note": "Ada"}\n{"text": "Bob", "note": null}\n')
    made = ok("redact", path, "--field", "text", "--field", "note").stdout.splitlines()
    assert [json.loads(row) for row in made] == [
        {"text": None, "note": "[PRIVATE_PERSON]"},
        {"text": "[PRIVATE_PERSON]", "note": None},
    ]


@pytest.mark.parametrize("form", ["utf-16", "utf-32"])
def test_other_encodings_are_named(tmp_path: Path, form: str) -> None:
    (tmp_path / "a.txt").write_bytes("Ada".encode(form))
    errors = fails("redact", tmp_path / "a.txt")
    assert f"iconv -f {form.upper()} -t UTF-8" in errors


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
    result = ok("redact", folder, "-o", out)
    assert result.stderr.startswith("3 files redacted, 1 are there already")
    assert (out / "a.txt").read_text() == "mine"
    os.utime(out / "a.txt", (1, 1))
    errors = fails("redact", folder, "-o", out, code=3)
    assert errors.count("is there already") == 1
    assert "older than its source" in errors
    assert (out / "a.txt").read_text() == "mine"
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
        assert word in fails("redact", *args, code=1 if word == "No such file" else 2)
    assert (folder / "a.txt").read_bytes() == b"Ada\r\nleft."
    (out / JOURNAL).write_text("no JSON\n")
    assert "cannot be read. Delete it" in fails("redact", folder, "-o", out)


# --- policies, keys, and the way back ---


@pytest.mark.parametrize("policy", ["mask", "research", "gdpr_pseudonymise"])
@pytest.mark.parametrize("name", ["a.txt", "rows.jsonl", "rows.csv"])
def test_there_and_back(
    folder: Path, tmp_path: Path, key_file: Path, name: str, policy: str
) -> None:
    out, back = tmp_path / name, tmp_path / "maps" / f"{name}.map"
    keys = ("--key-file", key_file)
    ok("redact", folder / name, "-o", out, "-p", policy, "--map", back, *keys)
    assert b"Ada" not in out.read_bytes() + back.read_bytes()
    assert ok("restore", out, "--map", back, *keys).stdout_bytes == (folder / name).read_bytes()
    if policy == "gdpr_pseudonymise":
        assert ok("restore", out, *keys).stdout_bytes == (folder / name).read_bytes()
    (tmp_path / "other").write_text("another key of 16 bytes or more")
    wrong = ("--key-file", tmp_path / "other", "-o", tmp_path / "never")
    assert "another key" in fails("restore", out, "--map", back, *wrong)
    assert not (tmp_path / "never").exists()


def test_maps_of_a_folder(folder: Path, tmp_path: Path, key_file: Path) -> None:
    keys = ("--key-file", key_file)
    ok("redact", folder, "-o", tmp_path / "out", "--map", tmp_path / "maps", *keys)
    assert set(contents(tmp_path / "maps")) == {f"{name}.map" for name in WANTED}
    back = tmp_path / "maps" / "below" / "b.md.map"
    assert (
        ok("restore", tmp_path / "out/below/b.md", "--map", back, *keys).stdout == "Bob saw Ada.\n"
    )
    wrong = fails("restore", tmp_path / "out" / "rows.csv", "--map", back, *keys)
    assert "belongs to another file" in wrong


def test_maps_get_another_key(folder: Path, tmp_path: Path, key_file: Path) -> None:
    out, maps, new = tmp_path / "out", tmp_path / "maps", tmp_path / "new"
    new.write_text(f"{KEY}, a new one")
    keys = ("--key-file", key_file)
    ok("redact", folder, "-o", out, "--map", maps, *keys)
    (maps / "notes.txt").write_text("not ours")
    (maps / ".a.map.0f.tmp").write_bytes(b"spacy-privacy-filter map 1\nhalf")  # of a kill
    before = contents(maps)
    wrong = fails("rekey", maps, "--key-file", new, "--new-key-file", tmp_path / "none")
    assert "No such key file" in wrong
    (tmp_path / "other").write_text("another key of 16 bytes or more")
    swap = ("--key-file", tmp_path / "other", "--new-key-file", new)
    assert "another key" in fails("rekey", maps, *swap)
    assert "needs a key" in fails("rekey", maps, "--new-key-file", new)
    assert "holds no map" in fails("rekey", out, *keys, "--new-key-file", new)
    assert "No such file" in fails("rekey", tmp_path / "never", *keys, "--new-key-file", new)
    assert contents(maps) == before
    back = maps / "below" / "b.md.map"
    ok("rekey", back, *keys, "--new-key-file", new)
    said = ok("rekey", maps, back, *keys, "--new-key-file", new).stderr
    assert f"{back} has the new key already\n" in said
    assert f"{len(WANTED) - 1} files have the new key now" in said
    restore = ("restore", out / "below" / "b.md", "--map", back)
    assert ok(*restore, "--key-file", new).stdout == "Bob saw Ada.\n"
    assert "another key" in fails(*restore, *keys)


def test_restore_says_how_much_it_did(folder: Path, tmp_path: Path, key_file: Path) -> None:
    keys = ("--key-file", key_file)
    for name in ("a.txt", "below/b.md"):
        args = ("-o", tmp_path / name, "-p", "llm_prompt", "--map", tmp_path / f"{name}.map")
        ok("redact", folder / name, *args, *keys)
    back = ("--map", tmp_path / "below/b.md.map", *keys)
    assert ok("restore", tmp_path / "below/b.md", *back).stderr == "2 replacements restored\n"
    answer = b"To [PERSON_1], and to [PERSON_1]"
    assert ok("restore", "-", *back, stdin=answer).stderr == "2 replacements restored\n"
    said = ok("restore", "-", *back, stdin=b"Dear all").stderr
    assert "0 replacements restored\nWarning: the text holds no replacement of " in said
    said = ok("restore", "-", *keys, stdin=b"Dear all").stderr
    assert "0 replacements restored\nWarning: the text holds nothing encrypted" in said
    masked = tmp_path / "masked.md"
    ok("redact", folder / "below/b.md", "-o", masked, "--map", tmp_path / "masked.map", *keys)
    place = masked.read_text().split()[0]
    done = ok("restore", "-", "--map", tmp_path / "masked.map", *keys, stdin=place.encode())
    assert done.stdout == place
    assert "0 replacements restored\nWarning: 1 replacement left as they are: each" in done.stderr
    (folder / "plain.txt").write_text("nobody")
    plain = tmp_path / "plain.txt"
    ok("redact", folder / "plain.txt", "-o", plain, "--map", tmp_path / "plain.map", *keys)
    done = ok("restore", plain, "--map", tmp_path / "plain.map", *keys)
    assert done.stderr == "0 replacements restored\n"


def test_keys(folder: Path, tmp_path: Path, key_file: Path, monkeypatch) -> None:
    a = folder / "a.txt"
    without = fails("redact", a, "-p", "research", code=2)
    assert "needs a key" in without
    assert f"--key-file FILE, or set the variable ${KEY_ENV}" in without
    assert "--map writes an encrypted file" in fails("redact", a, "--map", tmp_path / "m", code=2)
    assert "Unknown format" in fails("redact", a, "--format", "xml", code=2)
    (tmp_path / "short").write_text("12345")
    short = fails("redact", a, "-p", "research", "--key-file", tmp_path / "short")
    assert "too short: 5 bytes" in short
    assert "12345" not in short
    assert "No such key file" in fails("redact", a, "--key-file", tmp_path / "none")
    by_file = ok("redact", a, "-p", "research", "--key-file", key_file).stdout
    monkeypatch.setenv(KEY_ENV, KEY)
    assert ok("redact", a, "-p", "research").stdout == by_file
    assert "Unknown policy" in fails("redact", a, "-p", "msak")


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

    monkeypatch.setattr(loading, "find_spans", lambda nlp, texts: [find(t) for t in texts])
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


# --- rows ---


def test_fields_and_subjects(tmp_path: Path, key_file: Path) -> None:
    rows = [{"who": w, "note": f"on 2026-05-04, {w}", "title": "Ada", "n": 1} for w in "ABA"]
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    args = ("--field", "note", "--field", "title", "--subject", "who", "--key-file", key_file)
    made = [json.loads(x) for x in ok("redact", path, "-p", "research", *args).stdout.splitlines()]
    dates = [row["note"][3:13] for row in made]
    assert dates[0] == dates[2] != dates[1]
    assert [list(row) for row in made] == [list(row) for row in rows]
    assert [row["n"] for row in made] == [1, 1, 1]
    assert "Ada" not in {row["title"] for row in made}
    assert "cannot both" in fails("redact", path, "--field", "who", "--subject", "who", code=2)
    assert "named twice" in fails("redact", path, "--field", "who", "--field", "who", code=2)
    assert "no field 'x' for the subject" in fails(
        "redact", path, "--field", "note", "--subject", "x"
    )


def test_rows_without_a_subject_are_by_themselves(tmp_path: Path, key_file: Path) -> None:
    args = ("--subject", "who", "-p", "research", "--key-file", key_file)
    own = [{"who": "None"}, {"who": None}, {"who": ""}, {"who": "  "}, {}, {"who": "None"}]
    rows = [{**row, "text": f"on 2026-05-04, {i}"} for i, row in enumerate(own)]
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    made = [
        json.loads(line)["text"][3:13] for line in ok("redact", path, *args).stdout.splitlines()
    ]
    assert made[0] == made[-1]
    assert len(set(made)) == 5
    table = tmp_path / "rows.csv"
    table.write_text("who,text\n" + "".join(f'{r.get("who") or ""},"{r["text"]}"\n' for r in rows))
    cells = ok("redact", table, *args).stdout.splitlines()[1:]
    assert [re.findall(r"\d{4}-\d\d-\d\d", cell)[0] for cell in cells] == made


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.jsonl", b'{"text": "Ada", "n": -1e400}', "line 1: a number is over 1.8e308"),
        ("a.jsonl", b'{"text": "Ada"}\n{', "line 2: this is no JSON"),
        ("a.jsonl", b'["Ada"]', "but this is a list"),
        ("a.jsonl", b'{"body": "Ada"}', "no field 'text' among its 1"),
        ("a.jsonl", b'{"text": 5}', "must be text, but is a number"),
        ("a.csv", b"", "is empty"),
        ("a.csv", b"text,text\nAda,Ada\n", "column 'text' twice"),
        ("a.csv", b"id,text\n1\n", "row 2: 1 values, but there are 2 columns"),
        ("a.csv", b'text\n"Ada', "cannot be read as CSV"),
        ("a.tsv", b"id,text\n1,Ada\n", "no column 'text'"),
        ("a.csv", b"text\n\xff", "not UTF-8 text: byte 5"),
        ("a.csv", b"Ada,Bob\n1,2\n", "no column 'text' among the 2"),
        ("a.jsonl", b'{"Ada": "x"}', "no field 'text' among its 1"),
    ],
    ids=range(13),
)
def test_bad_rows(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert message in fails("redact", tmp_path / name, "-o", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_formats_can_be_said(tmp_path: Path) -> None:
    (tmp_path / "a.dat").write_bytes(b"\xef\xbb\xbfid\ttext\r\n1\tAda\r\n")
    assert ok("redact", tmp_path / "a.dat", "-f", "tsv").stdout_bytes == (
        b"\xef\xbb\xbfid\ttext\r\n1\t[PRIVATE_PERSON]\r\n"
    )
    assert ok("redact", "-f", "jsonl", stdin=b'{"text":"Ada"}').stdout == (
        '{"text": "[PRIVATE_PERSON]"}'
    )
    assert "Choose: auto, text" in fails("redact", tmp_path / "a.dat", "-f", "xml", code=2)


def test_csv_with_semicolons(tmp_path: Path, key_file: Path) -> None:
    path, out, back = tmp_path / "a.csv", tmp_path / "out.csv", tmp_path / "map"
    source = b'\xef\xbb\xbfid;text;n\r\n1;"Ada; Bob";1,5\r\n2;;"a ""b"""\r\n'
    path.write_bytes(source)
    errors = fails("redact", path, "-o", out)
    assert "no column 'text' among the 1" in errors
    assert errors.rstrip().endswith("say --delimiter ';'")
    keys = ("--delimiter", ";", "--map", back, "--key-file", key_file)
    ok("redact", path, "-o", out, *keys)
    masked = source.replace(b"Ada", b"[PRIVATE_PERSON]").replace(b"Bob", b"[PRIVATE_PERSON]")
    assert out.read_bytes() == masked
    assert ok("restore", out, *keys).stdout_bytes == source
    path.write_bytes(b"id\ttext\n1\tAda\n")
    assert "say --format tsv" in fails("redact", path)
    path.write_bytes(b"id,n\n1;2,Ada\n")
    assert "--delimiter" not in fails("redact", path)
    for bad in (";;", "a", '"', ""):
        assert "must be one mark" in fails("redact", path, "--delimiter", bad, code=2)
    assert "is for CSV" in fails("redact", path, "--delimiter", ";", "-f", "jsonl", code=2)
    assert "--delimiter" in fails("redact", "--stream", "--delimiter", ";", code=2)


CELLS = st.text(st.sampled_from('ab,"\n\r\té👩‍👧 ;'), max_size=8)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5), st.sampled_from([",", "\t", ";"]))
def test_csv_values_stay(rows: list[tuple[str, str]], delimiter: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([("id", "text"), *rows])
    source = out.getvalue()
    form = "tsv" if delimiter == "\t" else "csv"
    told = delimiter if delimiter == ";" else None
    found = parse(source.encode(), "x", Reading(form, delimiter=told))
    assert found.texts == [text for _, text in rows]
    assert found.render(found.texts).decode() == source
    new = [f"{text}!" for text in found.texts]
    again = parse(found.render(new), "x", Reading(form, delimiter=told))
    assert again.texts == new


# --- extract and view ---


def test_extract(tmp_path: Path) -> None:
    made = json.loads(ok("extract", stdin="é Ada".encode()).stdout)
    span = {"start": 2, "end": 5, "label": "private_person", "score": 0.75}
    assert made == {"version": 1, "n_chars": 5, "spans": [{**span, "text": "Ada"}]}
    made = json.loads(ok("extract", "--no-text", stdin="é Ada".encode()).stdout)
    assert made["spans"] == [span]
    made = json.loads(ok("extract", "--schema", "opf", stdin="é Ada".encode()).stdout)
    assert made == {
        "schema_version": 1,
        "summary": {
            "output_mode": "typed", "span_count": 1, "by_label": {"private_person": 1},
            "decoded_mismatch": False,
        },
        "text": "é Ada",
        "detected_spans": [
            {"label": "private_person", "start": 2, "end": 5, "text": "Ada",
             "placeholder": "<PRIVATE_PERSON>"},
        ],
        "redacted_text": "é <PRIVATE_PERSON>",
    }  # fmt: skip
    assert "Choose one of: ours, opf" in fails("extract", "--schema", "xml", code=2, stdin=b"Ada")
    assert "always has the text" in fails(
        "extract", "--schema", "opf", "--no-text", code=2, stdin=b"Ada"
    )
    assert ok("extract", stdin=b"Ada").stderr == "1 spans\n  private_person: 1\n"


class Page(HTMLParser):
    """The text of a page's two sides, its marks, and whether it asks for anything."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.sides: list[str] = []
        self.tips: list[str] = []
        self.asks: list[str] = []
        self._depth: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.asks += [f"{k}={v}" for k, v in attrs if k in ("src", "href", "srcset")]
        if tag == "div" and found.get("class") == "text":
            self.sides.append("")
        if "data-tip" in found:
            self.tips.append(str(found["data-tip"]))
        if tag not in ("meta", "br"):
            self._depth.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._depth.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.sides and "main" in self._depth and self._depth[-1] in ("div", "mark"):
            self.sides[-1] += data


def test_view_writes_a_page(tmp_path: Path) -> None:
    text = 'Ada & <b>"Bob"</b>\n</div> on 2026-05-04'
    path = tmp_path / "a<b>.txt"
    path.write_text(text)
    ok("view", path, "-o", tmp_path / "page.html")
    source = (tmp_path / "page.html").read_text("utf8")
    page = Page(source)
    masked = '[PRIVATE_PERSON] & <b>"[PRIVATE_PERSON]"</b>\n</div> on [PRIVATE_DATE]'
    assert page.sides == [text, masked]
    assert page.tips[0] == "private_person, score 0.75"
    assert page.tips[3] == "mask, score 0.75"
    assert not page.asks, "a page that asks for something tells somebody"
    assert "<script" not in source
    assert "url(" not in source


@pytest.mark.slow
def test_a_browser_shows_the_page(tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("needs chromium")
    text = 'Ada & <b>"Bob"</b>\n</div> on 2026-05-04'
    done = redact(text, spans_of(text), load_policy("mask"))
    page = tmp_path / "page.html"
    page.write_text(make_page(text, spans_of(text), done, "t", "mask"), "utf8")
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", page.as_uri()]
    shown = Page(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert shown.sides == [text, done.text]
    assert len(shown.tips) == 6


@given(st.text(max_size=20), st.lists(st.integers(0, 19), max_size=4))
def test_a_page_shows_any_text(text: str, places: list[int]) -> None:
    text = text.replace("\r", "")  # a page has no other line end than \n
    spans = [CharSpan(i, i + 1, "x<y") for i in places if i < len(text)]
    done = redact(text, spans, load_policy("mask"))
    page = Page(make_page(text, spans, done, "t", "p"))
    assert page.sides == [text, done.text]


def test_view_colours_the_terminal() -> None:
    result = ok("view", "-p", "llm_prompt", stdin=b"Ada\x1b[2J met Bob")
    assert "Ada\ufffd[2J met Bob" in result.stdout
    assert "[PERSON_1]\ufffd[2J met [PERSON_2]" in result.stdout
    assert "private_person" in result.stdout


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
