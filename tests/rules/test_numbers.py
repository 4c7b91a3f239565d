"""Numbers of people, firms and vehicles."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.identifiers.table import KINDS
from spacy_privacy_filter.rules.finder import LABELS, OPTIONAL, make_rules

FIND = make_rules()


@pytest.mark.parametrize(
    "before",
    ["SSN ", "ssn: ", "SSN no. ", "social security number ", "Social Security number is ",
     "His social security: "],
)  # fmt: skip
def test_nine_digits_with_a_name(before: str) -> None:
    text = f"Some words here, {before}536904399."
    assert [text[s.start_char : s.end_char] for s in FIND(text)] == ["536904399"]


PRINTED = [
    (key, form)
    for key in OPTIONAL
    for value in KINDS[key].examples
    for form in (value, KINDS[key].write(value))
]


@pytest.mark.parametrize(("key", "number"), PRINTED)
def test_any_kind_of_the_table_is_found_once_it_has_a_label(key: str, number: str) -> None:
    find = make_rules(labels={**dict.fromkeys(LABELS), key: "ID"})
    text = f"Her number is {number}, he says"
    assert [(text[s.start_char : s.end_char], s.label) for s in find(text)] == [(number, "ID")]
    assert find(f"Her number is {number}1, he says") == []
    for cut in find.cuts(text):
        assert not text[:cut].endswith(number[:3])


@pytest.mark.parametrize("number", ["44051401359", "390.533.447-05", "12345678Z", "8803200016"])
def test_no_number_of_a_country_is_found_unasked(number: str) -> None:
    assert number not in [number[s.start_char : s.end_char] for s in FIND(number)]


@pytest.mark.parametrize("number", ["44051401358", "4405140135X", "44051401359-1", "x44051401359"])
def test_what_is_no_number_of_a_country(number: str) -> None:
    assert make_rules(labels={**dict.fromkeys(LABELS), "pl_pesel": "ID"})(number) == []


@pytest.mark.parametrize("number", ["078-05-1120", "219-09-9999", "900-12-3456", "536-00-4399"])
def test_social_security_numbers_of_nobody(number: str) -> None:
    assert FIND(f"It is {number}.") == []
