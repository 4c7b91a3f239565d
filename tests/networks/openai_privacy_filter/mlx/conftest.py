"""A packed batch with a long document."""

from __future__ import annotations

import numpy as np
import pytest

from spacy_privacy_filter.types import PackedBatch

from ...helpers import SIZES, pack_whole, random_ids


@pytest.fixture
def batch(rng: np.random.Generator) -> PackedBatch:
    return pack_whole(random_ids(rng, [7, 1, 150, 12], SIZES.vocab_size))
