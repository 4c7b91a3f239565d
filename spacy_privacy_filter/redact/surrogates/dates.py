"""A date -> another one in the same form, or in one near it that repeats nothing of the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from random import Random

from ...language.date_forms import AFTER_TIME, AFTER_YEAR, BEFORE_DAY, BEFORE_MONTH, BEFORE_TIME
from ...language.dates import ParsedDate, parse_date
from ...language.months import language_of, short_weekday

N_DRAWS = 10  # of one form and span of years before the next
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?(?:( ?)([ap])(\.?m\.?))?", re.I)
_TIME_ALONE = re.compile(rf"(?:{BEFORE_TIME} +)?{_CLOCK.pattern}", re.I)
_OFFSET = re.compile(r"[+-](\d\d)(:?)\d\d$")
_ZONE = re.compile(r" [A-Z]{3,4}$")
_ZONES = (" GMT", " UTC", " CET", " EST", " PST", " JST")
# What a form can do without, the least first. "de" and "of" with their blanks are runs of four.
_NEEDLESS = (
    (re.compile(rf" {AFTER_TIME}$| ?{AFTER_YEAR}(?=\W|$)", re.I), ""),
    (re.compile(rf" +{BEFORE_MONTH} +", re.I), " "),
    (re.compile(rf" +{BEFORE_TIME} +(?=\d+:)", re.I), " "),
    (re.compile(rf"\b{BEFORE_DAY} +(?=\d)", re.I), ""),
)


def draw_date(text: str, day_first: bool, rng: Random, i: int) -> str | None:
    """Draw a date of the same form.

    The first draws are of the years about that of the source, then of a century beside, then in
    forms that leave out what the source would repeat: "12 de marzo de 1975" has " de ", so it
    becomes "8 julio 1983". The last are of any year.

    text (str): A date as it was written.
    day_first (bool): What 03/04/2026 means.
    rng (Random): Seeded by the caller.
    i (int): Which draw of one date this is.
    RETURNS (str | None): None if the text cannot be read as a date or time of day.
    """
    wanted, other = divmod(i // N_DRAWS, 2)
    forms = list(islice(_list_forms(text, day_first), wanted + 1))
    if not forms:
        return _draw_time(text, rng) if _TIME_ALONE.fullmatch(text) else None
    parsed = forms[-1]
    draw = (_draw_near, _draw_far)[other] if len(forms) > wanted else _draw_any_year
    try:
        value = parsed.render(draw(parsed, rng))
    except (ValueError, OverflowError):
        return ""
    end = len(value) - (len(parsed.text) - parsed.tail)
    return value[:end] + _draw_time(value[end:], rng)


def _list_forms(text: str, day_first: bool) -> Iterator[ParsedDate]:
    """Write a date in its own form, then in others that are always less alike."""
    parsed = parse_date(text, day_first)
    if parsed is None:
        return
    yield parsed
    for form in (
        *_shorten(text),
        _shorten_weekday(parsed, short=True),
        _shorten_weekday(parsed),
        _write_plain(parsed),
    ):
        other = parse_date(form, day_first)
        if other is not None and form != text:
            text = form
            yield other


def _shorten(text: str) -> Iterator[str]:
    for pattern, new in _NEEDLESS:
        text = pattern.sub(new, text)
        yield text


def _shorten_weekday(parsed: ParsedDate, short: bool = False) -> str:
    """Write it without what can be left out, and the weekday short or not at all."""
    name = parsed.get("weekday")
    text = list(_shorten(parsed.text))[-1]
    if not name:
        return text
    start = text.index(name) if text.startswith(name) else text.rindex(name)
    end = start + len(name)
    if short:
        return text[:start] + (short_weekday(name, parsed.text) or name) + text[end:]
    return text[:start].rstrip(" (（") + text[end:].lstrip(".,)） ")


def _write_plain(parsed: ParsedDate) -> str:
    """Write it with numbers alone; most languages have dots, English is better off with hyphens."""
    day = parsed.day
    named = parsed.get("name")
    if not (parsed.get("day") and parsed.has_year):
        return parsed.text
    if "tháng" in parsed.text or (named and language_of(named, parsed.text) != "en"):
        return f"{day.day}.{day.month}.{day.year}"
    return day.isoformat()


def _draw_near(parsed: ParsedDate, rng: Random) -> date:
    """Draw a day of the same time; of what is recent, none that is to come."""
    years = 15 if parsed.day.year <= 2010 else 0
    return parsed.day + timedelta(rng.randrange((years - 40) * 365, years * 365 + 1))


def _draw_far(parsed: ParsedDate, rng: Random) -> date:
    """Draw a day of the century beside, whose years begin with other digits."""
    century = parsed.day.year // 100
    year = century * 100
    year += 100 + rng.randrange(25) if century < 20 else rng.randrange(30, 100) - 100
    return _draw_in_year(year, rng)


def _draw_any_year(parsed: ParsedDate, rng: Random) -> date:
    return _draw_in_year(rng.randrange(1700, 2025), rng)


def _draw_in_year(year: int, rng: Random) -> date:
    return date(year, 1, 1) + timedelta(rng.randrange(365))


def _draw_time(tail: str, rng: Random) -> str:
    """Draw another time of day and zone in the form of what stands after a date."""

    def clock(match: re.Match[str]) -> str:
        half = match[6]
        hour = rng.randrange(1, 13) if half else rng.randrange(24)
        padded = len(match[1]) == 2 and (not half or match[1][0] == "0")
        parts = [f"{hour:02d}" if padded else str(hour)]
        parts += [f":{rng.randrange(60):02d}"] + ([f":{rng.randrange(60):02d}"] if match[3] else [])
        if match[4]:
            parts.append("." + "".join(str(rng.randrange(10)) for _ in match[4][1:]))
        if half:
            other = rng.choice("ap")
            parts += [match[5], other.upper() if half.isupper() else other, match[7]]
        return "".join(parts)

    tail = _CLOCK.sub(clock, tail)
    tail = _ZONE.sub(lambda _: rng.choice(_ZONES), tail)
    return _OFFSET.sub(lambda m: f"{rng.choice('+-')}{rng.randrange(1, 10):02d}{m[2]}00", tail)
