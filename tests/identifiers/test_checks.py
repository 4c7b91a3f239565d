"""Checksums: published examples, and every wrong check digit made right again."""

from __future__ import annotations

from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.identifiers import checks


@pytest.mark.parametrize(
    ("fix", "wrong", "right"),
    [
        (checks.fix_luhn, "79927398710", "79927398713"),
        (checks.fix_iban, "GB00WEST12345698765432", "GB82WEST12345698765432"),
        (checks.fix_iban, "DE00370400440532013000", "DE89370400440532013000"),
        (checks.fix_vin, "1M8GDM9A0KP042788", "1M8GDM9AXKP042788"),
        (checks.fix_routing, "021000020", "021000021"),
        (checks.fix_npi, "1234567890", "1234567893"),
        (checks.fix_nhs, "9434765910", "9434765919"),
        (checks.fix_abn, "00914571673", "83914571673"),
        (checks.fix_nir, "253072B07300400", "253072B07300470"),
        (checks.fix_cnpj, "16727230000100", "16727230000197"),
        (checks.fix_rrn, "9710139019900", "9710139019902"),
    ],
)
def test_published_numbers(fix, wrong: str, right: str) -> None:
    assert fix(wrong) == right
    assert fix(right) == right


def test_a_number_for_which_no_check_digit_fits() -> None:
    bodies = [f"{n:08d}" for n in range(100)]
    without = [body for body in bodies if checks.fix_bsn(body) is None]
    assert 0 < len(without) < 20


@given(st.text("0123456789", min_size=11, max_size=11))
def test_aadhaar_agrees_with_another_library(digits: str) -> None:
    verhoeff = import_module("stdnum.verhoeff")
    assert verhoeff.is_valid(checks.fix_aadhaar(f"{digits}0"))
