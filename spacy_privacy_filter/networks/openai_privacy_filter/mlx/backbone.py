"""The privacy-filter network in MLX: packed pieces in, one hidden state per piece out.

The arithmetic is that of PyTorch's backbone, written as functions of the weights, which is what
`mx.vjp` differentiates. Matrices may be quantised: they are multiplied as they are, never expanded.
Axes: n pieces, h heads, k key heads, d head size, r reach of a block, m rows of all experts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple, TypeAlias, cast

import mlx.core as mx

from ....checkpoints.sizes import EMBEDDING, NetworkConfig, backbone_shapes
from .attention import Band, rotate


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
