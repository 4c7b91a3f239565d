"""The command that trains: what it refuses before it starts."""

from __future__ import annotations

from pathlib import Path

from ...finding import assert_clear_error, run


def test_mistakes_end_in_a_line(tmp_path: Path) -> None:
    out = ("-o", tmp_path / "out")
    assert_clear_error(run("train", tmp_path / "none.cfg", *out), "No such config", code=2)
    (tmp_path / "a.cfg").write_text("")
    both = run("train", tmp_path / "a.cfg", *out, "--resume", "--restart")
    assert_clear_error(both, "Choose one of --resume and --restart")
    assert run("train", tmp_path / "a.cfg").exit_code == 2
    assert not (tmp_path / "out").exists()
