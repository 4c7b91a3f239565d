"""The command that tunes: its options are checked before anything is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...finding import assert_clear_error, run

pytest.importorskip("torch")


def test_mistakes_end_in_a_line(tiny_source: str, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text("")
    for args, words in (
        ((tmp_path / "none", gold), "No folder"),
        ((tiny_source, gold, "--name", "mine"), "say with --beta"),
        ((tiny_source, gold, "--name", "a", "--beta", "-1"), "above 0"),
        ((tiny_source, gold), "too few to tune"),
        ((tiny_source, gold, "--component", "x"), "has no filter 'x'"),
    ):
        code = 2 if words == "No folder" else 1
        assert_clear_error(run("tune", *args), words, code=code)
    assert run("tune", tiny_source, gold, "--share", "2").exit_code == 2
