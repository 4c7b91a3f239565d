"""The key of manifests: made once, for its owner alone, and never beside the outputs."""

from __future__ import annotations

from pathlib import Path

import pytest

from spacy_privacy_filter.batch.state_key import find_key, state_folder


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def test_it_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    key = find_key(None, tmp_path / "out")
    assert key is not None
    assert len(key) == 32
    assert find_key(None, tmp_path / "out") == key
    (path,) = state_folder().iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    assert state_folder().stat().st_mode & 0o077 == 0


def test_a_key_of_the_users_goes_first(tmp_path: Path) -> None:
    own = find_key(b"a key of the user, long enough", tmp_path / "out")
    assert own is not None
    assert b"a key" not in own
    assert own != find_key(None, tmp_path / "out")


def test_no_key_beside_the_outputs_or_without_a_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert find_key(None, tmp_path) is None
    assert not (tmp_path / "state").exists()
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert find_key(None, tmp_path / "out") is None
