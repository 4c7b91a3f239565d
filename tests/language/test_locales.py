"""Locales of names and addresses, by their letters, titles, streets, and words around them."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.language.locales import (
    AUTO,
    locale_of_address,
    locale_of_name,
    locale_of_words,
)


@pytest.mark.parametrize(
    ("tokens", "words", "around", "locale"),
    [
        (("ada", "king"), set(), "", "en_US"), (("ada", "king"), set(), "de_DE", "de_DE"),
        (("ольга",), set(), "de_DE", "ru_RU"), (("müller",), {"herr"}, "", "de_DE"),
        (("berg",), {"van"}, "", "nl_NL"), (("王小明",), set(), "", "zh_CN"),
        (("斎藤",), set(), "ja_JP", "ja_JP"), (("სალომე",), set(), "", "ka_GE"),
    ],
)  # fmt: skip
def test_the_locale_of_a_name(tokens, words, around, locale) -> None:
    assert locale_of_name(tokens, words, AUTO, around) == locale
    assert locale_of_name(tokens, words, "fr_FR", around) == "fr_FR", "what is set counts"


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("Hauptstraße 5", "de_DE"), ("12 rue de la Paix", "fr_FR"), ("Calle Mayor 5", "es_ES"),
        ("Via Roma 12", "it_IT"), ("Kerkstraat 1", "nl_NL"), ("ul. Długa 3", "pl_PL"),
        ("10 Downing Street, SW1A 2AA", "en_GB"), ("東京都千代田区丸の内1-1-1", "ja_JP"),
        ("12 Main Street", "en_US"),
    ],
)  # fmt: skip
def test_the_locale_of_an_address(text: str, locale: str) -> None:
    assert locale_of_address(text, AUTO, "") == locale


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("der hund und das haus", "de_DE"), ("the dog and the house is here", "en_US"),
        ("och det är inte så", "sv_SE"), ("der", ""), ("東京 です", "ja_JP"), ("", ""),
    ],
)  # fmt: skip
def test_the_locale_of_a_document(text: str, locale: str) -> None:
    assert locale_of_words(text.split()) == locale
