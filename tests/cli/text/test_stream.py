"""Standard input is redacted as it comes, and is what the whole gives."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ...finding import run
from ...helpers import make_nlp, write_source


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
