"""The weights of a network in memory: taken, drawn, or started from those of another."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from spacy_privacy_filter.checkpoints.registry import read_checkpoint
from spacy_privacy_filter.checkpoints.sizes import CATEGORY_HEAD, EMBEDDING, TAG_HEAD
from spacy_privacy_filter.compat import has
from spacy_privacy_filter.networks.weights import Weights
from spacy_privacy_filter.settings import NetworkSettings

from .helpers import SIZES, TAGS, smaller

pytestmark = pytest.mark.skipif(not (has("torch") or has("mlx")), reason="no backend here")

SETTINGS = NetworkSettings(device="cpu")


def test_heads_come_along_and_the_backbone_is_held_once(folder: Path) -> None:
    weights, checkpoint = Weights(), read_checkpoint(folder)
    assert (weights.n_updates, weights.head(TAG_HEAD)) == (0, None)
    weights.take(checkpoint, SETTINGS)
    assert weights.origin == checkpoint.fingerprint
    assert weights.checkpoint is not None
    assert set(weights.checkpoint.tensors) == set(checkpoint.head_tensors())
    found = weights.head(TAG_HEAD)
    assert found is not None
    assert [part.shape for part in found] == [(len(TAGS), SIZES.width), (len(TAGS),)]
    assert weights.head(CATEGORY_HEAD) is None


def test_fresh_weights_start_from_others_of_the_same_sizes(folder: Path) -> None:
    weights = Weights()
    with pytest.raises(ValueError, match="initialise the network first"):
        weights.start_from(folder, "it")
    weights.draw(SIZES, SETTINGS)
    assert (weights.origin, weights.checkpoint) == ("", None)
    before, checkpoint = weights.n_updates, read_checkpoint(folder)
    weights.start_from(folder, "it")
    assert weights.n_updates > before
    assert weights.origin == checkpoint.fingerprint
    assert weights.head(TAG_HEAD) is None
    assert weights.shim is not None
    np.testing.assert_array_equal(
        weights.shim.tensors()[EMBEDDING].to_float32(), checkpoint.tensors[EMBEDDING].to_float32()
    )


def test_other_sizes_are_named(folder: Path) -> None:
    weights = Weights()
    weights.draw(smaller(SIZES, n_layers=1, vocab_size=5), SETTINGS)
    with pytest.raises(ValueError, match="from it: its network has another n_layers, vocab_size"):
        weights.start_from(folder, "it")
