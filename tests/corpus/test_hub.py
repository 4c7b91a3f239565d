"""Data sets of the hub, read as a stream."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import spacy
from spacy.tokens import DocBin
from typer.testing import CliRunner

from spacy_privacy_filter.cli import app
from spacy_privacy_filter.corpus.readers import read_corpus
from spacy_privacy_filter.learning.gold import GOLD_KEY

from .foreign import AI4, GOLD, NEMO, OPF_LABEL, YAHOO


def write(path: Path, *records: dict[str, Any]) -> Path:
    text = "".join(json.dumps(record) + "\n" for record in records)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf8")
    return path


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """A stand-in for the `datasets` package: what it would stream, by name and split."""
    stored: dict[tuple[str, str], list[dict[str, Any]]] = {}

    def load_dataset(name: str, *, split: str, streaming: bool) -> Iterator[dict[str, Any]]:
        assert streaming, "a data set must not be downloaded whole"
        if (name, split) not in stored:
            raise ValueError("no such data set")
        return iter(stored[name, split])

    module = ModuleType("datasets")
    module.load_dataset = load_dataset  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "datasets", module)
    monkeypatch.setattr("spacy_privacy_filter.corpus.hub.has", lambda name: True)
    return stored


Stored = dict[tuple[str, str], list[dict[str, Any]]]


def test_data_sets_of_the_hub(hub: Stored) -> None:
    hub["ai4privacy/pii-masking-300k", "train"] = [AI4] * 3
    hub["nvidia/Nemotron-PII", "test"] = [NEMO]
    hub["yahoo_answers_topics", "train"] = [YAHOO]
    rows = list(read_corpus("ai4privacy/pii-masking-300k"))
    assert [row.spans for row in rows] == [GOLD] * 3
    assert (rows[0].id, rows[0].language) == ("40767A", "English")
    (row,) = read_corpus("nvidia/Nemotron-PII", split="test")
    assert row.spans == GOLD
    assert next(read_corpus("yahoo_answers_topics")).category == "Health"


def test_the_hub_is_read_lazily(hub: Stored, tmp_path: Path) -> None:
    broken = AI4 | {"privacy_mask": None}
    hub["ai4privacy/pii-masking-300k", "train"] = [AI4, AI4, broken]
    out = tmp_path / "out.spacy"
    result = CliRunner().invoke(
        app, ["corpus", "ai4privacy/pii-masking-300k", str(out), "--limit", "2"]
    )
    assert result.exit_code == 0, result.output
    docs = list(DocBin().from_disk(out).get_docs(spacy.blank("xx").vocab))
    assert [list(doc.user_data[GOLD_KEY]["spans"][0]) for doc in docs] == [list(GOLD[0])] * 2
    result = CliRunner().invoke(app, ["corpus", "ai4privacy/pii-masking-300k", str(out)])
    assert result.exit_code == 1
    assert "row 3, read as ai4privacy" in result.stderr


def test_what_the_hub_cannot_give(hub: Stored) -> None:
    with pytest.raises(FileNotFoundError, match="'some/set', split 'train', cannot be read"):
        list(read_corpus("some/set"))
    hub["some/set", "train"] = [{"words": 1}]
    with pytest.raises(ValueError, match="columns of some/set are those of no known"):
        list(read_corpus("some/set"))
    hub["some/set", "train"] = [OPF_LABEL]
    with pytest.raises(ValueError, match="needs a label map"):
        list(read_corpus("some/set"))


def test_without_the_extra_the_message_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spacy_privacy_filter.corpus.hub.has", lambda name: False)
    with pytest.raises(ImportError, match=r"spacy-privacy-filter\[datasets\]"):
        list(read_corpus("ai4privacy/pii-masking-300k"))


def test_the_real_package_streams_local_files(tmp_path: Path) -> None:
    pytest.importorskip("datasets")
    write(tmp_path / "train.jsonl", AI4, AI4)
    rows = list(read_corpus(str(tmp_path), "ai4privacy"))
    assert [row.spans for row in rows] == [GOLD] * 2
