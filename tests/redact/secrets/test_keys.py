"""Keys: how they are given, and which are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from spacy_privacy_filter.redact.engine import redact
from spacy_privacy_filter.redact.policy import build_policy
from spacy_privacy_filter.redact.secrets.keys import make_key, read_key
from spacy_privacy_filter.types import CharSpan

NEW = make_key()


def test_white_space_around_a_key_does_not_count() -> None:
    policy = build_policy({"default": "hash"}, "p")
    spans = [CharSpan(0, 3, "id")]
    keys = ("x" * 20, f" {'x' * 20}\n", f"{'x' * 20}\r\n".encode())
    assert len({redact("Ada", spans, policy, key=key).text for key in keys}) == 1
    with pytest.raises(ValueError, match="too short: 15 bytes"):
        redact("Ada", spans, policy, key="x" * 15 + "\n")


def test_a_key_is_read_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{NEW}\n")
    assert read_key(tmp_path / "key") == NEW.encode()
    (tmp_path / "key").write_text("x")
    with pytest.raises(ValueError, match="too short"):
        read_key(tmp_path / "key")
    with pytest.raises(FileNotFoundError):
        read_key(tmp_path / "none")
