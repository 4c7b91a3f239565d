"""Characters of identifiers, read and drawn."""

from __future__ import annotations

from random import Random

import pytest

from spacy_privacy_filter.identifiers.characters import bare, draw_char, fill, plain_char, wide_char


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("943 476-5919", "9434765919"), ("12.531.909-k", "12531909k"), ("", ""), (" -./", ""),
        ("\u0661\u0662\u0663", "123"), ("\uff27\uff22\uff18\uff12", "GB82"),
        ("\u0967-\u0968", "12"), ("\u00e9\u00df", "\u00e9\u00df"),
    ],
)  # fmt: skip
def test_marks_are_left_out(text: str, value: str) -> None:
    assert bare(text) == value
    assert bare(value) == value


def test_full_width_and_back() -> None:
    for char in "AZaz09":
        assert plain_char(wide_char(char)) == char


def test_a_pattern_is_filled() -> None:
    made = fill(Random(0), "AB-##/A*0")
    assert len(made) == 9
    assert (made[1:3], made[5], made[8]) == ("B-", "/", "0")
    assert made[3:5].isdigit()
    assert made[0].isupper()
    assert made == fill(Random(0), "AB-##/A*0")


def test_a_drawn_character_is_of_the_same_class() -> None:
    rng = Random(0)
    for _ in range(100):
        assert draw_char("5", rng, first=True) in "123456789"
        assert draw_char("0", rng, first=True).isdigit()
        assert draw_char("x", rng, first=False).islower()
        assert draw_char("X", rng, first=False).isupper()
