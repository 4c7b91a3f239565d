"""Numbers of states: birthdays and check digits hold."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("faker", reason="the generator needs the extra 'training'")

from spacy_privacy_filter.training.generator.values.account_numbers import make_number

from ..checks import passes_luhn

seeds = st.integers(0, 2**32)


@given(seeds)
def test_imei_rodne_and_rrn_hold(seed: int) -> None:
    rng = Random(seed)
    for kind in ("imei", "device"):
        number = make_number(rng, kind)
        assert passes_luhn(number)
        assert sum(char.isdigit() for char in number) == 15
    rodne = make_number(rng, "rodne").replace("/", "")
    year, month, day = (int(rodne[i : i + 2]) for i in (0, 2, 4))
    assert 1 <= (month - 50 if month > 50 else month) <= 12
    assert 1 <= day <= 28
    assert int(rodne) % 11 == 0 if len(rodne) == 10 else (len(rodne), year < 54) == (9, True)
    rrn = make_number(rng, "rrn").replace("-", "")
    assert 1 <= int(rrn[2:4]) <= 12
    assert 1 <= int(rrn[4:6]) <= 28
    weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5, 1]
    total = sum(int(digit) * weight for digit, weight in zip(rrn, weights, strict=True))
    assert (11 - (total - int(rrn[-1])) % 11) % 10 == int(rrn[-1])
