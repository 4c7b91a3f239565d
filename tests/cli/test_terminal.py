"""The standard streams: bytes as they are, progress only where somebody looks, whole tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console

from spacy_privacy_filter.cli.terminal import TerminalProgress, make_table, read_bytes, write_bytes


def test_progress_of_a_pipe_is_what_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    progress = TerminalProgress()
    with progress.stage("Measuring"):
        assert list(progress.track("abc", "Reading", 3)) == ["a", "b", "c"]
        assert list(progress.track(iter("abc"), "Reading")) == ["a", "b", "c"]
    assert capsys.readouterr() == ("", "")
    progress.say("a line")
    assert capsys.readouterr() == ("", "a line\n")


def test_progress_of_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    progress = TerminalProgress()
    with progress.stage("Measuring"):
        pass
    assert list(progress.track("abc", "Redacting", 3)) == ["a", "b", "c"]
    assert len(list(progress.track(iter(range(2500)), "Reading"))) == 2500
    out, err = capsys.readouterr()
    assert not out
    assert "Redacting" in err


def test_bytes_in_and_out(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    path = tmp_path / "new" / "file"
    write_bytes(b"\xff\r\n", path)
    assert read_bytes(path) == (str(path), b"\xff\r\n")
    write_bytes(b"\xff\r\n", None)
    out, err = capfdbinary.readouterr()
    assert (out, err.decode()) == (b"\xff\r\n", f"Making the folder {path.parent}\n")
    with pytest.raises(FileNotFoundError, match="No such file"):
        read_bytes(tmp_path / "none")
    with pytest.raises(ValueError, match="is a folder"):
        read_bytes(tmp_path)


def test_cells_are_whole_and_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    name = "a_name_[red]of_many_letters[/red]"
    Console(width=30).print(make_table(("name", "n"), [(name, "7"), ("b", "1,000")], right=(1,)))
    shown = capsys.readouterr().out
    cells = [line.split("│")[1].strip() for line in shown.splitlines() if "│" in line]
    assert name in "".join(cells)
    assert "    7 │" in shown
