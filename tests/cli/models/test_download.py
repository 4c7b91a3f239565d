"""Downloads: the folder is printed, and a hub that cannot be reached is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from huggingface_hub.errors import LocalEntryNotFoundError

from ...finding import run
from ...helpers import write_source


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
    assert result.exit_code == 2
    assert "could not be had from the hub" in result.stderr
    assert "is here already" in run("download", tmp_path).stderr
    assert "not the id of a hub repository" in run("download", "a/b/c").stderr
