"""Texts are cut in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.text.words import cut_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("John's Ann-Lee user_anna7", ["John", "s", "Ann", "Lee", "user", "anna7"]),
        ("Smith² Cel·la o·o", ["Smith", "Cel·la", "o", "o"]),
        ("می\u200cكنم नमस्ते", ["می\u200cكنم", "नमस्ते"]),
        ("王小明abc 김철수는 anna", ["abc", "anna"]),
        ("é te\u0301", ["é", "te\u0301"]),
        (r"a\nAnna \t", ["a", "Anna"]),
        ("😀👨\u200d👩", []),
        ("", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in cut_words(text)] == words


@given(st.text("ab1 é\u0301\u200d王ไ·l\\n_-", max_size=20))
def test_words_are_apart_and_in_order(text: str) -> None:
    ends = [place for word in cut_words(text) for place in word]
    assert ends == sorted(ends)
    assert all(start < end for start, end in cut_words(text))
