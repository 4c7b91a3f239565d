"""Redacted files restored by a function, to the byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from spacy_privacy_filter.batch.formats.reading import Reading
from spacy_privacy_filter.batch.restoration import restore_file
from spacy_privacy_filter.batch.runner import FileRedactor
from spacy_privacy_filter.redact.policy import load_policy

from ..finding import KEY

pytest.importorskip("cryptography")
pytestmark = pytest.mark.usefixtures("_finder")
ROWS = b'{"text": "Ada on 2026-05-04"}\r\n{"text": null}\n{"text": "nobody"}\n'
SECRET = KEY.encode()


def test_with_its_map(tmp_path: Path) -> None:
    redactor = FileRedactor(
        load_policy("llm_prompt"), Reading(), key=SECRET, maps=tmp_path / "rows.map"
    )
    done = redactor.redact_alone(ROWS, "a.jsonl")
    redactor.save_mappings(done, tmp_path / "rows.map")
    back = restore_file(done.content, "a.jsonl", Reading(), SECRET, tmp_path / "rows.map")
    assert back.content.replace(b"\r", b"") == ROWS.replace(b"\r", b"")
    assert (back.n_restored, back.warning) == (2, None)
    assert "Ada" not in repr(back)
    with pytest.raises(ValueError, match="belongs to another file"):
        restore_file(b'\n{"text": ""}', "a.jsonl", Reading(), SECRET, tmp_path / "rows.map")
    with pytest.raises(ValueError, match="another key"):
        restore_file(
            done.content, "a.jsonl", Reading(), b"another key, long enough", tmp_path / "rows.map"
        )


def test_what_was_encrypted_needs_the_key_alone() -> None:
    policy = load_policy("gdpr_pseudonymise")
    done = FileRedactor(policy, Reading(), key=SECRET).redact_alone(b"Ada left", "a.txt")
    assert restore_file(done.content, "a.txt", Reading(), SECRET).content == b"Ada left"
    nothing = restore_file(b"Dear all", "a.txt", Reading(), SECRET)
    assert (nothing.content, nothing.n_restored) == (b"Dear all", 0)
    assert nothing.warning is not None
    assert "holds nothing encrypted" in nothing.warning
