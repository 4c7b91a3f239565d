"""Digits of other scripts keep their values."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("faker", reason="the generator needs the extra 'training'")

from spacy_privacy_filter.training.generator.languages import load_languages
from spacy_privacy_filter.training.generator.texts.digits import write_digits
from spacy_privacy_filter.training.generator.texts.segments import Segment


@given(
    st.sampled_from([code for code, own in load_languages().items() if own.zero]),
    st.integers(0, 2**32),
)
def test_native_digits_keep_their_values(language: str, seed: int) -> None:
    before = [
        Segment("x 19 "),
        Segment("2024-01-30", "private_date"),
        Segment("a1@b.c", "private_email"),
    ]
    after = write_digits(Random(seed), language, before)
    assert [s.kind for s in after] == [s.kind for s in before]
    assert after[2] == before[2]
    assert [int(n) for s in after[:2] for n in re.findall(r"\d+", s.text)] == [19, 2024, 1, 30]
