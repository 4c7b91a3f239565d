"""What users add on the command line, to every command that finds: --patterns, --deny, --allow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import spacy

from spacy_privacy_filter import loading
from spacy_privacy_filter.evaluate import report

from ...finding import assert_clear_error, ok, run

ADDED = ["--patterns", "p.yaml", "--deny", "a=b=project", "--deny", "Heron=project"]
ADDED += ["--deny", "Kling=person", "--allow", "Ada", "--allow", "Bob"]
PATTERNS = [
    {"label": "record", "regex": r"MRN-\d+"},
    {"label": "project", "deny": ["a=b", "Heron"], "name": "deny"},
    {"label": "person", "deny": ["Kling"], "name": "deny"},
]

SETTINGS = {"patterns": PATTERNS, "allow": ["Ada", "Bob"]}


@pytest.fixture
def asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, _finder: None
) -> list[tuple[object, ...]]:
    """What pipelines were asked for."""
    calls: list[tuple[object, ...]] = []

    def load(*given: object) -> object:
        calls.append(given)
        return spacy.blank("xx")

    monkeypatch.setattr(loading, "load_pipeline", load)
    monkeypatch.chdir(tmp_path)
    Path("p.yaml").write_text("- label: record\n  regex: MRN-\\d+\n")
    return calls


@pytest.mark.parametrize("command", ["extract", "redact", "view"])
def test_the_pipeline_gets_what_was_added(command: str, asked: list[tuple[Any, ...]]) -> None:
    ok(command, *ADDED, stdin=b"Ada")
    assert [settings for _, settings in asked] == [SETTINGS]


def test_a_stream_gets_what_was_added(
    asked: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Any] = []

    def redact(policy: object, key: object, model: object, settings: Any, step: object) -> Any:
        given.append(settings)
        return {}

    monkeypatch.setattr("spacy_privacy_filter.cli.text.redact.redact_stdin", redact)
    ok("redact", "--stream", *ADDED)
    assert given == [SETTINGS]


def test_evaluate_gets_what_was_added(
    asked: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, Any] = {}

    def measure(*_: object, **settings: Any) -> dict[str, Any]:
        given.update(settings)
        return {"pipelines": {}}

    monkeypatch.setattr(report, "evaluate", measure)
    ok("evaluate", "small", "gold.jsonl", "--out", "out", *ADDED)
    assert given["settings"] == SETTINGS


@pytest.mark.usefixtures("asked")
def test_mistakes_are_clear_and_show_no_text() -> None:
    result = run("extract", "--deny", "Kling", stdin=b"x")
    assert_clear_error(result, "a text and its label", code=2)
    assert "Kling" not in result.stderr
    Path("bad.yaml").write_text("- label: record\n  regex: (?=a)b\n")
    result = run("extract", "--patterns", "bad.yaml", stdin=b"x")
    assert_clear_error(result, "bad.yaml, line 2: [0].regex", "no look-ahead", code=2)
    assert_clear_error(run("redact", "--patterns", "none.yaml", stdin=b"x"), "No such file", code=2)
