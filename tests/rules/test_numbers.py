"""Numbers of people, firms and vehicles."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.identifiers.table import KINDS
from spacy_privacy_filter.rules.finder import LABELS, OPTIONAL, make_rules

from ..helpers import assert_grows_linearly

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


# --- With a word that says what they are ---------------------------------------------------------


def named(text: str) -> list[str]:
    spans = FIND(text)
    assert {span.label for span in spans} <= {"account_number"}
    return [text[span.start_char : span.end_char] for span in spans]


CALLED = [(kind.words[0], key) for key, kind in KINDS.items() if kind.words and key != "us_ssn"]


@pytest.mark.parametrize(("word", "key"), CALLED)
def test_any_kind_is_found_behind_its_word(word: str, key: str) -> None:
    for value in KINDS[key].examples:
        for form in (value, KINDS[key].write(value)):
            assert named(f"{word}: {form}, next") == [form]
            assert named(f"({word} no. {form})") == [form]


@pytest.mark.parametrize(
    "number",
    ["RSSMRA85T10A562S", "BOXW310820HNERXN09", "11010519491231002X", "756.9217.0769.85",
     "16.727.230/0001-97", "131052-308T"],
)  # fmt: skip
def test_what_is_so_particular_that_it_needs_no_word(number: str) -> None:
    assert named(f"Some words, {number}.") == [number]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Driver's License: D7261034 (CA)\nPassport number: X48210337\nBank account: 9876501234",
         ["D7261034", "X48210337", "9876501234"]),
        ("routing 021000021 acct 000123456789", ["021000021", "000123456789"]),
        ("MRN 00482913 Acct# H000918273", ["00482913", "H000918273"]),
        ("Sort code 20-45-77 account 31926819", ["20-45-77", "31926819"]),
        ("GSTIN 27ABCPE1234F1Z5, PAN ABCPE1234F", ["27ABCPE1234F1Z5", "ABCPE1234F"]),
        ("CPF 529.982.247-25, DNI 12345678Z, BSN 111222333",
         ["529.982.247-25", "12345678Z", "111222333"]),
        ("employee EMP-004417 opened claim CLM/2026/88213", ["EMP-004417", "CLM/2026/88213"]),
        ("last four xxx-xx-8847 on file", ["8847"]),
        ("Member ID: 12345678", ["12345678"]), ("Policy #GP-12345", ["GP-12345"]),
        ("Account no. 12-3456", ["12-3456"]), ("account 1234 5678 90 of hers", ["1234 5678 90"]),
        ("medical record number: 8827371", ["8827371"]), ("Customer No 104332", ["104332"]),
        ("NHS 943 476 5919 and", ["943 476 5919"]), ("Medicare 1EG4-TE5-MK73", ["1EG4-TE5-MK73"]),
        ("BIC: DEUTDEFF500 ok", ["DEUTDEFF500"]), ("Personalausweis: T22000129", ["T22000129"]),
        ("<td>MRN</td><td>00482913</td>", ["00482913"]), ('"member_id": "A123456"', ["A123456"]),
    ],
)  # fmt: skip
def test_a_number_behind_what_it_is_called(text: str, numbers: list[str]) -> None:
    assert named(text) == numbers


@pytest.mark.parametrize(
    "text",
    ["Order 5299558249 shipped", "invoice 12345678", "ID: 12345678", "Case No. 12-3456",
     "policy 2024 says", "account 2019-2020", "account 12/05/2024", "account of 1234567",
     "account $500000", "account 500,000", "claims 100000 customers", "patient 45 years",
     "customer 10432 called", "account version 10.2.3", "policy: 2024-05-06", "DNI 12345678A",
     "BSN 111222334", "NHS 943 476 5918", "routing 021000022", "DEUTDEFF500", "PESEL 44051401358",
     "a swift DEUTSCHE", "account manager 2020", "the account", "member since 1999"],
)  # fmt: skip
def test_what_is_called_so_and_is_no_number_of_anybody(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    "part", ["ID: ", "acct 1 ", "acct acct ", "MRN: 12345 ", "A1-", "a1/", "1 23 "]
)
def test_no_text_takes_long(part: str) -> None:
    assert_grows_linearly(lambda n: FIND(part * n), 1000)
