"""Dates of every language in their usual forms: read, moved, written back in the same form."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spacy_privacy_filter.language.date_forms import ordinal, read_forms
from spacy_privacy_filter.language.dates import ParsedDate, parse_date
from spacy_privacy_filter.language.months import (
    NameRow,
    month_number,
    read_months,
    read_weekdays,
)

ROWS = read_months().rows
CODES = tuple(dict.fromkeys(row.language for row in ROWS))
FORMS = ("{d} {M} {Y}", "{d}. {M} {Y}", "{M} {d}, {Y}", "{d} {M}", "{d}-{M}-{Y}", "{Y} {M} {d}",
         "{d} {M} {Y}, 14:30", "{M} {Y}")  # fmt: skip
# The zero of each script whose figures dates are written in.
ZEROS = {
    "hi": "०", "mr": "०", "ne": "०", "bn": "০", "as": "০", "gu": "૦", "pa": "੦", "or": "୦",
    "te": "౦", "kn": "೦", "ml": "൦", "ta": "௦", "ar": "٠", "fa": "۰", "ur": "۰", "th": "๐",
}  # fmt: skip


def read(text: str, language: str) -> ParsedDate:
    """Read a date in a document whose dates before it are of the language."""
    found = parse_date(text, language=language)
    assert found is not None, text
    return found


def write(form: str, row: NameRow, day: date, zero: str = "0") -> str:
    made = form.format(d=day.day, M=row.names[day.month - 1], Y=day.year)
    return made.translate({ord("0") + i: chr(ord(zero) + i) for i in range(10)})


@cache
def rows_of(language: str) -> list[NameRow]:
    """The rows of a language whose names are all read."""
    return [row for row in ROWS if row.language == language and all(map(month_number, row.names))]


def is_own(row: NameRow, day: date) -> bool:
    """Whether no row before it has the name of the month, so that it tells the row."""
    names = [other.names[day.month - 1].replace("\u200c", "") for other in rows_of(row.language)]
    name = row.names[day.month - 1].replace("\u200c", "")
    return names.index(name) == rows_of(row.language).index(row)


def test_every_language_of_the_generator_is_read() -> None:
    pytest.importorskip("faker", reason="the generator needs the extra 'training'")
    from spacy_privacy_filter.training.generator.languages import load_languages

    # These write months as numbers, or in English.
    assert {*load_languages(), "en"} - {*CODES} == {"zh", "ja", "ko", "vi", "hi-Latn", "kk"}


@pytest.mark.parametrize("language", CODES)
def test_dates_are_read_and_written_in_their_language(language: str) -> None:
    zeros = {"0", ZEROS.get(language, "0")}
    for row in rows_of(language):
        days = [date(2026, month, 17) for month in range(1, 13)]
        for form in ["{d} {M} de {Y}"] if row.form == "after de" else FORMS:
            for day in days:
                for zero in zeros:
                    text = write(form, row, day, zero)
                    found = read(text, language)
                    if language in read_months().preferred:
                        # Names that Croatian has, too, are told apart by the dot.
                        number = month_number(found.get("name"), text)
                        assert found.day.month == number, text
                        continue
                    assert found.day.replace(day=17, year=2026) == day, text
                    for other in (days[day.month - 4], days[day.month - 8]):
                        if is_own(row, day):
                            assert found.render(other) == write(form, row, other, zero), text


@settings(max_examples=300, deadline=None)
@given(
    row=st.sampled_from([row for row in ROWS if all(map(month_number, row.names))]),
    day=st.dates(date(1900, 1, 1), date(2090, 1, 1)),
    n_days=st.integers(-4000, 4000),
    form=st.sampled_from([form for form in FORMS if "{Y}" in form and "{d" in form]),
    case=st.sampled_from([str, str.upper, str.lower]),
)
def test_a_date_that_moves_there_and_back_is_the_same(row, day, n_days, form, case) -> None:
    if row.form == "after de":
        form = "{d} {M} de {Y}"
    other = day + timedelta(n_days)
    # "ARALIK" is not read; a name that has lost its capital is of a language without them.
    if row.language in read_months().preferred or (row.names[0][0].isupper() and case is str.lower):
        case = str
    text, moved = case(write(form, row, day)), case(write(form, row, other))
    found = read(text, row.language)
    assert found.day == day or "listopada" in text.lower()
    if row.language in read_months().preferred or not (is_own(row, day) and is_own(row, other)):
        assert read(found.render(other), row.language) is not None
        return
    assert found.render(other) == moved
    again = read(moved, row.language)
    assert again.day == other
    assert again.render(again.day - timedelta(n_days)) == text


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("12. ožujka 2026.", "25. prosinca 2031."),
        ("petak, 13. ožujka 2026.", "četvrtak, 25. prosinca 2031."),
        ("12. март 2026. године", "25. децембар 2031. године"),
        ("12. septembar 2026. godine", "25. decembar 2031. godine"),
        ("2026 m. kovo 12 d.", "2031 m. gruodžio 25 d."),
        ("2026 m. kovo mėn. 12 d.", "2031 m. gruodžio mėn. 25 d."),
        ("2026 m. kovas", "2031 m. gruodis"),
        ("2026. gada 12. martā", "2031. gada 25. decembrī"),
        ("2026. gada 12. marts", "2031. gada 25. decembris"),
        ("12. märtsil 2026. aastal", "25. detsembril 2031. aastal"),
        ("12. märts 2026. a", "25. detsember 2031. a"),
        ("неделя, 12 април 2026 година", "четвъртък, 25 декември 2031 година"),
        ("12 април 2026 г.", "25 декември 2031 г."),
        ("2026 թ. մարտի 12", "2031 թ. դեկտեմբերի 25"),
        ("12 մարտի, 2026 թ․", "25 դեկտեմբերի, 2031 թ․"),
        ("2026 წლის 12 მარტი", "2031 წლის 25 დეკემბერი"),
        ("12 მარტს, 2026 წ.", "25 დეკემბერს, 2031 წ."),
        ("12 de març de 2026", "25 de desembre de 2031"),
        ("diumenge, 12 d’abril del 2026", "dijous, 25 de desembre del 2031"),
        ("12 مارچ، 2026", "25 دسمبر، 2031"),
        ("جمعہ، 13 مارچ، 2026", "جمعرات، 25 دسمبر، 2031"),
        ("۱۲ مارس ۲۰۲۶", "۲۵ دسامبر ۲۰۳۱"),
        ("ማርች 12 ቀን 2026", "ዲሴምበር 25 ቀን 2031"),
        ("ዓርብ፣ ማርች 13፣ 2026", "ሐሙስ፣ ዲሴምበር 25፣ 2031"),
        ("১২ই মার্চ ২০২৬", "২৫শে ডিসেম্বর ২০৩১"),
        ("12hb Mac 2026", "25hb Disember 2031"),
        ("12hb Januari", "25hb Disember"),
        ("ika-12 ng Abril, 2026", "ika-25 ng Disyembre, 2031"),
        ("tarehe 12 Mei 2026", "tarehe 25 Desemba 2031"),
        ("12 ga Maris, 2026", "25 ga Disamba, 2031"),
        ("ọjọ́ 12 Oṣù Ṣẹ́rẹ́, 2026", "ọjọ́ 25 Oṣù Ọ̀pẹ̀, 2031"),
        ("12, Ɔbɛnem, 2026", "25, Ɔpɛnimma, 2031"),
        ("2026 මාර්තු 12", "2031 දෙසැම්බර් 25"),
        ("१३ मार्च २०२६", "२५ दिसंबर २०३१"),
    ],
)  # fmt: skip
def test_forms_of_some_languages(text: str, moved: str) -> None:
    found = parse_date(text)
    assert found is not None
    assert found.day.year == 2026 or not found.has_year
    assert found.render(date(2031, 12, 25)) == moved
    again = parse_date(moved)
    assert again is not None
    assert again.render(found.day) == text


@pytest.mark.parametrize(
    "text",
    [
        "12. maj 2026.",  # the full stop of a Danish sentence
        "7 agosto 2026.",
        "2026 m. March 12 d.",
        "12 مارس، 2026",
        "12th ga March",
        "listopad 2026",
        "12. srp 2026",
        "12 فروردین 1405",  # of another calendar
        "12 janúar 2026",
    ],
)
def test_forms_that_a_language_lacks_are_not_read(text: str) -> None:
    assert parse_date(text) is None


def test_a_weekday_beside_any_month_of_its_language_is_read() -> None:
    full = {row.language: row for row in read_weekdays().rows if row.form == "full"}
    for row in ROWS:
        if row.form == "day" and row.language in set(full) - set(read_months().preferred):
            for month in range(1, 13):
                day = date(2026, month, 13)
                names = full[row.language].names
                text = f"{names[day.weekday()]}, {write('{d} {M} {Y}', row, day)}"
                found = read(text, row.language)
                assert found.day == day, text
                later = day + timedelta(2)
                moved = f"{names[later.weekday()]}, {write('{d} {M} {Y}', row, later)}"
                assert found.render(later) == moved, text


@pytest.mark.parametrize(
    ("old", "day", "new"),
    [
        ("st", 2, "nd"), ("TH", 23, "RD"), ("th", 11, "th"), (".", 5, "."), ("er", 1, "er"),
        ("er", 2, ""), ("º", 1, "º"), ("ই", 1, "লা"), ("লা", 31, "শে"), ("hb", 3, "hb"),
    ],
)  # fmt: skip
def test_what_stands_after_a_day(old: str, day: int, new: str) -> None:
    assert ordinal(old, day) == new


def test_forms_of_some_languages_are_tried_last() -> None:
    own = [bool(form.languages) for form in read_forms()]
    assert own == sorted(own)
    assert {code for form in read_forms() for code in form.languages} <= set(CODES)
