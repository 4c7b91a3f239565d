"""Dates in many forms: read, and another day written in the same form."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.language.dates import parse_date

FORMS = [
    "%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%d %B %Y", "%B %d, %Y", "%A, %d %B %Y", "%d %b %Y",
    "%Y%m%d", "%Y-%m-%dT10:20:00Z",
]  # fmt: skip


@given(
    st.dates(date(1900, 1, 1), date(2090, 1, 1)),
    st.dates(date(1900, 1, 1), date(2090, 1, 1)),
    st.sampled_from(FORMS),
)
def test_a_date_is_read_and_written_in_its_form(first: date, second: date, form: str) -> None:
    found = parse_date(first.strftime(form))
    assert found is not None
    assert found.day == first
    assert found.render(first) == first.strftime(form)
    # "9 May" or "09 May": the form of the first says which, if it can
    again = parse_date(found.render(second))
    assert again is not None
    assert again.day == second


@pytest.mark.parametrize(
    ("text", "day", "moved"),
    [
        ("03/04/2026", date(2026, 3, 4), "12/25/2031"),
        ("13/04/2026", date(2026, 4, 13), "25/12/2031"),
        ("3.4.26", date(2026, 4, 3), "25.12.31"),
        ("the 3rd of April 2026", date(2026, 4, 3), "the 25th of December 2031"),
        ("APR 3rd, 2026", date(2026, 4, 3), "DEC 25th, 2031"),
        ("12.3.2024, 14:30", date(2024, 3, 12), "25.12.2031, 14:30"),
        ("3 Apr '26", date(2026, 4, 3), "25 Dec '31"),
        ("Apr \u201926", date(2026, 4, 15), "Dec \u201931"),
        ("am 03.04.", date(2024, 4, 3), "am 25.12."),
        ("3. 4., 14:30", date(2024, 4, 3), "25. 12., 14:30"),
        ("Tues, 3 March 2026", date(2026, 3, 3), "Thurs, 25 December 2031"),
        ("3 de abril de 2026", date(2026, 4, 3), "25 de diciembre de 2031"),
        ("3. april 2026", date(2026, 4, 3), "25. december 2031"),
        ("Mar 2026", date(2026, 3, 15), "Dec 2031"),
        ("29 February", date(2024, 2, 29), "25 December"),
        ("1999", date(1999, 7, 15), "2031"),
        ("Fri 3 Apr 2026, 9:15 pm", date(2026, 4, 3), "Thu 25 Dec 2031, 9:15 pm"),
    ],
)
def test_forms_of_dates(text: str, day: date, moved: str) -> None:
    found = parse_date(text)
    assert found is not None
    assert found.day == day
    assert found.render(date(2031, 12, 25)) == moved


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31.02.2026",
        "2026-13-01",
        "next May",
        "31.11.",
        "99.1.",
        "1.2.3",
        "Maybe 3",
        "0000-01-01",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert parse_date(text) is None


def test_what_is_not_padded_stays_so() -> None:
    found = parse_date("12.3.2024")
    assert found is not None
    assert found.render(date(2024, 6, 9)) == "9.6.2024"
