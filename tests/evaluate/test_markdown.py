"""A report as Markdown: figures with their intervals, and no text."""

from __future__ import annotations

from spacy_privacy_filter.evaluate.cases import Case, Found
from spacy_privacy_filter.evaluate.markdown import write_markdown
from spacy_privacy_filter.evaluate.measure import Settings, make_report
from spacy_privacy_filter.learning.gold import Gold
from spacy_privacy_filter.types import CharSpan


def test_what_a_person_reads() -> None:
    gold = Gold(((0, 3, "name"),), (), frozenset({"name"}))
    cases = [Case("Ada left", gold, group="letters", cats={"a": 1.0})] * 4
    found = [Found((CharSpan(0, 3, "name", 0.8),), {"a": 0.9})] * 4
    report = make_report(cases, {"one": found, "two": [Found()] * 4}, Settings(n_draws=100))
    text = write_markdown(report, ["labels.png"])
    assert text.startswith("# How well personal data is found\n")
    for words in ("4 documents, 32 characters", "## one", "## two", "letters", "![labels.png]"):
        assert words in text
    assert "Ada" not in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert rows
    assert all(row.endswith("|") for row in rows)
    nothing = make_report([Case("Ada")], {"one": [Found()]}, Settings(n_draws=100))
    assert "## one" in write_markdown(nothing)
