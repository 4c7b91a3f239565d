"""What the words right before a value call it."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.rules.context import (
    AGAINST,
    KIND,
    PHONE,
    STRONG,
    WEAK,
    joins,
    name_before,
)


@pytest.mark.parametrize(
    ("before", "group", "marked"),
    [
        ("Phone: ", PHONE, True), ("call me direct at ", PHONE, False),
        ("phone number is ", PHONE, True),
        ("<td>Phone</td><td>", PHONE, True), ("电话", PHONE, False),
        ("電話は", PHONE, False),
        ("MRN ", STRONG, False), ("Acct# ", STRONG, True), ("member id ", WEAK, False),
        ('"member_id": "', WEAK, True), ("Order no. ", AGAINST, True),
        ("document ID ", AGAINST, False),
        ("PESEL ", KIND, False), ("Steuer-ID: ", KIND, True),
        ("the driver's license ", WEAK, False),
    ],
)  # fmt: skip
def test_a_name(before: str, group: str, marked: bool) -> None:
    text = f"Some words, {before}12345"
    name = name_before(text, text.index("12345"))
    assert name is not None
    assert (name.group, name.marked) == (group, marked)


@pytest.mark.parametrize("before", ["", "of ", "phone 7, ", "Phone:\n", "phones rang for ", "x, "])
def test_no_name(before: str) -> None:
    assert name_before(f"{before}12345", len(before)) is None


def test_words_that_hang_together_with_those_before_them() -> None:
    assert all(map(joins, ["number", "Numbers", "under", "record", "five", "fiscale"]))
    assert not any(map(joins, ["today", "their's", "house"]))
