"""Numbers of Africa, Asia and Oceania: a date inside, and a first digit that is given out."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.identifiers.kinds.africa_asia_oceania import KINDS
from spacy_privacy_filter.identifiers.table import is_valid


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("za_id", "750330 5044 089"),
        ("cn_ric", "11010519491231002x"),
        ("in_aadhaar", "2341 2341 2346"),
        ("au_abn", "83 914 571 673"),
    ],
)
def test_published_numbers_are_valid(key: str, number: str) -> None:
    assert key in {kind.key for kind in KINDS}
    assert is_valid(key, number)


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("za_id", "7513305044089"),
        ("cn_ric", "110105194913310025"),
        ("in_aadhaar", "0341 2341 2346"),
        ("au_tfn", "123456789"),
    ],
)
def test_numbers_that_nobody_is_given(key: str, number: str) -> None:
    assert key in {kind.key for kind in KINDS}
    assert not is_valid(key, number)
