"""Account numbers: their check digits hold, by definition."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("faker", reason="the generator needs the extra 'training'")

from spacy_privacy_filter.training.generator.values.account_numbers import load_kinds, make_number

from ..checks import passes_luhn

seeds = st.integers(0, 2**32)


@given(seeds)
def test_cards_and_npi_pass_luhn(seed: int) -> None:
    rng = Random(seed)
    assert passes_luhn(make_number(rng, "card"))
    assert passes_luhn("80840" + make_number(rng, "npi"))
    assert passes_luhn(make_number(rng, "sin"))


@given(seeds)
def test_ibans_have_remainder_one(seed: int) -> None:
    iban = make_number(Random(seed), "iban").replace(" ", "")
    moved = iban[4:] + iban[:4]
    assert int("".join(str(int(char, 36)) for char in moved)) % 97 == 1


@given(seeds)
def test_national_numbers_hold(seed: int) -> None:
    rng = Random(seed)
    routing = [int(char) for char in make_number(rng, "routing")]
    assert sum(d * w for d, w in zip(routing, (3, 7, 1) * 3, strict=True)) % 10 == 0
    nhs = [int(char) for char in make_number(rng, "nhs") if char.isdigit()]
    assert sum(d * w for d, w in zip(nhs, range(10, 0, -1), strict=True)) % 11 == 0
    bsn = [int(char) for char in make_number(rng, "bsn")]
    assert sum(d * w for d, w in zip(bsn, [*range(9, 1, -1), -1], strict=True)) % 11 == 0
    pesel = [int(char) for char in make_number(rng, "pesel")]
    weights = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)
    assert sum(d * w for d, w in zip(pesel, weights, strict=True)) % 10 == 0
    assert passes_luhn(re.sub(r"^19(?=\d{6}-?\d{4}$)", "", make_number(rng, "personnummer")))
    dni = make_number(rng, "dni").replace("-", "")
    number = dni[:-1].translate(str.maketrans("XYZ", "012"))
    assert dni[-1] == "TRWAGMYFPDXBNJZSQVHLCKE"[int(number) % 23]
    nir = make_number(rng, "nir").replace(" ", "")
    assert (int(nir[:13]) + int(nir[13:])) % 97 == 0
    china = make_number(rng, "china_id").replace("X", "")
    check = 10 if len(china) == 17 else int(china[17])
    assert (sum(int(d) * pow(2, 17 - i, 11) for i, d in enumerate(china[:17])) + check) % 11 == 1


@given(seeds)
def test_cpf_and_vin_hold(seed: int) -> None:
    rng = Random(seed)
    cpf = [int(char) for char in make_number(rng, "cpf") if char.isdigit()]
    for n in (9, 10):
        rest = sum(d * w for d, w in zip(cpf, range(n + 1, 1, -1), strict=False)) * 10 % 11
        assert cpf[n] == rest % 10
    vin = make_number(rng, "vin")
    letters = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", "12345678123457923456789", strict=True))
    values = [int(letters.get(char, "0" if char == "X" else char)) for char in vin]
    weights = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
    rest = sum(v * w for v, w in zip(values, weights, strict=True)) % 11
    assert vin[8] == ("X" if rest == 10 else str(rest))


@given(seeds)
def test_another_library_accepts_every_iban(seed: int) -> None:
    validate = pytest.importorskip("stdnum.iban").validate
    iban = make_number(Random(seed), "iban")
    assert validate(iban) == iban.replace(" ", "")


@pytest.mark.parametrize("kind", load_kinds())
def test_every_kind_of_number_is_a_trimmed_line(kind: str) -> None:
    numbers = {make_number(Random(seed), kind) for seed in range(30)}
    assert len(numbers) > 20
    assert all(number and number == number.strip() and "\n" not in number for number in numbers)
