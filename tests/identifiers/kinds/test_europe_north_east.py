"""Numbers of northern and eastern Europe, and of Turkey: most hold a date."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.identifiers.kinds.europe_north_east import KINDS
from spacy_privacy_filter.identifiers.table import is_valid


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("fi_hetu", "131052-308T"),
        ("pl_pesel", "44051401359"),
        ("ro_cnp", "1630615123457"),
        ("se_personnummer", "880320-0016"),
    ],
)
def test_published_numbers_are_valid(key: str, number: str) -> None:
    assert key in {kind.key for kind in KINDS}
    assert is_valid(key, number)


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("fi_hetu", "131352-308T"),
        ("pl_pesel", "44051401358"),
        ("bg_egn", "7573169263"),
        ("dk_cpr_2007", "3113010008"),
    ],
)
def test_numbers_that_nobody_is_given(key: str, number: str) -> None:
    assert key in {kind.key for kind in KINDS}
    assert not is_valid(key, number)
