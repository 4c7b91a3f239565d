"""Invented phone numbers: possible ones of the same form."""

from __future__ import annotations

import re
from collections.abc import Callable

import phonenumbers
import pytest

from ..helpers import shares_a_run, write_surrogate


def is_phone(region: str) -> Callable[[str], bool]:
    def check(text: str) -> bool:
        return phonenumbers.is_possible_number(phonenumbers.parse(text, region))

    return check


def looks(pattern: str) -> Callable[[str], bool]:
    return lambda text: re.fullmatch(pattern, text) is not None


VALUES: list[tuple[str, str, Callable[[str], bool]]] = [
    ("phone", "+1 (555) 123-4567", is_phone("US")),
    ("phone", "(202) 555-0143", is_phone("US")),
    ("phone", "+1-202-555-0143", is_phone("US")),
    ("phone", "+44 20 7946 0958", is_phone("GB")),
    ("phone", "07700 900123", is_phone("GB")),
    ("phone", "020 7946 0958 ext. 12", is_phone("GB")),
    ("phone", "+49 (0)30 901820", is_phone("DE")),
    ("phone", "0049 30 901820", is_phone("DE")),
    ("phone", "+353 1 234 5678", is_phone("IE")),
    ("phone", "+33 6 12 34 56 78", is_phone("FR")),
    ("phone", "+81-3-1234-5678", is_phone("JP")),
    ("phone", "+971 50 123 4567", is_phone("AE")),
    ("phone", "1-800-FLOWERS", looks(r"\d-\d{3}-\d{7}")),
]  # fmt: skip


@pytest.mark.parametrize(("label", "text", "fits"), VALUES, ids=[text for _, text, _ in VALUES])
def test_a_value_becomes_one_of_its_kind(label, text, fits) -> None:
    made = write_surrogate(text, label)
    assert not shares_a_run(text, made)
    assert fits(made), made
