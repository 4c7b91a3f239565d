"""Attention in a band around each piece: packed pieces in, updates of the stream out.

Two ways that give the same: one that can be differentiated, on any device, and a fused one for a
CPU. Axes: n pieces, h heads, g query heads per key head, k key heads, d head size, r reach.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import TypeAlias

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ....checkpoints.sizes import NetworkConfig

# Queries that share one slice of keys. Larger blocks make larger products, but compare more
# pieces that the band forbids: a block of 32 with a window of 128 looks at 288 keys.
BLOCK = 32
# A whole number of oneDNN's usual blocks; the layout does not depend on it.
ROWS_HINT = 16

# Takes rows, scale, epsilon and a number type; gives normed rows.
Norm: TypeAlias = Callable[[Tensor, Tensor, float, torch.dtype], Tensor]


class RMSNorm(nn.Module):
    """Root-mean-square norm, always in float32. SOURCE: Zhang & Sennrich 2019, arXiv:1910.07467."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.eps = config.rms_norm_eps
        self.scale = nn.Parameter(torch.ones(config.width))
        self.fused: Norm | None = None

    def forward(self, x: Tensor, dtype: torch.dtype = torch.float32) -> Tensor:
        """Norm each row, and round it to a type. (n, width) -> (n, width)."""
        if self.fused is not None:
            return self.fused(x, self.scale, self.eps, dtype)
        x = x.float()
        normed = x * torch.rsqrt(x.square().mean(-1, keepdim=True) + self.eps)
        if torch.is_grad_enabled():
            return (normed * self.scale.float()).to(dtype)
        return normed.mul_(self.scale).to(dtype)


class Dense(nn.Linear):
    """A linear layer that also keeps its weights in oneDNN's order, for running on a CPU.

    A plain one would reorder them in each call, which takes longer than the product of few rows.
    They are small beside the experts, so that the plain ones stay in place.
    """

    packed: Tensor | None = None
    version = 0  # of the plain weights that were packed

    def pack(self) -> None:
        """Keep the weights reordered, until they change."""
        rows = self.weight.detach().contiguous()
        self.packed = torch.ops.mkldnn._reorder_linear_weight(rows, ROWS_HINT)
        self.version = self.weight._version

    def unpack(self) -> None:
        """Undo `pack`."""
        self.packed = None

    def forward(self, x: Tensor) -> Tensor:
        """(n, in) -> (n, out)."""
        if self.packed is None or self.version != self.weight._version:
            return super().forward(x)
        product = torch.ops.mkldnn._linear_pointwise.default
        out: Tensor = product(x, self.packed, self.bias, "none", [], "")
        return out


