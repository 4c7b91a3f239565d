"""What a long function tells: nothing, where nobody listens."""

from __future__ import annotations

from pathlib import Path

import pytest

from spacy_privacy_filter.progress import SILENT, Progress


def test_nobody_listens(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    SILENT.say("something")
    SILENT.say_new_folder(tmp_path / "new")
    with SILENT.stage("Measuring"):
        assert list(SILENT.track(iter(range(3)), "Counting", 3)) == [0, 1, 2]
    assert capsys.readouterr() == ("", "")


def test_only_a_new_folder_is_said(tmp_path: Path) -> None:
    said: list[str] = []

    class Listening(Progress):
        def say(self, message: str) -> None:
            said.append(message)

    Listening().say_new_folder(tmp_path)
    assert not said
    Listening().say_new_folder(tmp_path / "new")
    assert said == [f"Making the folder {tmp_path / 'new'}"]
