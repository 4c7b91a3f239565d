"""Invented addresses: with the parts of the source, in the way of its country."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from spacy_privacy_filter.redact.engine import redact
from spacy_privacy_filter.redact.policy import method_policy
from spacy_privacy_filter.types import CharSpan

from ..helpers import KEY, shares_a_run, write_surrogate

POLICY = method_policy("surrogate")


def looks(pattern: str) -> Callable[[str], bool]:
    return lambda text: re.fullmatch(pattern, text) is not None


WORDS, CITY = r"[\w.' -]+", r"[^\d,]+"
VALUES: list[tuple[str, str, Callable[[str], bool]]] = [
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
    ("address", "北京市朝阳区建国路88号", looks(r"[\u4e00-\u9fff]{6,}\d+号")),
    ("address", "شارع الملك 5, عمان", looks(r"\d+ [A-Z].+, [A-Z].+")),
]  # fmt: skip


@pytest.mark.parametrize(("label", "text", "fits"), VALUES, ids=[text for _, text, _ in VALUES])
def test_a_value_becomes_one_of_its_kind(label, text, fits) -> None:
    made = write_surrogate(text, label)
    assert not shares_a_run(text, made)
    assert fits(made), made


LETTERS = {
    "de_DE": "Am Montag ist {} mit dem Zug gekommen, und das ist nicht gut.",
    "fr_FR": "Vous êtes invités avec {} pour le dîner, et nous sommes dans une grande salle.",
    "es_ES": "El lunes vive {} con su familia y los niños por la tarde.",
    "en_US": "On Monday {} was at the office with her friends, and that is all.",
    "ja_JP": "{}さんは東京に住んでいます。",
}


@pytest.mark.parametrize("locale", LETTERS)
def test_names_and_addresses_are_of_the_language_around_them(locale: str) -> None:
    from spacy_privacy_filter.redact.surrogates.names import get_faker, known_names

    def made(name: str, label: str) -> str:
        text = LETTERS[locale].format(name)
        start = text.index(name)
        done = redact(text, [CharSpan(start, start + len(name), label)], POLICY, key=KEY)
        return done.text[done.spans[0].start_char : done.spans[0].end_char]

    if locale == "ja_JP":
        names = {str(n) for kind in ("last_names", "first_names") for p in
                 get_faker(locale).get_providers() for n in getattr(p, kind, ())}  # fmt: skip
        assert re.fullmatch(r"[A-Z]\w+ [A-Z]\w+", made("Paul Quist", "person"))
        found = made("山田太郎", "person")
        assert any(found.startswith(n) for n in names)
        return
    given = [made(name, "person").split()[0] for name in ("Anna Quist", "Paul Quist")]
    for name, gender in zip(given, ("female", "male"), strict=True):
        assert name.casefold() in known_names(locale, gender)
    if locale != "en_US":
        assert re.fullmatch(r".*, \d{5} \D+", made("Am Hof 3, 10115 Xyz", "address"))
