"""Messy text keeps its labels."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("faker", reason="the generator needs the extra 'training'")

from spacy_privacy_filter.training.generator.texts.noise import NOISES
from spacy_privacy_filter.training.generator.texts.segments import render
from spacy_privacy_filter.training.generator.texts.template_files import load_templates

seeds = st.integers(0, 2**32)


@pytest.mark.parametrize("noise", [noise for noise, _ in NOISES])
@given(seed=seeds)
def test_noise_keeps_the_kinds_in_order(noise, seed: int) -> None:
    template = load_templates()[seed % len(load_templates())]
    before = render(template, Random(seed))
    after = noise(Random(seed), before)
    assert [s.kind for s in after if s.kind] == [s.kind for s in before if s.kind]
    secrets = [[s.text for s in segments if s.kind == "secret"] for segments in (before, after)]
    if noise.__name__ != "scan":
        assert secrets[0] == secrets[1]
