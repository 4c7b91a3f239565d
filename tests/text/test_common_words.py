"""Words of names that are other words, too."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.text.common_words import COMMON, FREQUENT, RARE, commonness


@pytest.mark.parametrize("word", ["will", "May", "MARK", "hope", "Long", "Young", "Grace"])
def test_frequent(word: str) -> None:
    assert commonness(word) == FREQUENT


@pytest.mark.parametrize("word", ["Rose", "wolf", "Penny"])
def test_common(word: str) -> None:
    assert commonness(word) == COMMON


@pytest.mark.parametrize("word", ["Liam", "petra", "Achterberg", "Walsh", "王建国", "محمد", ""])
def test_rare(word: str) -> None:
    assert commonness(word) == RARE
