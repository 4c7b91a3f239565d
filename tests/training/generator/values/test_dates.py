"""Dates of other eras."""

from __future__ import annotations

from random import Random

import pytest

pytest.importorskip("faker", reason="the generator needs the extra 'training'")

from spacy_privacy_filter.training.generator.values.dates import make_date


def test_years_of_eras() -> None:
    japanese = {make_date(Random(seed), "ja", "birth") for seed in range(200)}
    assert any(date.startswith(("令和", "平成", "昭和")) for date in japanese)
    thai = {make_date(Random(seed), "th", "long") for seed in range(50)}
    assert all(int(date.split()[-1]) > 2500 for date in thai)
