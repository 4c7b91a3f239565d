"""The name of a month or weekday in any language -> which it is, and others of its language."""

from __future__ import annotations

import re
import unicodedata

# In the case in which they stand beside a day. "fi+": the row before goes on.
_MONTHS = """
en January February March April May June July August September October November December
en Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec
en Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec
de Januar Februar März April Mai Juni Juli August September Oktober November Dezember
de Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez
de Jan Feb Mrz Apr Mai Jun Jul Aug Sept Okt Nov Dez
fr janvier février mars avril mai juin juillet août septembre octobre novembre décembre
fr janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
fr janv févr mars avr mai juin juil août sept oct nov déc
es enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
es enero febrero marzo abril mayo junio julio agosto setiembre octubre noviembre diciembre
es ene feb mar abr may jun jul ago sep oct nov dic
it gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
it gen feb mar apr mag giu lug ago set ott nov dic
pt janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
pt jan fev mar abr mai jun jul ago set out nov dez
nl januari februari maart april mei juni juli augustus september oktober november december
nl jan feb mrt apr mei jun jul aug sep okt nov dec
da januar februar marts april maj juni juli august september oktober november december
no januar februar mars april mai juni juli august september oktober november desember
sv januari februari mars april maj juni juli augusti september oktober november december
fi tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta
fi+ lokakuuta marraskuuta joulukuuta
pl stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada
pl+ grudnia
cs ledna února března dubna května června července srpna září října listopadu prosince
hu január február március április május június július augusztus szeptember október november december
ro ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie
ro+ decembrie
tr Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık
id Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember
ru января февраля марта апреля мая июня июля августа сентября октября ноября декабря
ru январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
uk січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
el Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου
el+ Νοεμβρίου Δεκεμβρίου
ar يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
he בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר
he ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר
hi जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर
hi जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितम्बर अक्तूबर नवम्बर दिसम्बर
th มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม
"""
# Monday first; of a language with short names, they follow the long ones.
_WEEKDAYS = """
en Monday Tuesday Wednesday Thursday Friday Saturday Sunday
en Mon Tue Wed Thu Fri Sat Sun
en Mon Tues Wed Thurs Fri Sat Sun
de Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag
de Mo Di Mi Do Fr Sa So
fr lundi mardi mercredi jeudi vendredi samedi dimanche
fr lun mar mer jeu ven sam dim
es lunes martes miércoles jueves viernes sábado domingo
es lun mar mié jue vie sáb dom
it lunedì martedì mercoledì giovedì venerdì sabato domenica
it lun mar mer gio ven sab dom
pt segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo
pt seg ter qua qui sex sáb dom
nl maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
nl ma di wo do vr za zo
da mandag tirsdag onsdag torsdag fredag lørdag søndag
da man tir ons tor fre lør søn
no mandag tirsdag onsdag torsdag fredag lørdag søndag
no man tir ons tor fre lør søn
sv måndag tisdag onsdag torsdag fredag lördag söndag
sv mån tis ons tor fre lör sön
pl poniedziałek wtorek środa czwartek piątek sobota niedziela
ru понедельник вторник среда четверг пятница суббота воскресенье
ru пн вт ср чт пт сб вс
ja 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日
ja 月 火 水 木 金 土 日
zh 星期一 星期二 星期三 星期四 星期五 星期六 星期日
zh 周一 周二 周三 周四 周五 周六 周日
ko 월요일 화요일 수요일 목요일 금요일 토요일 일요일
ko 월 화 수 목 금 토 일
"""
_CAPITALS = frozenset("en de tr id el".split())  # write months with a capital
# Words and marks about a date -> the languages that have them.
_HINTS = {
    "the": "en", "of": "en", "at": "en", "st": "en", "nd": "en", "rd": "en", "th": "en",
    "den": "de", "am": "de", "um": "de", "uhr": "de", "le": "fr", "à": "fr", "er": "fr",
    "el": "es", "de": "es pt", "del": "es", "il": "it", "kl": "sv da no",
    ".": "de da no fi cs",
}  # fmt: skip

Names = tuple[str, tuple[str, ...]]


def _table(text: str) -> list[Names]:
    rows = [line.split() for line in re.sub(r"\n\w\w\+", "", text).strip().split("\n")]
    return [(language, tuple(map(_nfc, names))) for language, *names in rows]


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


