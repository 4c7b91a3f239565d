"""Pieces before a boundary are final, whatever the text goes on with."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from spacy_privacy_filter.text.boundaries import BREAKS, MARKS, final_end
from spacy_privacy_filter.text.o200k import encode

from ..drawing import texts


@given(texts(), texts())
def test_pieces_before_a_boundary_are_final(left: str, right: str) -> None:
    end = final_end(left)
    assert 0 <= end < max(1, len(left))
    apart = np.concatenate([encode(left[:end]).ids, encode(left[end:] + right).ids])
    assert np.array_equal(apart, encode(left + right).ids)


@pytest.mark.parametrize("mark", sorted(MARKS | set(BREAKS)))
@pytest.mark.parametrize("word", ["word", "42", "王小明", "Zoë", "здесь", "हिन्दी"])
def test_marks_end_words_whatever_follows(word: str, mark: str) -> None:
    for follow in ("", "a", "A", "1", mark, "s", "'s", " ", "\n", "、", "字"):
        text = word + mark + follow
        apart = [*encode(word).ids, *encode(mark + follow).ids]
        assert apart == encode(text).ids.tolist(), ascii(text)


def test_an_apostrophe_is_no_boundary() -> None:
    assert final_end("we'll don'") == 5


@pytest.mark.parametrize(
    ("text", "end"),
    [("", 0), ("word", 0), ("two words", 3), ("a\n", 1), ("a  b", 1), ("a, b", 2), (" a", 0)],
)
def test_the_last_boundary_by_hand(text: str, end: int) -> None:
    assert final_end(text) == end
