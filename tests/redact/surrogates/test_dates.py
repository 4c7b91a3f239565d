"""Invented dates: in the form of the source, repeating nothing of it."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spacy_privacy_filter.language.dates import parse_date
from spacy_privacy_filter.language.months import month_number, read_months, read_weekdays
from spacy_privacy_filter.redact.engine import redact
from spacy_privacy_filter.redact.policy import method_policy
from spacy_privacy_filter.types import CharSpan

from ..helpers import KEY, shares_a_run, write, write_surrogate

POLICY = method_policy("surrogate")


@pytest.mark.parametrize(
    "text",
    ["March 12, 1975", "12 marzo 1975", "1 May 1999", "Mon, 9 March 2026", "1975-03-12"],
)
def test_common_dates_get_an_invented_one(text: str) -> None:
    made = write(text, "date", "surrogate")
    assert parse_date(made) is not None, made
    assert re.sub(r"\w", "", made) == re.sub(r"\w", "", text)
    words = set(re.findall(r"[^\W\d_]{4,}", text)) & set(re.findall(r"[^\W\d_]{4,}", made))
    assert not words, "the month is another"


def form_of(text: str) -> str:
    """What is left without words; numbers as 0."""
    kept = "".join(c for c in text if unicodedata.category(c)[0] not in "LM")
    return " ".join(re.sub(r"\d+", "0", re.sub(r"(?<=\d) ?[+-](?=\d{2}:?00$)", " +", kept)).split())


# The second is the form of what is written, where that of the source would be repeated.
DATES = {
    "March 12, 1975": "", "March 12th, 1975": "", "MARCH 12, 1975": "", "Mar 12, 1975": "",
    "Sept. 5, 2001": "", "12 March 1975": "", "12-Mar-1975": "", "05-JUN-1990": "", "12MAR75": "",
    "Tuesday, March 12, 1975": "", "Fri 3 Apr 2026, 9:15 pm": "", "May 1": "", "12 January": "",
    "the 3rd of April 2026": "0 a 0", "March 12, 2024 at 10:15 a.m.": "a 0, 0 0:0 a.a.",
    "1975-03-12": "", "12.03.1975": "", "12/03/75": "", "03/12/1975": "", "19750312": "",
    "1975": "", "03/1975": "", "1975-03": "", "Mar 2026": "", "September 2001": "",
    "2024-03-12T10:15:00Z": "", "2024-03-12T10:15:00+02:00": "", "2001-01-01T00:00:00.000Z": "",
    "2024-03-12 10:15": "", "Tue, 12 Mar 2024 10:15:00 +0000": "",
    "Tue, 12 Mar 2024 10:15:00 GMT": "", "12/Mar/2024:10:15:00 +0000": "",
    "12 de marzo de 1975": "0 a 0", "martes, 12 de marzo de 1975": "a, 0 a 0",
    "terça-feira, 12 de março de 1975": "a, 0 a 0", "marzo de 1975": "a 0",
    "le 12 mars 1975": "", "1er mars 1975": "0 a 0", "1 janv. 2020": "",
    "12. März 1975": "", "den 12. März 1975": "0. a 0", "Dienstag, 12. März 1975": "",
    "31.12.1999 23:59 Uhr": "0.0.0 0:0", "lunedì 3 marzo 1975": "", "12 marzo 2024 alle 10:15": "",
    "12 maart 1975": "",
    "12 marca 1975": "", "12. března 1975": "", "1975. március 12.": "", "12 Mart 1975": "",
    "12. maaliskuuta 1975": "0.0.0", "12 Μαρτίου 1975": "0.0.0", "12 марта 1975": "",
    "12 марта 1975 года": "0 a 0", "12 марта 1975 г.": "", "12 مارس 1975": "",
    "١٢ مارس ١٩٧٥": "", "12 במרץ 1975": "", "12 मार्च 1975": "", "12 มีนาคม 2518": "",
    "1975年3月12日": "", "１９７５年３月１２日": "", "2024年3月12日(火)": "", "3月12日": "",
    "2024年3月12日 星期二": "", "1975년 3월 12일": "", "ngày 12 tháng 3 năm 1975": "0.0.0",
}  # fmt: skip


@pytest.mark.parametrize("text", DATES)
def test_a_date_becomes_a_date(text: str) -> None:
    made = write_surrogate(text, "date")
    found, old = parse_date(made), parse_date(text)
    assert old is not None
    assert found is not None, made
    assert found.day != old.day
    assert not shares_a_run(text, made)
    assert form_of(made) == form_of(DATES[text] or text)


# Of "after de", a name holds the word before it; a name that is not read makes no date.
MONTHS = [
    (row.language, row.names)
    for row in read_months().rows
    if row.form != "after de" and all(map(month_number, row.names))
]
WEEKDAYS = [(row.language, row.names) for row in read_weekdays().rows]
FORMS = [
    "{Y}-{m:02}-{d:02}", "{Y}/{m}/{d}", "{d:02}.{m:02}.{Y}", "{d}/{m}/{y:02}", "{m:02}/{d:02}/{Y}",
    "{Y}{m:02}{d:02}", "{d} {M} {Y}", "{d}. {M} {Y}", "{M} {d}, {Y}", "{M} {d}", "{d} {M}",
    "{M} {Y}", "{Y}年{m}月{d}日", "{Y}년 {m}월 {d}일", "{Y}. {m}. {d}.", "{d} de {M} de {Y}", "{Y}",
    "{Y}-{m:02}-{d:02}T{h:02}:{s:02}:{s:02}Z", "{Y}-{m:02}-{d:02} {h:02}:{s:02}", "{d}-{M}-{y:02}",
    "{M} {d}, {Y} at {h}:{s:02} pm", "{W}, {d} {M} {Y}", "{W} {d} {M} {Y}", "{W}, {M} {d}, {Y}",
    "{Y}-{m:02}-{d:02}T{h:02}:{s:02}:{s:02}.{s:03}+{h:02}:00", "the {d}th of {M} {Y}",
    "{W}, {d} {M} {Y} {h:02}:{s:02}:{s:02} GMT", "ngày {d} tháng {m} năm {Y}", "{Y}-{m:02}",
    "{m:02}/{Y}",
]  # fmt: skip


@settings(max_examples=400)
@given(
    day=st.dates(date(1900, 1, 1), date(2029, 12, 31)),
    form=st.sampled_from(FORMS),
    months=st.sampled_from(MONTHS),
    weekdays=st.sampled_from([names for code, names in WEEKDAYS if code not in ("ja", "zh", "ko")]),
    hour=st.integers(1, 12),
    minute=st.integers(0, 59),
)
def test_dates_of_all_forms(day, form, months, weekdays, hour, minute) -> None:
    values = {"Y": day.year, "y": day.year % 100, "m": day.month, "d": day.day}
    values |= {"M": months[1][day.month - 1], "W": weekdays[day.weekday()]}
    text = form.format(h=hour, s=minute, **values)
    found = parse_date(text, day_first=True)
    assert found is not None, text
    made = write_surrogate(text, "date")
    assert parse_date(made) is not None, (text, made)
    assert not shares_a_run(text, made)


def test_many_dates_all_differ() -> None:
    days = [date.fromordinal(720_000 + 37 * i) for i in range(300)]
    months = next(names for code, names in MONTHS if code == "es")
    for form in ("{d} de {M} de {Y}", "{Y}-{m:02}-{d:02}", "{M} {d}, {Y}"):
        text, spans = "", []
        for day in days:
            own = form.format(d=day.day, m=day.month, Y=day.year, M=months[day.month - 1])
            spans.append(CharSpan(len(text), len(text) + len(own), "date"))
            text += own + "; "
        done = redact(text, spans, POLICY, key=KEY)
        made = done.text.split("; ")[:-1]
        assert len(set(made)) == len(days)
        assert all(parse_date(own) is not None for own in made)
        assert done.mapping.restore(done.text) == text


@pytest.mark.parametrize("text", ["10:15 am", "10:15", "09:05:30", "9:15 p.m."])
def test_a_time_alone_becomes_another(text: str) -> None:
    made = write_surrogate(text, "date")
    assert form_of(made) == form_of(text)
    assert re.match(r"\d\d?:\d\d", made)
    assert not shares_a_run(text, made)
