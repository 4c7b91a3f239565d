"""The command that makes a checkpoint of a pipeline."""

from __future__ import annotations

from pathlib import Path

import spacy

from spacy_privacy_filter.checkpoints.registry import read_checkpoint

from ...finding import assert_clear_error, ok, run
from ...helpers import make_nlp


def test_where_it_was_written(tiny_source: str, tmp_path: Path) -> None:
    make_nlp(tiny_source).to_disk(tmp_path / "nlp")
    done = ok("checkpoint", tmp_path / "nlp", tmp_path / "out")
    assert done.stdout == f"Wrote {tmp_path / 'out'}\n"
    assert read_checkpoint(tmp_path / "out").categories
    spacy.blank("en").to_disk(tmp_path / "blank")
    assert_clear_error(run("checkpoint", tmp_path / "blank", tmp_path / "b"), "has no 'privacy_")
