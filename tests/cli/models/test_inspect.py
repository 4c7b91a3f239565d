"""The command that shows a checkpoint: as tables, and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from spacy_privacy_filter.checkpoints.registry import write_checkpoint

from ...checkpoints.helpers import make
from ...finding import assert_clear_error, ok, run


def test_tables_hold_what_json_holds(tmp_path: Path) -> None:
    write_checkpoint(tmp_path / "src", make(categories=True))
    report = json.loads(ok("inspect", tmp_path / "src", "--json").stdout)
    shown = "".join(ok("inspect", tmp_path / "src").stdout.replace("│", " ").split())
    assert f"{report['parameters']:,}" in shown
    assert all(label in shown for label in report["labels"])
    assert "".join(", ".join(report["categories"]).split()) in shown
    assert all(file["name"] in shown for file in report["files"])
    assert "sha256" not in ok("inspect", tmp_path / "src", "--no-hashes", "--json").stdout


def test_mistakes_end_in_a_line(tmp_path: Path) -> None:
    assert_clear_error(run("inspect", tmp_path / "none"), "is no folder here", code=2)
    assert_clear_error(run("inspect", tmp_path), "neither network.json nor config.json", code=2)
