"""Blanks, hyphens, digits and letters of other kinds."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.rules.finder import make_rules

FIND = make_rules()

BLANK, HYPHEN = "\u00a0\u2007\u2009\u202f\u3000", "\u2010\u2011\u2013\u2212\uff0d"


@pytest.mark.parametrize(
    "value",
    ["4111 1111 1111 1111", "4111-1111-1111-1111", "3782 822463 10005", "536-90-4399",
     "GB82 WEST 1234 5698 7654 32", "020 7946 0958", "1M8GDM9AXKP042788", "10.1.2.3"],
)  # fmt: skip
def test_blanks_hyphens_and_digits_of_other_kinds(value: str) -> None:
    wide = {code: code + 0xFEE0 for code in range(0x30, 0x5B)}
    forms = [value.replace(" ", b).replace("-", h) for b, h in zip(BLANK, HYPHEN, strict=True)]
    for form in [*forms, value.translate(wide), forms[0].translate(wide)]:
        text = f"It is {form}, he says"
        assert [text[s.start_char : s.end_char] for s in FIND(text)] == [form]
