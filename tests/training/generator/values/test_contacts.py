"""Phone numbers and links as people write them."""

from __future__ import annotations

import re
from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("faker", reason="the generator needs the extra 'training'")

from spacy_privacy_filter.training.generator.values.contacts import make_phone, make_url

seeds = st.integers(0, 2**32)


def test_phones_differ() -> None:
    rng = Random(0)
    for language in ("hi", "ar", "en"):
        phones = Counter(make_phone(rng, language) for _ in range(400))
        assert phones.most_common(1)[0][1] < 10


@pytest.mark.parametrize("kind", ["", "domain", "full", "repo", "deep", "share"])
@given(seed=seeds)
def test_links_are_one_word_and_end_in_no_mark_of_a_sentence(kind: str, seed: int) -> None:
    url = make_url(Random(seed), kind)
    assert not re.search(r"\s", url)
    assert url[-1] not in ".,;:!?"
    assert ("://" in url) or kind in ("", "domain")
