"""What the dates of a document tell of each other: years that are missing, or have two digits."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.language.dates import parse_date
from spacy_privacy_filter.language.months import read_months
from spacy_privacy_filter.language.timeline import build_timeline, hangs_on_others
from spacy_privacy_filter.redact.engine import redact
from spacy_privacy_filter.redact.policy import build_policy, load_policy
from spacy_privacy_filter.redact.stream import RedactionStream
from spacy_privacy_filter.types import CharSpan

from ..redact.helpers import KEY

SHIFT = build_policy({"kinds": {"date": {"operator": "shift_dates", "day_first": True}}}, "p")
RESEARCH = load_policy("research")
COARSE = build_policy({"kinds": {"date": "generalise"}}, "p")


def marked(text: str, label: str = "private_date") -> tuple[str, list[CharSpan]]:
    """A text without its braces, and a span for what stood in each pair of them."""
    spans: list[CharSpan] = []
    made = ""
    for i, part in enumerate(re.split(r"[{}]", text)):
        if i % 2:
            spans.append(CharSpan(len(made), len(made) + len(part), label))
        made += part
    return made, spans


def write(text: str, policy: Any, label: str = "private_date", **kwargs: Any) -> list[str]:
    source, spans = marked(text, label)
    done = redact(source, spans, policy, key=KEY, **kwargs)
    return [done.text[s.start_char : s.end_char] for s in done.spans]


def written(day: date) -> str:
    return f"{day.day} {day:%B}"


DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))


@given(DAYS, st.integers(-200, 200), st.integers(0, 9), st.booleans())
def test_intervals_to_a_date_without_a_year(day: date, n_days: int, who: int, after: bool) -> None:
    other = day + timedelta(n_days)
    if other.year != day.year:
        return
    parts = [f"{{{day:%d %B %Y}}}", f"{{{other:%d %B}}}"]
    made = write(" and ".join(parts[::-1] if after else parts), SHIFT, subject=f"s{who}")
    full, short = made[::-1] if after else made
    first = parse_date(full)
    assert first is not None
    assert written(first.day + timedelta(n_days)) == short.lstrip("0")


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("{28 February 2023} and {2 March}", (2023,)),
        ("{2 March} and {28 February 2023}", (2023,)),
        ("{1 May 2024}, {3 May 2023}, {2 March}, {28 February 2024}", (2024, 2023, 2023)),
        ("{28/02/23} and {2 March}", (2023,)),
        ("{2023}: {2 March}", (2023,)),
        ("{28 Feb '23} and {2 March}", (2023,)),
    ],
)
def test_the_nearest_date_tells_the_year(text: str, years: tuple[int, ...]) -> None:
    for who in map(str, range(12)):
        (known,) = write("{4 July 2001}", SHIFT, subject=who)
        found = parse_date(known)
        assert found is not None
        shift = found.day - date(2001, 7, 4)
        assert written(date(years[-1], 3, 2) + shift) in write(text, SHIFT, subject=who)


@pytest.mark.parametrize(
    "text", ["{28 December 2023} {3 January}", "{3 January 2024} {28 December}"]
)
def test_intervals_over_the_end_of_a_year(text: str) -> None:
    for who in map(str, range(20)):
        full, short = write(text, SHIFT, subject=who)
        found = parse_date(full)
        assert found is not None
        n_days = 6 if "{3 January}" in text else -6
        assert written(found.day + timedelta(n_days)) == short


def days_between(text: str, places: list[int], subject: str, policy: Any = SHIFT) -> list[int]:
    """Days from the last of some dates back to each, where only the last is written with a year."""
    made = [write(text, policy, subject=subject)[place] for place in places]
    last = parse_date(made[-1])
    assert last is not None
    found = []
    for value in made[:-1]:
        near = [parse_date(value, near=last.day.year + step) for step in (-1, 0)]
        found.append(min((last.day - n.day).days for n in near if n and n.day <= last.day))
    return found


@pytest.mark.parametrize(
    ("text", "places", "n_days"),
    [
        ("{2 March 2026}\nRe: Mr X, born {4 September 1960}, seen on {27 February}.", [2, 0], [3]),
        # A child's birth is not decades away: only that it is a birth tells.
        ("{2 March 2026}\nRe: Ann, born {4 September 2012}, seen on {27 February}.", [2, 0], [3]),
        ("{2 March 2026}\nRe: Mr X ({4 September 1960}), seen on {27 February}.", [2, 0], [3]),
        ("*{4.9.1960}, {1.2.1961}, born {3.4.1960}. {27 February}, {2 March 2026}", [3, 4], [3]),
        ("{1960}, {May 1978}, {3 June 2000}. Seen on {27 February}, {2 March 2026}", [3, 4], [3]),
        ("Passport until {1 May 2052}. Seen {27 February}. {2 March 2026}", [1, 2], [3]),
        (
            "born {29/02/1956}, admitted {28 December}, seen {2 January}, left {5 January 2026}",
            [1, 2, 3],
            [8, 3],
        ),
        ("{28 December}, {2 January}, {5 March}, {6 March 2026}", [0, 1, 2, 3], [68, 63, 1]),
    ],
)
def test_births_and_old_dates_tell_no_year(text: str, places: list[int], n_days: list[int]) -> None:
    for who in range(200):
        assert days_between(text, places, f"p{who}", RESEARCH) == n_days


def test_only_births_tell_a_year_where_nothing_else_does() -> None:
    for who in map(str, range(50)):
        # A leap year: the day after 28 February is the 29th.
        born, last, first = write("born {1 May 1960}, {28 February}, {1 March}", SHIFT, subject=who)
        days = [parse_date(value, near=1960) for value in (last, first)]
        assert days[0] is not None
        assert days[1] is not None
        assert (days[1].day - days[0].day).days % 365 in (2, 1)
        shift = parse_date(born)
        assert shift is not None
        assert written(date(1960, 2, 28) + (shift.day - date(1960, 5, 1))) == last


def test_dates_that_all_lack_a_year_keep_their_order() -> None:
    for who in map(str, range(100)):
        old, new = (parse_date(v) for v in write("{28 December}, {2 January}", SHIFT, subject=who))
        assert old is not None
        assert new is not None
        assert (new.day - old.day).days % 366 == 5


def test_29_february_is_there_whatever_the_year() -> None:
    full, short = write("{1 March 2024} {29 February}", SHIFT, subject="A")
    first = parse_date(full)
    assert first is not None
    assert short == written(first.day - timedelta(1))
    assert write("{1 March 2023} {29 February}", SHIFT, subject="A")[1] not in ("[DATE]", "")


def test_a_weekday_moves_with_its_date() -> None:
    weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    # It was a Thursday in 2023, which the text does not say.
    full, short = write("{Tuesday, 28 February 2023}, {Thursday, 2 March}", SHIFT, subject="A")
    alone = write("{Thursday, 2 March}", SHIFT, subject="A")[0]
    first, second, third = (weekdays.index(v.split(",")[0]) for v in (full, short, alone))
    assert (second - first) % 7 == 2
    assert third == second


class Chunks:
    """A finder whose segments are the chunks, with the dates in braces of each."""

    def feed(self, chunk: str) -> tuple[str, list[CharSpan]]:
        return marked(chunk)

    def close(self) -> tuple[str, list[CharSpan]]:
        return "", []


@pytest.mark.parametrize("policy", [SHIFT, COARSE, load_policy("hipaa_safe_harbor")])
@pytest.mark.parametrize(
    "chunks",
    [
        ["{2 March}", " and ", "{28 February 2023} and", " {3 March}"],
        ["On {28 February 2023} ", "and {2 March}, ", "{1 January 1999}"],
        ["{01/01/30}", " and {1 May 2031}"],
        ["The {1 May 2005}: born ", "{01/01/10}", ", {2 March}"],
        ["Od {1. mart 2024} ", "do {2. septembar 2024} ", "i {1. maj 2025}"],
        ["{12 April 2026}, {13 ožujka 2026}, ", "{12 listopada 2026}, {12 April 2026}"],
    ],
)
def test_a_stream_gives_the_same(policy: Any, chunks: list[str]) -> None:
    text, spans = marked("".join(chunks))
    whole = redact(text, spans, policy, key=KEY, subject="A").text
    stream = RedactionStream(Chunks(), policy, key=KEY, subject="A")
    assert "".join([*map(stream.feed, chunks), stream.close()]) == whole


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("{01/01/30}", "1930"),
        ("{01/01/26}", "2026"),
        ("{1 May 68}", "1968"),
        ("{1 May 2024} {01/01/30}", "1930"),
        ("{1 May 2031} {01/01/30}", "2030"),
        ("{1 May 2005} {01/01/10}", "2010"),
        ("{1 May 1930} {01/01/10}", "2010"),
        ("Born {01/01/10}, seen {1 May 2005}", "1910"),
        ("Born {01/01/10}, seen {1 May 2012}", "2010"),
        ("née le {01/01/10}, {1 May 2005}", "1910"),
        ("DOB: {01/01/10}, {1 May 2005}", "1910"),
        ("Airborne on {01/01/10}, {1 May 2005}", "2010"),
        ("born {01/01/10}, father {1 May 1930}", "2010"),
        ("{12 มีนาคม 2570} {01/01/30}", "1930"),
    ],
)
def test_the_century_of_a_short_year(text: str, year: str) -> None:
    assert year in write(text, COARSE)


def test_a_label_says_that_a_date_is_a_birth() -> None:
    assert write("{01/01/10} {1 May 2005}", COARSE, "date_of_birth") == ["1910", "2005"]
    late = build_policy({"kinds": {"date": {"operator": "generalise", "latest_year": 2040}}}, "p")
    assert write("{01/01/30}", late) == ["2030"]
    with pytest.raises(ValueError, match="1000 to 2399, not 26"):
        build_policy({"kinds": {"date": {"operator": "generalise", "latest_year": 26}}}, "p")
    # HIPAA: that of somebody older than 89 must not be told
    assert write("{01/01/30}", load_policy("hipaa_safe_harbor")) == ["[DATE]"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("{2 septembar 2024}, {1 maj 2025}, {3 jun 2025}, {4 mart 2026}", "sr-Latn"),
        ("{12 ožujka 2026}, {12 listopada 2026}, {1 studenoga 2026}", "hr"),
        ("{11 Mac 2026}, {4 September 2026}, {1 Januari 2027}, {2 Mei}", "ms"),
        ("{5 януари 2026}, {18 март 2026}, {5 май 2026}, {1 август 2027}", "bg"),
        ("{23 जानेवारी 2026}, {16 मार्च 2026}, {1 जून 2026}", "mr"),
    ],
)
def test_dates_before_a_date_tell_whose_its_names_are(text: str, language: str) -> None:
    names = {name for row in read_months().rows if row.language == language for name in row.names}
    dates = re.findall(r"{(.*?)}", text)
    for who in map(str, range(10)):
        for old, new in zip(dates, write(text, SHIFT, subject=who), strict=True):
            assert new.split()[1] in names, (old, new)
    days = [parse_date(old, language=language) for old in dates]
    timeline = build_timeline(*dates_of(text))
    for (start, old), day in zip(timeline.dates, days, strict=True):
        found = timeline.parse_date(old, start, day_first=True)
        assert found is not None
        assert day is not None
        assert (found.day.month, found.language) == (day.day.month, language if start else "")


def dates_of(text: str) -> tuple[str, list[tuple[int, int, str]]]:
    made, spans = marked(text)
    return made, [(span.start_char, span.end_char, span.label) for span in spans]


def test_a_language_that_is_read_first_needs_no_other_date() -> None:
    text = "{12 listopada 2026}, {12 April 2026}, {12 mai 2026}, {12 Januari 2026}"
    assert build_timeline(*dates_of(text)).languages == ()
    assert not hangs_on_others("12 listopada 2026")
    assert hangs_on_others("12 ožujka 2026")
