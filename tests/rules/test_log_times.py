"""Times at which lines of a log begin are set apart; dates in what people write are not."""

from __future__ import annotations

import re

import pytest

from spacy_privacy_filter.rules.log_times import find_log_times
from spacy_privacy_filter.types import CharSpan


def split(text: str, *values: str) -> tuple[list[CharSpan], list[CharSpan]]:
    """Take values for dates, but names."""
    spans = [
        CharSpan(
            m.start(), m.end(), "private_date" if value[0].isdigit() or ":" in value else "name"
        )
        for value in values
        for m in re.finditer(re.escape(value), text)
    ]
    return find_log_times(text, sorted(spans))


LINES = [
    ("2026-01-12 08:15:02,113 WARN [exec-4] o.s.w - No mapping", "2026-01-12 08:15:02,113"),
    ("2024-01-02 03:04:05,123 INFO start", "2024-01-02"),
    ("Jan  3 12:00:01 web1 sshd[812]: Accepted", "Jan  3 12:00:01"),
    (
        '10.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET /a HTTP/1.0" 200 2',
        "10/Oct/2000:13:55:36 -0700",
    ),
    ("[Wed Oct 11 14:32:52.123456 2000] [core:error] denied", "Wed Oct 11 14:32:52.123456 2000"),
    ("[12:00:01] INFO start", "12:00:01"),
    ("I0102 15:04:05.000000    123 main.go:12] started", "I0102 15:04:05.000000"),
    ("2024/01/02 15:04:05 [error] 123#0: open() failed", "2024/01/02 15:04:05"),
    ("1548860916 INFO up", "1548860916"),
    ("2024-01-02T03:04:05Z level=info msg=x", "2024-01-02T03:04:05Z"),
    ('time="2024-01-02T03:04:05Z" level=info msg=x', "2024-01-02T03:04:05Z"),
    ('{"ts": "2024-01-02T03:04:05Z", "level": "info"}', "2024-01-02T03:04:05Z"),
    ("INFO 2024-01-02 03:04:05 main started", "2024-01-02 03:04:05"),
    ("[2024-01-02 03:04:05] production.ERROR: failed", "2024-01-02 03:04:05"),
    ("10/10/2000 1:55:36 PM ERROR Service stopped", "10/10/2000 1:55:36 PM"),
    ("02-Jan-2024 15:04:05.123 INFO [main] org.apache", "02-Jan-2024 15:04:05.123"),
    ("web_1  | 2024-01-02 03:04:05 ERROR failed", "2024-01-02 03:04:05"),
    ("01-02 15:04:05.123  1000  1000 I ActivityManager: Start", "01-02 15:04:05.123"),
    ("2024-01-02T15:04:05.123+01:00  INFO 1 --- [main] c.e.App", "2024-01-02T15:04:05.123+01:00"),
]


@pytest.mark.parametrize(("line", "stamp"), LINES)
def test_lines_of_logs(line: str, stamp: str) -> None:
    for text in (line, f"Logs:\r\n{line}\r\n"):
        reported, log_times = split(text, stamp)
        assert reported == []
        assert [text[span.start_char : span.end_char] for span in log_times] == [stamp]
        assert {span.source for span in log_times} == {"rule:log_time"}


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-01-02 Anna came to us", "2024-01-02"),
        ("12/03/2024: pt seen", "12/03/2024"),
        ("12/03/2024 10:00 ALERT and oriented", "12/03/2024"),
        ("12/03/2024 10:00:00 SEVERE pain", "12/03/2024 10:00:00"),
        ("2024-01-02 10:00:00 patient had severe pain", "2024-01-02 10:00:00"),
        ("[03/01/2024, 12:00:01] hello there", "03/01/2024, 12:00:01"),
        ("Dear all,\n2024-01-02 03:04:05", "2024-01-02 03:04:05"),
        ("born 2024-01-02 03:04:05 INFO", "2024-01-02 03:04:05"),
        ("10:00:00 BP 120/80\n10:05:00 BP 110/70\n10:10:00 BP 100/60", "10:05:00"),
        ("2024-01-02 03:04:05 INFO born 1961-02-03", "1961-02-03"),
    ],
)
def test_what_people_write(text: str, date: str) -> None:
    reported, log_times = split(text, date)
    assert len(reported) == 1
    assert log_times == []


def test_a_line_with_a_person_keeps_its_time() -> None:
    text = "2024-01-02 03:04:05 INFO login of Ida Brandt\n2024-01-02 03:04:06 INFO done"
    reported, log_times = split(text, "2024-01-02 03:04:05", "2024-01-02 03:04:06", "Ida Brandt")
    assert [text[span.start_char : span.end_char] for span in reported] == [
        "2024-01-02 03:04:05",
        "Ida Brandt",
    ]
    assert [span.start_char for span in log_times] == [text.index("\n") + 1]


def test_several_lines_in_a_row() -> None:
    lines = [f"2024-01-02 03:04:0{n} a={n} b=2" for n in range(3)]
    assert len(split("\n".join(lines), "2024-01-02")[1]) == 3
    assert split("\n".join(lines[:2]), "2024-01-02")[1] == []


def test_a_secret_in_the_time_stays() -> None:
    text = "2024-01-02 03:04:05 INFO up"
    span = CharSpan(0, 10, "secret", 0.4)
    assert find_log_times(text, [span]) == ([span], [])
