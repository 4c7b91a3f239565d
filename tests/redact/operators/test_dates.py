"""Shifted dates: intervals stay, and nothing is guessed."""

from __future__ import annotations

import re
from datetime import date

import pytest

from spacy_privacy_filter.language.dates import parse_date
from spacy_privacy_filter.redact.engine import redact
from spacy_privacy_filter.redact.policy import build_policy
from spacy_privacy_filter.types import CharSpan

from ..helpers import KEY, write


def test_dates_of_a_subject_move_together() -> None:
    def days(text: str, subject: str | None) -> date:
        found = parse_date(write(text, "date", "shift_dates", subject=subject))
        assert found is not None
        return found.day

    first, second = days("2026-03-01", "A"), days("8 March 2026", "A")
    assert (second - first).days == 7
    assert 0 < abs((first - date(2026, 3, 1)).days) <= 365
    assert days("2026-03-01", "B") != first
    policy = build_policy({"kinds": {"date": "shift_dates"}}, "p")
    text = "2026-03-01 and 2026-03-11"
    done = redact(text, [CharSpan(0, 10, "date"), CharSpan(15, 25, "date")], policy, key=KEY)
    a, b = (date.fromisoformat(part) for part in done.text.split(" and "))
    assert (b - a).days == 10
    assert write("soon", "date", "shift_dates") == "[DATE]"
    for text in ("1975", "Mar 2026", "12/2026"):  # too coarse for some days to show
        assert write(text, "date", "shift_dates", max_days=1) != text
    assert write("9999-12-31", "date", "shift_dates", max_days=1) in ("[DATE]", "9999-12-30")


@pytest.mark.parametrize(
    ("text", "settings", "days"),
    [
        ("03/04/2024 13/04/2024", {}, 10),  # the second proves that the day is first
        ("04/03/2024 04/13/2024", {}, 10),
        ("03/04/2024 13/04/2024", {"day_first": False}, 10),  # and is believed
        ("03/04/2024 2024-04-13", {"day_first": True}, 10),
        ("04/03/2024 2024-04-13", {"day_first": False}, 10),
        ("03.04.2024 13.04.2024", {}, 10),
        ("04/04/2024 2024-04-14", {}, 10),
        ("03/04/2024 2024-04-13", {}, None),  # nothing proves it
        ("03/04/2024 13/04/2024 04/13/2024", {}, None),  # both
    ],
)
def test_the_order_of_day_and_month_is_never_guessed(text, settings, days) -> None:
    policy = build_policy({"labels": {"date": {"operator": "shift_dates", **settings}}}, "p")
    spans = [CharSpan(m.start(), m.end(), "date") for m in re.finditer(r"\S+", text)]
    done = redact(text, spans, policy, key=KEY, subject="A")
    first, second, *_ = done.text.split()
    if days is None:
        assert first == "[DATE]"
        return
    day_first = "13/04" in text or settings.get("day_first", False)
    one, other = parse_date(first, day_first), parse_date(second, day_first)
    assert one is not None
    assert other is not None
    assert (other.day - one.day).days == days


@pytest.mark.parametrize("text", ["Mar-26", "MAR-26", "März-26", "Mar.-26"])
def test_a_month_with_a_year_or_day_is_not_guessed(text: str) -> None:
    for day_first in (True, False):
        assert write(text, "date", "shift_dates", subject="A", day_first=day_first) == "[DATE]"
    assert "[" not in write("26-Mar", "date", "shift_dates", subject="A")
