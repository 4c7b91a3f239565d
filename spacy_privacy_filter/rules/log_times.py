"""Spans of personal data -> those to report, and the times at which lines of a log begin."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from ..labels.kinds import ACCOUNT, DATE, OTHER, PERSON, PHONE, kind_of
from ..types import CharSpan

SOURCE: Final = "rule:log_time"
_PARTS: Final = frozenset({DATE, PHONE, ACCOUNT, OTHER})  # what a network takes its parts for
_HEAD: Final = 300  # characters of a line that are read
_N_IN_A_ROW: Final = 3

_CLOCK: Final = r"\d{1,2}:\d{2}:\d{2}"
_FRACTION: Final = r"[.,]\d{1,9}"
_ZONE: Final = r"(?:[ ]?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?(?![^\W_])"
_DAY: Final = (
    r"(?:\d{4}[-/.]\d{2}[-/.]\d{2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{2}[-/]\d{2}"
    r"|\d{1,2}[-/ ][A-Z][a-z]{2}[-/ ]\d{4})"
)
_MONTH: Final = r"(?:[A-Z][a-z]{2},? )?[A-Z][a-z]{2} {1,2}\d{1,2}"
_STAMPS: Final = "|".join(
    (
        rf"{_DAY}(?:T|,? {{1,2}}|:){_CLOCK}(?:{_FRACTION})?(?: [AP]M)?{_ZONE}",
        rf"{_MONTH}(?: \d{{4}})? {_CLOCK}(?:{_FRACTION})?(?: \d{{4}})?{_ZONE}",
        rf"[IWEFD]\d{{4}} {_CLOCK}{_FRACTION}",
        rf"{_CLOCK}(?:{_FRACTION})?(?![^\W_])",
        r"\d{10}(?:\.\d{1,9})?(?!\d)|\d{13}(?!\d)",
    )
)
_LEVEL: Final = r"TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL"
# In words of people, these say something else.
_MARKED: Final = (
    r"trace|debug|info|information|notice|warn|warning|error|err|crit|critical|fatal|severe|alert"
    r"|emerg"
)
# What may stand before the time: a level, a container, an address and a user, a key.
_BEFORE: Final = (
    rf"(?:<\d{{1,3}}>(?:1 )?|\[?(?:{_LEVEL})\]?:? {{1,4}}|[\w.-]{{1,60}} {{0,20}}\| "
    r"|[\d.:a-fA-F]{3,39} \S{1,40} \S{1,60} |(?:ts|time|timestamp|at|date)=\"?"
    r"|\{\"@?(?:ts|time|timestamp)\": ?\"?)?"
)
_STAMP: Final = re.compile(rf"[ \t]{{0,8}}(?P<before>{_BEFORE})[\[(]?(?P<stamp>{_STAMPS})[\])]?")
# Machines write so: a level, a program with its process, a request, fractions of a second.
_OF_MACHINE: Final = re.compile(
    rf"(?<![\w-])(?:{_LEVEL})(?![\w-])|[\[<(](?i:{_MARKED})[\]>)]"
    rf"|\blevel\"?[:=] ?\"?(?i:{_MARKED})\b|(?<!\w)(?:{_MARKED}):|(?<=\w)\[\d{{1,7}}\]: "
    r"|\"(?:GET|POST|PUT|HEAD|DELETE|PATCH|OPTIONS) /"
    r"|(?<!\w)[\w.-]{1,60}\.(?:go|c|cc|cpp|py|java|rs|js|ts|rb):\d{1,6}\b"
)
_PAIR: Final = re.compile(r"^[\])]?[ :]{0,3}(?:\[[^\]\n]{1,60}\]|[a-z_.]{1,40}=\S)")


def find_log_times(text: str, spans: Sequence[CharSpan]) -> tuple[list[CharSpan], list[CharSpan]]:
    """Set apart the time with which a line of a log begins, unless the line holds a person.

    A line is one of a log if it begins with a time and machines write so: with a level, a program
    and its process, a request, or fractions of a second; or if it is one of several in a row with
    brackets or keys after their times. Notes of people that begin with a date are none.

    text (str): The text.
    spans (Sequence[CharSpan]): Spans of any labels.
    RETURNS (tuple): The spans to report, as they were and in the same order; and the times of
        lines without a person, with the source "rule:log_time".
    """
    people = sorted(span.start_char for span in spans if kind_of(span.label) == PERSON)
    stamps: dict[int, tuple[int, int] | None] = {}
    reported: list[CharSpan] = []
    log_times: list[CharSpan] = []
    for span in spans:
        stamp = None
        if kind_of(span.label) in _PARTS:
            line = text.rfind("\n", 0, span.start_char) + 1
            if span.start_char - line <= _HEAD:
                if line not in stamps:
                    stamps[line] = _find_stamp(text, line, people)
                stamp = stamps[line]
        if stamp and stamp[0] <= span.start_char and span.end_char <= stamp[1]:
            log_times.append(span._replace(source=SOURCE))
        else:
            reported.append(span)
    return reported, log_times


def _find_stamp(text: str, line: int, people: Sequence[int]) -> tuple[int, int] | None:
    """Find the time with which a line of a log begins, if no person is on the line."""
    end = _line_end(text, line)
    match = _STAMP.match(text, line, min(end, line + _HEAD))
    first = bisect_left(people, line)
    if match is None or (first < len(people) and people[first] < end):
        return None
    is_log = _is_of_machine(text, match, end) or _is_in_a_row(text, line)
    return match.span("stamp") if is_log else None


def _is_of_machine(text: str, match: re.Match[str], end: int) -> bool:
    if not text[match.end() : end].strip():  # a time alone
        return False
    if re.search(r":\d{2}[.,]\d{3,9}", match["stamp"]) or re.search(_LEVEL, match["before"]):
        return True
    return _OF_MACHINE.search(text, match.end(), min(end, match.end() + _HEAD)) is not None


def _is_in_a_row(text: str, line: int) -> bool:
    """Whether enough lines in a row, this one among them, have a time and then a mark or key."""
    count, place = 0, line
    while count < _N_IN_A_ROW and _has_pair(text, place):
        count, place = count + 1, _line_end(text, place) + 1
    while 0 < count < _N_IN_A_ROW and line > 0:
        line = text.rfind("\n", 0, line - 1) + 1
        if not _has_pair(text, line):
            break
        count += 1
    return count >= _N_IN_A_ROW


def _has_pair(text: str, line: int) -> bool:
    end = min(_line_end(text, line), line + _HEAD)
    match = _STAMP.match(text, line, end)
    return match is not None and _PAIR.match(text[match.end() : end]) is not None


def _line_end(text: str, line: int) -> int:
    end = text.find("\n", line)
    return len(text) if end < 0 else end
