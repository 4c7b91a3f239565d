"""Patterns of users in documents, as a setting, and in a pipeline that was saved."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import spacy

from spacy_privacy_filter import load
from spacy_privacy_filter.loading import load_pipeline
from spacy_privacy_filter.pipeline.patterns import DocPatterns
from spacy_privacy_filter.rules.patterns.patterns import Patterns

from ..helpers import FILTER

ENTRIES: list[dict[str, Any]] = [
    {"label": "ward", "spacy": [{"LOWER": "ward"}, {"IS_DIGIT": True, "OP": "+"}], "score": 0.7},
    {"label": "project", "spacy": "Operation Heron"},
    {"label": "mrn", "regex": r"\bMRN-\d{6}(?:\$|\b)", "context": ["file"]},
]
TEXT = "😀 On Ward 7 9, Operation\nHeron: file MRN-123456."


def find(entries: list[dict[str, Any]], text: str = TEXT) -> list[tuple[str, str, float, str]]:
    nlp = spacy.blank("en")
    spans = DocPatterns(nlp.vocab, entries).find(nlp.make_doc(text))
    return [(text[s.start_char : s.end_char], s.label, s.score, s.source) for s in spans]


def test_patterns_of_all_sorts_in_a_document() -> None:
    assert find(ENTRIES) == [
        ("Ward 7 9", "ward", 0.7, "pattern:ward"),
        ("Operation\nHeron", "project", 1.0, "pattern:project"),
        ("MRN-123456", "mrn", 1.0, "pattern:mrn"),
    ]
    assert find([]) == find(ENTRIES, "") == []


def test_several_token_patterns_and_context() -> None:
    forms = [[{"LOWER": "ward"}, {"IS_DIGIT": True}], [{"TEXT": {"REGEX": "^MRN"}}]]
    entry = {"label": "x", "spacy": forms, "context": ["heron"], "context_required": True}
    assert [text for text, *_ in find([entry])] == ["Ward 7", "MRN-123456."[:-1]]
    assert find([{**entry, "context": ["stork"]}]) == []


@pytest.mark.parametrize(
    ("patterns", "message"),
    [
        ([{"label": "x", "spacy": [{"LOWR": "a"}]}], r"patterns\[0\].spacy: .*LOWR"),
        ([ENTRIES[0], {"label": "x", "regex": "(?=a)"}], r"patterns\[1\].regex: .*no look-ahead"),
        ("patterns.yaml", "read_patterns"),
    ],
)
def test_mistakes_are_refused_when_the_component_is_added(patterns: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        spacy.blank("en").add_pipe(FILTER, config={"patterns": patterns})


def test_a_saved_pipeline_holds_the_patterns(tmp_path: Path, tiny_source: str) -> None:
    path = tmp_path / "patterns.yaml"
    path.write_text("- label: project\n  regex: '\\bHeron\\b|\\$\\{x\\}\"'\n")
    nlp = load(tiny_source, patterns=path)
    nlp.to_disk(tmp_path / "nlp")
    path.unlink()
    expected = [{"label": "project", "regex": '\\bHeron\\b|\\$\\{x\\}"'}]
    for again in (spacy.load(tmp_path / "nlp"), copy.deepcopy(nlp)):
        pipe: Any = again.get_pipe(FILTER)
        found = pipe._patterns.patterns
        assert found == Patterns.from_settings(expected)
        assert [s.source for s in found.find('the Heron ${x}" xHeron')] == ["pattern:project"] * 2


def test_what_is_added_comes_to_what_is_there(tmp_path: Path, tiny_source: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(FILTER, config={"source": tiny_source, "patterns": ENTRIES, "allow": ["a"]})
    nlp.to_disk(tmp_path / "nlp")
    more = {"label": "x", "deny": ["b"]}
    loaded = load_pipeline(str(tmp_path / "nlp"), {"patterns": [more], "allow": ["c"]})
    pipe: Any = loaded.get_pipe(FILTER)
    assert pipe._patterns.patterns == Patterns.from_settings([*ENTRIES, more])
    assert pipe.settings.allow == ["a", "c"]
    loaded.to_disk(tmp_path / "again")
    again: Any = spacy.load(tmp_path / "again").get_pipe(FILTER)
    assert again._patterns.patterns == pipe._patterns.patterns
    assert again.settings.allow == pipe.settings.allow
    with pytest.raises(ValueError, match="is missing"):
        load_pipeline(str(tmp_path / "nlp"), {"patterns": [{"deny": ["b"]}]})


def test_dollars_survive_being_saved_again_and_again(tmp_path: Path, tiny_source: str) -> None:
    """spaCy doubles them in its config each time."""
    entries = [{"label": "price", "deny": ["US$ 5"]}, {"label": "price", "regex": r"\$\d+"}]
    nlp = spacy.blank("en")
    config = {"source": tiny_source, "patterns": entries, "allow": ["US$", {"regex": r"\$a"}]}
    nlp.add_pipe(FILTER, config=config)
    for i in range(3):
        nlp.to_disk(tmp_path / str(i))
        nlp = spacy.load(tmp_path / str(i))
    pipe: Any = nlp.get_pipe(FILTER)
    text = "US$ 5, $70 and US$$ 5"
    spans = pipe._patterns.find(nlp.make_doc(text))
    assert [text[s.start_char : s.end_char] for s in spans] == ["US$ 5", "$70", "US$$ 5"]
    assert all(allowed in pipe._allow for allowed in ("US$", "$a"))
    assert "US" not in pipe._allow


def test_allowed_expressions_run_in_linear_time(tiny_source: str) -> None:
    nlp = spacy.blank("en")
    pipe: Any = nlp.add_pipe(FILTER, config={"source": tiny_source, "allow": [{"regex": "(a+)+x"}]})
    assert "a" * 1_000_000 not in pipe._allow
    assert "aax" in pipe._allow
    with pytest.raises(ValueError, match="no look-ahead"):
        nlp.add_pipe(FILTER, name="x", config={"spans_key": "x", "allow": [{"regex": "(?=a)"}]})
