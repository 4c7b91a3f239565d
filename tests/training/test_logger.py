"""The table, the bar and the log that training shows and keeps."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from spacy_privacy_filter.training.logger import make_logger_v1

from ..helpers import FILTER, TEXTCAT
from .runs import Killed, finetune, kill_at, run


def test_the_command_logs_each_loss_and_label_and_keeps_the_log_right(
    corpora: dict[str, str], checkpoint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "log.jsonl"
    config = finetune(corpora, checkpoint, paths__log=str(log))
    config.to_disk(tmp_path / "run.cfg", interpolate=False)
    args = ("train", tmp_path / "run.cfg", "--output", tmp_path / "out")
    kill_at(monkeypatch, 8, "_save")
    with pytest.raises(Killed):
        run(*args)
    monkeypatch.undo()
    log.write_text(log.read_text() + json.dumps({"step": 8, "of": "the killed run"}) + "\n")
    refused = run(*args)
    assert (refused.exit_code, "--resume" in refused.stderr) == (1, True)
    result = run(*args, "--resume")
    assert result.exit_code == 0, result.output
    assert f"The last pipeline is in {tmp_path / 'out' / 'model-last'}" in result.stdout
    finished = run(*args, "--resume").stdout
    assert "Nothing to do" in finished
    assert "Saved" not in finished
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    steps = [line["step"] for line in lines]
    assert steps == sorted(set(steps))
    assert steps[:3] == [0, 4, 8]
    assert all(set(line["losses"]) == {FILTER, TEXTCAT} for line in lines)
    assert "private_person" in lines[-1]["scores"]["privacy_per_type"]
    assert "private_person" in result.stdout
    heads = {"LOSS PRIVACY_FILTER", "LOSS PRIVACY_FILTER_TEXTCAT", "PRIVACY_F", "CATS_SCORE"}
    head = next(line for line in result.stdout.splitlines() if "LOSS" in line)
    assert heads <= set(re.split(r"\s{2,}", head.strip()))
    rows = [line for line in result.stdout.splitlines() if re.match(r"\s*\d+\s+\d+\s", line)]
    assert [int(row.split()[1]) for row in rows] == steps[2:]
    assert {len(row) for row in rows} == {len(head)}
    assert run(*args, "--resume", "--restart").exit_code == 1
    assert "No such config" in run("train", tmp_path / "none.cfg", "-o", tmp_path).stderr


def test_an_unknown_bar_is_refused() -> None:
    with pytest.raises(ValueError, match="progress_bar = 'bar' is not known"):
        make_logger_v1("bar")
