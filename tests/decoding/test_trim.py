"""Marks that share a piece with a value are left out of its span, and nothing else is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.decoding.spans import char_spans
from spacy_privacy_filter.decoding.trim import trim_marks, trim_space
from spacy_privacy_filter.labels.tags import TagSet
from spacy_privacy_filter.learning.gold import Gold, allowed_tags
from spacy_privacy_filter.text.o200k import encode

TAGS = TagSet.from_labels(["x"])
MARKED = st.text(alphabet="ab1 =:\"'(),.;<>/[]é。", min_size=1, max_size=12)


def found(text: str, value: str, *, marks: bool = True) -> str:
    """What a model that tags every piece rightly finds of a value."""
    start = text.index(value)
    pieces = encode(text)
    gold = Gold(((start, start + len(value), "x"),))
    path = allowed_tags(gold, text, pieces, TAGS).argmax(axis=1)
    log_probs = np.zeros((len(pieces), len(TAGS)))
    (span,) = char_spans(text, pieces, path, TAGS, log_probs, marks=marks)
    return text[span.start_char : span.end_char]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("URL=https://example.org/a", "https://example.org/a"),
        ("Web:www.example.org.", "www.example.org"),
        ('{"password": "Tiger3590?", "n": 1}', "Tiger3590?"),
        ("(see https://example.org/a_(b)), then", "https://example.org/a_(b)"),
        ("<td>Ann</td><td>Lee</td>", "Lee"),
        ("<li>Ann Lee</li>", "Ann Lee"),
        ('href="https://example.org/"/>', "https://example.org/"),
        ("phone ((555) 010-1234)", "(555) 010-1234"),
        ("pay (+49 30 1234567)", "+49 30 1234567"),
        ("signed by Sam Lee Jr., Paris", "Sam Lee Jr."),
        ("=J.", "J."),
        ("ホームページ：www.example.jp", "www.example.jp"),
        ("tel:5550101234", "5550101234"),
        ("x='--a.b'", "--a.b"),
        ("**Ann**", "Ann"),
        ("the code x(y!) works", "x(y!)"),
        ("the key is ...", "..."),
    ],
)
def test_values_beside_marks(text: str, value: str) -> None:
    assert found(text, value) == value


def test_whole_pieces_on_request() -> None:
    assert found("URL=https://example.org/a", "https://example.org/a", marks=False)[0] == "="


@given(before=MARKED, value=MARKED, after=MARKED)
def test_only_marks_of_the_outer_pieces_go(before: str, value: str, after: str) -> None:
    text = before + value + after
    value = value.strip()
    if not value:
        return
    exact, whole = found(text, value), found(text, value, marks=False)
    assert exact
    assert exact in whole
    cut = whole.split(exact, 1)
    assert not any(char.isalnum() for part in cut for char in part)


@given(text=MARKED, edges=st.lists(st.integers(0, 12), min_size=4, max_size=4))
def test_trimming_twice_changes_nothing(text: str, edges: list[int]) -> None:
    start, first, last, end = sorted(min(edge, len(text)) for edge in edges)
    start, end = trim_space(text, start, end)
    if start == end:
        return
    first, last = min(max(first, start + 1), end), max(min(last, end - 1), start)
    once = trim_marks(text, start, end, first, last)
    assert start <= once[0] < once[1] <= end
    assert trim_marks(text, *once, first, last) == once
    assert once[0] < first
    assert once[1] > last
