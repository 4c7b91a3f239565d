"""Passages read where they stand: behind the name of a column, as declared, beside other rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
import spacy

from spacy_privacy_filter import loading
from spacy_privacy_filter.batch.finding import find_in_passages
from spacy_privacy_filter.batch.formats.base import Passage
from spacy_privacy_filter.batch.sharing import share_values
from spacy_privacy_filter.types import CharSpan


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is read; all from the fifth character is found."""
    seen: list[str] = []

    def find(nlp: Any, texts: Sequence[str], also: Any = ()) -> list[list[CharSpan]]:
        seen.extend(texts)
        return [[CharSpan(4, len(t), "private_person", 0.9, "carried:9")] for t in texts]

    monkeypatch.setattr(loading, "find_spans", find)
    return seen


@pytest.mark.parametrize(
    ("column", "text", "read"),
    [
        ("Full Name", "Kai Lund", "Full Name: Kai Lund"),
        ("firstName", "Kai", "first Name: Kai"),
        ("user_name", "Kai", "user name: Kai"),
        ("note", "Kai", "Kai"),
        ("message text", "Kai", "Kai"),
        ("", "Kai", "Kai"),
        ("#", "Kai", "Kai"),
        ("Name", "a\nb", "a\nb"),
        ("Name", "one two three four five six seven eight nine", None),
        ("Name", "x" * 101, None),
    ],
)
def test_a_short_cell_is_read_behind_its_column(
    column: str, text: str, read: str | None, asked: list[str]
) -> None:
    (spans,) = find_in_passages(spacy.blank("xx"), [Passage("", text, column=column)])
    assert asked == [text if read is None else read]
    n_before = len(asked[0]) - len(text)
    ((start, end, _, _, source),) = spans
    assert (start, end) == (max(0, 4 - n_before), len(text))
    assert source == f"carried:{max(0, 9 - n_before)}"


def test_what_is_declared_is_not_looked_at(asked: list[str]) -> None:
    passages = [
        Passage(str(i), text, label="private_date") for i, text in enumerate(("  x y ", " "))
    ]
    one, none = find_in_passages(spacy.blank("xx"), passages)
    assert one == [CharSpan(2, 5, "private_date", 1.0, "declared")]
    assert (none, asked) == ([], [])


def test_full_names_and_values_are_found_in_all_rows() -> None:
    person = CharSpan(0, 8, "private_person", 1.0)
    rows = ["Kai Lund +49 30 123456", "Kai Lundgren, Kai Lund; (Kai) +49 30 123456.", "Lund Kai"]
    spans = [
        [person, CharSpan(9, 22, "private_phone", 0.9)],
        [CharSpan(0, 12, "private_person", 1)],
        [],
    ]
    made = share_values(rows, spans)
    assert [(rows[1][s.start_char : s.end_char], s.source) for s in made[1]] == [
        ("Kai Lundgren", "network"), ("Kai Lund", "shared"), ("+49 30 123456", "shared"),
    ]  # fmt: skip
    assert made[0] == spans[0]
    assert made[2] == []
    unsure = [[person._replace(score=0.5)], [], []]
    assert share_values(rows, unsure) == unsure


def test_many_values_over_many_rows_take_linear_time() -> None:
    rows = [f"Dr Kai Lund{i:05} " * 5 for i in range(5000)]
    spans = [[CharSpan(0, 16, "private_person", 1.0)] for _ in rows]
    assert sum(map(len, share_values(rows, spans))) == 25_000
