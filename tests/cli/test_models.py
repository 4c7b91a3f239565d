"""Streams, Parquet, downloads and folders on the command line, as a user would use them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import spacy
from click.testing import Result
from huggingface_hub.errors import LocalEntryNotFoundError
from pyarrow import parquet
from typer.testing import CliRunner

from spacy_privacy_filter import loading
from spacy_privacy_filter.cli import app

from ..helpers import make_nlp, write_source
from .test_text import FOUND, MASKED, TEXT, spans_of

KEY = "a key of the tests, of 16 bytes or more"


@pytest.fixture
def _finder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Find three fixed texts, in place of a network."""
    monkeypatch.setattr(loading, "load_pipeline", lambda model, rules: spacy.blank("xx"))
    monkeypatch.setattr(loading, "find_spans", lambda nlp, texts: [spans_of(t) for t in texts])


def run(*args: object, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(app, [str(arg) for arg in args], input=stdin)


# --- Parquet -------------------------------------------------------------------------------------


def table() -> pa.Table:
    words = ["Ada wrote.", None, "to Bob", "", "Ada and Bob"]
    return pa.table(
        {
            "n": pa.array(range(5), pa.int16()),
            "note": pa.array(words, pa.large_string()),
            "kind": pa.array(words, pa.string()).dictionary_encode(),
            "who": ["a", "b", "a", None, "b"],
            "list": [[1], [], [2, 3], None, [4]],
        }
    ).replace_schema_metadata({"made by": "a test"})


@pytest.mark.usefixtures("_finder")
def test_parquet_keeps_all_but_the_text(tmp_path: Path) -> None:
    path, out = tmp_path / "in.parquet", tmp_path / "out.parquet"
    parquet.write_table(table(), path, row_group_size=2, compression="zstd")
    args = ("--field", "note", "--field", "kind", "--subject", "who")
    result = run("redact", path, "-o", out, *args)
    assert result.exit_code == 0, result.output
    made = parquet.read_table(out)
    words = ["[PRIVATE_PERSON] wrote.", None, "to [PRIVATE_PERSON]", ""]
    words.append("[PRIVATE_PERSON] and [PRIVATE_PERSON]")
    assert made["note"].to_pylist() == made["kind"].to_pylist() == words
    source = parquet.read_table(path)
    assert made.schema.equals(source.schema, check_metadata=True)
    assert made.schema.metadata[b"made by"] == b"a test"
    assert made.drop(["note", "kind"]).equals(source.drop(["note", "kind"]))
    meta = parquet.ParquetFile(out).metadata
    assert [meta.row_group(i).num_rows for i in range(meta.num_row_groups)] == [2, 2, 1]
    assert meta.row_group(0).column(1).compression == "ZSTD"
    assert not any(name.encode() in out.read_bytes() for name in FOUND)


@pytest.mark.usefixtures("_finder")
def test_parquet_there_and_back(tmp_path: Path) -> None:
    parquet.write_table(table(), tmp_path / "in.parquet")
    (tmp_path / "key").write_text(KEY)
    more = ("--field", "note", "--map", tmp_path / "map", "--key-file", tmp_path / "key")
    out, back = tmp_path / "out.parquet", tmp_path / "back.parquet"
    assert (
        run("redact", tmp_path / "in.parquet", "-o", out, "-p", "llm_prompt", *more).exit_code == 0
    )
    assert parquet.read_table(out)["note"][4].as_py() == "[PERSON_1] and [PERSON_2]"
    assert run("restore", out, "-o", back, *more).exit_code == 0
    assert parquet.read_table(back).equals(parquet.read_table(tmp_path / "in.parquet"))


@pytest.mark.usefixtures("_finder")
def test_parquet_without_a_row(tmp_path: Path) -> None:
    parquet.write_table(table().slice(0, 0), tmp_path / "in.pq")
    assert (
        run("redact", tmp_path / "in.pq", "-o", tmp_path / "o.pq", "--field", "note").exit_code == 0
    )
    made, source = (parquet.read_table(tmp_path / name) for name in ("o.pq", "in.pq"))
    assert made.schema.equals(source.schema)


@pytest.mark.usefixtures("_finder")
@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((), "no column 'text'"),
        (("--field", "n"), "must hold text, but is of type int16"),
        (("--field", "list"), "must hold text"),
        (("--field", "note", "--subject", "person"), "no column 'person'"),
    ],
)
def test_parquet_mistakes(args: tuple[str, ...], words: str, tmp_path: Path) -> None:
    parquet.write_table(table(), tmp_path / "in.parquet")
    result = run("redact", tmp_path / "in.parquet", "-o", tmp_path / "out", *args)
    assert (result.exit_code, words in result.stderr) == (1, True), result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("_finder")
