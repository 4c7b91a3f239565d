"""Given names: the gender that they tell."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.language.given_names import GENDERS, given_gender
from spacy_privacy_filter.language.spelling import fold_name
from spacy_privacy_filter.language.tables import read_words


@pytest.mark.parametrize(
    ("name", "gender"),
    [("anna", "female"), ("juergen", "male"), ("anna-lena", "female"), ("x-john", "male"),
     ("kim", ""), ("", "")],
)  # fmt: skip
def test_the_gender_of_a_name(name: str, gender: str) -> None:
    assert given_gender(name) == gender


def test_no_name_tells_both() -> None:
    assert not read_words("given_names", "female") & read_words("given_names", "male")
    assert all(name == fold_name(name) for name in GENDERS)
