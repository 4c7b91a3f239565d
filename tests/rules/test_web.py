"""Addresses of pages, and the marks that a sentence puts after them."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.rules.web import find_urls


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("See https://example.org/a?b=c.", "https://example.org/a?b=c"),
        ("(see https://example.org/a)", "https://example.org/a"),
        ("https://example.org/a_(b), then", "https://example.org/a_(b)"),
        ("FTP://example.org!", "FTP://example.org"),
        ("**www.example.org**", "www.example.org"),
        ("<http://example.org/>", "http://example.org/"),
    ],
)
def test_an_address_ends_before_the_marks_of_the_sentence(text: str, url: str) -> None:
    assert [text[find.start_char : find.end_char] for find in find_urls(text)] == [url]


@pytest.mark.parametrize("text", ["http://", "www.", "xhttp://a.b", "http:// a"])
def test_what_is_no_address(text: str) -> None:
    assert list(find_urls(text)) == []
