"""What looks like personal data and is not."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("faker", reason="the generator needs the extra 'training'")

from spacy_privacy_filter.training.generator.values.decoys import make_standard

seeds = st.integers(0, 2**32)


@given(seeds)
def test_words_of_standards_stay_words(seed: int) -> None:
    words = re.findall(r"[A-Za-z]{2,}", make_standard(Random(seed)))
    known = "ISO IEC RFC EN IEEE Section Article GDPR Art CVE DIN BGB Form Regulation EU Title"
    assert set(words) <= {*known.split(), *"ac VII PEP ASTM KB".split()}
