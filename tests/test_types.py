"""What travels between the rooms, and whether what travels keeps to it."""

from __future__ import annotations

from inspect import getattr_static

import numpy as np

from spacy_privacy_filter.text.tokenizers import O200k
from spacy_privacy_filter.types import CharSpan, PackedBatch, Pieces, Window
from spacy_privacy_filter.types import Network as NetworkSeam
from spacy_privacy_filter.types import Tokenizer as TokenizerSeam

from .helpers import make_nlp, tagger


def test_spans_are_tuples_that_sort_by_place() -> None:
    first, second = CharSpan(0, 3, "b"), CharSpan(2, 4, "a", 0.5)
    assert sorted([second, first]) == [first, second]
    assert first == (0, 3, "b", 1.0, "network")


def test_pieces_and_batches_know_how_many_they_are() -> None:
    ids = np.arange(3)
    assert len(Pieces(ids, ids, ids + 1)) == 3
    batch = PackedBatch(ids, ids, ids * 0, ids >= 0, (Window(0, 0, 3, 0, 3),))
    assert len(batch) == 3


def test_whoever_may_be_exchanged_has_all_that_is_asked_of_it(tiny_source: str) -> None:
    network = tagger(make_nlp(tiny_source)).network
    for seam, ours in ((TokenizerSeam, O200k()), (NetworkSeam, network)):
        asked = [name for name in vars(seam) if not name.startswith("_")]
        assert asked
        for name in asked:
            found, wanted = getattr_static(ours, name), getattr_static(seam, name)
            assert callable(found) == callable(wanted), name
