"""MLX computes what PyTorch and OpenMed's class compute, and memory grows with the pieces."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from spacy_privacy_filter.checkpoints.formats.openmed_artifact import all_matrices
from spacy_privacy_filter.checkpoints.registry import write_checkpoint
from spacy_privacy_filter.checkpoints.sizes import TAG_HEAD
from spacy_privacy_filter.loading import load
from spacy_privacy_filter.text.o200k import encode
from spacy_privacy_filter.types import PackedBatch

from ....checkpoints.helpers import IDS, make, openmed_logits
from ....helpers import assert_near
from ...helpers import SIZES, network_from, pack_whole, random_ids, random_tensors, smaller
from .helpers import PARITY, make_shim

mx = pytest.importorskip("mlx.core", reason="needs mlx")

LETTER = (
    "Dear Mrs Eleanor Whitcombe, your results of 14 March 2025 are normal. Please ring "
    "01632 960 482 or write to e.whitcombe@example.org; the fee was charged to card "
    "4111 1111 1111 1111."
)


def test_the_same_states(batch: PackedBatch) -> None:
    pytest.importorskip("torch")
    ours, theirs = (make_shim(random_tensors(SIZES), name) for name in ("mlx", "torch"))
    assert_near(ours.predict(batch), theirs.predict(batch), PARITY)


def test_yarn_is_the_same_at_far_positions(rng: np.random.Generator) -> None:
    pytest.importorskip("torch")
    sizes = smaller(SIZES, head_dim=32, rope_factor=32.0, rope_theta=150000.0)
    far = pack_whole(random_ids(rng, [5000], SIZES.vocab_size))
    ours, theirs = (make_shim(random_tensors(sizes), n, sizes) for n in ("mlx", "torch"))
    assert_near(ours.predict(far), theirs.predict(far), PARITY)


def test_the_shipped_pipeline_finds_the_same() -> None:
    pytest.importorskip("torch")
    found, logits = {}, {}
    for backend in ("torch", "mlx"):
        nlp = load(backend=backend)
        pipe: Any = nlp.get_pipe("privacy_filter")
        assert pipe.network.backend == backend
        logits[backend] = pipe.network.read([encode(LETTER * 4).ids], pipe.head)[0].logits
        doc = nlp(LETTER * 4)
        found[backend] = ([span[:3] for span in doc._.privacy_spans], max(doc.cats))
    # Trained logits reach 20, where the last bit alone is 2e-6: beside the bound, some parts of it.
    assert np.abs(logits["torch"]).max() > 10
    assert_near(logits["mlx"], logits["torch"], PARITY)
    assert found["mlx"] == found["torch"]
    assert len(found["mlx"][0]) >= 16


@pytest.mark.parametrize("bits", [0, 8, 4])
def test_the_logits_of_openmeds_own_class(tmp_path: Path, bits: int) -> None:
    pytest.importorskip("openmed.mlx.models", reason="needs openmed")
    write_checkpoint(tmp_path, make(), "openmed", all_matrices(bits) if bits else None)
    network = network_from(tmp_path, backend="mlx")
    network.load()
    weight, bias = network.head_weights(TAG_HEAD)
    theirs = openmed_logits(tmp_path)
    for ids, expected in zip(IDS, theirs, strict=True):
        logits = network.shim.predict(pack_whole([ids])) @ weight.T + bias
        assert_near(logits, expected, PARITY)


def peak(shim: Any, batch: PackedBatch) -> int:
    shim.predict(batch)
    mx.clear_cache()
    mx.reset_peak_memory()
    before = mx.get_active_memory()
    shim.predict(batch)
    return int(mx.get_peak_memory() - before)


def test_no_copy_of_expert_weights_for_each_piece(rng: np.random.Generator) -> None:
    sizes = smaller(SIZES, n_layers=1, width=64, expert_width=256, n_experts=4)
    n = 2000
    batch = pack_whole(random_ids(rng, [n], SIZES.vocab_size))
    copies = n * sizes.experts_per_piece * sizes.width * 2 * sizes.expert_width * 4
    assert peak(make_shim(random_tensors(sizes), config=sizes), batch) < copies / 5


def test_memory_grows_with_the_pieces_not_their_square(rng: np.random.Generator) -> None:
    shim = make_shim(random_tensors(SIZES))
    used = [peak(shim, pack_whole(random_ids(rng, [n], SIZES.vocab_size))) for n in (3000, 12000)]
    assert used[1] < 6 * used[0]
