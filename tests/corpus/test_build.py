"""A corpus built by a function, and what is counted on the way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import DocBin

from spacy_privacy_filter.corpus.build import build_corpus

ROW: dict[str, Any] = {
    "source": "ours",
    "text": "Ada met Bob",
    "spans": [[0, 3, "private_person"], [8, 11, "private_person"]],
    "ignore": [],
    "known": ["private_person", "tail_number"],
}


def write(path: Path, *rows: dict[str, Any]) -> str:
    path.write_text("".join(json.dumps(row | {"id": str(i)}) + "\n" for i, row in enumerate(rows)))
    return str(path)


def test_counts_of_what_is_in_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    topic = {"source": "topics", "text": "Why?", "label": "Health"}
    cats = {"source": "topics", "text": "Why not?", "cats": {"a": 0.9, "b": 0.1}}
    inputs = [write(tmp_path / "a.jsonl", ROW, ROW), write(tmp_path / "b.jsonl", topic, cats)]
    counts = build_corpus(inputs, tmp_path / "out.spacy")
    assert counts.rows == {"ours": 2, "topics": 2}
    assert counts.labels[("ours", "private_person")] == 4
    assert counts.labels[("topics", "Health")] == counts.labels[("topics", "a")] == 1
    assert ("topics", "b") not in counts.labels
    assert counts.unknown() == ["tail_number"]
    docs = DocBin().from_disk(tmp_path / "out.spacy").get_docs(spacy.blank("xx").vocab)
    assert [doc.text for doc in docs] == ["Ada met Bob"] * 2 + ["Why?", "Why not?"]
    assert capsys.readouterr() == ("", "")


def test_labels_are_mapped_and_inputs_cut(tmp_path: Path) -> None:
    (tmp_path / "map.json").write_text('{"private_person": "name", "tail_number": null}')
    counts = build_corpus(
        [write(tmp_path / f"{name}.jsonl", *[ROW] * 3) for name in "ab"],
        tmp_path / "out.spacy",
        limit=2,
        label_map=str(tmp_path / "map.json"),
    )
    assert counts.labels == {("ours", "name"): 8}


def test_a_wrong_row_stops_it_all(tmp_path: Path) -> None:
    wrong = ROW | {"spans": [[0, 99, "private_person"]]}
    with pytest.raises(ValueError, match=r"b\.jsonl, line 1, id '0'") as caught:
        build_corpus(
            [write(tmp_path / "a.jsonl", ROW), write(tmp_path / "b.jsonl", wrong)],
            tmp_path / "out.spacy",
        )
    assert "Ada" not in str(caught.value)
    assert not (tmp_path / "out.spacy").exists()
