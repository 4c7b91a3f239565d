"""Cards and IBANs with other numbers right after them."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.rules.finder import make_rules

FIND = make_rules()


@pytest.mark.parametrize(
    ("card", "after"),
    [
        ("4111 1111 1111 1111", "07/28 123"), ("4111111111111111", "07/28"),
        ("4111-1111-1111-1111", "07/28"), ("4111 1111 1111 1111", "12.03.2026"),
        ("3782 822463 10005", "07/28 1234"),
    ],
)  # fmt: skip
def test_digits_may_follow_a_card(card: str, after: str) -> None:
    text = f"Visa {card} {after}"
    covered = {i for s in FIND(text) for i in range(s.start_char, s.end_char)}
    assert set(range(5, 5 + len(card))) <= covered


@pytest.mark.parametrize("after", ["12345", " 12345", "-12", " 0958 020 7946 0958"])
@pytest.mark.parametrize("value", ["DE89 3704 0044 0532 0130 00", "NO9386011117947"])
def test_an_iban_ends_where_its_country_says(value: str, after: str) -> None:
    text = value + after
    found = FIND(text)[0]
    assert text[: found.end_char] == value
