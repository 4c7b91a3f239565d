"""Attention of the privacy-filter network in MLX: a band of keys around each query, and sinks.

The arithmetic is that of the PyTorch room's `attention`.
Axes: n pieces, h heads, k key heads, d head size, r reach of a block.
"""

from __future__ import annotations

import mlx.core as mx
import numpy as np

from ....checkpoints.sizes import NetworkConfig
from ..rotary import inverse_frequencies

# Queries that share one slice of keys; as in PyTorch's.
BLOCK = 64


class Band:
    """Which pieces may look at which: those of the same window, at most `reach` apart.

    The packed row is cut into blocks of queries; each block sees the blocks of keys that its band
    can touch, so that no (n, n) table is ever made.
    """

    def __init__(self, segments: np.ndarray, reach: int) -> None:
        n = len(segments)
        self.n, self.n_blocks = n, -(-n // BLOCK)
        # Blocks on each side; there are no more than the row has.
        self.side = min(-(-reach // BLOCK), self.n_blocks - 1)
        n_keys = (2 * self.side + 1) * BLOCK
        near = np.abs(np.arange(BLOCK)[:, None] + self.side * BLOCK - np.arange(n_keys)) <= reach
        mine = np.full(self.n_blocks * BLOCK, -1)
        mine[:n] = segments
        theirs = np.full((self.n_blocks + 2 * self.side) * BLOCK, -2)
        theirs[self.side * BLOCK : self.side * BLOCK + n] = segments
        windows = np.lib.stride_tricks.sliding_window_view(theirs, n_keys)[::BLOCK]
        same = mine.reshape(self.n_blocks, BLOCK, 1) == windows[:, None]
        self.allowed = mx.array((near & same)[:, None])  # (n_blocks, 1, block, r)

    def attend(self, q: mx.array, k: mx.array, v: mx.array, sinks: mx.array) -> mx.array:
        """Mix values by softmax over the band and the sink.

        q (mx.array): Queries. Shape: (n, h, d).
        k, v (mx.array): Keys and values. Shape: (n, k, d).
        sinks (mx.array): A logit per head that joins the softmax and has no value. Shape: (h,).
        RETURNS (mx.array): Shape: (n, h * d).
        """
        n_heads, d = q.shape[1:]
        padding = self.n_blocks * BLOCK - self.n
        q = mx.pad(q, [(0, padding), (0, 0), (0, 0)]).reshape(self.n_blocks, BLOCK, n_heads, d)
        mixed = mx.fast.scaled_dot_product_attention(
            q.swapaxes(1, 2),  # (n_blocks, h, block, d)
            self._slices(k),
            self._slices(v),
            scale=1.0,
            mask=self.allowed,
            sinks=sinks,
        )
        return mixed.swapaxes(1, 2).reshape(self.n_blocks * BLOCK, n_heads * d)[: self.n]

    def _slices(self, x: mx.array) -> mx.array:
        """Give each block what it can reach: (n, k, d) -> (n_blocks, k, r, d)."""
        before = self.side * BLOCK
        after = (self.n_blocks + self.side) * BLOCK - self.n
        x = mx.pad(x, [(before, after), (0, 0), (0, 0)])
        blocks = x.reshape(-1, BLOCK, *x.shape[1:])  # (n_blocks + 2 side, block, k, d)
        shifted = [blocks[i : i + self.n_blocks] for i in range(2 * self.side + 1)]
        return mx.concatenate(shifted, axis=1).swapaxes(1, 2)


def rotate(x: mx.array, rope: tuple[mx.array, mx.array]) -> mx.array:
    """Turn neighbouring pairs of x by the angles of their position (interleaved, not halves).

    x (mx.array): Shape: (n, heads, d). rope (tuple): Cosine and sine. Shape: (n, d / 2) each.
    """
    cos, sin = rope[0][:, None], rope[1][:, None]
    even, odd = x[..., ::2], x[..., 1::2]
    return mx.stack([even * cos - odd * sin, odd * cos + even * sin], axis=-1).reshape(x.shape)


def rope_table(positions: np.ndarray, config: NetworkConfig) -> tuple[mx.array, mx.array]:
    """Cosine and sine of each position, scaled by YaRN's concentration.

    In numpy: MLX has no float64 on a GPU, and in float32 an angle of 4,096 is off by 2e-4.

    RETURNS (tuple[mx.array, mx.array]): Shape: (n, d / 2) each, float32.
    SOURCE: Peng et al. 2023, arXiv:2309.00071, sections 3.2 to 3.4; ramp not truncated to integers.
    """
    angles = positions[:, None].astype(np.float64) * inverse_frequencies(config)
    scale = config.rope_concentration
    cos, sin = ((f(angles) * scale).astype(np.float32) for f in (np.cos, np.sin))
    return mx.array(cos), mx.array(sin)
