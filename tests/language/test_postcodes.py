"""Postcodes, cut to their start."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.language.postcodes import SMALL_ZIP_AREAS, coarse_postcode


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("90210", "902**"), ("90210-1234", "902*****"), ("03601", "000**"), ("SW1A 2AA", "SW1****"),
        ("K1A 0B1", "K1A***"), ("1015 CN", "101***"), ("٩٠٢١٠", "902**"), ("1234", None),
        ("0123 MA", None), ("D02 AF30", "D02****"), ("12", None), ("postcode", None),
    ],
)  # fmt: skip
def test_the_start_of_a_postcode(text: str, start: str | None) -> None:
    made = coarse_postcode(text, 3)
    assert made == start


def test_small_areas_have_three_digits() -> None:
    assert {len(area) for area in SMALL_ZIP_AREAS} == {3}
    assert len(SMALL_ZIP_AREAS) == 17
