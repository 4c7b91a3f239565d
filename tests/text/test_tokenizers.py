"""What a checkpoint's tokenizer gives a network: pieces, the last final place, and a check."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from spacy_privacy_filter.text import boundaries, o200k
from spacy_privacy_filter.text.tokenizers import O200k

TEXT = "Dear Zoë, don't call +44 20 7946 0958. 短い文です。 Than"


def test_it_cuts_as_o200k_does() -> None:
    ours, theirs = O200k().encode(TEXT), o200k.encode(TEXT)
    for name in ("ids", "starts", "ends"):
        np.testing.assert_array_equal(getattr(ours, name), getattr(theirs, name))
    assert O200k().final_end(TEXT) == boundaries.final_end(TEXT) == TEXT.rindex(" ")


def test_a_text_without_pieces_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogate"):
        O200k().encode("\ud800")


def test_another_vocabulary_is_refused(tmp_path: Path) -> None:
    O200k().check(tmp_path)  # nothing says that it is another
    (tmp_path / "tokenizer.json").write_text('{"model": {"type": "BPE", "vocab": {"a": 0}}}')
    with pytest.raises(ValueError, match="another vocabulary"):
        O200k().check(tmp_path)


def test_all_of_a_kind_are_the_same() -> None:
    """Networks with equal tokenizers may share what was read."""
    assert O200k() == O200k()