MONTHS = _table(_MONTHS)
WEEKDAYS = _table(_WEEKDAYS)


def _numbers(table: list[Names]) -> dict[str, int]:
    return {name.casefold(): i for _, names in table for i, name in enumerate(names)}


_MONTH_NUMBERS, _WEEKDAY_NUMBERS = _numbers(MONTHS), _numbers(WEEKDAYS)
# What stands for each letter of a name, so that forms need not list the names.
MONTH, WEEKDAY = "\ue000", "\ue001"
_WORD = re.compile(r"[^\s\d.,/():（）年月日号號년월일-]+(?:-feira)?")


def month_number(name: str) -> int | None:
    """The number of a month, 1 to 12, by its name in any language; None if it is no month."""
    number = _MONTH_NUMBERS.get(_nfc(name).casefold())
    return None if number is None else number + 1


def is_weekday(name: str) -> bool:
    """Whether a word is a weekday in any language."""
    return _nfc(name).casefold() in _WEEKDAY_NUMBERS


def hide_names(text: str) -> str:
    """Write `MONTH` for each character of a month's name, and `WEEKDAY` for those of a weekday.

    Of "mar", which is both (Spanish Tuesday, March), it is a month unless one follows.
    """
    made = text
    seen = False
    for match in reversed(list(_WORD.finditer(text))):
        mark = ""
        if month_number(match[0]) is not None and not (seen and is_weekday(match[0])):
            mark, seen = MONTH, True
        elif is_weekday(match[0]):
            mark = WEEKDAY
        if mark:
            made = made[: match.start()] + mark * len(match[0]) + made[match.end() :]
    return made


def other_month(name: str, number: int, rest: str) -> str:
    """Name another month in the language of a name, in full or short as that is.

    number (int): 1 to 12.
    rest (str): The whole date: words about a name tell languages apart that share it.
    """
    return _cased(_names_like(MONTHS, name, rest)[number - 1], name)


def other_weekday(name: str, number: int, rest: str) -> str:
    """Name another weekday in the language of a name. number (int): 0 to 6, Monday first."""
    return _cased(_names_like(WEEKDAYS, name, rest)[number], name)


def later_weekday(name: str, n_days: int, rest: str) -> str:
    """Name the weekday so many days after one, in its language."""
    names = _names_like(WEEKDAYS, name, rest)
    old = [own.casefold() for own in names].index(_nfc(name).casefold())
    return _cased(names[(old + n_days) % 7], name)


def short_weekday(name: str, rest: str) -> str | None:
    """The short form of a weekday, if its language has one that is shorter."""
    names = _names_like(WEEKDAYS, name, rest)
    language = next(code for code, own in WEEKDAYS if own == names)
    shortest = min((own for code, own in WEEKDAYS if code == language), key=lambda own: len(own[0]))
    short = shortest[_WEEKDAY_NUMBERS[_nfc(name).casefold()]]
    return _cased(short, name) if len(short) < len(name) else None


def language_of(name: str, rest: str) -> str:
    """The language of a month's name, as far as a date tells."""
    names = _names_like(MONTHS, name, rest)
    return next(code for code, own in MONTHS if own == names)


def _names_like(table: list[Names], name: str, rest: str) -> tuple[str, ...]:
    """The list that a name is most likely from; of several equal ones the first."""
    folded = _nfc(name).casefold()
    found = [(code, own) for code, own in table if folded in map(str.casefold, own)]
    words = set(re.findall(r"[^\W\d_]+", _nfc(rest).casefold()))
    words |= {"."} if re.search(r"\d\. ?[^\W\d_]", rest) else set()
    hints = [code for word in words for code in _HINTS.get(word, "").split()]
    beside = WEEKDAYS if table is MONTHS else MONTHS  # a weekday tells whose month, and back
    words.discard(folded)
    hints += [c for c, own in beside if len(found) > 1 and words & set(map(str.casefold, own))]

    def score(code: str) -> int:
        odd = not name.isupper() and table is MONTHS and name[:1].isupper() != (code in _CAPITALS)
        return 2 * hints.count(code) - (odd and name.lower() != name.upper())

    return max(found, key=lambda item: score(item[0]))[1]


def _cased(text: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return text.upper()
    return text.lower() if like.islower() else text if text[:1].isupper() else text.capitalize()
