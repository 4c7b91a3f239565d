"""Records in many languages, and texts that hold no personal data."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("faker", reason="the generator needs the extra 'train'")

from spacy_privacy_filter.training.generator import generate, templates_of
from spacy_privacy_filter.training.generator.account_numbers import KINDS
from spacy_privacy_filter.training.generator.dates import make_date
from spacy_privacy_filter.training.generator.languages import LANGUAGES
from spacy_privacy_filter.training.generator.languages.reading import read_languages
from spacy_privacy_filter.training.generator.native import ZEROS, write_digits
from spacy_privacy_filter.training.generator.people import WORD_NAMES, make_person
from spacy_privacy_filter.training.generator.places import make_address, make_postcode
from spacy_privacy_filter.training.generator.render import Segment, render
from spacy_privacy_filter.training.generator.templates import ALL_TEMPLATES, GROUP_WEIGHTS

NUMBER = re.compile(
    r"(?:PESEL|OIB|JMBG|CNP|BSN|NIK|TAJ|आधार|СНИЛС|ЈМБГ|身份证|マイナンバー"
    r"|주민번호|ABHA ID|pan card)[ :=：-]{0,3}([0-9A-Z][0-9A-Z ./-]{7,})"
)


@pytest.fixture(scope="module")
def rows() -> list[dict]:
    return [*generate(3000, 11, "train"), *generate(500, 11, "held")]


def test_rows_are_in_more_than_fifty_languages(rows: list[dict]) -> None:
    assert len({row["language"] for row in rows}) > 50


def test_identity_numbers_are_accounts_and_not_phones(rows: list[dict]) -> None:
    found = 0
    for row in rows:
        for match in NUMBER.finditer(row["text"]):
            labels = {label for a, b, label in row["spans"] if a == match.start(1)}
            assert labels <= {"account_number"}, match[0]
            found += bool(labels)
    assert found > 20


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=list(LANGUAGES))
def test_every_language_has_its_own_records(language) -> None:
    assert {kind for _, kind in language.ids} <= set(KINDS)
    for split in ("train", "held"):
        texts = [t for t in templates_of(split) if t.language == language.code]
        assert texts, f"no template of {split}"
    rng = Random(0)
    for country in language.countries:
        addresses = {make_address(rng, language.code, "") for _ in range(60)}
        assert len(addresses) > 50
        # one street, one city: lists were not taken as one name
        assert not any(
            address.count(street) and other in address
            for address in addresses
            for street, other in zip(country.streets, country.streets[1:], strict=False)
        )
    assert re.search(r"\d", make_postcode(rng, language.code))


@pytest.mark.parametrize("code", sorted({t.language for t in ALL_TEMPLATES if t.group == "native"}))
def test_languages_with_names_alone_have_enough_names_in_their_script(code: str) -> None:
    names = {make_person(Random(seed), code).given for seed in range(300)}
    assert len({name for name in names if not name.isascii()}) > 30


def test_field_words_and_titles_are_not_in_spans(rows: list[dict]) -> None:
    for row in rows:
        for a, b, label in row["spans"]:
            if label == "private_person":
                assert not re.match(r"(?:Mr|Mrs|Ms|Dr|Prof)\b\.? ", row["text"][a:b])
                assert not row["text"][a:b].endswith(("'s", "’s"))


def test_texts_without_personal_data_have_no_span() -> None:
    plain = [t for t in ALL_TEMPLATES if t.group in ("plain", "decoy")]
    assert len(plain) > 500
    for template in plain:
        kinds = {segment.kind for segment in render(template, Random(3))}
        assert kinds <= {"", "ignore"}, template.text


def test_names_that_are_words_occur_in_both_uses(rows: list[dict]) -> None:
    people, words = set(), set()
    for row in rows:
        inside = {row["text"][a:b] for a, b, label in row["spans"] if label == "private_person"}
        people |= inside & set(WORD_NAMES)
        if not row["spans"]:
            words |= set(re.findall(r"\w+", row["text"])) & set(WORD_NAMES)
    assert len(people) > 25
    assert len(words) > 8
    assert people & words


def test_groups_are_balanced() -> None:
    total = sum(GROUP_WEIGHTS.values())
    kinds = {
        "languages": ("record", "language", "native"),
        "nothing": ("decoy", "plain"),
        "exact": ("secret", "config", "log", "link", "account"),
    }
    shares = {
        kind: sum(GROUP_WEIGHTS[name] for name in names) / total for kind, names in kinds.items()
    }
    assert shares == {
        "languages": pytest.approx(0.26, abs=0.04),
        "nothing": pytest.approx(0.2, abs=0.04),
        "exact": pytest.approx(0.31, abs=0.04),
    }


@given(st.sampled_from(sorted(ZEROS)), st.integers(0, 2**32))
def test_native_digits_keep_their_values(language: str, seed: int) -> None:
    before = [
        Segment("x 19 "),
        Segment("2024-01-30", "private_date"),
        Segment("a1@b.c", "private_email"),
    ]
    after = write_digits(Random(seed), language, before)
    assert [s.kind for s in after] == [s.kind for s in before]
    assert after[2] == before[2]
    assert [int(n) for s in after[:2] for n in re.findall(r"\d+", s.text)] == [19, 2024, 1, 30]


def test_years_of_eras() -> None:
    japanese = {make_date(Random(seed), "ja", "birth") for seed in range(200)}
    assert any(date.startswith(("令和", "平成", "昭和")) for date in japanese)
    thai = {make_date(Random(seed), "th", "long") for seed in range(50)}
    assert all(int(date.split()[-1]) > 2500 for date in thai)


def test_a_block_with_a_missing_word_is_refused() -> None:
    with pytest.raises(ValueError, match="'xx' has 2 field words instead of 17"):
        read_languages("code xx\nids A=pan\nwords one; two")
