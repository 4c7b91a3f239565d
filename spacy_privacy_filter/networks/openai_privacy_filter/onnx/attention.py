"""Attention of the privacy-filter network as ONNX operators: a band of keys, and sinks.

The band is a gather: queries in blocks of 32, the keys that each block can reach beside it, and
the sink as one more column of the softmax. Axes: n pieces, b blocks, h heads, k key heads, g query
heads per key head, d head size, r reach of a block.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from ....checkpoints.sizes import NetworkConfig
from ..rotary import inverse_frequencies
from .graph import TYPES, Graph

# Queries that share one gather of keys.
BLOCK: Final = 32
DOUBLE: Final = 11  # ONNX's number of the type


class Band(NamedTuple):
    """What all layers share: who may look at whom, and how far each pair is turned.

    n (str): Number of pieces. Shape: (1,).
    padding (str): Rows that fill the last block. Shape: (1,).
    keys (str): Which pieces a block looks at. Shape: (b, r).
    bias (str): 0 where a piece may look, else -inf. Shape: (b, 1, 1, BLOCK, r).
    cos, sin (str): Of each pair, scaled. Shape: (n, 1, d / 2).
    sinks_shape (str): (b, k, g, BLOCK, 1).
    """

    n: str
    padding: str
    keys: str
    bias: str
    cos: str
    sin: str
    sinks_shape: str


def make_band(graph: Graph, config: NetworkConfig, ids: str, positions: str, segments: str) -> Band:
    """Add what all layers need of a packed batch. Shapes of the inputs: (n,)."""
    g, c = graph, config
    n = g.op("Shape", ids)
    n_blocks = g.op("Div", g.op("Add", n, g.ints(BLOCK - 1)), g.ints(BLOCK))
    padding = g.op("Sub", g.op("Mul", n_blocks, g.ints(BLOCK)), n)
    zero = g.constant(0, "int64")
    numbers = g.op("Range", zero, g.op("Squeeze", n_blocks), g.constant(1, "int64"))
    starts = g.op("Unsqueeze", g.op("Mul", numbers, g.ints(BLOCK)), g.ints(1))  # (b, 1)
    offsets = np.arange(BLOCK + 2 * c.window) - c.window
    wanted = g.op("Add", starts, g.constant(offsets[None], "int64"))  # (b, r)
    inside = g.op("And", g.op("GreaterOrEqual", wanted, zero), g.op("Less", wanted, n))
    keys = g.op("Min", g.op("Max", wanted, zero), g.op("Sub", n, g.ints(1)))
    theirs = g.op("Unsqueeze", g.op("Gather", segments, keys), g.ints(1))  # (b, 1, r)
    pads = g.op("Concat", g.ints(0), padding, axis=0)
    mine = g.op("Pad", segments, pads, g.constant(-1, "int64"))
    mine = g.op("Reshape", mine, g.ints(-1, BLOCK, 1))  # (b, BLOCK, 1)
    near = np.abs(np.arange(BLOCK)[:, None] - offsets) <= c.window
    allowed = g.op("And", g.op("Equal", mine, theirs), g.constant(near[None], "bool"))
    allowed = g.op("And", allowed, g.op("Unsqueeze", inside, g.ints(1)))
    bias = g.op("Where", allowed, g.constant(0.0), g.constant(-np.inf))  # (b, BLOCK, r)
    cos, sin = _turns(g, c, positions)
    shape = g.ints(c.n_kv_heads, c.n_heads // c.n_kv_heads, BLOCK, 1)
    return Band(
        n, padding, keys, g.op("Unsqueeze", bias, g.ints(1, 2)), cos, sin,
        g.op("Concat", n_blocks, shape, axis=0),
    )  # fmt: skip


def _turns(g: Graph, config: NetworkConfig, positions: str) -> tuple[str, str]:
    """Cosine and sine of each position, with YaRN's factor and the scale of q and k: (n, 1, d/2).

    Angles are whole turns less in float64, since onnxruntime has no float64 cosine before 1.28, and
    in float32 an angle of 4,096 is off by 2e-4.
    """
    speeds = g.constant(inverse_frequencies(config).astype(np.float64)[None], "float64")
    place = g.op("Cast", g.op("Unsqueeze", positions, g.ints(1)), to=DOUBLE)
    angles, turn = g.op("Mul", place, speeds), g.constant(2 * math.pi, "float64")
    whole = g.op("Mul", g.op("Floor", g.op("Div", angles, turn)), turn)
    angles = g.op("Cast", g.op("Sub", angles, whole), to=TYPES["float32"])
    # q and k are scaled each, as in the other backends.
    scale = g.constant(config.rope_concentration * config.head_dim**-0.25)
    cos, sin = (g.op("Mul", g.op(kind, angles), scale) for kind in ("Cos", "Sin"))
    return g.op("Unsqueeze", cos, g.ints(1)), g.op("Unsqueeze", sin, g.ints(1))


def attend(graph: Graph, config: NetworkConfig, band: Band, qkv: str, sinks: str) -> str:
    """Mix values by softmax over the band and the sink.

    qkv (str): Queries, keys and values. Shape: (n, (h + 2 k) d).
    sinks (str): A logit per head that joins the softmax and has no value. Shape: (h,).
    RETURNS (str): Shape: (n, h d).
    """
    g, c = graph, config
    h, k, d = c.n_heads, c.n_kv_heads, c.head_dim
    per_key, reach = h // k, BLOCK + 2 * c.window
    qk, v = g.ops(2, "Split", qkv, g.ints((h + k) * d, k * d), axis=1)
    q, key = g.ops(2, "Split", _rotate(g, c, band, qk), g.ints(h, k), axis=1)
    pads = g.op("Concat", g.ints(0, 0, 0), band.padding, g.ints(0, 0), axis=0)
    q = g.op("Reshape", g.op("Pad", q, pads), g.ints(-1, BLOCK, k, per_key, d))
    q = g.op("Transpose", q, perm=[0, 2, 3, 1, 4])  # (b, k, g, BLOCK, d)
    q = g.op("Reshape", q, g.ints(0, 0, -1, d))  # (b, k, g BLOCK, d)
    key = g.op("Transpose", g.op("Gather", key, band.keys), perm=[0, 2, 3, 1])  # (b, k, d, r)
    v = g.op("Gather", g.op("Reshape", v, g.ints(0, k, d)), band.keys)
    v = g.op("Transpose", v, perm=[0, 2, 1, 3])  # (b, k, r, d)
    scores = g.op("Reshape", g.op("MatMul", q, key), g.ints(0, 0, per_key, BLOCK, reach))
    scores = g.op("Add", scores, band.bias)
    sinks = g.op("Reshape", sinks, g.ints(1, k, per_key, 1, 1))
    column = g.op("Expand", sinks, band.sinks_shape)
    shares = g.op("Softmax", g.op("Concat", scores, column, axis=4), axis=-1)
    shares = g.op("Slice", shares, g.ints(0), g.ints(reach), g.ints(4))
    mixed = g.op("MatMul", g.op("Reshape", shares, g.ints(0, 0, per_key * BLOCK, reach)), v)
    mixed = g.op("Reshape", mixed, g.ints(0, 0, per_key, BLOCK, d))
    mixed = g.op("Transpose", mixed, perm=[0, 3, 1, 2, 4])  # (b, BLOCK, k, g, d)
    return g.op("Slice", g.op("Reshape", mixed, g.ints(-1, h * d)), g.ints(0), band.n, g.ints(0))


def _rotate(g: Graph, config: NetworkConfig, band: Band, qk: str) -> str:
    """Turn neighbouring pairs by the angles of their position: (n, (h + k) d) -> (n, h + k, d).

    Halves come out side by side and not interleaved again: q and k alike, so products are the same.
    """
    heads, d = config.n_heads + config.n_kv_heads, config.head_dim
    pairs = g.op("Reshape", qk, g.ints(0, heads, d // 2, 2))
    even, odd = (
        g.op("Squeeze", part, g.ints(3)) for part in g.ops(2, "Split", pairs, g.ints(1, 1), axis=3)
    )
    turned = (
        g.op("Sub", g.op("Mul", even, band.cos), g.op("Mul", odd, band.sin)),
        g.op("Add", g.op("Mul", odd, band.cos), g.op("Mul", even, band.sin)),
    )
    return g.op("Concat", *turned, axis=2)
