"""The sizes of a network are checked, and name every tensor with its shape."""

from __future__ import annotations

import math
from typing import Any

import pytest

from spacy_privacy_filter.checkpoints.sizes import (
    EMBEDDING,
    TAG_HEAD,
    NetworkConfig,
    backbone_shapes,
    head_shapes,
)

from .rare_sizes import SIZES


def test_sizes_come_back_by_name() -> None:
    assert NetworkConfig.from_dict(SIZES.to_dict()) == SIZES
    assert NetworkConfig.from_dict({"width": 8}).n_layers == NetworkConfig().n_layers


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"depth": 3}, r"Unknown network setting\(s\): depth\. Known: .*n_layers"),
        ({"width": 0}, "'width' must be a whole number of at least 1, but is 0"),
        ({"width": 8.0}, r"'width' must be a whole number of at least 1, but is 8\.0"),
        ({"n_layers": True}, "'n_layers' must be a whole number"),
        ({"rms_norm_eps": math.nan}, "'rms_norm_eps' must be a finite number above 0"),
        ({"rope_theta": "150000"}, "'rope_theta' must be a finite number"),
        ({"n_heads": 5, "n_kv_heads": 2}, r"n_heads \(5\) must be a multiple of n_kv_heads \(2\)"),
        ({"head_dim": 7}, "head_dim must be even"),
        ({"n_experts": 2}, r"experts_per_piece \(4\) is more than n_experts \(2\)"),
    ],
)
def test_impossible_sizes_are_refused(values: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        NetworkConfig.from_dict(values)


def test_every_tensor_of_the_published_network_is_counted() -> None:
    config = NetworkConfig()
    shapes = backbone_shapes(config)
    assert next(iter(shapes)) == EMBEDDING
    assert len(shapes) == 2 + 13 * config.n_layers
    assert shapes["block.7.mlp.swiglu.weight"] == (128, 640, 1280)
    assert shapes["block.0.attn.qkv.weight"] == ((14 + 2 * 2) * 64, 640)
    assert sum(math.prod(shape) for shape in shapes.values()) == 1_399_465_712
    assert head_shapes(TAG_HEAD, 33, 640) == {
        "unembedding.weight": (33, 640),
        "unembedding.bias": (33,),
    }


def test_reach_and_concentration() -> None:
    assert SIZES.reach == SIZES.n_layers * SIZES.window
    assert NetworkConfig(rope_factor=1.0).rope_concentration == 1.0
    assert NetworkConfig(rope_factor=math.e).rope_concentration == pytest.approx(1.1)
