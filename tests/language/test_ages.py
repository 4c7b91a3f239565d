"""Ages in words of several languages, and the bands that hold them."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.language.ages import coarse_age


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("47", "40-49"), ("47 years old", "40-49"), ("47 Jahre", "40-49"), ("47 ans", "40-49"),
        ("47歳", "40-49"), ("6 months", "0-9"), ("18 Monate", "0-9"), ("93", "90+"),
        ("over 89", "90+"), ("mindestens 90", "90+"), ("> 40", None), ("in her 40s", "40-49"),
        ("au moins 89 ans", "90+"), ("moins de 9 ans", "0-9"), ("bis zu 9 Jahre", "0-9"),
        ("не старше 89", None), ("forty", None), ("4 widgets", None), ("3 weeks or 2 years", None),
    ],
)  # fmt: skip
def test_the_band_of_an_age(text: str, band: str | None) -> None:
    assert coarse_age(text, 10, 89) == band
