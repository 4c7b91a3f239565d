"""Titles: what they tell of whoever has them, and when a word is one."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.language.titles import (
    HONORIFICS,
    LOCALES,
    SENSES,
    TITLES,
    is_title,
    sense_of,
    title_before,
)


@pytest.mark.parametrize(
    ("word", "rank", "gender", "locale"),
    [
        ("mr", "plain", "male", ""), ("frau", "plain", "female", "de_DE"),
        ("dr", "learned", "", ""), ("judge", "office", "", ""), ("med", "", "", ""),
        ("г-жа", "plain", "female", "ru_RU"), ("श्रीमती", "plain", "female", "hi_IN"),
    ],
)  # fmt: skip
def test_what_a_title_tells(word: str, rank: str, gender: str, locale: str) -> None:
    title = TITLES[word]
    assert (title.rank, title.gender, title.locale) == (rank, gender, locale)


def test_every_row_makes_sense() -> None:
    for word, title in {**TITLES, **HONORIFICS}.items():
        assert word == word.casefold()
        assert title.rank in ("learned", "plain", "office", "")
        assert title.gender in ("female", "male", "")
        assert bool(title.office) == (title.rank == "office" and word in TITLES)
    # A short form that has several senses stands for a title that is in the table.
    assert {sense for own in SENSES.values() for sense in own.values()} <= {*TITLES}


def test_particles_tell_a_locale_as_titles_do() -> None:
    assert (LOCALES["von"], LOCALES["van"], LOCALES["herr"]) == ("de_DE", "nl_NL", "de_DE")


@pytest.mark.parametrize(
    ("word", "text", "dotted", "coming", "wanted"),
    [
        ("Dr", "Dr Ada King", False, "ada", True),
        ("Don", "Don Miller", False, "miller", False),
        ("don", "don Miguel", False, "miguel", True),
        ("Gen", "Gen Ito", False, "ito", False),
        ("Gen", "Gen. Ito", True, "ito", True),
        ("Staff", "Staff Sgt. Lee", False, "sgt", True),
        ("Staff", "Staff Lee", False, "lee", False),
        ("Pan", "Pan Kowalski", False, "kowalski", True),
        ("Pan", "Pan Am", False, "am", False),
    ],
)
def test_when_a_word_is_a_title(
    word: str, text: str, dotted: bool, coming: str, wanted: bool
) -> None:
    assert is_title(word, word.casefold(), text, dotted, lone=False, coming=coming) is wanted


def test_short_forms_mean_what_they_do_in_a_language() -> None:
    assert sense_of("fr", "", "de_DE", lone=False) == "frau"
    assert sense_of("fr", "", "en_US", lone=False) == "father"
    assert sense_of("sr", "female", "", lone=False) == "sister"
    assert sense_of("sr", "female", "pt_BR", lone=False) == "senhor"


def test_a_word_before_a_name_is_a_title_only_if_it_is_hardly_another() -> None:
    assert title_before("mr") is TITLES["mr"]
    assert title_before("pan") is None
    assert title_before("judge") is None
