"""How identifiers are printed."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.identifiers.kind import write_in
from spacy_privacy_filter.identifiers.table import get_kind


@pytest.mark.parametrize(
    ("key", "value", "mark", "written"),
    [
        ("br_cpf", "39053344705", None, "390.533.447-05"),
        ("br_cpf", "39053344705", "", "39053344705"),
        ("gb_nhs", "9434765919", "-", "943-476-5919"),
        ("es_dni", "12345678Z", None, "12345678-Z"),
        ("card", "378282246310005", None, "3782 822463 10005"),
        ("card", "4111111111111111", "-", "4111-1111-1111-1111"),
        ("card", "36227206271667", None, "3622 720627 1667"),
        ("iban", "DE89370400440532013000", None, "DE89 3704 0044 0532 0130 00"),
        ("iban", "NO9386011117947", None, "NO93 8601 1117 947"),
        ("cl_rut", "61286306", None, "6.128.630-6"),
        ("cl_rut", "125319092", None, "12.531.909-2"),
        ("us_ssn", "536904399", " ", "536 90 4399"),
    ],
)
def test_a_number_is_printed_as_usual(key: str, value: str, mark: str | None, written: str) -> None:
    assert get_kind(key).write(value, mark) == written


def test_a_layout_ends_with_the_number() -> None:
    assert write_in("##-##-##", "1234") == "12-34"
    assert write_in("##-##-##", "123") == "12-3"
    assert write_in("##", "") == ""
