"""Phone numbers: whole, beside others, by what they are called, and what is none."""

from __future__ import annotations

import random

import pytest

from spacy_privacy_filter.rules.finder import make_rules

from ..helpers import assert_grows_linearly

FIND = make_rules()
PHONE = "private_phone"


def phones(text: str) -> list[str]:
    return [text[s.start_char : s.end_char] for s in FIND(text) if s.label == PHONE]


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


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("(+1 (985) 801-5240)", "+1 (985) 801-5240"),
        ("ok (020 7946 0958) then", "020 7946 0958"),
        ("[(202) 456-1111]", "(202) 456-1111"),
        ("555.555.0142 x 9 is", "555.555.0142 x 9"),
        ("phone: 2025550143 ext. 5", "2025550143 ext. 5"),
        ("202-456-1111 x123, or", "202-456-1111 x123"),
        ("Dial in with 18005550199,,4471982# at", "18005550199,,4471982#"),
        ("tel:+442079460958", "+442079460958"),
        ('"phone": "+4722550123"}', "+4722550123"),
        ("TEL;TYPE=CELL:+4722550123", "+4722550123"),
        ("||+4722550123|", "+4722550123"),
        ("<td>Phone</td><td>030 12345678</td>", "030 12345678"),
        ("**Phone:** 857-843-4106", "857-843-4106"),
        ("Rückruf unter 0151 / 2345 6789 oder", "0151 / 2345 6789"),
        ("oder +49 (0)30 901820-13.", "+49 (0)30 901820-13"),
        ("Appelez le 06.12.34.56.78 ou", "06.12.34.56.78"),
        ("or 0044 7700 900 456", "0044 7700 900 456"),
        ("Issues to 0039 401.781-5102.", "0039 401.781-5102"),
        ("FAX: + 34- 963864175 E-mail", "+ 34- 963864175"),
        ("मेरा नंबर 98765 43210 है", "98765 43210"),
        ("الهاتف ٠٥٠ ١٢٣ ٤٥٦٧", "٠٥٠ ١٢٣ ٤٥٦٧"),
        ("電話は090-1234-5678です。", "090-1234-5678"),
        ("电话138 1234 5678", "138 1234 5678"),
        ("Tfno. 956 013 059", "956 013 059"),
        ("тел. 495 123-45-67", "495 123-45-67"),
        ("τηλέφωνο 210 123 4567", "210 123 4567"),
        ("call me at five five five, oh one four two tonight", "five five five, oh one four two"),
        ("Call 5551234567 for more", "5551234567"),
        ("🎉 +47 22 55 01 23 🎉", "+47 22 55 01 23"),
    ],
)
def test_a_number_is_found_whole(text: str, number: str) -> None:
    assert phones(text) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "acct 2025550143", "account no. 202-555-0143", "NHS 943 476 5919", "invoice no. 2025550143",
        "MRN: 2025550143", "Order 00123456789 shipped", "case 2025550143", "ref: 020 7946 0958",
        "tracking 2025550143", "Ticket #2025550143", "ID: 8554365880", "NPI: 3433200375",
        "DOC-201210-1034", "REF-202207-5316", "tax data 95173-87269", "TCKN 13198785260",
        "Personnummer 510312-1140", "5455 1648 897", "cursor 1624992813193 next", "1748503543012",
        "revenue grew by +100 000 000", "28.12.2015 12:11", "2024-05-06 10:11:12", "10.1.2.3",
        "UNITS 101-105 AND A CALL", "ISBN 978-3-16-148410-0, part no. 4410-2233-98",
        "$ 2025550143", "2025550143 EUR", "536-90-4399", "078-05-1120", "phone (490154203237518)",
        "2025550143", "text 12345678 characters", "line 1234567 of 7654321", "a1b2-2025550143-c3",
        "nine eight seven six five four three two one",
    ],
)  # fmt: skip
def test_what_is_no_phone_number(text: str) -> None:
    assert phones(text) == []


def test_a_country_of_ones_own_groups_as_it_does() -> None:
    text = "Kari 22 55 01 23, and 12 34 56 78 90 12 34 56 78 90 12 of a table"
    spans = make_rules(regions=["NO"])(text)
    assert [text[s.start_char : s.end_char] for s in spans] == ["22 55 01 23"]
    abroad = make_rules(regions=[])
    assert abroad("call 202-456-1111 or 020 7946 0958") == []
    assert len(abroad("call +1 202-456-1111")) == 1


def test_tables_of_numbers_hold_next_to_none() -> None:
    rng = random.Random(5)
    rows = [
        " ".join(str(rng.randrange(10 ** rng.randrange(1, 6))) for _ in range(8))
        for _ in range(500)
    ]
    assert len(FIND("\n".join(rows))) < 25


@pytest.mark.parametrize(
    "part", ["123 ", "1-", "1/2/", "(1) ", "+1 ", "202 456 ", "five ", "x1", "0 "]
)
def test_no_text_takes_long(part: str) -> None:
    assert_grows_linearly(lambda n: FIND(part * n), 1000)
