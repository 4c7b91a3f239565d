"""Labels of a data set become labels to train on, nothing, or ignored stretches."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from spacy_privacy_filter.corpus.label_map import (
    AI4PRIVACY,
    MAPS,
    NEMOTRON,
    LabelMap,
    find_label_map,
)
from spacy_privacy_filter.corpus.readers import read_corpus
from spacy_privacy_filter.labels.tags import OPENAI_LABELS

from .foreign import OPF_LABEL


def write(path: Path, *records: dict[str, Any]) -> Path:
    text = "".join(json.dumps(record) + "\n" for record in records)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf8")
    return path


class TestLabelMaps:
    MAP = LabelMap({"a": "x", "b": "x", "c": None, "d": "ignore"})

    def test_targets(self) -> None:
        assert self.MAP.annotated == ("x",)
        spans, ignore = self.MAP.apply("aa bb cc dd", [(0, 2, "a"), (6, 8, "c"), (9, 11, "d")])
        assert (spans, ignore) == ([(0, 2, "x")], [(9, 11)])

    @pytest.mark.parametrize(
        ("text", "joined"), [("aa bb", 1), ("aa, bb", 1), ("aa  bb", 2), ("aa; bb", 2)]
    )
    def test_parts_are_joined(self, text: str, joined: int) -> None:
        spans, _ = self.MAP.apply(text, [(0, 2, "a"), (len(text) - 2, len(text), "b")])
        assert len(spans) == joined

    def test_two_of_the_same_label_are_two(self) -> None:
        spans, _ = self.MAP.apply("aa bb", [(0, 2, "a"), (3, 5, "a")])
        assert len(spans) == 2

    def test_an_unknown_label_stops(self, tmp_path: Path) -> None:
        path = write(tmp_path / "a.jsonl", OPF_LABEL)
        with pytest.raises(ValueError, match=r"line 1: label 'private_address' is not in the"):
            list(read_corpus(path, labels=LabelMap({"private_person": "x"})))

    def test_files(self, tmp_path: Path) -> None:
        path = tmp_path / "map.json"
        path.write_text('{"private_person": "name", "private_address": null}')
        labels = find_label_map(str(path))
        (row,) = read_corpus(write(tmp_path / "a.jsonl", OPF_LABEL), labels=labels)
        assert (row.spans, row.known) == (((0, 13, "name"),), ("name",))
        assert find_label_map("nemotron") is NEMOTRON
        assert find_label_map(None) is None
        for bad in ("[1]", "{}", '{"a": 1}', "{", '{"a": ""}'):
            path.write_text(bad)
            with pytest.raises(ValueError, match=r"map\.json"):
                find_label_map(str(path))
        with pytest.raises(FileNotFoundError, match="ai4privacy, nemotron"):
            find_label_map(str(tmp_path / "none.json"))

    def test_our_own_rows_are_mapped_with_what_they_know(self, tmp_path: Path) -> None:
        own = {"id": "1", "source": "s", "text": "Ada", "spans": [[0, 3, "b"]], "ignore": []}
        path = write(tmp_path / "own.jsonl", own | {"known": ["b", "c", "d"]})
        (row,) = read_corpus(path, labels=self.MAP)
        assert (row.spans, row.known, row.source) == (((0, 3, "x"),), ("x",), "s")

    def test_maps_that_come_with_the_package_give_our_labels(self) -> None:
        for labels in MAPS.values():
            assert set(labels.annotated) == set(OPENAI_LABELS)
        assert AI4PRIVACY.target("GIVENNAME") == "private_person"
