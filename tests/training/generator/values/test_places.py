"""Addresses: a country that is written down wrongly is refused."""

from __future__ import annotations

from random import Random

import pytest

pytest.importorskip("faker", reason="the generator needs the extra 'training'")

from spacy_privacy_filter.training.generator import tables
from spacy_privacy_filter.training.generator.values.places import load_countries, make_address


def test_every_format_of_a_country_can_be_filled() -> None:
    for code, country in load_countries().items():
        texts = {make_address(Random(seed), country.language, "") for seed in range(20)}
        assert all("{" not in text for text in texts), code


def test_a_country_with_a_wrong_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {"XX": {"name": "X", "language": "en", "streets": ["a"], "towns": ["b"]}}
    shipped = tables.read_table
    monkeypatch.setattr(
        tables, "read_table", lambda name: table if "countries" in name else shipped(name)
    )
    with pytest.raises(ValueError, match="'XX' has unknown keys, or lacks them: cities, formats"):
        load_countries.__wrapped__()
