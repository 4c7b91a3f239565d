"""Spellings of a name that compare as one, and letters of mail addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.language.spelling import WIDE, fold_name, latin, strip_marks


@pytest.mark.parametrize(
    ("one", "other"),
    [("müller", "mueller"), ("josé", "jose"), ("al-sayed", "sayed"), ("łukasz", "lukasz"),
     ("søren", "soren"), ("straße", "strasse")],
)  # fmt: skip
def test_spellings_of_a_name_are_one(one: str, other: str) -> None:
    assert fold_name(one.casefold()) == fold_name(other)


@pytest.mark.parametrize(("one", "other"), [("müller", "muller"), ("रानी", "रानि")])
def test_other_names_are_not(one: str, other: str) -> None:
    assert fold_name(one) != fold_name(other)


@pytest.mark.parametrize(
    ("word", "wide", "made"),
    [
        ("Müller", (), "muller"), ("Müller", ("ü",), "mueller"), ("Щукин", (), "shchukin"),
        ("Νίκος", (), "nikos"), ("Jean-Luc", (), "jean-luc"), ("王", (), ""), ("Åse", WIDE, "aase"),
    ],
)  # fmt: skip
def test_letters_of_a_mail_address(word: str, wide: tuple[str, ...], made: str) -> None:
    assert latin(word, wide) == made


@given(st.text(max_size=20))
def test_a_mail_address_has_letters_of_a_to_z(word: str) -> None:
    assert all(char in "abcdefghijklmnopqrstuvwxyz-" for char in latin(word))


def test_letters_lose_their_marks() -> None:
    assert strip_marks("Éva Ørsted, ábc") == "Eva Ørsted, abc"
