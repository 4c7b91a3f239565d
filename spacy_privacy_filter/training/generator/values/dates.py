"""Dates: a random generator -> dates and time stamps as the world writes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from random import Random

from ....language.months import month_names, weekday_names
from ..languages import Language, load_languages
from ..tables import lists_of, words_of

DATES = "words/dates.json"
FORMS_OF_KINDS = {"month": "month_forms", "range": "ranges", "time": "clock_forms"}


def draw_moment(rng: Random, kind: str) -> datetime:
    """Draw a day: of birth (1935 to 2015) or of something that happened (2005 to 2027)."""
    first, last = (1935, 2015) if kind == "birth" else (2005, 2027)
    days = rng.randint(0, (last - first) * 365)
    moment = datetime(first, 1, 1, tzinfo=timezone.utc) + timedelta(days=days)
    return moment + timedelta(seconds=rng.randint(0, 86399))


def make_date(rng: Random, language: str, kind: str) -> str:
    """Write a date.

    kind (str): "long" (month in letters), "iso", "numeric", "stamp" (with a time), "day" (no year),
        "birth", "month" (no day), "range" (from one day to another), "time" (with a time, as people
        write it), or "" for any of "long", "iso", "numeric", "stamp" and "day".
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
    if kind == "numeric" or own is None or not (own.months or _month_names(own)):
        forms = own.numeric_forms if own else Language.numeric_forms
        text = _write_numeric(rng, language, moment, forms)
        if kind == "time":
            return text + rng.choice(words_of(DATES, "clocks")).format(**_clock(moment))
        return text
    if kind in FORMS_OF_KINDS:
        return _write_form(rng, own, moment, FORMS_OF_KINDS[kind])
    if language != "en" and (not own.months or rng.random() < 0.5):
        return _write_form(rng, own, moment, "days" if kind == "day" else "forms")
    return _write_long(rng, own, moment, with_year=kind != "day")


def _month_names(language: Language) -> Sequence[str]:
    """Look up the names of months; those of languages that write numbers are the numbers."""
    if language.months:
        return language.months
    if language.code in lists_of(DATES, "forms"):
        return [str(number) for number in range(1, 13)]
    return month_names(language.code, "day") or month_names(language.code, "alone")


def _write_form(rng: Random, language: Language, moment: datetime, table: str) -> str:
    """Write a date in a form of its language, or in the form that most languages have."""
    code, listed = language.code, lists_of(DATES, "short_months")
    if table == "ranges":
        moment = moment.replace(day=rng.randint(1, 19))
    months = _month_names(language)
    short = listed.get(code) or month_names(code, "short") or months
    weekdays = lists_of(DATES, "weekdays").get(code) or weekday_names(code)
    year, index = moment.year + (543 if code == "th" else 0), moment.month - 1
    last = moment.day + rng.randint(1, 9)
    values = {
        "usual": language.date_form.format(d=moment.day, m=months[index], y=year),
        "m": months[index],
        "alone": (month_names(code, "alone") or months)[index],
        "short": short[index] if code == "th" else short[index].rstrip("."),
        "weekday": weekdays[moment.weekday()] if weekdays else "",
        "nth": write_ordinal(moment.day),
        "d2": last,
        "nth2": write_ordinal(last),
        "yy": f"{year % 100:02d}",
    }
    forms = lists_of(DATES, table)
    choices = [
        form for form in forms.get(code, forms["any"]) if weekdays or "{weekday}" not in form
    ]
    text = rng.choice(choices).format(**values, **_clock(moment), d=moment.day, y=year, n=index + 1)
    # Catalan leaves a vowel out before another
    return text.replace(" de o", " d'o").replace(" de a", " d'a") if code == "ca" else text


def _clock(moment: datetime) -> dict[str, str]:
    """Write the time of a moment in the parts that forms put together."""
    names = {"h": "%H", "min": "%M", "sec": "%S", "h12": "%I", "ampm": "%p"}
    return {key: moment.strftime(mark) for key, mark in names.items()}


def write_ordinal(number: int) -> str:
    """Write a number as English counts with it: 3rd."""
    ending = "th" if 10 < number < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


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
    names = {"m": month, "short": short, "SHORT": short.upper(), "nth": write_ordinal(day)}
    weekday = weekday_names("en")[moment.weekday()]
    form = rng.choice(words_of(DATES, "english" if with_year else "english_days"))
    return form.format(**names, d=day, y=moment.year, weekday=weekday)
