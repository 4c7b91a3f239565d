"""Records in many languages, and texts that hold no personal data."""

from __future__ import annotations

import re
from random import Random

import pytest

pytest.importorskip("faker", reason="the generator needs the extra 'training'")

from spacy_privacy_filter.training.generator import generate, templates_of
from spacy_privacy_filter.training.generator.languages import Words, load_languages, read_languages
from spacy_privacy_filter.training.generator.tables import number_lines, words_of
from spacy_privacy_filter.training.generator.values.account_numbers import load_kinds
from spacy_privacy_filter.training.generator.values.people import PEOPLE
from spacy_privacy_filter.training.generator.values.places import make_address, make_postcode

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


@pytest.mark.parametrize("language", load_languages().values(), ids=list(load_languages()))
def test_every_language_has_its_own_records(language) -> None:
    assert {kind for _, kind in language.ids} <= set(load_kinds())
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


def test_field_words_and_titles_are_not_in_spans(rows: list[dict]) -> None:
    for row in rows:
        for a, b, label in row["spans"]:
            if label == "private_person":
                assert not re.match(r"(?:Mr|Mrs|Ms|Dr|Prof)\b\.? ", row["text"][a:b])
                assert not row["text"][a:b].endswith(("'s", "’s"))


def test_names_that_are_words_occur_in_both_uses(rows: list[dict]) -> None:
    people, words = set(), set()
    for row in rows:
        inside = {row["text"][a:b] for a, b, label in row["spans"] if label == "private_person"}
        people |= inside & set(words_of(PEOPLE, "word_names"))
        if not row["spans"]:
            words |= set(re.findall(r"\w+", row["text"])) & set(words_of(PEOPLE, "word_names"))
    assert len(people) > 25
    assert len(words) > 8
    assert people & words


WORDS = "\n".join(f"{word}: x" for word in Words._fields)


def test_a_block_with_a_missing_word_is_refused() -> None:
    lines = number_lines("\ncode: xx\nid: A = pan\npatient: one\nclient: two", "xx.txt")
    with pytest.raises(ValueError, match=r"xx\.txt, line 2: this language lacks: name, ") as e:
        list(read_languages(lines))
    assert str(e.value).count(",") == 15, "fifteen of seventeen words, and the line"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("colour: red", "line 3: 'colour' is no key of a language"),
        ("months", "line 3: 'months' is no key of a language"),
        ("patient: two", "line 3: 'patient' stands twice"),
        ("id: passport", "line 1: 'passport' must be"),
        ("months: Jan Feb", "line 1: the months of 'xx' have no form 'Jan Feb' in the table"),
    ],
)
def test_a_line_that_is_wrong_is_named(line: str, message: str) -> None:
    first, rest = WORDS.split("\n", 1)
    lines = number_lines(f"code: xx\n{first}\n{line}\n{rest}", "xx.txt")
    with pytest.raises(ValueError, match=f"xx.txt, {message}"):
        list(read_languages(lines))


def test_a_language_needs_no_more_than_its_words() -> None:
    (language,) = read_languages(number_lines(f"# a comment\n\ncode: xx\n{WORDS}\n", "xx.txt"))
    assert language.words == Words(*"x" * len(Words._fields))
    assert not language.months
    assert not language.countries
