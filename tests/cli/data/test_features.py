"""The command that computes vectors: once, until the network or the corpus changes."""

from __future__ import annotations

import json
from pathlib import Path

from ...finding import assert_clear_error, ok, run
from ...helpers import make_nlp


def test_once(tiny_source: str, tmp_path: Path) -> None:
    make_nlp(tiny_source).to_disk(tmp_path / "nlp")
    rows, out = tmp_path / "rows.jsonl", tmp_path / "f.safetensors"
    row = {"id": "1", "source": "s", "text": "cod", "cats": {"a": 1.0, "b": 0.0}}
    rows.write_text(json.dumps(row))
    done = ok("features", tmp_path / "nlp", rows, out)
    assert done.stdout == f"Wrote 1 vectors of 32 numbers, 2 categories, to {out}\n"
    assert not done.stderr
    assert ok("features", tmp_path / "nlp", rows, out).stdout == f"{out} is up to date\n"
    rows.write_text(json.dumps(row | {"text": "haddock"}))
    assert ok("features", tmp_path / "nlp", rows, out).stdout.startswith("Wrote 1 vectors")
    assert_clear_error(run("features", tmp_path / "nlp", tmp_path / "none", out), "none", code=2)
