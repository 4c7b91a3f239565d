"""The command that trains a head: epochs and notes on standard output, one line for a mistake."""

from __future__ import annotations

import json
from pathlib import Path

from ...finding import assert_clear_error, ok, run
from ...helpers import make_nlp


def test_what_is_printed(tiny_source: str, tmp_path: Path) -> None:
    make_nlp(tiny_source).to_disk(tmp_path / "nlp")
    rows = [
        {"id": f"{i}", "source": "s", "text": f"{word} {i}", "cats": {"a": a, "b": 1 - a}}
        for i, (word, a) in enumerate([("cod", 1.0), ("iron", 0.0)] * 6)
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))
    features = tmp_path / "f.safetensors"
    ok("features", tmp_path / "nlp", tmp_path / "rows.jsonl", features)
    done = ok("train-head", tmp_path / "nlp", features, "--epochs", 120, "--dev", features)
    assert not done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "12 documents, 2 exclusive categories"
    assert lines[1].startswith("Dev accuracy: of 12 documents")
    epochs = [int(line.split()[1]) for line in lines if line.startswith("epoch")]
    assert (epochs[0], epochs[-1]) == (1, 120)
    assert len(epochs) <= 52
    assert "dev accuracy" in lines[-2]
    assert lines[-1] == f"Put the head into {tmp_path / 'nlp'}"
    assert_clear_error(run("train-head", tmp_path / "none", features), "No saved pipeline", code=2)
