"""Dates: a random generator -> dates and time stamps as the world writes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from random import Random

from ....language.months import weekday_names
from ..languages import Language, load_languages
from ..tables import words_of

DATES = "words/dates.json"


def draw_moment(rng: Random, kind: str) -> datetime:
    """Draw a day: of birth (1935 to 2015) or of something that happened (2005 to 2027)."""
    first, last = (1935, 2015) if kind == "birth" else (2005, 2027)
    days = rng.randint(0, (last - first) * 365)
    moment = datetime(first, 1, 1, tzinfo=timezone.utc) + timedelta(days=days)
    return moment + timedelta(seconds=rng.randint(0, 86399))


def make_date(rng: Random, language: str, kind: str) -> str:
    """Write a date.

    kind (str): "long" (month in letters), "iso", "numeric", "stamp" (with a time), "day" (no year),
        "birth", or "" for any of them.
    """
    moment = draw_moment(rng, kind)
    if kind in ("", "birth"):
        kinds, weights = ("long", "iso", "numeric", "stamp", "day"), (34, 22, 34, 4, 6)
        kind = rng.choices(kinds, weights if kind == "" else (36, 26, 38, 0, 0))[0]
    if kind == "iso":
        return moment.strftime("%Y-%m-%d")
    if kind == "stamp":
        return _write_stamp(rng, moment)
    own = load_languages().get(language)
    if kind == "numeric" or own is None or not own.months:
        forms = own.numeric_forms if own else Language.numeric_forms
        return _write_numeric(rng, language, moment, forms)
    return _write_long(rng, own, moment, with_year=kind != "day")


def _write_numeric(rng: Random, language: str, moment: datetime, forms: Sequence[str]) -> str:
    form = rng.choice(forms)
    if language == "th" and rng.random() < 0.6:  # years of the Buddhist era
        form = form.replace("%Y", str(moment.year + 543))
    if language == "ja" and rng.random() < 0.35:
        return _write_era(rng, moment)
    text = moment.strftime(form)
    if rng.random() < 0.25 and "%y" not in form:  # without leading zeros
        for mark in "/.-年월月 ":
            text = text.replace(f"{mark}0", mark)
        text = text.removeprefix("0")
    return text


def _write_era(rng: Random, moment: datetime) -> str:
    """Write a date with the year of the Japanese emperor."""
    starts = ((2019, "令和", "R"), (1989, "平成", "H"), (1926, "昭和", "S"))
    first, era, letter = next(start for start in starts if moment.year >= start[0])
    year, month, day = moment.year - first + 1, moment.month, moment.day
    kanji = f"{era}{'元' if year == 1 else year}年{month}月{day}日"
    return rng.choice([kanji, kanji, f"{letter}{year}.{month}.{day}"])


def _write_stamp(rng: Random, moment: datetime) -> str:
    return moment.strftime(rng.choice(words_of(DATES, "stamps")))


def _write_long(rng: Random, language: Language, moment: datetime, with_year: bool) -> str:
    month = language.months[moment.month - 1]
    if language.code != "en":
        form = language.date_form
        if not with_year:
            form = form.split("{m}")[0] + "{m}" if language.code != "hu" else "{m} {d}."
        year = moment.year + (543 if language.code == "th" else 0)
        return form.format(d=moment.day, m=month, y=year)
    day, short = moment.day, month[:3]
    ending = "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    names = {"m": month, "short": short, "SHORT": short.upper(), "nth": f"{day}{ending}"}
    weekday = weekday_names("en")[moment.weekday()]
    form = rng.choice(words_of(DATES, "english" if with_year else "english_days"))
    return form.format(**names, d=day, y=moment.year, weekday=weekday)
