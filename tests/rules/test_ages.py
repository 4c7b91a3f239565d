"""Ages over 89, which are told only if somebody asks."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.rules.ages import find_ages
from spacy_privacy_filter.rules.finder import make_rules

from ..helpers import assert_grows_linearly


def values(text: str) -> list[str]:
    return [text[find.start_char : find.end_char] for find in find_ages(text)]


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("She is 97 years old.", "97 years old"), ("a 104 y/o man", "104 y/o"),
        ("98 yo F", "98 yo"),
        ("Mrs Adler, aged 93, was", "93"), ("a 93-year-old", "93-year-old"), ("Age: 91", "91"),
        ('"age": 92,', "92"), ("ninety-two years old", "ninety-two years old"),
        ("a hundred and two years old", "a hundred and two years old"),
        ("at 95 years of age", "95 years of age"), ("90 Jahre alt", "90 Jahre alt"),
        ("ein 94-jähriger Mann", "94-jähriger"), ("im Alter von 91 Jahren", "91 Jahren"),
        ("âgé de 95 ans", "95 ans"), ("Edad: 93 años", "93 años"), ("97歳の", "97歳"),
        ("возраст 95 лет", "95 лет"), ("leeftijd: 99", "99"),
    ],
)  # fmt: skip
def test_an_age_over_89(text: str, age: str) -> None:
    assert values(text) == [age]


@pytest.mark.parametrize(
    "text",
    ["89 years old", "aged 45", "95 years ago", "100 years of war", "90 years", "version 97",
     "page 91", "130 years old", "95% aged", "usage: 95", "at 95.5 years old", "$95 years old",
     "a 99-year lease", "stage 91"],
)  # fmt: skip
def test_what_is_no_age_over_89(text: str) -> None:
    assert values(text) == []


def test_nobody_asks_by_default() -> None:
    text = "She is 97 years old."
    assert make_rules()(text) == []
    (span,) = make_rules(labels={"age": "age"})(text)
    assert (span.label, span.source) == ("age", "rule:age")


@pytest.mark.parametrize("part", ["97 ", "age ", "ninety ", "97 years "])
def test_no_text_takes_long(part: str) -> None:
    assert_grows_linearly(lambda n: values(part * n), 1000)
