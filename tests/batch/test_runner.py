"""One file redacted by a function: its bytes, the way back, and what it is done with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from spacy_privacy_filter import loading
from spacy_privacy_filter.batch.formats.reading import Reading
from spacy_privacy_filter.batch.runner import FileRedactor
from spacy_privacy_filter.errors import WrongUseError
from spacy_privacy_filter.redact.policy import load_policy

from ..finding import KEY

pytestmark = pytest.mark.usefixtures("_finder")
ROWS = b'{"id": 1, "text": "Ada"}\n{"id": 2, "text": "to Bob"}\n'


def test_a_file_and_its_way_back() -> None:
    done = FileRedactor(load_policy("llm_prompt"), Reading()).redact_alone(ROWS, "a.jsonl")
    assert done.content == ROWS.replace(b"Ada", b"[PERSON_1]").replace(b"Bob", b"[PERSON_1]")
    assert done.counts == {"private_person": 2}
    assert list(done.mappings) == ["line 1, text", "line 2, text"]
    assert done.mappings["line 2, text"].restore("to [PERSON_1]") == "to Bob"
    assert "Ada" not in repr(done)
    assert "Ada" not in repr(FileRedactor(load_policy("mask"), Reading()).read(ROWS, "a.jsonl"))


def test_a_corpus_shares_its_people_over_files() -> None:
    policy = load_policy({"scope": "corpus", "default": "number"})
    redactor = FileRedactor(policy, Reading(), key=KEY.encode())
    corpus = redactor.make_corpus()
    assert corpus is not None
    files = [redactor.read(text, "a.txt") for text in (b"Ada", b"Bob, Ada")]
    for file in files:
        file.add_to(corpus)
    one, two = (redactor.redact(file, corpus).content for file in files)
    assert two.endswith(b", " + one)
    assert one != two.split(b",")[0]
    assert FileRedactor(load_policy("mask"), Reading()).make_corpus() is None
    with pytest.raises(ValueError, match="needs a key"):
        FileRedactor(policy, Reading()).make_corpus()


def test_what_was_found_before_is_not_looked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    redactor = FileRedactor(load_policy("mask"), Reading())
    spans = redactor.read(b"Ada", "a.txt").spans
    monkeypatch.setattr(loading, "find_spans", lambda *args: pytest.fail("looked again"))
    assert redactor.redact(redactor.read(b"Ada", "a.txt", spans)).content == b"[PRIVATE_PERSON]"


def test_settings_tell_all_that_decides_what_is_written() -> None:
    mask, key = load_policy("mask"), KEY.encode()
    ways = [
        FileRedactor(mask, Reading()),
        FileRedactor(load_policy("research"), Reading()),
        FileRedactor(mask, Reading(fields=("note",))),
        FileRedactor(mask, Reading(), model="other"),
        FileRedactor(mask, Reading(), settings={"rules": False}),
        FileRedactor(
            mask, Reading(), settings={"patterns": [{"label": "project", "deny": ["Heron"]}]}
        ),
        FileRedactor(mask, Reading(), settings={"allow": ["Heron"]}),
        FileRedactor(mask, Reading(), key=key),
        FileRedactor(mask, Reading(), key=key, maps=Path("maps")),
    ]
    assert len({way.fingerprint for way in ways}) == len(ways)
    assert FileRedactor(mask, Reading()).fingerprint == ways[0].fingerprint
    assert not any(KEY in way.fingerprint for way in ways)


def test_maps_need_a_key(tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match="so it needs a key"):
        FileRedactor(load_policy("mask"), Reading(), maps=tmp_path / "maps")


def test_the_pipeline_is_loaded_once_and_late(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str | None, dict[str, Any]]] = []
    load = loading.load_pipeline

    def counting(model: str | None, settings: dict[str, Any]) -> object:
        asked.append((model, settings))
        return load(model, settings)

    monkeypatch.setattr(loading, "load_pipeline", counting)
    redactor = FileRedactor(load_policy("mask"), Reading(), model="mine", settings={"rules": True})
    assert not asked
    for _ in range(2):
        redactor.redact_alone(b"Ada", "a.txt")
    assert asked == [("mine", {"rules": True})]
