"""Values that were found, wherever they stand as whole words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.documents.values import Replaced, Values

WORDS = st.text(st.sampled_from("abé_1"), min_size=4, max_size=6)
VALUES = st.lists(st.lists(WORDS, min_size=1, max_size=2).map(" ".join), min_size=1, max_size=4)


@given(VALUES, st.lists(st.sampled_from([" ", ",", "\n", "a", "(", "é"]), max_size=4))
def test_whole_words_are_replaced_and_parts_are_not(values: list[str], glue: list[str]) -> None:
    sought = Values(Replaced(value, "#") for value in values)
    for value in values:
        for mark in glue:
            text = f"{mark}{value}{mark}"
            is_part = mark.isalnum()
            assert (value in sought.replace(text)) == is_part


def test_blanks_and_marks() -> None:
    sought = Values(
        [Replaced("Kai Lund", "[P]"), Replaced("+49 30 123", "[T]"), Replaced("Bo", "x")]
    )
    assert sought.replace("Kai\xa0Lund's (Kai\nLund) Bo +49\t30 123, +49 30 1234") == (
        "[P]'s ([P]) Bo [T], +49 30 1234"
    )


def test_many_values_and_a_long_text() -> None:
    sought = Values(Replaced(f"value {i}", "#") for i in range(5000))
    text = "value 77, " * 50_000
    assert sought.replace(text) == "#, " * 50_000
