"""The privacy-filter network in MLX: packed pieces in, one hidden state per piece out.

The arithmetic is that of `torch_backbone`, written as functions of the weights, which is what
`mx.vjp` differentiates. Matrices may be quantised: they are multiplied as they are, never expanded.
Axes: n pieces, h heads, k key heads, d head size, r reach of a block, m rows of all experts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple, TypeAlias, cast

import mlx.core as mx
import numpy as np

from ....checkpoints.sizes import EMBEDDING, NetworkConfig, backbone_shapes

# Queries that share one slice of keys; as in `torch_backbone`.
BLOCK = 64


class Packed(NamedTuple):
    """A quantised matrix, inputs last: (out, in), or (n_experts, out, in).

    words (mx.array): Values in uint32, several in each.
    scales, biases (mx.array): For each group of inputs: value = scale x q + bias.
    group_size, bits (int): Values that share a scale; bits of a value.
    """

    words: mx.array
    scales: mx.array
    biases: mx.array
    group_size: int
    bits: int

    def expand(self) -> mx.array:
        """Dequantise: (out, in), or (n_experts, in, out) as dense experts are."""
        words, scales, biases = self[:3]
        dense = mx.dequantize(words, scales, biases, self.group_size, self.bits)
        return mx.swapaxes(dense, 1, 2) if dense.ndim == 3 else dense

    def in_float32(self) -> Packed:
        """The same numbers, to be multiplied in float32."""
        scales, biases = self.scales.astype(mx.float32), self.biases.astype(mx.float32)
        return self._replace(scales=scales, biases=biases)


Weight: TypeAlias = mx.array | Packed
Weights: TypeAlias = Mapping[str, Weight]


class Pass(NamedTuple):
    """What one run of the network needs besides weights and pieces.

    rope (tuple[mx.array, mx.array]): Cosine and sine of each piece. Shape: (n, d / 2) each.
    band (Band): Who may look at whom.
    dropout (float): Share of the stream's inputs that is zeroed; 0 outside training.
    keys (mx.array | None): Random keys for dropout. Shape: (1 + 2 x n_layers, 2).
    balance (bool): Whether the router's imbalance is wanted.
    on_cpu (bool): Whether MLX's CPU computes, which multiplies in float32 only.
    """

    rope: tuple[mx.array, mx.array]
    band: Band
    dropout: float = 0.0
    keys: mx.array | None = None
    balance: bool = False
    on_cpu: bool = False

    def drop(self, x: mx.array, place: int) -> mx.array:
        """Zero some inputs and scale up the others."""
        if self.keys is None:
            return x
        kept = mx.random.bernoulli(1 - self.dropout, x.shape, key=self.keys[place])
        return mx.where(kept, x / max(1 - self.dropout, 1e-6), 0.0)


def run(
    config: NetworkConfig, weights: Weights, x: mx.array, how: Pass
) -> tuple[mx.array, mx.array]:
    """Run the network over packed windows.

    config (NetworkConfig): Sizes.
    weights (Weights): By the names of `config.backbone_shapes`.
    x (mx.array): Embeddings of the pieces, see `embed`. Shape: (n, width), float32.
    how (Pass): Positions, bounds and training.
    RETURNS (tuple[mx.array, mx.array]): Hidden states after the final norm, float32, shape (n,
        width); and the mean router imbalance of the layers, a scalar: 1.0 where experts are used
        evenly, 0.0 if it was not asked for.
    """
    x = how.drop(x, 0)  # (n, width): the residual stream stays in float32
    total = mx.zeros(())
    for i in range(config.n_layers):
        layer = _Layer(config, weights, f"block.{i}.", how)
        x = x + how.drop(layer.attend(x), 1 + 2 * i)
        update, uneven = layer.mix_experts(x)
        x = x + how.drop(update, 2 + 2 * i)
        total = total + uneven / config.n_layers
    return rms_norm(x, weights, "norm.scale", config.rms_norm_eps), total


def embed(table: Weight, ids: mx.array) -> mx.array:
    """Look pieces up; of a quantised table only their rows are expanded. (n,) -> (n, width)."""
    if isinstance(table, Packed):
        words, scales, biases = table.words[ids], table.scales[ids], table.biases[ids]
        rows = mx.dequantize(words, scales, biases, table.group_size, table.bits)
        return rows.astype(mx.float32)
    return table[ids].astype(mx.float32)


def trainable(config: NetworkConfig, n_layers: int | None) -> list[str]:
    """Name what is trained: the last blocks and the final norm.

    n_layers (int | None): How many blocks; None for the whole network with its embedding, 0 for
        nothing at all.
    """
    names = list(backbone_shapes(config))
    if n_layers is None:
        return names
    first = max(config.n_layers - n_layers, 0)
    chosen = [n for n in names if n.startswith("block.") and int(n.split(".")[1]) >= first]
    return [*chosen, "norm.scale"] if n_layers else []


def fresh_weights(config: NetworkConfig, key: mx.array) -> dict[str, Weight]:
    """Draw fresh weights, as large as `TorchBackbone.init_weights` makes them."""
    depth = 1.0 / math.sqrt(2 * config.n_layers)
    shapes = backbone_shapes(config)
    weights: dict[str, Weight] = {}
    for own, (name, shape) in zip(mx.random.split(key, len(shapes)), shapes.items(), strict=True):
        if name.endswith("norm.scale"):
            weights[name] = mx.ones(shape)
        elif name.endswith((".bias", ".sinks")):
            weights[name] = mx.zeros(shape)
        else:
            writes = name.endswith("out.weight")
            scale = (depth if writes else 1.0) / math.sqrt(shape[1])
            if writes and len(shape) == 3:
                scale *= math.sqrt(config.experts_per_piece)  # a mean of 4, not a sum
            weights[name] = mx.random.normal(shape, key=own) * (1 if name == EMBEDDING else scale)
    return weights


def rms_norm(x: mx.array, weights: Weights, name: str, eps: float) -> mx.array:
    """Norm each row, in float32. SOURCE: Zhang & Sennrich 2019, arXiv:1910.07467."""
    return x * mx.rsqrt(mx.square(x).mean(-1, keepdims=True) + eps) * dense(weights, name)


def dense(weights: Weights, name: str) -> mx.array:
    """Give a weight that is never quantised."""
    return cast(mx.array, weights[name])


class _Layer:
    """One block: attention and experts, each with a norm of its own."""

    def __init__(self, config: NetworkConfig, weights: Weights, stem: str, how: Pass) -> None:
        self.config, self.weights, self.stem, self.how = config, weights, stem, how

    def attend(self, x: mx.array) -> mx.array:
        """Update of the stream by attention. (n, width) -> (n, width)."""
        c, n = self.config, len(x)
        n_q, n_kv = c.n_heads * c.head_dim, c.n_kv_heads * c.head_dim
        qkv = self._linear(self._norm(x, "attn"), "attn.qkv")
        q, k, v = mx.split(qkv, (n_q, n_q + n_kv), axis=-1)
        # q and k are scaled each, as the reference does, so that low precision rounds the same.
        scale = c.head_dim**-0.25
        q = rotate(q.reshape(n, c.n_heads, c.head_dim), self.how.rope) * scale  # (n, h, d)
        k = rotate(k.reshape(n, c.n_kv_heads, c.head_dim), self.how.rope) * scale  # (n, k, d)
        v = v.reshape(n, c.n_kv_heads, c.head_dim)  # (n, k, d)
        sinks = dense(self.weights, f"{self.stem}attn.sinks")
        return self._linear(self.how.band.attend(q, k, v, sinks), "attn.out")

    def mix_experts(self, x: mx.array) -> tuple[mx.array, mx.array]:
        """Update of the stream by experts, (n, width); and the router's imbalance, a scalar."""
        c = self.config
        h = self._norm(x, "mlp")
        logits = self._linear(h, "mlp.gate")  # (n, n_experts)
        n_each = c.experts_per_piece
        chosen = mx.argpartition(mx.stop_gradient(-logits), kth=n_each - 1, axis=-1)[:, :n_each]
        weights = mx.softmax(mx.take_along_axis(logits, chosen, axis=-1), axis=-1)
        experts = chosen.flatten().astype(mx.uint32)
        # Sorted by expert, each expert reads its weights once, inside the product.
        order = mx.argsort(experts)  # (m,)
        rows, of_row = h[order // n_each], experts[order]
        hidden = clamped_swiglu(self._experts(rows, of_row, "mlp.swiglu"), c)
        done = self._experts(hidden, of_row, "mlp.out")  # (m, width)
        done = done[mx.argsort(order)].reshape(len(x), n_each, -1)
        uneven = imbalance(logits, experts) if self.how.balance else mx.zeros(())
        return (weights[..., None] * done).sum(1), uneven

    def _norm(self, x: mx.array, part: str) -> mx.array:
        return rms_norm(x, self.weights, f"{self.stem}{part}.norm.scale", self.config.rms_norm_eps)

    def _linear(self, x: mx.array, name: str) -> mx.array:
        """Map rows in the number type of the weight. (n, in) -> (n, out), float32."""
        weight, bias, x = self._operands(x, name)
        if isinstance(weight, Packed):
            words, scales, biases, size, bits = weight
            done = mx.quantized_matmul(x, words, scales, biases, True, size, bits) + bias
        else:
            done = mx.addmm(bias, x, weight.T)
        return done.astype(mx.float32)

    def _experts(self, rows: mx.array, of_row: mx.array, name: str) -> mx.array:
        """Map each row by its expert; rows are sorted by expert. (m, in) -> (m, out), float32."""
        weight, bias, rows = self._operands(rows[:, None], name)  # (m, 1, in)
        if isinstance(weight, Packed):
            words, scales, biases, size, bits = weight
            done = mx.gather_qmm(
                rows,
                words,
                scales,
                biases,
                rhs_indices=of_row,
                transpose=True,
                group_size=size,
                bits=bits,
                sorted_indices=True,
            )
        else:
            done = mx.gather_mm(rows, weight, rhs_indices=of_row, sorted_indices=True)
        return (done[:, 0] + bias[of_row]).astype(mx.float32)

    def _operands(self, x: mx.array, name: str) -> tuple[Weight, mx.array, mx.array]:
        """Give weight, bias and inputs of a map, in one number type."""
        weight = self.weights[f"{self.stem}{name}.weight"]
        bias = dense(self.weights, f"{self.stem}{name}.bias")
        x = x.astype((weight.scales if isinstance(weight, Packed) else weight).dtype)
        if self.how.on_cpu and x.dtype != mx.float32:
            # MLX's CPU has no experts in bfloat16, and is slow at it; float32 holds these numbers.
            x, bias, weight = x.astype(mx.float32), bias.astype(mx.float32), _in_float32(weight)
        return weight, bias, x


def _in_float32(weight: Weight) -> Weight:
    return weight.in_float32() if isinstance(weight, Packed) else weight.astype(mx.float32)


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


def clamped_swiglu(x: mx.array, config: NetworkConfig) -> mx.array:
    """Gate one half of the inputs with the other, both clamped. (m, 2 * size) -> (m, size).

    SOURCE: opf `model.py`, `swiglu`; the halves are concatenated, not interleaved.
    """
    gate, linear = mx.split(x, 2, axis=-1)
    gate = mx.minimum(gate, config.swiglu_limit)
    linear = mx.clip(linear, -config.swiglu_limit, config.swiglu_limit)
    return (linear + 1) * gate * mx.sigmoid(config.swiglu_alpha * gate)


def imbalance(logits: mx.array, experts: mx.array) -> mx.array:
    """How unevenly a router uses its experts: 1.0 is even, n_experts is all to one.

    logits (mx.array): Shape: (n, n_experts). experts (mx.array): Those chosen. Shape: (m,).
    SOURCE: Fedus et al. 2021, arXiv:2101.03961, eq. 4, with the four choices of a piece counted
        each.
    """
    n_experts = logits.shape[-1]
    counts = (experts[:, None] == mx.arange(n_experts)).sum(0).astype(mx.float32)
    return n_experts * (counts / len(experts) * mx.softmax(logits, axis=-1).mean(0)).sum()


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


def inverse_frequencies(config: NetworkConfig) -> np.ndarray:
    """Radians per position of each pair: slow ones stretched by the factor, fast ones as trained.

    Rounded to float32 as in the reference, whose weights were trained with these very numbers.
    """
    dim, base = config.head_dim, config.rope_theta
    exponents = np.arange(0, dim, 2, dtype=np.float32) / np.float32(dim)
    plain = np.float32(1) / np.float32(base) ** exponents

    def pair_with(turns: float) -> float:
        """The pair that makes so many turns over the original length."""
        length = config.rope_original_length / (turns * 2 * math.pi)
        return dim * math.log(length) / (2 * math.log(base))

    low = max(pair_with(config.rope_beta_fast), 0.0)
    high = min(pair_with(config.rope_beta_slow), dim - 1.0)
    ramp = (np.arange(dim // 2, dtype=np.float32) - low) / max(high - low, 1e-3)
    stretched = np.clip(ramp, 0, 1).astype(np.float32)
    return plain / np.float32(config.rope_factor) * stretched + plain * (1 - stretched)
