# ruff: noqa: E501  (lists of words read best as one string)
"""Dates: a random generator -> dates and time stamps as the world writes them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from random import Random

from .languages import LANGUAGES

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre"
    " dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "no": "januar februar mars april mai juni juli august september oktober november desember",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta"
    " syyskuuta lokakuuta marraskuuta joulukuuta",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października"
    " listopada grudnia",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
    "hu": "január február március április május június július augusztus szeptember október november"
    " december",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie"
    " decembrie",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "el": "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου"
    " Οκτωβρίου Νοεμβρίου Δεκεμβρίου",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "bg": "януари февруари март април май юни юли август септември октомври ноември декември",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "he": "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
    "hi": "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "fa": "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
    "th": "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
    **{code: language.months for code, language in LANGUAGES.items() if language.months},
}
DAY_FIRST = {
    "es": "{d} de {m} de {y}",
    "pt": "{d} de {m} de {y}",
    "de": "{d}. {m} {y}",
    "da": "{d}. {m} {y}",
    "no": "{d}. {m} {y}",
    "fi": "{d}. {m} {y}",
    "cs": "{d}. {m} {y}",
    "hu": "{y}. {m} {d}.",
    "ru": "{d} {m} {y} г.",
    "uk": "{d} {m} {y} р.",
    "he": "{d} ב{m} {y}",
}
NUMERIC = {
    "en": ("%m/%d/%Y", "%d/%m/%Y", "%m/%d/%y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d", "%d.%m.%Y"),
    "de": ("%d.%m.%Y", "%d.%m.%y"),
    "fr": ("%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y"),
    "nl": ("%d-%m-%Y", "%d/%m/%Y"),
    "sv": ("%Y-%m-%d", "%y%m%d", "%Y%m%d"),
    "zh": ("%Y年%m月%d日", "%Y/%m/%d", "%Y.%m.%d"),
    "ja": ("%Y年%m月%d日", "%Y/%m/%d"),
    "ko": ("%Y년 %m월 %d일", "%Y.%m.%d", "%Y. %m. %d."),
    "vi": ("ngày %d tháng %m năm %Y", "%d/%m/%Y"),
}
DOTTED = ("fi", "pl", "cs", "ro", "tr", "ru", "uk", "bg", "da", "no", "he")
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


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
    if kind == "numeric" or language not in MONTHS:
        return _write_numeric(rng, language, moment)
    return _write_long(rng, language, moment, with_year=kind != "day")


def _write_numeric(rng: Random, language: str, moment: datetime) -> str:
    default = ("%d.%m.%Y", "%d.%m.%y") if language in DOTTED else ("%d/%m/%Y", "%d-%m-%Y")
    form = rng.choice(NUMERIC.get(language, default))
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
    forms = (
        *("%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S+00:00", "%d/%m/%Y %H:%M"),
        *(
            "%d/%b/%Y:%H:%M:%S +0000",
            "%a, %d %b %Y %H:%M:%S +0000",
            "%b %d %H:%M:%S",
            "%Y%m%dT%H%M%S",
        ),
        *("%m/%d/%Y %I:%M %p", "%Y-%m-%d %H:%M:%S,123", "%Y-%m-%dT%H:%M:%S.482Z", "%d.%m.%Y %H:%M"),
    )
    return moment.strftime(rng.choice(forms))


def _write_long(rng: Random, language: str, moment: datetime, with_year: bool) -> str:
    month = MONTHS[language].split()[moment.month - 1]
    if language != "en":
        form = DAY_FIRST.get(language, "{d} {m} {y}")
        if not with_year:
            form = form.split("{m}")[0] + "{m}" if language != "hu" else "{m} {d}."
        return form.format(d=moment.day, m=month, y=moment.year + (543 if language == "th" else 0))
    day, short = moment.day, month[:3]
    ordinal = f"{day}{'th' if 10 < day < 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"
    if not with_year:
        weekday = WEEKDAYS[moment.weekday()]
        forms = (f"{month} {day}", f"{month} {ordinal}", f"{day} {month}", f"{ordinal} of {month}")
        more = (f"{short} {day}", f"{weekday}, {month} {day}", f"{weekday} {day} {month}")
        return rng.choice([*forms, *more])
    year = moment.year
    return rng.choice(
        (
            *(f"{month} {day}, {year}", f"{month} {day}, {year}", f"{day} {month} {year}"),
            *(f"{month} {ordinal}, {year}", f"{ordinal} {month} {year}", f"{short} {day}, {year}"),
            *(f"{day}-{short}-{year}", f"{short}. {day}, {year}", f"{ordinal} of {month} {year}"),
            *(f"{month} {year}", f"{day} {short} {year}", f"{day:02d}-{short.upper()}-{year}"),
            f"{WEEKDAYS[moment.weekday()]}, {month} {day}, {year}",
        )
    )
