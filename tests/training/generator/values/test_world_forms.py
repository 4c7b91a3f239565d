"""Addresses of every country, dates of every language, rare e-mail and web addresses."""

from __future__ import annotations

import re
from random import Random

import pytest

from spacy_privacy_filter.training.generator.languages import load_languages
from spacy_privacy_filter.training.generator.values import places
from spacy_privacy_filter.training.generator.values.contacts import make_email, make_url
from spacy_privacy_filter.training.generator.values.dates import make_date
from spacy_privacy_filter.training.generator.values.decoys import fill_like


@pytest.mark.parametrize("form", ["", "lines", "box", "unit", "street", "unit lines"])
def test_every_country_has_addresses_without_slots_left(form: str, monkeypatch) -> None:
    rng = Random(3)
    for code, country in places.load_countries().items():
        monkeypatch.setattr(places, "choose_country", lambda *_, code=code, **__: code)
        for _ in range(4):
            text = places.make_address(rng, country.language, form)
            assert text
            assert text == text.strip()
            assert not set("{}|") & set(text)
            assert ("\n" in text) <= ("lines" in form)


def test_any_country_may_be_meant() -> None:
    rng = Random(4)
    codes = {places.choose_country(rng, "de", anywhere=True) for _ in range(400)}
    assert len(codes) > 120


@pytest.mark.parametrize("kind", ["long", "day", "month", "range", "time"])
def test_every_language_has_dates_of_every_kind(kind: str) -> None:
    rng = Random(5)
    for code in load_languages():
        for _ in range(5):
            text = make_date(rng, code, kind)
            assert re.search(r"\d", text), (code, text)
            assert text == text.strip(" ,،"), (code, text)
            assert "{" not in text


def test_signs_of_an_address_are_written_out() -> None:
    rng = Random(6)
    texts = [make_email(rng, None, "spelt") for _ in range(60)]
    assert sum("@" in text for text in texts) < 30
    assert all(make_email(rng, None, "odd").count("@") == 1 for _ in range(60))
    assert all("{" not in make_url(rng, "odd") for _ in range(200))


def test_digits_are_drawn_for_a_form() -> None:
    rng = Random(7)
    for _ in range(50):
        assert re.fullmatch(r"p = 0\.\d{3}, [A-Z]{2}-[1-9]\d", fill_like(rng, "p = 0.999, QQ-99"))
