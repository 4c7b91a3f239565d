"""The command that converts: what it prints, notes and refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from spacy_privacy_filter.checkpoints.registry import write_checkpoint

from ...checkpoints.helpers import make
from ...finding import assert_clear_error, ok, run


@pytest.fixture
def source(tmp_path: Path) -> Path:
    write_checkpoint(tmp_path / "src", make(bias=False), "huggingface")
    return tmp_path / "src"


def test_a_table_or_json(source: Path, tmp_path: Path) -> None:
    shown = ok("convert", source, tmp_path / "a", "-f", "native")
    assert "network.json" in shown.stdout
    assert not shown.stderr
    report = json.loads(ok("convert", source, tmp_path / "b", "-f", "opf", "--json").stdout)
    assert (report["format"], report["folder"]) == ("opf", str(tmp_path / "b"))


def test_what_is_lost_is_noted_beside_the_report(source: Path, tmp_path: Path) -> None:
    ok("convert", source, tmp_path / "a", "-f", "openmed", "--bits", "8")
    done = ok("convert", tmp_path / "a", tmp_path / "b", "-f", "huggingface", "--json")
    assert done.stderr.startswith("Note: quantised matrices are written as float32")
    assert json.loads(done.stdout)["format"] == "huggingface"


def test_mistakes_end_in_a_line(source: Path, tmp_path: Path) -> None:
    assert_clear_error(run("convert", source, tmp_path / "a", "-f", "gguf"), "gguf")
    assert_clear_error(
        run("convert", tmp_path / "none", tmp_path / "a", "-f", "opf"), "none", code=2
    )
    assert run("convert", source, tmp_path / "a").exit_code == 2
    assert not (tmp_path / "a").exists()
