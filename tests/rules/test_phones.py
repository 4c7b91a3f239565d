"""Phone numbers beside others."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.rules.finder import make_rules

FIND = make_rules()
PHONE = "private_phone"


@pytest.mark.parametrize(
    "numbers",
    [
        ["+44 20 7946 0958", "020 7946 0958"],
        ["+44 20 7946 0958", "020 7946 0018", "+1 202 456 1111"],
        ["+49 1512 3456787"],  # also passes the check of cards, with 13 digits
    ],
)
def test_phone_numbers_are_no_card(numbers: list[str]) -> None:
    text = f"Call {' '.join(numbers)} now"
    assert [text[s.start_char : s.end_char] for s in FIND(text)] == numbers
    assert {s.label for s in FIND(text)} == {PHONE}
