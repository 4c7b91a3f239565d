"""Names of months and weekdays: which they are, in whose language, and others like them."""

from __future__ import annotations

from datetime import date

import pytest

from spacy_privacy_filter.language.dates import parse_date
from spacy_privacy_filter.language.months import (
    MONTH,
    WEEKDAY,
    hide_names,
    is_weekday,
    language_of,
    later_weekday,
    month_number,
    other_month,
    other_weekday,
    read_months,
    read_weekdays,
    short_weekday,
)


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("12 de marzo de 1975", "es"), ("le 12 mars 1975", "fr"), ("12. März 1975", "de"),
        ("12. april 1975", "da"), ("den 12. April 1975", "de"), ("Dienstag, 1. April 1975", "de"),
        ("mar 12 marzo 1975", "es it"), ("12 mars 1975", "fr"), ("3 de agosto de 1999", "es pt"),
        ("April 12, 1975", "en"), ("12 марта 1975 года", "ru"), ("12 Mart 1975", "tr"),
    ],
)  # fmt: skip
def test_a_month_stays_in_its_language(text: str, languages: str) -> None:
    found = parse_date(text)
    assert found is not None
    names = {
        n for row in read_months().rows if row.language in languages.split() for n in row.names
    }
    for month in range(1, 13):
        other = parse_date(found.render(date(1983, month, 20)))
        assert other is not None
        assert other.get("name") in names
        assert other.day == date(1983, month, 20)


def test_no_name_of_a_month_is_that_of_another() -> None:
    for table in (read_months(), read_weekdays()):
        for row in table.rows:
            assert len(row.names) == (12 if table is read_months() else 7), row
        numbers = {name: {number for _, number in own} for name, own in table.numbers.items()}
        # October in Croatian, November in Polish.
        wanted = {"listopada": {9, 10}} if table is read_months() else {}
        assert {name: own for name, own in numbers.items() if len(own) > 1} == wanted
    assert month_number("Mayor") is None


@pytest.mark.parametrize(
    ("text", "number", "language"),
    [
        ("12 listopada 2026", 11, "pl"),
        ("12. listopada 2026", 10, "hr"),
        ("12. listopada 2026.", 10, "hr"),
        ("piątek, 13. listopada 2026", 11, "pl"),
    ],
)
def test_words_beside_a_name_tell_which_month_it_is(text: str, number: int, language: str) -> None:
    assert month_number("listopada", text) == number
    assert language_of("listopada", text) == language


@pytest.mark.parametrize(
    ("name", "text", "language"),
    [
        # Who was read first keeps what others have, too,
        ("Januari", "12 Januari 2026", "id"),
        ("maj", "12. maj 2026", "da"),
        ("mai", "12 mai 2026", "fr"),
        ("август", "12 август 2026", "ru"),
        ("марта", "12 марта 2026 г.", "ru"),
        ("मार्च", "12 मार्च 2026", "hi"),
        ("február", "2026. február 12.", "hu"),
        ("dec", "13. dec 2026", "nl"),
        # unless words or marks tell that a date is not theirs.
        ("Januari", "12hb Januari 2026", "ms"),
        ("August", "ika-12 ng August 2026", "en"),
        ("Abril", "ika-12 ng Abril 2026", "tl"),
        ("marts", "2026. gada 12. marts", "lv"),
        ("marca", "12. marca 2026", "sk"),
        ("август", "12. август 2026.", "sr"),
        ("мај", "12 мај 2026", "sr"),
        ("май", "петък, 12 май 2026", "bg"),
        ("مارس", "۱۲ مارس ۲۰۲۶", "fa"),
        ("مارس", "١٢ مارس ٢٠٢٦", "ar"),
        ("de novembre", "12 de novembre de 2026", "ca"),
        ("novembre", "12 novembre 2026", "fr"),
    ],
)
def test_the_language_of_a_name(name: str, text: str, language: str) -> None:
    assert language_of(name, text) == language


@pytest.mark.parametrize("word", ["listopad", "lis", "srp", "Sat"])
def test_what_may_be_another_month_or_a_weekday_is_not_read(word: str) -> None:
    assert month_number(word) is None


def test_case_marks_and_blanks_do_not_count() -> None:
    assert month_number("OŽUJKA") == month_number("ožujka") == 3
    assert month_number("ഒക്ടോബർ") == month_number("ഒക്\u200cടോബർ") == 10
    assert month_number("d'abril") == month_number("D’ABRIL") == 4
    assert month_number("oṣù  ṣẹ́rẹ́") == 1


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("ožujka", "prosinca"), ("OŽUJKA", "PROSINCA"), ("Ožujka", "Prosinca"),
        ("de gener", "de desembre"), ("de Gener", "de Desembre"), ("D’ABRIL", "DE DESEMBRE"),
        ("აპრილს", "დეკემბერს"), ("Oṣù Èrèlè", "Oṣù Ọ̀pẹ̀"), ("Èrèlè", "Ọ̀pẹ̀"), ("juuni", "detsember"),
        ("juunil", "detsembril"), ("марта", "декабря"), ("март", "декабрь"),
    ],
)  # fmt: skip
def test_another_month_in_the_same_form(name: str, other: str) -> None:
    assert other_month(name, 12, name) == other


def test_weekdays() -> None:
    assert is_weekday("Montag")
    assert not is_weekday("März")
    assert other_weekday("petak", 0, "petak, 12. ožujka 2026.") == "ponedjeljak"
    assert other_weekday("sobota", 0, "sobota, 12. marca 2026") == "pondelok"
    assert other_weekday("sobota", 0, "sobota, 12 marca 2026") == "poniedziałek"
    assert later_weekday("FREDAG", 3, "FREDAG den 12. marts") == "MANDAG"
    assert short_weekday("Monday", "Monday, 9 March 2026") == "Mon"
    assert short_weekday("Mon", "Mon, 9 March 2026") is None
    assert short_weekday("petak", "petak, 12. ožujka 2026.") is None


def test_names_are_hidden_whole() -> None:
    text = "dijous, 12 de març de 2026"
    assert hide_names(text) == f"{WEEKDAY * 6}, 12 {MONTH * 7} de 2026"
    assert hide_names("mar 12 mar 2026") == f"{WEEKDAY * 3} 12 {MONTH * 3} 2026"
    assert hide_names("12 марта") == f"12 {MONTH * 5}"
