"""Days of birth inside of identifiers."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from spacy_privacy_filter.identifiers import dates_inside as inside


@pytest.mark.parametrize("seed", range(20))
def test_a_day_of_birth_is_written(seed: int) -> None:
    drawn = list("9" * 11)
    inside.born(0)(drawn, "85073003328", Random(seed))
    year, month, day = (int("".join(drawn[i : i + 2])) for i in (0, 2, 4))
    assert date(1900 + year, month, day)
    assert drawn[6:] == list("99999")


@pytest.mark.parametrize("seed", range(20))
def test_a_year_that_may_be_a_day_stays_one(seed: int) -> None:
    drawn = list("9" * 10)
    inside.born(0)(drawn, "1207010000", Random(seed))
    assert 1 <= int("".join(drawn[:2])) <= 24


def test_the_start_is_written() -> None:
    drawn = list("123456")
    inside.start("756")(drawn, "", Random(0))
    assert "".join(drawn) == "756456"


@pytest.mark.parametrize("seed", range(20))
def test_a_woman_s_month_has_fifty_more(seed: int) -> None:
    drawn = list("9" * 10)
    inside.rodne_cislo(drawn, "7103192745", Random(seed))
    month = int("".join(drawn[2:4]))
    assert month in {*range(1, 13), *range(51, 63)}
