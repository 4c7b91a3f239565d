"""IBANs: what another library accepts we accept, and nothing else."""

from __future__ import annotations

import string
from collections.abc import Iterator
from importlib import import_module
from random import Random

import pytest

from spacy_privacy_filter.identifiers.accounts import fix_account
from spacy_privacy_filter.identifiers.checks import fix_iban
from spacy_privacy_filter.identifiers.ibans import COUNTRIES, is_iban, make_iban

OTHERS = import_module("stdnum.iban")
ACCOUNTS = {
    "BE": "435411161155", "NO": "86011117947", "ES": "21000418450200051332",
    "ME": "505000012345678951", "MT": "MALT011000012345MTLCAST001S", "MU": "BOMM0101101030300200000MUR",
    "SC": "SSCB11010000000000001497USD", "BR": "00360305000010009795493P1", "VA": "001123000012345678",
}  # fmt: skip


def accounts() -> Iterator[str]:
    """All pairs of letters as a country, with accounts of all lengths; then those of a few."""
    rng = Random(0)
    for country in (a + b for a in string.ascii_uppercase for b in string.ascii_uppercase):
        for length in range(11, 31):
            yield country + "".join(rng.choice(string.digits) for _ in range(length))
        for n_letters in (1, 2, 4):
            for length in range(10, 27):
                letters = "".join(rng.choice(string.ascii_uppercase) for _ in range(n_letters))
                yield country + letters + "".join(rng.choice("0123456789") for _ in range(length))
    for country, account in ACCOUNTS.items():
        yield country + account
        for i in range(len(account)):
            for char in "A0123":
                spoilt = account[:i] + char + account[i + 1 :]
                yield country + spoilt


def test_every_country_is_read_as_by_another_library() -> None:
    ibans = [fix_iban(f"{text[:2]}00{text[2:]}") for text in accounts()]
    differ = [iban for iban in ibans if is_iban(iban) != OTHERS.is_valid(iban)]
    assert differ == []
    valid = {iban[:2] for iban in ibans if is_iban(iban)}
    assert len(valid) > 60


@pytest.mark.parametrize("bank", range(0, 1000, 7))
def test_belgian_banks_that_there_are(bank: int) -> None:
    for n in range(bank, min(bank + 7, 1000)):
        iban = fix_iban("BE00" + fix_account("BE", f"{n:03d}1234567xx"))
        assert is_iban(iban) == OTHERS.is_valid(iban), iban


def test_check_digits_that_leave_the_same_rest() -> None:
    """02 is what is computed, but 99 leaves the same; such a number was never refused."""
    ibans = (fix_iban(f"DE00{n:018d}") for n in range(300))
    two = next(iban for iban in ibans if iban[2:4] == "02")
    assert is_iban(two)
    assert is_iban(f"DE99{two[4:]}")
    assert not is_iban(f"DE98{two[4:]}")


@pytest.mark.parametrize(
    "value",
    ["", "DE", "DE89", "de89370400440532013000", "DE8937040044053201300", "DEX9370400440532013000",
     "XX89370400440532013000", "DE89370400440532013000\n", "DE8937040044053201300٣"],
)  # fmt: skip
def test_what_is_none(value: str) -> None:
    assert not is_iban(value)


def test_ibans_that_are_made_are_accepted_by_another_library() -> None:
    made = [make_iban(Random(seed)) for seed in range(500)]
    assert [iban for iban in made if not (is_iban(iban) and OTHERS.is_valid(iban))] == []
    assert {iban[:2] for iban in made} == set(COUNTRIES)
