"""Fixed words found in place of a network, files that hold them, and commands run on these."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from click.testing import Result
from typer.testing import CliRunner

from spacy_privacy_filter import loading
from spacy_privacy_filter.batch.manifest import MANIFEST
from spacy_privacy_filter.cli import app
from spacy_privacy_filter.redact.secrets.keys import KEY_ENV
from spacy_privacy_filter.types import CharSpan

KEY = "a key of the tests, of 16 bytes or more"
FOUND = {
    "Ada": "private_person",
    "Bob": "private_person",
    "2026-05-04": "private_date",
    "ada@example.org": "private_email",
}
TEXT = "Ada (ada@example.org)\r\nmet Bob.\n"
MASKED = "[PRIVATE_PERSON] ([PRIVATE_EMAIL])\r\nmet [PRIVATE_PERSON].\n"
# What the files of `folder` become.
WANTED = {
    "a.txt": b"[PRIVATE_PERSON]\r\nleft.",
    "below/b.md": b"[PRIVATE_PERSON] saw [PRIVATE_PERSON].\n",
    "rows.csv": b"id,text\r\n1,[PRIVATE_PERSON]\r\n",
    "rows.jsonl": b'{"id": 1, "text": "[PRIVATE_PERSON] on [PRIVATE_DATE]"}\n',
}


def spans_of(text: str) -> list[CharSpan]:
    hits = ((m, label) for word, label in FOUND.items() for m in re.finditer(word, text))
    return sorted(CharSpan(m.start(), m.end(), label, 0.75) for m, label in hits)


@pytest.fixture
def _finder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Find fixed words, in place of a network."""
    monkeypatch.setattr(loading, "load_pipeline", lambda model, settings: spacy.blank("xx"))
    monkeypatch.setattr(
        loading, "find_spans", lambda nlp, texts, also=(): [spans_of(t) for t in texts]
    )
    monkeypatch.delenv(KEY_ENV, raising=False)


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "key"
    path.write_text(KEY)
    path.chmod(0o600)
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
    """What a folder holds, but the manifest."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


class KilledError(BaseException):
    """Like a kill: nothing catches it but what cleans up."""


def stop_at(n: int, call: Callable[..., object]) -> Callable[..., object]:
    seen = iter(range(n))

    def stopping(*args: object) -> object:
        if next(seen, None) is None:
            raise KilledError
        return call(*args)

    return stopping


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


def assert_clear_error(result: Result, *words: str, code: int = 1) -> None:
    assert result.exit_code == code
    assert isinstance(result.exception, SystemExit), "an exception came through"
    assert result.stderr.startswith("Error: ")
    assert "Traceback" not in result.output
    assert not result.stdout
    for word in words:
        assert word in result.stderr
