"""Experts laid out for running without gradients: pieces and their choices in, the update out.

A layout takes the place of the plain weights, so that memory holds one of the two, and gives the
plain values back when something asks for them. Axes: n pieces, k experts of a piece, r = n x k.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import torch
import torch.nn.functional as F
from torch import Tensor

from ....checkpoints.sizes import NetworkConfig
from .attention import ROWS_HINT, Band, Norm, make_band

# From so many rows on, an expert runs from end to end while its rows are in the cache; below, the
# pointwise work of all experts is done at once, because each call costs more than it computes.
ROWS_TO_SPLIT: Final = 4096
# Rows of 8-bit experts that run together: their pointwise work has more calls. Not all at once,
# since that much memory comes fresh from the system each time.
GROUP_ROWS: Final = 512
# Pieces whose answers are summed together.
PIECES_TO_SUM: Final = 512
# Rounded scales of all-zero channels must not be divided by.
TINY: Final = 1e-12


class Layout:
    """The experts of one layer in one layout. Called with what `SparseMLP` has routed."""

    # How the network norms its rows meanwhile; None for `RMSNorm`'s own way.
    norm: Norm | None = None

    def __init__(
        self,
        weights: Sequence[Tensor],
        biases: Sequence[Tensor],
        config: NetworkConfig,
        dtype: torch.dtype,
    ) -> None:
        """Lay out the plain weights.

        weights (Sequence[Tensor]): Up (n_experts, in, 2 * size) and down (n_experts, size, out).
        biases (Sequence[Tensor]): Of both. Shape: (n_experts, out).
        dtype (torch.dtype): What the products are computed in, where the layout leaves a choice.
        """
        self.config = config
        self.dtype = dtype
        self.up, self.down = map(self.pack, weights)
        self.up_bias, self.down_bias = (bias.detach().to(self.bias_dtype) for bias in biases)

    @property
    def bias_dtype(self) -> torch.dtype:
        """What the biases are added in."""
        return self.dtype

    def pack(self, stack: Tensor) -> list[Any]:
        """Lay out the matrices of a stack. Shape: (n_experts, in, out)."""
        raise NotImplementedError

    def plain(self, packed: Any) -> Tensor:
        """Undo `pack` for one matrix. Shape: (in, out)."""
        raise NotImplementedError

    def unpack(self, dtype: torch.dtype) -> tuple[Tensor, Tensor]:
        """Give the plain weights back in a type, up and down; this layout is empty then."""
        up, down = (_restack(self.plain, stack, dtype) for stack in (self.up, self.down))
        return up, down

    def __call__(self, h: Tensor, chosen: Tensor, weights: Tensor) -> Tensor:
        """Run the experts that the router chose, and add up their answers.

        h (Tensor): Normed pieces, float32. Shape: (n, width).
        chosen, weights (Tensor): Experts of each piece, and their shares. Shape: (n, k).
        RETURNS (Tensor): The update of the stream, float32. Shape: (n, width).
        """
        order, counts = sort_by_expert(chosen, self.config.n_experts)
        sizes = counts.tolist()
        used = [i for i, size in enumerate(sizes) if size]
        done = self.run(h, order, used, [sizes[i] for i in used])
        return combine(done, order, weights)

    def make_band(self, positions: Tensor, segments: Tensor, dtype: torch.dtype) -> Band:
        """Make what attention of the same pieces runs on. See `torch_attention.make_band`."""
        return make_band(positions, segments, self.config.window, dtype)

    def choose(self, logits: Tensor) -> tuple[Tensor, Tensor]:
        """Choose experts for the pieces. See the function of this name."""
        return choose(logits, self.config.experts_per_piece)

    def run(self, h: Tensor, order: Tensor, used: list[int], sizes: list[int]) -> Tensor:
        """Give the answer for each row: (r, width).

        order (Tensor): Rows sorted by expert; row i belongs to piece i // k. Shape: (r,).
        used, sizes (list[int]): Experts that have rows, and how many.
        """
        raise NotImplementedError


class OneDnn(Layout):
    """Weights in oneDNN's own order, so that no call has to reorder them."""

    def pack(self, stack: Tensor) -> list[Tensor]:
        """Lay out the matrices of a stack. Shape: (n_experts, in, out)."""
        # All are turned in one place: a place for each would leave holes between the packed ones,
        # which passes would then fill bit by bit.
        rows = torch.empty(*stack.shape[:0:-1], dtype=self.dtype)
        reorder = torch.ops.mkldnn._reorder_linear_weight
        return [reorder(rows.copy_(weight.t()), ROWS_HINT) for weight in stack.detach()]

    def plain(self, packed: Tensor) -> Tensor:
        """Undo `pack` for one matrix, exactly."""
        return packed.to_dense().t()

    def run(self, h: Tensor, order: Tensor, used: list[int], sizes: list[int]) -> Tensor:
        """Answer each row. See `Layout.run`."""
        k, linear = self.config.experts_per_piece, torch.ops.mkldnn._linear_pointwise.default
        rows = h.to(self.dtype).index_select(0, order // k)
        up_bias, down_bias = self.up_bias.unbind(), self.down_bias.unbind()

        def first(part: Tensor, i: int) -> Tensor:
            out: Tensor = linear(part, self.up[i], up_bias[i], "none", [], "")
            return out

        def second(part: Tensor, i: int) -> Tensor:
            out: Tensor = linear(part, self.down[i], down_bias[i], "none", [], "")
            return out

        gate = _gate(self.config)
        if len(rows) >= ROWS_TO_SPLIT:
            return cut_and_join(lambda part, i: second(gate(first(part, i)), i), rows, used, sizes)
        hidden = gate(cut_and_join(first, rows, used, sizes))
        return cut_and_join(second, hidden, used, sizes)


class Int8(Layout):
    """Weights in 8 bits with a scale for each output; inputs are rounded row by row.

    A row's scale is its own, so that a piece gives the same in any company.
    """

    @property
    def bias_dtype(self) -> torch.dtype:
        """What the biases are added in."""
        return torch.float32

    def pack(self, stack: Tensor) -> list[tuple[Any, Tensor]]:
        """Quantise the matrices of a stack to whole numbers and their scales, (out,)."""
        return [self._pack(weight) for weight in stack]

    def _pack(self, weight: Tensor) -> tuple[Any, Tensor]:
        codes, scale = quantize_columns(weight)
        return torch.ops.onednn.qlinear_prepack(codes, None), scale

    def plain(self, packed: tuple[Any, Tensor]) -> Tensor:
        """Give the quantised values, as float32."""
        codes, scale = packed
        return codes.to_dense().float() * scale

    def run(self, h: Tensor, order: Tensor, used: list[int], sizes: list[int]) -> Tensor:
        """Answer each row. See `Layout.run`."""
        codes, scale = quantize_rows(h)
        done, first = h.new_empty(len(order), self.config.width), 0
        for some, n_rows in group_experts(used, sizes, GROUP_ROWS):
            last = first + sum(n_rows)
            pieces = order[first:last] // self.config.experts_per_piece
            inputs = codes.index_select(0, pieces), scale.index_select(0, pieces)
            self._run_group(*inputs, some, n_rows, done[first:last])
            first = last
        return done

    def _run_group(
        self, codes: Tensor, scale: Tensor, used: list[int], sizes: list[int], done: Tensor
    ) -> None:
        """codes, scale (Tensor): Of each row of these experts, in turn. done (Tensor): Filled."""
        experts = torch.repeat_interleave(torch.tensor(used), torch.tensor(sizes))  # (r,)
        hidden = self._linear(self.up, codes, used, sizes)
        hidden = self.up_bias.index_select(0, experts).addcmul_(hidden, scale)
        codes, scale = quantize_rows(_gate(self.config)(hidden))
        product = self._linear(self.down, codes, used, sizes)
        torch.index_select(self.down_bias, 0, experts, out=done).addcmul_(product, scale)

    def _linear(
        self, packed: list[Any], codes: Tensor, used: list[int], sizes: list[int]
    ) -> Tensor:
        product = torch.ops.onednn.qlinear_pointwise.default
        zero = torch.zeros(len(packed[0][1]), dtype=torch.int64)

        def run(part: Tensor, i: int) -> Tensor:
            weight, scale = packed[i]
            # Input scale 1 and offset 0, no bias; output neither scaled nor offset; no fused step.
            as_is: tuple[Any, ...] = (1.0, 0, torch.float32, "none", [], "")
            out: Tensor = product(part, 1.0, 0, weight, scale, zero, None, *as_is)
            return out

        return cut_and_join(run, codes, used, sizes)


def quantize_columns(weight: Tensor) -> tuple[Tensor, Tensor]:
    """Round each output of a matrix (in, out) to -127..127: codes (out, in), scales (out,)."""
    rows = weight.detach().t().float().contiguous()
    scale = (rows.abs().amax(1) / 127).clamp(min=TINY)
    return (rows / scale[:, None]).round().to(torch.int8), scale


def quantize_rows(x: Tensor) -> tuple[Tensor, Tensor]:
    """Round each row to -127..127 by a scale of its own: codes (r, width), scales (r, 1)."""
    largest = torch.maximum(x.amax(1, keepdim=True), -x.amin(1, keepdim=True))
    scale = (largest / 127).clamp_(min=TINY)
    return (x / scale).round_().to(torch.int8), scale


def choose(logits: Tensor, k: int) -> tuple[Tensor, Tensor]:
    """Choose the experts of each piece.

    logits (Tensor): The router's. Shape: (n, n_experts).
    RETURNS (tuple[Tensor, Tensor]): Experts, the best one first, and their shares, which sum to 1.
        Shapes: (n, k).
    """
    top, chosen = logits.topk(k, dim=-1)
    return chosen, top.softmax(-1)


def sort_by_expert(chosen: Tensor, n_experts: int) -> tuple[Tensor, Tensor]:
    """Sort rows by expert: their order, (n * k,), and the rows of each expert, (n_experts,).

    A stable sort keeps pieces in order, so that results do not depend on the company.
    """
    flat = chosen.flatten()
    # Not bincount: on an accelerator it waits for the host to learn its own size.
    counts = torch.zeros(n_experts, dtype=torch.int64, device=flat.device)
    counts.scatter_add_(0, flat, torch.ones_like(flat))
    return flat.argsort(stable=True), counts


def combine(done: Tensor, order: Tensor, weights: Tensor) -> Tensor:
    """Bring answers back into the order of the pieces, and sum each piece's by its shares.

    done (Tensor): Shape: (n * k, width). order (Tensor): Of `sort_by_expert`.
    weights (Tensor): Shape: (n, k).
    RETURNS (Tensor): float32. Shape: (n, width).
    """
    back = torch.empty_like(order)
    back[order] = torch.arange(len(order), device=order.device)
    # An accelerator keeps its memory, and each call costs more there.
    size = PIECES_TO_SUM if done.device.type == "cpu" else max(len(weights), 1)
    parts = zip(back.view(weights.shape).split(size), weights.split(size), strict=True)
    if torch.is_grad_enabled():
        return torch.cat([_sum_up(done, *part) for part in parts])
    out = torch.empty(len(weights), done.shape[1], device=done.device)
    for i, part in enumerate(parts):
        _sum_up(done, *part, out=out[i * size : (i + 1) * size, None])
    return out


def _sum_up(done: Tensor, rows: Tensor, shares: Tensor, out: Tensor | None = None) -> Tensor:
    """Sum the answers of m pieces. rows, shares (Tensor): (m, k). out (Tensor): (m, 1, width)."""
    answers = done.index_select(0, rows.flatten()).unflatten(0, rows.shape).float()
    return torch.bmm(shares[:, None], answers, out=out)[:, 0]  # (m, 1, k) x (m, k, width)


def group_experts(
    used: Sequence[int], sizes: Sequence[int], n_rows: int
) -> Iterator[tuple[list[int], list[int]]]:
    """Put neighbouring experts together until they have rows enough.

    used, sizes (Sequence[int]): Experts, and their rows. n_rows (int): Enough.
    RETURNS (Iterator[tuple]): Experts of a group, and their rows.
    """
    group: list[tuple[int, int]] = []
    for pair in zip(used, sizes, strict=True):
        group.append(pair)
        if sum(size for _, size in group) >= n_rows or pair[0] == used[-1]:
            yield [i for i, _ in group], [size for _, size in group]
            group = []


def clamped_swiglu(x: Tensor, config: NetworkConfig) -> Tensor:
    """Gate one half of the inputs with the other, both clamped. (n, 2 * size) -> (n, size).

    SOURCE: opf `model.py`, `swiglu`; the halves are concatenated, not interleaved.
    """
    gate, linear = x.chunk(2, dim=-1)
    gate = gate.clamp(max=config.swiglu_limit)
    linear = linear.clamp(-config.swiglu_limit, config.swiglu_limit)
    return (linear + 1) * gate * torch.sigmoid(config.swiglu_alpha * gate)


def _gate(config: NetworkConfig) -> Callable[[Tensor], Tensor]:
    """`clamped_swiglu`, but in place: the same numbers with a third of the memory traffic."""
    limit, alpha = config.swiglu_limit, config.swiglu_alpha

    def run(x: Tensor) -> Tensor:
        gate, linear = x.chunk(2, dim=-1)
        gate, linear = gate.clamp_(max=limit), linear.clamp_(-limit, limit)
        out = torch.sigmoid(gate * alpha).mul_(gate)
        return out.addcmul_(out, linear)  # out * (1 + linear)

    return run


def cut_and_join(
    run: Callable[[Tensor, int], Tensor], rows: Tensor, used: list[int], sizes: list[int]
) -> Tensor:
    """Run each expert on its rows, and lay the answers end to end."""
    parts = zip(_cut(rows, sizes), used, sizes, strict=True)
    done = [run(part, i)[:size] for part, i, size in parts]
    return torch.cat(done) if len(done) > 1 else done[0]


def _cut(rows: Tensor, sizes: list[int]) -> Iterator[Tensor]:
    """Cut rows into those of each expert, and some more, to be left out later; see `round_up`.

    What is more belongs to the next experts, so that nothing is copied but at the end.
    """
    first = 0
    for part, size in zip(rows.split(sizes), sizes, strict=True):
        n = round_up(size)
        whole = n <= len(rows) - first
        yield rows[first : first + n] if whole else F.pad(part, (0, 0, 0, n - size))
        first += size


def round_up(n_rows: int) -> int:
    """Round a number of rows up to one that oneDNN is asked for.

    It makes a program for each number, and keeps 0.3 to 0.6 MB for it. Up to 32 a product takes as
    long as reading its weights, and there are 10 numbers; above, 16 in each power of two.
    """
    if n_rows <= 4:
        return 1 << max(n_rows - 1, 0).bit_length()
    return n_rows + -n_rows % max(4, 1 << max(n_rows.bit_length() - 5, 0))


def _restack(plain: Callable[[Any], Tensor], packed: list[Any], dtype: torch.dtype) -> Tensor:
    """Stack plain matrices again, letting go of each packed one: (n_experts, in, out)."""
    stack = torch.empty(len(packed), *plain(packed[0]).shape, dtype=dtype)
    for i in range(len(packed)):
        stack[i] = plain(packed[i])
        packed[i] = None
    return stack
