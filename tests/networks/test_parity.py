"""The network computes what transformers' class for openai/privacy-filter computes.

Weights are random (the published ones are not at hand), none of them zero; they travel through
`save_pretrained` and `add_pipe(config={"source": ...})`, as a user's would.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
import spacy

from spacy_privacy_filter.checkpoints.formats.huggingface import HF_RULES
from spacy_privacy_filter.checkpoints.layouts import tensors_from
from spacy_privacy_filter.checkpoints.registry import read_checkpoint
from spacy_privacy_filter.checkpoints.sizes import TAG_HEAD, backbone_shapes, head_shapes
from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor
from spacy_privacy_filter.types import Ints1d

from .helpers import random_ids

torch = pytest.importorskip("torch")
try:
    VERSION = tuple(int(n) for n in importlib.metadata.version("transformers").split(".")[:2])
except importlib.metadata.PackageNotFoundError:
    VERSION = (0, 0)
if VERSION < (5, 6):
    pytest.skip("transformers >= 5.6 has the class to compare with", allow_module_level=True)
from transformers import (  # noqa: E402
    OpenAIPrivacyFilterConfig,
    OpenAIPrivacyFilterForTokenClassification,
)

# Logits, float32. We compute rotary angles in float64, while the class rounds them to float32: at
# position 4,096 and with weights twice as large as below, that alone is a difference of 1.1e-4.
TOLERANCE = 1e-4
SEED = 11
# At the edges of the band (128 to each side), of the blocks of attention (64), and in between.
LENGTHS = (1, 5, 127, 128, 129, 257, 300)
# Like the published network, but with fewer pieces and layers (and a context that fits a test).
ONE_LAYER = {"num_hidden_layers": 1, "vocab_size": 512, "pad_token_id": None, "eos_token_id": None}
TINY = {
    "num_hidden_layers": 3,
    "vocab_size": 97,
    "hidden_size": 48,
    "intermediate_size": 40,
    "head_dim": 16,
    "num_attention_heads": 6,
    "num_key_value_heads": 2,
    "num_local_experts": 7,
    "num_experts_per_tok": 3,
    "sliding_window": 9,
    "pad_token_id": None,
    "eos_token_id": None,
}


class Pair(NamedTuple):
    """The same weights twice: in transformers' class, and in a component that read its files."""

    theirs: Any
    ours: Any
    folder: Path


def make_theirs(config: dict[str, Any], std: float = 0.02) -> Any:
    """Build the class with the scale of its own initialisation, but no norm, bias or sink trivial.

    std (float): Of all matrices; 0.02 is the class's `initializer_range`.
    """
    model = OpenAIPrivacyFilterForTokenClassification(OpenAIPrivacyFilterConfig(**config))
    generator = torch.Generator().manual_seed(SEED)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            weight.normal_(std=std, generator=generator)
            if "norm" in name:
                weight.mul_(0.2 / std).add_(1)
            elif name.endswith("sinks"):
                weight.mul_(1 / std)  # like attention logits: they take a share of the softmax
    return model.eval()


def make_pair(folder: Path, config: dict[str, Any], std: float = 0.02, **settings: Any) -> Pair:
    theirs = make_theirs(config, std)
    theirs.save_pretrained(folder)
    nlp = spacy.blank("en")
    # "auto" may take a shorter type for experts of this size.
    config = {"source": str(folder), "dtype": "float32", **settings}
    ours = nlp.add_pipe("privacy_filter", config=config)
    ours.ensure_ready()
    return Pair(theirs, ours, folder)


@pytest.fixture(scope="module")
def one_layer(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """One layer of the published sizes: 128 experts, 14 heads, width 640."""
    return make_pair(tmp_path_factory.mktemp("one_layer"), ONE_LAYER)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """Three small layers; long documents go through in windows of 16 pieces."""
    folder = tmp_path_factory.mktemp("tiny")
    return make_pair(folder, TINY, std=0.08, window=16, batch_pieces=120)


def padded(ids: Sequence[Ints1d]) -> tuple[Any, Any]:
    """Pad as transformers needs it: ids and attention mask, shape (n_docs, longest)."""
    longest = max(len(doc) for doc in ids)
    rows = torch.zeros((len(ids), longest), dtype=torch.int64)
    mask = torch.zeros_like(rows)
    for i, doc in enumerate(ids):
        rows[i, : len(doc)] = torch.from_numpy(doc)
        mask[i, : len(doc)] = 1
    return rows, mask


def their_logits(model: Any, ids: Sequence[Ints1d]) -> list[Any]:
    rows, mask = padded(ids)
    logits = model(input_ids=rows, attention_mask=mask).logits
    return [logits[i, : len(doc)] for i, doc in enumerate(ids)]


def largest_difference(pair: Pair, ids: Sequence[Ints1d]) -> float:
    with torch.inference_mode():
        theirs = [logits.numpy() for logits in their_logits(pair.theirs, ids)]
    ours = pair.ours.model.predict(list(ids))
    assert [logits.shape for logits in ours] == [logits.shape for logits in theirs]
    # Pieces must differ: with large biases they would not, and all would go to the same experts.
    if sum(map(len, ids)) > 1:
        assert np.concatenate(theirs).std(axis=0).mean() > 0.1
    return max(float(np.abs(a - b).max()) for a, b in zip(ours, theirs, strict=True))


@pytest.mark.parametrize("order", [1, -1], ids=["short first", "long first"])
def test_mixed_lengths_at_published_sizes(
    one_layer: Pair, rng: np.random.Generator, order: int
) -> None:
    ids = random_ids(rng, LENGTHS[::order], ONE_LAYER["vocab_size"])
    assert largest_difference(one_layer, ids) <= TOLERANCE


@pytest.mark.parametrize("n_pieces", LENGTHS)
def test_single_documents_at_published_sizes(
    one_layer: Pair, rng: np.random.Generator, n_pieces: int
) -> None:
    ids = random_ids(rng, [n_pieces], ONE_LAYER["vocab_size"])
    assert largest_difference(one_layer, ids) <= TOLERANCE


def test_long_document_at_published_sizes(one_layer: Pair, rng: np.random.Generator) -> None:
    ids = random_ids(rng, [4096], ONE_LAYER["vocab_size"])
    assert largest_difference(one_layer, ids) <= TOLERANCE


def test_layers_and_windows(tiny: Pair, rng: np.random.Generator) -> None:
    ids = random_ids(rng, [1, 2, 9, 10, 19, 64, 65, 130, 400], TINY["vocab_size"])
    assert largest_difference(tiny, ids) <= TOLERANCE


def test_constants_other_than_the_published(tmp_path: Path, rng: np.random.Generator) -> None:
    rope = {
        "rope_type": "yarn",
        "rope_theta": 10_000.0,
        "factor": 4.0,
        "beta_fast": 16.0,
        "beta_slow": 2.0,
        "truncate": False,
        "original_max_position_embeddings": 64,
    }
    config = TINY | {"rope_parameters": rope, "rms_norm_eps": 1e-3, "swiglu_limit": 0.7}
    pair = make_pair(tmp_path, config | {"swiglu_alpha": 1.1}, std=0.08)
    ids = random_ids(rng, [3, 70, 200], TINY["vocab_size"])
    assert largest_difference(pair, ids) <= TOLERANCE


def test_inputs_beyond_the_clamp_agree(tmp_path: Path, rng: np.random.Generator) -> None:
    # With weights this large, most inputs of the gate are clamped at 7.
    pair = make_pair(tmp_path, TINY, std=1.0)
    ids = random_ids(rng, [40], TINY["vocab_size"])
    with torch.inference_mode():
        theirs = their_logits(pair.theirs, ids)[0].numpy()
    ours = pair.ours.model.predict(ids)[0]
    np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-4 * np.abs(theirs).max())


