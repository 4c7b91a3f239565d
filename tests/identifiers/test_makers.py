"""Numbers made anew: by pattern, and with what a country writes into them."""

from __future__ import annotations

from random import Random

import pytest

from spacy_privacy_filter.identifiers import checks, makers


@pytest.mark.parametrize("seed", range(20))
def test_a_pattern_is_drawn_until_a_check_digit_fits(seed: int) -> None:
    made = makers.from_pattern(checks.fix_nhs, "9########")(Random(seed))
    assert made[0] == "9"
    assert checks.fix_nhs(made) == made
    sin = makers.from_pattern(checks.fix_luhn, "#######0", "1234567")(Random(seed))
    assert sin[0] in "1234567"
    assert len(sin) == 9


@pytest.mark.parametrize("seed", range(50))
def test_cards_begin_as_those_of_a_network(seed: int) -> None:
    card = makers.make_card(Random(seed))
    assert (True, len(card)) in {(card.startswith(start), n) for start, n in makers.CARDS}


@pytest.mark.parametrize("seed", range(20))
def test_births_are_possible(seed: int) -> None:
    rrn = makers.make_rrn(Random(seed))
    assert 1 <= int(rrn[2:4]) <= 12
    assert 1 <= int(rrn[4:6]) <= 28
    assert rrn[6] in ("12" if int(rrn[:2]) >= 40 else "34")
    nir = makers.make_nir(Random(seed))
    assert 1 <= int(nir[3:5]) <= 12
    assert 1945 <= int(makers.make_ric(Random(seed))[6:10]) <= 2008


def test_a_seed_gives_the_same_numbers() -> None:
    """What is trained on depends on it."""
    made = [
        make(Random(7))
        for make in (
            makers.make_card, makers.make_vin, makers.make_ssn, makers.make_dni, makers.make_nir
        )
    ]  # fmt: skip
    assert made == [
        "5426018159083010",
        "XK2DEG0D4PCF43ESF",
        "332206469",
        "X2601815D",
        "201062081590845",
    ]
