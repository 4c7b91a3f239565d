"""Invented values: of the same kind, in the form of the source, repeating nothing of it."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Callable
from datetime import date

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spacy_privacy_filter.language.dates import parse_date
from spacy_privacy_filter.language.months import month_number, read_months, read_weekdays
from spacy_privacy_filter.redact.engine import redact
from spacy_privacy_filter.redact.policy import method_policy
from spacy_privacy_filter.types import CharSpan

from .helpers import KEY

POLICY = method_policy("surrogate")


def write(text: str, label: str) -> str:
    done = redact(text, [CharSpan(0, len(text), label)], POLICY, key=KEY)
    assert done.mapping.restore(done.text) == text
    assert done.text == redact(text, [CharSpan(0, len(text), label)], POLICY, key=KEY).text
    return done.text


def shares_a_run(source: str, value: str) -> bool:
    """Told apart from the code: four characters in both, of any kind, without marks, or digits."""
    pairs = []
    for text in (source, value):
        folded = unicodedata.normalize("NFKC", text).casefold()
        parts = unicodedata.normalize("NFKD", folded)
        bare = "".join(char for char in parts if unicodedata.category(char) != "Mn")
        plain = unicodedata.normalize("NFKC", bare)  # Hangul in whole syllables
        pairs.append((text, folded, plain, re.sub(r"\D", "", folded)))
    return any(
        one[i : i + 4] in other for one, other in zip(*pairs, strict=True)
        for i in range(len(one) - 3)
    )  # fmt: skip


def form_of(text: str) -> str:
    """What is left without words; numbers as 0."""
    kept = "".join(c for c in text if unicodedata.category(c)[0] not in "LM")
    return " ".join(re.sub(r"\d+", "0", re.sub(r"(?<=\d) ?[+-](?=\d{2}:?00$)", " +", kept)).split())


# The second is the form of what is written, where that of the source would be repeated.
DATES = {
    "March 12, 1975": "", "March 12th, 1975": "", "MARCH 12, 1975": "", "Mar 12, 1975": "",
    "Sept. 5, 2001": "", "12 March 1975": "", "12-Mar-1975": "", "05-JUN-1990": "", "12MAR75": "",
    "Tuesday, March 12, 1975": "", "Fri 3 Apr 2026, 9:15 pm": "", "May 1": "", "12 January": "",
    "the 3rd of April 2026": "0 a 0", "March 12, 2024 at 10:15 a.m.": "a 0, 0 0:0 a.a.",
    "1975-03-12": "", "12.03.1975": "", "12/03/75": "", "03/12/1975": "", "19750312": "",
    "1975": "", "03/1975": "", "1975-03": "", "Mar 2026": "", "September 2001": "",
    "2024-03-12T10:15:00Z": "", "2024-03-12T10:15:00+02:00": "", "2001-01-01T00:00:00.000Z": "",
    "2024-03-12 10:15": "", "Tue, 12 Mar 2024 10:15:00 +0000": "",
    "Tue, 12 Mar 2024 10:15:00 GMT": "", "12/Mar/2024:10:15:00 +0000": "",
    "12 de marzo de 1975": "0 a 0", "martes, 12 de marzo de 1975": "a, 0 a 0",
    "terça-feira, 12 de março de 1975": "a, 0 a 0", "marzo de 1975": "a 0",
    "le 12 mars 1975": "", "1er mars 1975": "0 a 0", "1 janv. 2020": "",
    "12. März 1975": "", "den 12. März 1975": "0. a 0", "Dienstag, 12. März 1975": "",
    "31.12.1999 23:59 Uhr": "0.0.0 0:0", "lunedì 3 marzo 1975": "", "12 marzo 2024 alle 10:15": "",
    "12 maart 1975": "",
    "12 marca 1975": "", "12. března 1975": "", "1975. március 12.": "", "12 Mart 1975": "",
    "12. maaliskuuta 1975": "0.0.0", "12 Μαρτίου 1975": "0.0.0", "12 марта 1975": "",
    "12 марта 1975 года": "0 a 0", "12 марта 1975 г.": "", "12 مارس 1975": "",
    "١٢ مارس ١٩٧٥": "", "12 במרץ 1975": "", "12 मार्च 1975": "", "12 มีนาคม 2518": "",
    "1975年3月12日": "", "１９７５年３月１２日": "", "2024年3月12日(火)": "", "3月12日": "",
    "2024年3月12日 星期二": "", "1975년 3월 12일": "", "ngày 12 tháng 3 năm 1975": "0.0.0",
}  # fmt: skip


@pytest.mark.parametrize("text", DATES)
def test_a_date_becomes_a_date(text: str) -> None:
    made = write(text, "date")
    found, old = parse_date(made), parse_date(text)
    assert old is not None
    assert found is not None, made
    assert found.day != old.day
    assert not shares_a_run(text, made)
    assert form_of(made) == form_of(DATES[text] or text)


# Of "after de", a name holds the word before it; a name that is not read makes no date.
MONTHS = [
    (row.language, row.names)
    for row in read_months().rows
    if row.form != "after de" and all(map(month_number, row.names))
]
WEEKDAYS = [(row.language, row.names) for row in read_weekdays().rows]
FORMS = [
    "{Y}-{m:02}-{d:02}", "{Y}/{m}/{d}", "{d:02}.{m:02}.{Y}", "{d}/{m}/{y:02}", "{m:02}/{d:02}/{Y}",
    "{Y}{m:02}{d:02}", "{d} {M} {Y}", "{d}. {M} {Y}", "{M} {d}, {Y}", "{M} {d}", "{d} {M}",
    "{M} {Y}", "{Y}年{m}月{d}日", "{Y}년 {m}월 {d}일", "{Y}. {m}. {d}.", "{d} de {M} de {Y}", "{Y}",
    "{Y}-{m:02}-{d:02}T{h:02}:{s:02}:{s:02}Z", "{Y}-{m:02}-{d:02} {h:02}:{s:02}", "{d}-{M}-{y:02}",
    "{M} {d}, {Y} at {h}:{s:02} pm", "{W}, {d} {M} {Y}", "{W} {d} {M} {Y}", "{W}, {M} {d}, {Y}",
    "{Y}-{m:02}-{d:02}T{h:02}:{s:02}:{s:02}.{s:03}+{h:02}:00", "the {d}th of {M} {Y}",
    "{W}, {d} {M} {Y} {h:02}:{s:02}:{s:02} GMT", "ngày {d} tháng {m} năm {Y}", "{Y}-{m:02}",
    "{m:02}/{Y}",
]  # fmt: skip


@settings(max_examples=400)
@given(
    day=st.dates(date(1900, 1, 1), date(2029, 12, 31)),
    form=st.sampled_from(FORMS),
    months=st.sampled_from(MONTHS),
    weekdays=st.sampled_from([names for code, names in WEEKDAYS if code not in ("ja", "zh", "ko")]),
    hour=st.integers(1, 12),
    minute=st.integers(0, 59),
)
def test_dates_of_all_forms(day, form, months, weekdays, hour, minute) -> None:
    values = {"Y": day.year, "y": day.year % 100, "m": day.month, "d": day.day}
    values |= {"M": months[1][day.month - 1], "W": weekdays[day.weekday()]}
    text = form.format(h=hour, s=minute, **values)
    found = parse_date(text, day_first=True)
    assert found is not None, text
    made = write(text, "date")
    assert parse_date(made) is not None, (text, made)
    assert not shares_a_run(text, made)


def is_phone(region: str) -> Callable[[str], bool]:
    def check(text: str) -> bool:
        return phonenumbers.is_possible_number(phonenumbers.parse(text, region))

    return check


def looks(pattern: str) -> Callable[[str], bool]:
    return lambda text: re.fullmatch(pattern, text) is not None


def is_ip(text: str) -> bool:
    return bool(ipaddress.ip_address(text))


MAIL, SITE = r"[a-z]+\.[a-z]+\d*@[a-z]+\.[a-z]+", r"[a-z-]+\.(?:test|example|invalid)"
WORDS, CITY = r"[\w.' -]+", r"[^\d,]+"
VALUES: list[tuple[str, str, Callable[[str], bool]]] = [
    ("phone", "+1 (555) 123-4567", is_phone("US")),
    ("phone", "(202) 555-0143", is_phone("US")),
    ("phone", "+1-202-555-0143", is_phone("US")),
    ("phone", "+44 20 7946 0958", is_phone("GB")),
    ("phone", "07700 900123", is_phone("GB")),
    ("phone", "020 7946 0958 ext. 12", is_phone("GB")),
    ("phone", "+49 (0)30 901820", is_phone("DE")),
    ("phone", "0049 30 901820", is_phone("DE")),
    ("phone", "+353 1 234 5678", is_phone("IE")),
    ("phone", "+33 6 12 34 56 78", is_phone("FR")),
    ("phone", "+81-3-1234-5678", is_phone("JP")),
    ("phone", "+971 50 123 4567", is_phone("AE")),
    ("phone", "1-800-FLOWERS", looks(r"\d-\d{3}-\d{7}")),
    ("address", "12 Main Street, Springfield, IL 62704", looks(
        rf"\d+ {WORDS}, {CITY}, [A-Z]{{2}} \d{{5}}")),
    ("address", "12 Oak Avenue\nPortland, OR 97201", looks(
        rf"\d+ {WORDS}\n{CITY}, [A-Z]{{2}} \d{{5}}")),
    ("address", "742 Evergreen Terrace, Apt. 4B, Springfield", looks(
        rf"\d+ {WORDS}, \w+ \d+, {CITY}")),
    ("address", "10 Downing Street, London SW1A 2AA", looks(
        rf".*\d+,? {WORDS}, {CITY} [A-Z]+\d+[A-Z]? \d[A-Z]{{2}}")),
    ("address", "Hauptstraße 5, 10115 Berlin", looks(rf"{WORDS} [\d/-]+, \d{{5}} {CITY}")),
    ("address", "12 rue de la Paix, 75002 Paris", looks(r".*, \d{5} \D+")),
    ("address", "Calle Mayor 5, 28013 Madrid", looks(r".*, \d{5} \D+")),
    ("address", "Via Roma 12, 20121 Milano", looks(r".*, \d{5} \D+")),
    ("address", "Keizersgracht 5, 1015 CN Amsterdam", looks(r".* \d+\w*, \d{4} ?[A-Z]{2} .*")),
    ("address", "Leeds", looks(CITY)),
    ("address", "東京都千代田区丸の内1-1-1", looks(r"[\u3041-\u9fff]{6,}\d+-\d+-\d+")),
    ("address", "千葉県港南区中宮祠22丁目17番15号", looks(r".*[県府都道].+\d+-\d+-\d+")),
    ("address", "Via Roma, 12, 20121 Milano", looks(r"[^\d,]+, \d+, \d{5} \D+")),
    ("person", "斎藤 直子", looks(r"[\u4e00-\u9fff]{1,2} [\u4e00-\u9fff]{1,3}")),
    ("address", "北京市朝阳区建国路88号", looks(r"[\u4e00-\u9fff]{6,}\d+号")),
    ("address", "شارع الملك 5, عمان", looks(r"\d+ [A-Z].+, [A-Z].+")),
    ("email", "ada@gmail.com", looks(MAIL)),
    ("email", "ada@example.org", looks(MAIL)),
    ("email", "s.lee@mail.post.example.com", looks(MAIL)),
    ("url", "https://www.linkedin.com/in/sarah-johnson", looks(SITE)),
    ("url", "http://ada.example.org/x", looks(SITE)),
    ("url", "www.ada.de", looks(SITE)),
    ("person", "Dr. Sarah Johnson", looks(r"Dr [A-Z]\w+ \w+")),
    ("person", "Dr Johnson", looks(r"Dr \w+")),
    ("person", "Mr. Lee", looks(r"Mr \w+")),
    ("person", "Mrs. Jane Doe", looks(r"Ms\. \w+ \w+")),
    ("person", "Mr Chidi Ek", looks(r"Mr \w+ \w+")),
    ("person", "Mr. and Mrs. Smith", looks(r"Mr & Ms \w+")),
    ("person", "Ludwig van der Berg", looks(r"[\w-]+ [\w-]+")),
    ("person", "Dr. van der Berg", looks(r"Dr \w+")),
    ("person", "Herr Müller", looks(r"Hr\. [\w-]+")),
    ("person", "Mme Dupont", looks(r"Madame [\w-]+")),
    ("person", "Madame Curie", looks(r"Mme [\w-]+")),
    ("person", "Sra. López", looks(r"Señora [\w-]+")),
    ("person", "Prof. Ada B. King", looks(r"Dr\. \w+ \w\. \w+")),
    ("person", "J. R. R. Tolkien", looks(r"(\w\. ){3}\w+")),
    ("person", "Johnson, Sarah", looks(r"\w+, \w+")),
    ("person", "SARAH JOHNSON", looks(r"[A-Z]+ [A-Z]+")),
    ("person", "王小明", looks(r"[\u4e00-\u9fff]{2,4}")),
    ("person", "Ольга Петрова", looks(r"[А-Яё]\w+ [А-Я]\w+а?я?")),
    ("person", "محمد علي", looks(r"[\w-]+ [\w-]+")),
    ("account", "198.51.100.7", is_ip), ("account", "90.54.98.171", is_ip),
    ("account", "10.1.2.3", is_ip),
    ("account", "3fff::1", is_ip), ("account", "2001:db8::1", is_ip),
    ("account", "123-45-6789", looks(r"\d{3}-\d\d-\d{4}")),
    ("age", "47 years old", looks(r"\d\d")), ("age", "forty-seven", looks(r"\d\d")),
    ("age", "6 months", looks(r"\d\d?")), ("age", "47", looks(r"\d\d")),
]  # fmt: skip


@pytest.mark.parametrize(("label", "text", "fits"), VALUES, ids=[text for _, text, _ in VALUES])
def test_a_value_becomes_one_of_its_kind(label, text, fits) -> None:
    made = write(text, label)
    assert not shares_a_run(text, made)
    assert fits(made), made


def test_a_family_name_fits_the_gender() -> None:
    """Russian names of women and men end in different letters."""
    assert write("Ольга Петрова", "person").endswith(("а", "я"))
    assert not write("Иван Петров", "person").endswith(("а", "я"))


def test_many_dates_all_differ() -> None:
    days = [date.fromordinal(720_000 + 37 * i) for i in range(300)]
    months = next(names for code, names in MONTHS if code == "es")
    for form in ("{d} de {M} de {Y}", "{Y}-{m:02}-{d:02}", "{M} {d}, {Y}"):
        text, spans = "", []
        for day in days:
            own = form.format(d=day.day, m=day.month, Y=day.year, M=months[day.month - 1])
            spans.append(CharSpan(len(text), len(text) + len(own), "date"))
            text += own + "; "
        done = redact(text, spans, POLICY, key=KEY)
        made = done.text.split("; ")[:-1]
        assert len(set(made)) == len(days)
        assert all(parse_date(own) is not None for own in made)
        assert done.mapping.restore(done.text) == text


@pytest.mark.parametrize("text", ["10:15 am", "10:15", "09:05:30", "9:15 p.m."])
def test_a_time_alone_becomes_another(text: str) -> None:
    made = write(text, "date")
    assert form_of(made) == form_of(text)
    assert re.match(r"\d\d?:\d\d", made)
    assert not shares_a_run(text, made)


LETTERS = {
    "de_DE": "Am Montag ist {} mit dem Zug gekommen, und das ist nicht gut.",
    "fr_FR": "Vous êtes invités avec {} pour le dîner, et nous sommes dans une grande salle.",
    "es_ES": "El lunes vive {} con su familia y los niños por la tarde.",
    "en_US": "On Monday {} was at the office with her friends, and that is all.",
    "ja_JP": "{}さんは東京に住んでいます。",
}


@pytest.mark.parametrize("locale", LETTERS)
def test_names_and_addresses_are_of_the_language_around_them(locale: str) -> None:
    from spacy_privacy_filter.redact.surrogates.names import faker_of, known_names

    def made(name: str, label: str) -> str:
        text = LETTERS[locale].format(name)
        start = text.index(name)
        done = redact(text, [CharSpan(start, start + len(name), label)], POLICY, key=KEY)
        return done.text[done.spans[0].start_char : done.spans[0].end_char]

    if locale == "ja_JP":
        names = {str(n) for kind in ("last_names", "first_names") for p in
                 faker_of(locale).get_providers() for n in getattr(p, kind, ())}  # fmt: skip
        assert re.fullmatch(r"[A-Z]\w+ [A-Z]\w+", made("Paul Quist", "person"))
        found = made("山田太郎", "person")
        assert any(found.startswith(n) for n in names)
        return
    given = [made(name, "person").split()[0] for name in ("Anna Quist", "Paul Quist")]
    for name, gender in zip(given, ("female", "male"), strict=True):
        assert name.casefold() in known_names(locale, gender)
    if locale != "en_US":
        assert re.fullmatch(r".*, \d{5} \D+", made("Am Hof 3, 10115 Xyz", "address"))