@pytest.mark.parametrize(
    "content", [b"", b"Ada, plain text", b"PAR1 cut"], ids=["empty", "text", "cut"]
)
def test_what_is_no_parquet(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "in.parquet").write_bytes(content)
    result = run("redact", tmp_path / "in.parquet", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "is no Parquet file" in result.stderr
    assert "Ada" not in result.output


# --- Streams -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pipeline")
    source = write_source(folder / "source")
    make_nlp(source, ("privacy_filter",), "xx").to_disk(folder / "nlp")
    return folder / "nlp"


LONG = "".join(f"Line {i} says that number {i * 7919} is nobody at all.\n" for i in range(150))


def command(*args: object) -> list[str]:
    return [sys.executable, "-m", "spacy", "privacy-filter", "redact", *map(str, args)]


def test_stream_writes_before_its_input_ends(pipeline: Path) -> None:
    whole = run("redact", "-m", pipeline, stdin=LONG.encode())
    assert whole.exit_code == 0, whole.output
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command("--stream", "-m", pipeline, "--step", 8), stdin=pipe, stdout=pipe, stderr=pipe
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(LONG.encode())
        process.stdin.flush()
        first = os.read(process.stdout.fileno(), 1 << 20)  # would wait for ever if all is held back
        assert first
        process.stdin.close()
        rest, said = process.stdout.read(), process.stderr.read()
    assert process.returncode == 0, said
    assert first + rest == whole.stdout_bytes
    assert said == whole.stderr_bytes


def test_stream_with_numbers_and_a_cut_character(pipeline: Path) -> None:
    whole = run("redact", "-m", pipeline, "-p", "llm_prompt", stdin=LONG.encode())
    made = run("redact", "--stream", "-m", pipeline, "-p", "llm_prompt", stdin=LONG.encode())
    assert made.stdout_bytes == whole.stdout_bytes
    result = run("redact", "--stream", "-m", pipeline, stdin="snow ☃".encode()[:-1])
    assert result.exit_code == 1
    assert "not UTF-8" in result.stderr


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--stream", "file.txt"), "files"),
        (("--stream", "-o", "out.txt"), "--output"),
        (("--stream", "--map", "m"), "--map"),
        (("--stream", "-f", "csv"), "--format csv"),
        (("--stream", "-p", "gdpr_pseudonymise"), "needs a key"),
        (("--step", "3"), "--step goes with --stream"),
    ],
)
def test_stream_mistakes(args: tuple[str, ...], words: str, pipeline: Path) -> None:
    result = run("redact", *args, "-m", pipeline, stdin=b"x")
    assert (result.exit_code, words in result.stderr) == (2, True), result.stderr
    assert not result.stdout


# --- Folders that are made, and files with nothing in them ---------------------------------------


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
        assert (result.exit_code, words in result.stderr) == (1, True), result.stderr
        assert not result.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert (tmp_path / "pipe").is_fifo()


def test_a_corpus_of_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(b"\n\n")
    result = run("corpus", tmp_path / "in.jsonl", tmp_path / "out.spacy")
    assert result.exit_code == 1
    assert "no text" in result.stderr
    assert not (tmp_path / "out.spacy").exists()


def test_labels_that_nobody_has_are_named(tmp_path: Path) -> None:
    row = (
        '{"id": "1", "source": "s", "text": "Ada", "spans": [[0, 3, "L"]], "ignore": [], "known": '
    )
    for label, warned in (("private_prson", True), ("private_person", False)):
        line = row.replace('"L"', f'"{label}"') + f'["{label}"]}}'
        (tmp_path / "in.jsonl").write_text(line)
        result = run("corpus", tmp_path / "in.jsonl", tmp_path / "out.spacy")
        assert result.exit_code == 0
        assert ("Warning: no published model has" in result.stderr) == warned
        assert (label in result.stderr) == warned


# --- Downloads -----------------------------------------------------------------------------------


def test_download_prints_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(write_source(tmp_path / "cache"))
    asked: list[tuple[str, str]] = []

    def fetch(name: str, revision: str, **kwargs: Any) -> str:
        asked.append((name, revision))
        return str(folder)

    monkeypatch.setattr("huggingface_hub.snapshot_download", fetch)
    result = run("download", "owner/name", "--revision", "v2")
    assert result.exit_code == 0, result.output
    assert result.stdout == f"{folder}\n"
    assert "native" in result.stderr
    # first by the tag, then by the commit that it stood for: the name of the folder in the cache
    assert asked == [("owner/name", "v2"), ("owner/name", "cache")]


def test_download_offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(name: str, **kwargs: Any) -> str:
        raise LocalEntryNotFoundError("offline")

    monkeypatch.setattr("huggingface_hub.snapshot_download", fetch)
    result = run("download", "owner/name")
    assert result.exit_code == 1
    assert "could not be had from the hub" in result.stderr
    assert "is here already" in run("download", tmp_path).stderr
    assert "not the id of a hub repository" in run("download", "a/b/c").stderr


def test_info_says_where_downloads_go(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "hub" / "models--owner--name").mkdir(parents=True)
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    monkeypatch.delenv("HF_HUB_CACHE", raising=False)
    line = next(line for line in run("info").stdout.splitlines() if line.startswith("hub cache"))
    assert str(tmp_path / "hub") in line
    assert "1 models" in line
