"""What finds and what is reported, chosen on the command line; and what is said of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import spacy

from spacy_privacy_filter import loading
from spacy_privacy_filter.cli import terminal

from ...finding import TEXT, fails, ok, run

pytestmark = pytest.mark.usefixtures("_finder")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str | None, dict[str, Any]]]:
    """What pipelines were loaded, and with which settings."""
    seen: list[tuple[str | None, dict[str, Any]]] = []

    def load(model: str | None, settings: dict[str, Any]) -> object:
        seen.append((model, dict(settings)))
        return spacy.blank("xx")

    monkeypatch.setattr(loading, "load_pipeline", load)
    return seen


def test_options_reach_the_pipeline(asked: list[Any], folder: Path) -> None:
    options = ("--threshold", "0.5", "--device", "cpu", "--dtype", "float32", "--allow", "Ada")
    wanted = {"thresholds": 0.5, "device": "cpu", "dtype": "float32", "allow": ["Ada"]}
    for command in ("redact", "extract"):
        ok(command, folder / "a.txt", "-m", "mine", *options)
    assert asked == [("mine", wanted)] * 2


def test_labels(folder: Path, tmp_path: Path) -> None:
    made = ok("redact", "--labels", "private_email, private_url", stdin=TEXT.encode()).stdout
    assert made == TEXT.replace("ada@example.org", "[PRIVATE_EMAIL]").replace("\r", "")
    assert "private_person" not in ok("extract", "--labels", "private_email", stdin=b"Ada").stdout
    for args in ((), (folder, "-o", tmp_path / "out")):
        errors = fails("redact", *args, "--labels", "nope", code=2, stdin=b"Ada")
        assert "Nothing finds the label nope. Labels: " in errors
        assert "private_email" in errors
    assert not (tmp_path / "out").exists()


def test_quiet_says_only_what_is_wrong(folder: Path, tmp_path: Path) -> None:
    assert ok("redact", folder, "-o", tmp_path / "new" / "out", "-q").stderr == ""
    assert ok("redact", folder / "rows.csv", "-q").stderr == ""
    (folder / "bad.txt").write_bytes(b"\xff")
    errors = fails("redact", folder, "-o", tmp_path / "out", "-q", code=3)
    assert errors.count("\n") == 1


def test_a_summary_as_json(folder: Path, tmp_path: Path) -> None:
    (folder / "bad.txt").write_bytes(b"\xff")
    done = run("redact", folder, "-o", tmp_path / "out", "--json")
    assert done.exit_code == 3
    assert json.loads(done.stdout) == {
        "files": {"redacted": 4, "there": 0, "left_out": 1, "partly": 0, "failed": 1},
        "spans": {"private_person": 5, "private_date": 1},
    }
    alone = ok("redact", "--json", stdin=b"Ada")
    assert alone.stdout == "[PRIVATE_PERSON]"
    assert json.loads(alone.stderr)["spans"] == {"private_person": 1}


def test_who_has_to_type_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for is_terminal, words in ((True, "Reading standard input"), (False, "")):
        monkeypatch.setattr("sys.stdin.isatty", lambda answer=is_terminal: answer, raising=False)
        terminal.say_stdin()
        assert words in capsys.readouterr().err


def test_small_and_shipped_are_the_pipeline_that_ships(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert all(map(loading.is_shipped, (None, "shipped", "small")))
    assert not loading.is_shipped("./small")
    (tmp_path / "small").mkdir()
    assert not loading.is_shipped("small"), "a folder of that name"
