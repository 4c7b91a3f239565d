"""The graph computes what PyTorch computes, whatever its signature, operators and number type."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from spacy_privacy_filter.checkpoints.sizes import CATEGORY_HEAD, TAG_HEAD, NetworkConfig
from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor
from spacy_privacy_filter.loading import load
from spacy_privacy_filter.networks.settings import backends
from spacy_privacy_filter.text.o200k import encode
from spacy_privacy_filter.types import Ints1d

from ....helpers import assert_near
from ...helpers import SIZES, pack_whole, random_ids, random_tensors, smaller, split
from ..mlx.helpers import PARITY

pytest.importorskip("onnx", reason="needs onnx")
ort = pytest.importorskip("onnxruntime", reason="needs onnxruntime")
torch = pytest.importorskip("torch", reason="needs torch")

from spacy_privacy_filter.networks.openai_privacy_filter.onnx.graph import inside  # noqa: E402
from spacy_privacy_filter.networks.openai_privacy_filter.onnx.network import (  # noqa: E402
    Design,
    build,
)

LETTER = (
    "Dear Mrs Eleanor Whitcombe, your results of 14 March 2025 are normal. Please ring "
    "01632 960 482 or write to e.whitcombe@example.org; the fee was charged to card "
    "4111 1111 1111 1111. "
)
HEADS = {TAG_HEAD: 9, CATEGORY_HEAD: 5}
# Windows shorter and longer than a block of 32, one and several query heads a key head.
NETWORKS = {
    "usual": SIZES,
    "window of 1": smaller(SIZES, window=1),
    "one key head": smaller(SIZES, n_heads=4, n_kv_heads=1, window=31),
    "as many key heads": smaller(SIZES, n_kv_heads=6, window=32, rope_factor=1.0),
    "wide": smaller(SIZES, window=100, width=64, expert_width=32, head_dim=16, swiglu_limit=0.7),
    "two experts": smaller(SIZES, n_experts=2, experts_per_piece=1, n_layers=1),
}
LENGTHS = (7, 1, 31, 32, 33, 150)


def session(config: NetworkConfig, tensors: dict[str, StoredTensor], design: Design) -> Any:
    graph, inputs, outputs = build(config, tensors, design)
    model = graph.to_model(inputs, outputs, inside(graph.weights), {})
    return ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])


def expected(config: NetworkConfig, tensors: dict[str, StoredTensor], ids: list[Ints1d]) -> Any:
    backbone = {n: t for n, t in tensors.items() if n.split(".")[0] not in HEADS}
    return backends.get("torch")(config, backbone, device="cpu").predict(pack_whole(ids))


def run_packed(run: Any, ids: list[Ints1d], *names: str) -> Any:
    batch = pack_whole(ids)
    feed = {"ids": batch.ids, "positions": batch.positions, "segments": batch.segments}
    return run.run(list(names), feed)


def run_padded(run: Any, ids: list[Ints1d], *names: str, left: bool = False) -> Any:
    longest = max(map(len, ids))
    rows, mask = np.full((2, len(ids), longest), 3, np.int64)
    mask[:] = 0
    for i, doc in enumerate(ids):
        part = slice(longest - len(doc), longest) if left else slice(0, len(doc))
        rows[i, part], mask[i, part] = doc, 1
    return mask.astype(bool), run.run(list(names), {"input_ids": rows, "attention_mask": mask})


@pytest.mark.parametrize("standard", [False, True], ids=["microsoft", "standard"])
@pytest.mark.parametrize("name", NETWORKS)
def test_the_states_of_torch(name: str, standard: bool, rng: np.random.Generator) -> None:
    config = NETWORKS[name]
    tensors = random_tensors(config)
    ids = random_ids(rng, LENGTHS, config.vocab_size)
    run = session(config, tensors, Design(standard=standard))
    (hidden,) = run_packed(run, ids, "hidden")
    assert_near(hidden, expected(config, tensors, ids), PARITY)


@pytest.mark.parametrize("left", [False, True])
def test_padded_rows_give_what_packed_pieces_give(left: bool, rng: np.random.Generator) -> None:
    tensors = random_tensors(SIZES, **HEADS)
    ids = random_ids(rng, LENGTHS, SIZES.vocab_size)
    design = Design(heads=True)
    hidden, logits, categories = run_packed(
        session(SIZES, tensors, design), ids, "hidden", "logits", "category_logits"
    )
    run = session(SIZES, tensors, design._replace(signature="padded"))
    names = ("hidden_states", "logits", "category_logits")
    kept, found = run_padded(run, ids, *names, left=left)
    assert_near(found[0][kept], hidden, PARITY)
    assert_near(found[1][kept], logits, PARITY)
    assert not found[1][~kept].any()
    assert_near(found[2], categories, PARITY)
    means = np.stack([doc.mean(axis=0) for doc in split(hidden, ids)])
    weight, bias = (tensors[f"{CATEGORY_HEAD}.{x}"].to_float32() for x in ("weight", "bias"))
    assert_near(categories, means @ weight.T + bias, PARITY)


def test_a_padded_row_may_be_empty(rng: np.random.Generator) -> None:
    tensors = random_tensors(SIZES, **HEADS)
    run = session(SIZES, tensors, Design(signature="padded", heads=True))
    ids = random_ids(rng, [5, 0], SIZES.vocab_size)
    _, (logits, categories) = run_padded(run, ids, "logits", "category_logits")
    assert not logits[1].any()
    np.testing.assert_allclose(categories[1], tensors["category_head.bias"].data, atol=1e-6)


def test_yarn_is_the_same_at_far_positions(rng: np.random.Generator) -> None:
    sizes = smaller(SIZES, head_dim=32, rope_factor=32.0, rope_theta=150000.0)
    tensors = random_tensors(sizes)
    ids = random_ids(rng, [5000], SIZES.vocab_size)
    (hidden,) = run_packed(session(sizes, tensors, Design()), ids, "hidden")
    assert_near(hidden, expected(sizes, tensors, ids), PARITY)


@pytest.mark.parametrize(("dtype", "most"), [("float16", 0.01), ("int8", 0.15), ("int4", 1.0)])
def test_fewer_bits_are_near(dtype: str, most: float, rng: np.random.Generator) -> None:
    """Of the median piece: one of which a router takes another expert is off by much."""
    config = smaller(SIZES, width=64, expert_width=32, head_dim=16)
    tensors = random_tensors(config)
    ids = random_ids(rng, LENGTHS, config.vocab_size)
    exact = expected(config, tensors, ids)
    found = [
        run_packed(session(config, tensors, Design(dtype, standard=s)), ids, "hidden")[0]
        for s in (False, True)
    ]
    assert 0 < np.median(np.abs(found[0] - exact).max(axis=1)) < most
    assert_near(found[0], found[1], PARITY)  # the same codes, with other operators


def test_the_shipped_pipeline_finds_the_same() -> None:
    found, logits = {}, {}
    for backend in ("torch", "onnx"):
        nlp = load(backend=backend)
        pipe: Any = nlp.get_pipe("privacy_filter")
        assert pipe.network.backend == backend
        logits[backend] = pipe.network.read([encode(LETTER * 4).ids], pipe.head)[0].logits
        doc = nlp(LETTER * 4)
        found[backend] = ([span[:3] for span in doc._.privacy_spans], max(doc.cats))
    assert np.abs(logits["torch"]).max() > 10
    assert_near(logits["onnx"], logits["torch"], PARITY)
    assert found["onnx"] == found["torch"]
    assert len(found["onnx"][0]) >= 16


def test_int8_of_what_is_quantised_already_is_the_same() -> None:
    """The network that ships is stored in 8 bits by groups: they go into the graph as they are."""
    logits = []
    for dtype in ("float32", "int8"):
        pipe: Any = load(backend="onnx", dtype=dtype).get_pipe("privacy_filter")
        logits.append(pipe.network.read([encode(LETTER).ids], pipe.head)[0].logits)
    assert_near(logits[1], logits[0], PARITY)