class Attention(nn.Module):
    """Grouped-query attention in a band around each piece, with a learned sink per head."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.config = config
        n_q, n_kv = config.n_heads * config.head_dim, config.n_kv_heads * config.head_dim
        self.split = (n_q, n_kv, n_kv)
        self.norm = RMSNorm(config)
        self.qkv = Dense(config.width, n_q + 2 * n_kv)
        self.sinks = nn.Parameter(torch.zeros(config.n_heads))
        self.out = Dense(n_q, config.width)

    @property
    def dtype(self) -> torch.dtype:
        """Number type of the matrices."""
        return self.qkv.weight.dtype

    def forward(self, x: Tensor, rope: Tensor, band: Band) -> Tensor:
        """Update of the stream, in the type of the matrices. (n, width) -> (n, width).

        rope and band as their functions say.
        """
        c = self.config
        qkv = self.qkv(self.norm(x, self.dtype))
        heads = qkv.unflatten(-1, (c.n_heads + 2 * c.n_kv_heads, c.head_dim))
        mixed = band.mix(heads, rope, self.sinks.float())  # (n, h * d)
        out: Tensor = self.out(mixed.to(self.dtype))
        return out


class Band:
    """Which pieces may look at which: those of the same window, at most `reach` apart.

    The packed row is cut into blocks of queries; each block sees the slice of keys that its band
    can touch, so that no (n, n) table is ever made.
    """

    def __init__(self, segments: Tensor, reach: int) -> None:
        n = len(segments)
        self.n, self.reach, self.n_blocks = n, reach, -(-n // BLOCK)
        self.padding = self.n_blocks * BLOCK - n
        rows = torch.arange(BLOCK, device=segments.device)[:, None]
        keys = torch.arange(BLOCK + 2 * reach, device=segments.device)[None] - reach
        near = (rows - keys).abs() <= reach  # (block, r)
        mine = F.pad(segments, (0, self.padding), value=-1).view(self.n_blocks, BLOCK, 1)
        theirs = F.pad(segments, (reach, reach + self.padding), value=-2)
        theirs = theirs.unfold(0, BLOCK + 2 * reach, BLOCK)[:, None]  # (n_blocks, 1, r)
        self.allowed = (near & (mine == theirs))[:, None, None]  # (n_blocks, 1, 1, block, r)

    def mix(self, heads: Tensor, rope: Tensor, sinks: Tensor) -> Tensor:
        """Turn queries and keys by their positions, and attend.

        heads (Tensor): Queries, keys and values, side by side. Shape: (n, h + 2 k, d).
        rope (Tensor): From `rope_table`. sinks (Tensor): Shape: (h,).
        RETURNS (Tensor): Shape: (n, h * d).
        """
        n_heads = len(sinks)
        n_turned = (n_heads + heads.shape[1]) // 2
        turned = rotate(heads[:, :n_turned], rope)  # (n, h + k, d)
        return self.attend(turned[:, :n_heads], turned[:, n_heads:], heads[:, n_turned:], sinks)

    def attend(self, q: Tensor, k: Tensor, v: Tensor, sinks: Tensor) -> Tensor:
        """Mix values by softmax over the band and the sink.

        q (Tensor): Queries. Shape: (n, h, d).
        k, v (Tensor): Keys and values. Shape: (n, k, d).
        sinks (Tensor): A logit per head that joins the softmax and has no value. Shape: (h,).
        RETURNS (Tensor): Shape: (n, h * d).
        """
        q, k, v = q.float(), k.float(), v.float()
        n_heads, n_kv, d = q.shape[1], k.shape[1], q.shape[2]
        group = n_heads // n_kv
        q = F.pad(q, (0, 0, 0, 0, 0, self.padding)).view(self.n_blocks, BLOCK, n_kv, group, d)
        q = q.permute(0, 2, 3, 1, 4)  # (n_blocks, k, g, block, d)
        scores = torch.matmul(q.flatten(2, 3), self._slices(k))  # (n_blocks, k, g * block, r)
        scores = scores.unflatten(2, (group, BLOCK))
        scores = scores.masked_fill(~self.allowed, -torch.inf)
        sink = sinks.view(1, n_kv, group, 1, 1).expand(self.n_blocks, -1, -1, BLOCK, -1)
        weights = torch.cat([scores, sink], dim=-1).softmax(-1)[..., :-1]
        values = self._slices(v).transpose(-1, -2)  # (n_blocks, k, r, d)
        mixed = torch.matmul(weights.flatten(2, 3), values).unflatten(2, (group, BLOCK))
        mixed = mixed.permute(0, 3, 1, 2, 4).reshape(self.n_blocks * BLOCK, n_heads * d)
        return mixed[: self.n]

    def _slices(self, x: Tensor) -> Tensor:
        """Give each block what it can reach: (n, k, d) -> (n_blocks, k, d, r)."""
        x = F.pad(x, (0, 0, 0, 0, self.reach, self.reach + self.padding))
        return x.unfold(0, BLOCK + 2 * self.reach, BLOCK)


class FlashBand(Band):
    """The same without gradients on a CPU: a fused kernel that makes no table of weights.

    The kernel knows no sinks, but tells the logarithm of its softmax's sum, which is enough: a sink
    of logit s leaves exp(lse) / (exp(lse) + exp(s)) of what the kernel gives.
    """

    def __init__(self, segments: Tensor, reach: int, dtype: torch.dtype) -> None:
        super().__init__(segments, reach)
        allowed = self.allowed[:, 0]  # (n_blocks, 1, block, r)
        self.bias = torch.zeros(allowed.shape, dtype=dtype).masked_fill_(~allowed, -torch.inf)

    def attend(self, q: Tensor, k: Tensor, v: Tensor, sinks: Tensor) -> Tensor:
        """Mix values by softmax over the band and the sink. See `Band.attend`."""
        n_kv, (n, n_heads, d) = k.shape[1], q.shape
        group = n_heads // n_kv
        q = F.pad(q, (0, 0, 0, 0, 0, self.padding)).view(self.n_blocks, BLOCK, n_kv, group, d)
        out = q.new_empty(self.n_blocks, BLOCK, n_kv, group, d)
        keys, values = (self._slices(x).transpose(-1, -2) for x in (k, v))  # (n_blocks, k, r, d)
        for i in range(n_kv):
            mixed, lse = torch.ops.aten._scaled_dot_product_flash_attention_for_cpu(
                q[:, :, i].transpose(1, 2),  # (n_blocks, g, block, d)
                keys[:, i : i + 1].expand(-1, group, -1, -1),
                values[:, i : i + 1].expand(-1, group, -1, -1),
                attn_mask=self.bias,
                scale=1.0,
            )
            kept = torch.sigmoid(lse - sinks.view(n_kv, 1, group, 1)[i])  # (n_blocks, g, block)
            torch.mul(mixed, kept[..., None].to(mixed.dtype), out=out[:, :, i].transpose(1, 2))
        return out.view(-1, n_heads * d)[:n]


def make_band(positions: Tensor, segments: Tensor, reach: int, dtype: torch.dtype) -> Band:
    """Make the band of a packed row: fused where nothing is differentiated, on a CPU."""
    if segments.device.type != "cpu" or torch.is_grad_enabled() or not len(segments):
        return Band(segments, reach)
    # No piece has more neighbours than the longest window; asking an accelerator would wait for it.
    return FlashBand(segments, min(reach, int(positions.max())), dtype)


def rotate(x: Tensor, rope: Tensor) -> Tensor:
    """Turn neighbouring pairs of x by the angles of their position (interleaved, not halves).

    x (Tensor): Shape: (n, heads, d). rope (Tensor): From `rope_table`.
    RETURNS (Tensor): The same shape and type.
    """
    # A pair is a complex number and an angle another one: one pass, where parts would take eight.
    pairs = torch.view_as_complex(x.float().unflatten(-1, (-1, 2)))  # (n, heads, d / 2)
    turned = torch.view_as_real(pairs * torch.view_as_complex(rope)[:, None])
    return turned.flatten(-2).to(x.dtype)


def rope_table(positions: Tensor, config: NetworkConfig) -> Tensor:
    """Cosine and sine of each position, scaled by YaRN's concentration and for attention.

    Queries and keys are scaled by d^-1/4 each, as the reference does, so that low precision rounds
    the same. Angles are computed in float64, so that equal distances turn equally far anywhere in a
    long window: in float32 an angle of 4,096 is off by 2e-4.

    RETURNS (Tensor): float32. Shape: (n, d / 2, 2).
    SOURCE: Peng et al. 2023, arXiv:2309.00071, sections 3.2 to 3.4; ramp not truncated to integers.
    """
    # MPS has no float64: there the table is made on the CPU and sent, and the host waits for it.
    device = torch.device("cpu") if positions.device.type == "mps" else positions.device
    angles = positions.to(device).double()[:, None] * _frequencies_on(device, config)
    scale = config.rope_concentration * config.head_dim**-0.25
    table = torch.stack((angles.cos(), angles.sin()), dim=-1) * scale
    return table.float().to(positions.device)


@cache
def _frequencies_on(device: torch.device, config: NetworkConfig) -> Tensor:
    """`inverse_frequencies` in float64, sent once: each time, a device would wait for the host.

    Never dropped, since a captured pass reads them where they lie; see `torch_graphs`.
    """
    with torch.inference_mode(False):
        return inverse_frequencies(config).to(device).double()


def inverse_frequencies(config: NetworkConfig) -> Tensor:
    """Radians per position of each pair: slow ones stretched by the factor, fast ones as trained.

    Rounded to float32 as in the reference, whose weights were trained with these very numbers.
    """
    dim, base = config.head_dim, config.rope_theta
    plain = 1.0 / base ** (torch.arange(0, dim, 2, dtype=torch.float32) / dim)

    def pair_with(turns: float) -> float:
        """The pair that makes so many turns over the original length."""
        length = config.rope_original_length / (turns * 2 * math.pi)
        return dim * math.log(length) / (2 * math.log(base))

    low = max(pair_with(config.rope_beta_fast), 0.0)
    high = min(pair_with(config.rope_beta_slow), dim - 1.0)
    ramp = (torch.arange(dim // 2, dtype=torch.float32) - low) / max(high - low, 1e-3)
    stretched = ramp.clamp(0, 1)
    return plain / config.rope_factor * stretched + plain * (1 - stretched)
