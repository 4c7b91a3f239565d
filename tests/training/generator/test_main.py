"""python -m spacy_privacy_filter.training.generator: what it writes, and what it refuses."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

pytest.importorskip("faker", reason="the generator needs the extra 'training'")

from spacy_privacy_filter.training.generator import generate
from spacy_privacy_filter.training.generator.__main__ import main


def test_command_writes_the_same_file_twice(tmp_path) -> None:
    paths = [tmp_path / "a.jsonl.gz", tmp_path / "b.jsonl.gz"]
    for path in paths:
        main([str(path), "--n-rows", "20", "--seed", "5", "--split", "held"])
    rows = [gzip.decompress(path.read_bytes()) for path in paths]
    assert rows[0] == rows[1]
    assert [json.loads(line) for line in rows[0].splitlines()] == list(generate(20, 5, "held"))


def test_the_ending_says_whether_the_file_is_packed(tmp_path: Path) -> None:
    main([str(tmp_path / "rows.jsonl"), "--n-rows", "3"])
    lines = (tmp_path / "rows.jsonl").read_text(encoding="utf8").splitlines()
    assert [json.loads(line) for line in lines] == list(generate(3, 1, "train"))


def test_the_command_refuses_what_it_cannot_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "new" / "rows.jsonl.gz"
    main([str(path), "--n-rows", "2"])
    before = path.read_bytes()
    for output, number, message in (
        (path, "-3", "at least 1"),
        (path, "0", "at least 1"),
        (path / "below" / "rows.jsonl.gz", "2", "is a file"),
        (tmp_path / "new", "2", "is a folder"),
    ):
        with pytest.raises(SystemExit) as ended:
            main([str(output), "--n-rows", number])
        assert ended.value.code == 2
        assert message in capsys.readouterr().err
    assert path.read_bytes() == before
    with pytest.raises(ValueError, match="at least 1"):
        next(generate(-3, 1, "train"))
