"""The commands as spaCy lists them, and as a person types them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import spacy

from spacy_privacy_filter.compat import has

from ..finding import TEXT, assert_clear_error, run

ROOT = Path(__file__).parents[2]


def spacy_command(*args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "spacy", "privacy-filter", *args]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, cwd=ROOT)


def test_spacy_lists_the_commands() -> None:
    done = spacy_command("--help")
    assert done.returncode == 0, done.stderr
    for name in ("redact", "restore", "extract", "view", "corpus", "info"):
        assert name in done.stdout


@pytest.mark.skipif(not has("torch"), reason="needs torch")
def test_the_shipped_pipeline_redacts_the_demo() -> None:
    """As a person types it: a real text, the network that ships, no setting."""
    path = ROOT / "assets" / "demo" / "clinic_letter.txt"
    done = spacy_command("redact", str(path))
    assert done.returncode == 0, done.stderr
    assert "[PRIVATE_PERSON]" in done.stdout
    assert "[PRIVATE_EMAIL]" in done.stdout
    for private in ("Tobias Fennimore", "annika.reyes@example.org", "01632 960 318"):
        assert private not in done.stdout
    assert "His insurer, Northshire Mutual, wants a report" in done.stdout
    assert "private_person: " in done.stderr
    assert "Fennimore" not in done.stderr


def test_a_pipeline_without_our_component_is_refused(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "model")
    result = run("redact", "--model", str(tmp_path / "model"), stdin=TEXT.encode())
    assert_clear_error(result, "has no 'privacy_filter' component", "sentencizer", code=2)
    assert_clear_error(run("redact", "-m", str(tmp_path / "none"), stdin=b"x"), "none", code=2)
