"""Handles count as neither right nor wrong, in training and in scores."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from spacy_privacy_filter.corpus.details import Detail
from spacy_privacy_filter.corpus.handles import ignore_handles
from spacy_privacy_filter.corpus.rows import Row
from spacy_privacy_filter.evaluate.report import read_cases

PERSON = "private_person"


def row_of(text: str, *names: str, label: str = PERSON, language: str = "es") -> Row:
    spans = tuple((text.index(name), text.index(name) + len(name), label) for name in names)
    return Row("1", "test", text, spans, (), (PERSON,), None, language)


@pytest.mark.parametrize(
    ("text", "names", "kept", "ignored"),
    [
        ("hey @ann_lee and Bo", ["@ann_lee", "Bo"], ["Bo"], ["@ann_lee"]),
        ("hey @ann_lee and Bo", ["ann_lee", "Bo"], ["Bo"], ["@ann_lee"]),
        ("asked u/bo-99 why", [], [], ["u/bo-99"]),
        ("write to ann@example.org", [], [], []),
        ("see example.org/@ann", [], [], []),
        ("Ann met Bo", ["Ann", "Bo"], ["Ann", "Bo"], []),
    ],
)
def test_handles_are_neither_right_nor_wrong(
    text: str, names: list[str], kept: list[str], ignored: list[str]
) -> None:
    row = ignore_handles(row_of(text, *names))
    assert [text[start:end] for start, end, _ in row.spans] == kept
    assert [text[start:end] for start, end in row.ignore] == ignored


def test_a_link_with_a_handle_stays_a_link() -> None:
    text = "at https://x.example/ @ann https://m.example/ @bo"
    row = row_of(text, "https://m.example/ @bo", label="private_url")
    done = ignore_handles(row)
    assert done.spans == row.spans
    assert [text[start:end] for start, end in done.ignore] == ["@ann"]


def test_details_stay_with_their_spans() -> None:
    row = row_of("@ann and Bo", "@ann", "Bo")
    details = (Detail("direct"), Detail("quasi"))
    assert ignore_handles(replace(row, details=details)).details == details[1:]


def test_gold_is_read_without_handles_where_that_is_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    row = {"id": "1", "source": "s", "text": "@ann and Bo", "ignore": [], "known": [PERSON]}
    file.write_text(json.dumps({**row, "spans": [[0, 4, PERSON], [9, 11, PERSON]]}))
    for without_handles, spans in ((False, {(0, 4), (9, 11)}), (True, {(9, 11)})):
        (case,) = read_cases(str(file), None, None, None, without_handles)
        assert case.gold is not None
        assert {(start, end) for start, end, _ in case.gold.spans} == spans
