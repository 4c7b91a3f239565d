"""Dates of births and of stays, in the languages of the tables."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.language.months import month_names
from spacy_privacy_filter.rules.dates import find_births

from ..helpers import assert_grows_linearly


def values(text: str) -> list[str]:
    return [text[find.start_char : find.end_char] for find in find_births(text)]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("(born January 9, 1966)", "January 9, 1966"), ("DOB: 01/02/1980", "01/02/1980"),
        ("born on 3 May 1990.", "3 May 1990"), ("d.o.b. 1/2/80", "1/2/80"),
        ("d. o. b.: 3rd of May 1990", "3rd of May 1990"),
        ("DOB 1987-11, seen 03.02.2026", "1987-11"),
        ("DOB:07MAR1959 Sex:F", "07MAR1959"), ("BDAY:1959-03-07", "1959-03-07"),
        ('"dateOfBirth": "x", "dob": "1959-03-07"', "1959-03-07"),
        ("Date of birth (dd/mm/yyyy): 03/05/1990", "03/05/1990"),
        ("born in Paris on 3 May 1990", "3 May 1990"), ("geb. 12.03.1980", "12.03.1980"),
        ("Geburtsdatum: 3. März 1980", "3. März 1980"), ("née le 3 mars 1980", "3 mars 1980"),
        ("né le 1er août 1974", "1er août 1974"),
        ("nacido el 5 de enero de 1970", "5 de enero de 1970"),
        ("nato il 3 maggio 1980", "3 maggio 1980"), ("geboren op 3 mei 1980", "3 mei 1980"),
        ("född den 3 maj 1980", "3 maj 1980"), ("urodzony 3 maja 1980", "3 maja 1980"),
        ("родился 9 января 1966 года", "9 января 1966 года"),
        ("дата рождения: 09.01.1966", "09.01.1966"),
        ("出生年月日:昭和34年3月7日", "昭和34年3月7日"),
        ("生年月日：1980年1月2日", "1980年1月2日"),
        ("Admission date: 03/04/2020", "03/04/2020"),
        ("Fecha de ingreso: 12/03/2019", "12/03/2019"),
        ("Aufnahmedatum 12.03.2019", "12.03.2019"), ("DOS: 03/04/2020", "03/04/2020"),
    ],
)  # fmt: skip
def test_a_date_that_words_tell(text: str, date: str) -> None:
    assert values(text) == [date]


@pytest.mark.parametrize(
    "text",
    ["released on May 3, 1990", "He was born. On 3 May 1990 he left", "born 1966", "on 01/02/1980",
     "born between 13/32/1980", "DOB: 99/99/1980", "born in 12 Foo 1980 words", "reborn 3 May 1990",
     "a version of 1.2.1980", "born 5/6"],
)  # fmt: skip
def test_what_no_words_tell(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    "language", ["en", "de", "fr", "es", "it", "pt", "nl", "sv", "pl", "ru", "tr"]
)
def test_every_month_of_a_language(language: str) -> None:
    for name in month_names(language, "day"):
        assert values(f"DOB: 3 {name} 1980") == [f"3 {name} 1980"]


@pytest.mark.parametrize("part", ["born ", "born 1", "DOB: 1/1/1980 ", "1/1/1980 ", "May 1 ", "1."])
def test_no_text_takes_long(part: str) -> None:
    assert_grows_linearly(lambda n: values(part * n), 1000)