def their_gradients(pair: Pair, ids: Sequence[Ints1d], weights: list[np.ndarray]) -> dict[str, Any]:
    """Gradients of sum(logits * weights), by our names."""
    pair.theirs.zero_grad()
    logits = their_logits(pair.theirs, ids)
    loss = sum((a * torch.from_numpy(w)).sum() for a, w in zip(logits, weights, strict=True))
    loss.backward()
    gradients = {
        name: StoredTensor.from_float32(weight.grad.numpy())
        for name, weight in pair.theirs.named_parameters()
    }
    config = pair.ours.network.config
    names = backbone_shapes(config) | head_shapes(TAG_HEAD, weights[0].shape[1], config.width)
    named = tensors_from(HF_RULES, gradients, names, config)
    return {name: tensor.to_float32() for name, tensor in named.items()}


def our_gradients(pair: Pair, ids: Sequence[Ints1d], weights: list[np.ndarray]) -> dict[str, Any]:
    pipe, network = pair.ours, pair.ours.network.shim.network
    pipe.network.shim.set_training()
    network.zero_grad(set_to_none=True)
    pipe.head.set_grad("W", np.zeros_like(pipe.head.get_param("W")))
    pipe.head.set_grad("b", np.zeros_like(pipe.head.get_param("b")))
    _, backprop = pipe.model.begin_update(list(ids))
    backprop(weights)
    gradients = {
        name: (weight.grad.to_dense() if weight.grad.is_sparse else weight.grad).numpy()
        for name, weight in network.named_parameters()
    }
    head = {f"{TAG_HEAD}.weight": pipe.head.get_grad("W"), f"{TAG_HEAD}.bias": None}
    head[f"{TAG_HEAD}.bias"] = pipe.head.get_grad("b")
    return gradients | head


def check_gradients(pair: Pair, ids: Sequence[Ints1d], rng: np.random.Generator) -> None:
    n_tags = pair.ours.head.get_dim("nO")
    n_rows = sum(len(doc) for doc in ids)
    weights = [rng.standard_normal((len(doc), n_tags)).astype("f") / n_rows for doc in ids]
    theirs = their_gradients(pair, ids, weights)
    ours = our_gradients(pair, ids, weights)
    assert set(ours) == set(theirs)
    for name, expected in theirs.items():
        size = np.abs(expected).max()
        assert size > 0, name
        np.testing.assert_allclose(ours[name], expected, rtol=0, atol=2e-4 * size, err_msg=name)


def test_gradients_of_every_weight_at_published_widths(
    tmp_path: Path, rng: np.random.Generator
) -> None:
    # Of 128 experts, the class would make a gradient of the size of all for each: 16 do.
    pair = make_pair(tmp_path, ONE_LAYER | {"num_local_experts": 16})
    check_gradients(pair, random_ids(rng, [5, 129, 300], ONE_LAYER["vocab_size"]), rng)


def test_gradients_of_every_weight_through_layers_and_windows(
    tiny: Pair, rng: np.random.Generator
) -> None:
    check_gradients(tiny, random_ids(rng, [1, 30, 65, 200], TINY["vocab_size"]), rng)


def test_what_read_checkpoint_finds_is_what_was_saved(tiny: Pair) -> None:
    found = read_checkpoint(tiny.folder)
    weights = tiny.theirs.state_dict()
    qkv = [weights[f"model.layers.1.self_attn.{x}_proj.weight"].numpy() for x in "qkv"]
    np.testing.assert_array_equal(
        found.tensors["block.1.attn.qkv.weight"].to_float32(), np.concatenate(qkv)
    )
    assert found.tags is not None
    assert found.tags.names == tuple(tiny.theirs.config.id2label.values())
