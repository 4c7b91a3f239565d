"""A number drawn like another keeps every check that the other keeps."""

from __future__ import annotations

from random import Random

import pytest

from spacy_privacy_filter.identifiers.drawing import draw_identifier
from spacy_privacy_filter.identifiers.table import KINDS, find_kinds


@pytest.mark.parametrize("key", [key for key, kind in KINDS.items() if kind.sought])
def test_a_number_keeps_its_kinds(key: str) -> None:
    for value in KINDS[key].examples:
        kinds = find_kinds(value)
        for seed in range(5):
            made = draw_identifier(value, kinds, Random(seed))
            assert made is not None
            assert made == draw_identifier(value, kinds, Random(seed))
            assert set(kinds) <= set(find_kinds(made)) or len(kinds) > 4


def test_a_number_of_no_kind_gives_none() -> None:
    assert draw_identifier("123", [], Random(0)) is None
