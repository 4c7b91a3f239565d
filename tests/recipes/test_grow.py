"""A network with more layers gives what it gave; more experts have routers of their own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from recipes.small.grow import grow
from spacy_privacy_filter.checkpoints.registry import Checkpoint, write_checkpoint

from ..helpers import assert_close, make_checkpoint, make_nlp, outcomes


def outcomes_of(checkpoint: Checkpoint, folder: Path) -> list[dict[str, object]]:
    write_checkpoint(folder, checkpoint)
    return outcomes(make_nlp(str(folder)))


@pytest.mark.parametrize("n_more", [0, 1, 2])
def test_more_layers_change_nothing_yet(tmp_path: Path, n_more: int) -> None:
    old = make_checkpoint()
    config = old.mixture
    new = grow(old, config.n_layers + n_more, config.n_experts, config.window)
    assert new.mixture.n_layers == config.n_layers + n_more
    assert_close(outcomes_of(new, tmp_path / "new"), outcomes_of(old, tmp_path / "old"))


def test_old_experts_stay_and_new_ones_have_routers_of_their_own() -> None:
    old = make_checkpoint()
    n_experts = old.mixture.n_experts
    new = grow(old, old.mixture.n_layers, 2 * n_experts, 2 * old.mixture.window)
    assert new.mixture.window == 2 * old.mixture.window
    for name in ("mlp.gate.weight", "mlp.gate.bias", "mlp.swiglu.weight", "mlp.out.bias"):
        before = old.tensors[f"block.0.{name}"].to_float32()
        after = new.tensors[f"block.0.{name}"].to_float32()
        np.testing.assert_array_equal(after[:n_experts], before)
        assert (after[n_experts:] == before).all() != ("gate" in name)


@pytest.mark.parametrize("sizes", [(99, 0), (0, 1)])
def test_sizes_that_it_cannot_have_are_refused(sizes: tuple[int, int]) -> None:
    old = make_checkpoint()
    n_layers, n_experts = old.mixture.n_layers + sizes[0], old.mixture.n_experts + sizes[1]
    with pytest.raises(ValueError, match=r"at most twice|a multiple"):
        grow(old, n_layers, n_experts, old.mixture.window)
