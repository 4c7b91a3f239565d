"""Numbers of the world: accounts, cards, vehicles and books."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.identifiers.kinds.world import KINDS
from spacy_privacy_filter.identifiers.table import is_valid


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("iban", "GB82 WEST 1234 5698 7654 32"),
        ("vin", "1m8gdm9axkp042788"),
        ("card", "3782 822463 10005"),
        ("isbn", "978-9024538270"),
        ("isbn_10", "0-8044-2957-X"),
    ],
)
def test_published_numbers_are_valid(key: str, number: str) -> None:
    assert key in {kind.key for kind in KINDS}
    assert is_valid(key, number)


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("iban", "DE00370400440532013000"),
        ("vin", "1M8GDM9A1KP042788"),
        ("isbn", "9779024538270"),
        ("isbn_10", "0804429571"),
    ],
)
def test_numbers_that_nobody_is_given(key: str, number: str) -> None:
    assert key in {kind.key for kind in KINDS}
    assert not is_valid(key, number)


def test_a_number_of_one_digit_is_no_card() -> None:
    assert not is_valid("card", "0000 0000 0000 0000")
