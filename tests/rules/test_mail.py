"""Addresses of mail."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.rules.mail import find_emails


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("mail ada@example.org.", "ada@example.org"),
        ("<ada.l+x@mail.example.co.uk>", "ada.l+x@mail.example.co.uk"),
        ("o'brien@example.org", "o'brien@example.org"),
        ("'ada@example.org'", "ada@example.org"),
    ],
)
def test_an_address_is_found_whole(text: str, address: str) -> None:
    assert [text[find.start_char : find.end_char] for find in find_emails(text)] == [address]


@pytest.mark.parametrize("text", ["a@b", "@example.org", "a@b.c", "a@example.org-"])
def test_what_is_no_address(text: str) -> None:
    assert list(find_emails(text)) == []
