"""IBANs: what another library accepts we accept, and nothing else."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from importlib import import_module
from random import Random

import pytest

from spacy_privacy_filter.identifiers.accounts import fix_account
from spacy_privacy_filter.identifiers.checks import fix_iban
from spacy_privacy_filter.identifiers.ibans import COUNTRIES, is_iban, make_iban

OTHERS = import_module("stdnum.iban")
NUMBERS = import_module("stdnum.numdb").get("iban")
CLASSES = {"n": string.digits, "a": string.ascii_uppercase, "c": "0123456789ABCDEFXYZ"}


def accounts(country: str) -> Iterator[str]:
    """Accounts of a form as the other library has it, and those near it."""
    rng = Random(country)
    form = NUMBERS.info(country)[0][1]["bban"]
    runs = [(int(n), kind) for n, kind in re.findall(r"(\d+)!([nac])", form)]
    for _ in range(10):
        account = "".join(rng.choice(CLASSES[kind]) for n, kind in runs for _ in range(n))
        yield fix_account(country, account)
        yield account
        yield account[1:]
        yield f"{account}0"
        i = rng.randrange(len(account))
        yield f"{account[:i]}{'A' if account[i].isdigit() else '0'}{account[i + 1 :]}"
        if country == "ME":
            yield f"{account[:-2]}{98 - int(account[:-2]) * 100 % 97:02d}"


def test_every_country_is_read_as_by_another_library() -> None:
    countries = [a + b for a in string.ascii_uppercase for b in string.ascii_uppercase]
    known = [code for code in countries if NUMBERS.info(code)[0][1]]
    ibans = [fix_iban(f"{code}00{account}") for code in known for account in accounts(code)]
    assert [iban for iban in ibans if is_iban(iban) != OTHERS.is_valid(iban)] == []
    assert {iban[:2] for iban in ibans if is_iban(iban)} == set(known)
    others = [fix_iban(f"{code}00{'1' * 18}") for code in set(countries) - set(known)]
    assert not any(is_iban(iban) for iban in others)


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
