"""Names of many shapes and in many letters, and what looks like them."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("faker", reason="the generator needs the extra 'training'")

from spacy_privacy_filter.training.generator.languages import load_languages
from spacy_privacy_filter.training.generator.tables import read_table
from spacy_privacy_filter.training.generator.texts.cases import write_case
from spacy_privacy_filter.training.generator.texts.segments import Segment
from spacy_privacy_filter.training.generator.values.declined import DECLINED, make_declined
from spacy_privacy_filter.training.generator.values.letter_case import to_lower, to_upper
from spacy_privacy_filter.training.generator.values.lookalikes import (
    make_company,
    make_named,
    make_thing,
)
from spacy_privacy_filter.training.generator.values.name_shapes import shape_name
from spacy_privacy_filter.training.generator.values.people import Person, write_name

seeds = st.integers(0, 2**32)


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("full upper", "LENA VOGT"),
        ("given lower", "lena"),
        ("full caps", "Lena VOGT"),
        ("sorted caps", "VOGT, Lena"),
        ("sorted upper", "VOGT, LENA"),
        ("back", "Vogt Lena"),
    ],
)
def test_a_form_may_say_in_which_letters_a_name_is(form: str, name: str) -> None:
    assert write_name(Random(0), Person("Lena", "Vogt", "de"), form) == name


@pytest.mark.parametrize(
    ("language", "small", "capitals"),
    [
        ("tr", "diyarbakır ili", "DİYARBAKIR İLİ"),
        ("el", "γιώργος", "ΓΙΩΡΓΟΣ"),
        ("ka", "თბილისი", "თბილისი"),
        ("de", "straße", "STRASSE"),
    ],
)
def test_capitals_are_those_of_the_language(language: str, small: str, capitals: str) -> None:
    assert to_upper(small, language) == capitals


def test_small_letters_of_turkish_keep_their_dots() -> None:
    assert to_lower("DİYARBAKIR", "tr") == "diyarbakır"
    assert to_lower("İzmir") == "izmir"


@given(seeds)
def test_the_case_of_a_text_changes_no_secret_and_no_label(seed: int) -> None:
    segments = [Segment("Straße "), Segment("İnci", "private_person"), Segment("aB1", "secret")]
    changed = write_case(Random(seed), "tr", segments)
    assert [segment.kind for segment in changed] == ["", "private_person", "secret"]
    assert changed[2].text == "aB1"


@pytest.mark.parametrize("language", sorted(load_languages()))
def test_names_and_what_looks_like_them_are_made_in_every_language(language: str) -> None:
    for seed in range(60):
        rng = Random(seed)
        made = (
            shape_name(rng, language),
            make_thing(rng, language, ""),
            make_company(rng, language, ""),
            make_named(rng, language, ""),
        )
        for text in made:
            assert text
            assert text == text.strip()
            assert "{" not in text


@pytest.mark.parametrize("language", sorted(read_table(DECLINED)))
def test_names_have_the_endings_of_every_case(language: str) -> None:
    for case in read_table(DECLINED)[language]["cases"].split():
        for part in ("", " given", " family"):
            name = make_declined(Random(1), language, case + part)
            assert name[0].isupper()
            assert len(name.split()) == (1 if part else 2)


def test_a_case_that_a_language_has_not_is_refused() -> None:
    with pytest.raises(ValueError, match="no case 'gen' of 'tr'"):
        make_declined(Random(0), "tr", "gen")
