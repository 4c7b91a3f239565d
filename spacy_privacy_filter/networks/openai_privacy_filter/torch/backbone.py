"""The privacy-filter network in PyTorch: packed pieces in, one hidden state per piece out.

Follows opf's `model.py` and transformers' `modeling_openai_privacy_filter.py` (>= 5.6);
documents lie end to end and attention runs in blocks, so cost grows with the number of pieces.
Axes: n pieces, h heads, g query heads per key head, k key heads, d head size, r reach of a block.
"""

from __future__ import annotations

import math
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ....checkpoints.sizes import NetworkConfig
from .attention import Attention, Band, Norm, RMSNorm, make_band, rope_table
from .experts import Layout, choose, clamped_swiglu, combine, sort_by_expert

# One product for all experts of a layer; the public name came later than the operator.
GROUPED_MM: Any = getattr(F, "grouped_mm", None) or getattr(torch, "_grouped_mm", None)


# Weights that are laid out have no plain values: two threads at once would lose them.
LAYING: Final = threading.RLock()


def groups_products(rows: Tensor) -> bool:
    """Whether one product for all experts pays on this device, with rows of this type.

    PyTorch's kernel for it takes bfloat16 on compute capability 9 and 10, and is not built for
    Windows; on AMD's devices it depends on the build. For the rest, later releases ask the host
    where each expert ends and multiply one by one, as we do with one question less; earlier ones
    refuse.
    SOURCE: torch 2.13, ATen/native/GroupedMMUtils.h, `_grouped_mm_fallback`; in ATen/native/cuda
        GroupedBlas.cpp (00d4eaf9), `_grouped_mm_cuda`, and GroupMM.cu (06c0cf01).
    """
    if GROUPED_MM is None or rows.device.type != "cuda" or rows.dtype != torch.bfloat16:
        return False
    if torch.version.hip is not None or sys.platform == "win32":
        return False
    return torch.cuda.get_device_capability(rows.device)[0] in (9, 10)


class TorchBackbone(nn.Module):
    """Embedding, blocks and final norm. Parameter names are those of `config.backbone_shapes`."""

    def __init__(self, config: NetworkConfig, dropout: float = 0.0) -> None:
        super().__init__()
        self.config = config
        self.dropout = dropout
        # A batch touches a few thousand of 200,000 rows: only those get a gradient.
        self.embedding = nn.Embedding(config.vocab_size, config.width, sparse=True)
        self.block = nn.ModuleList([Block(config) for _ in range(config.n_layers)])
        self.norm = RMSNorm(config)
        self.register_state_dict_pre_hook(_unpack)
        self.parts = tuple(self.modules())

    def forward(self, ids: Tensor, positions: Tensor, segments: Tensor) -> tuple[Tensor, Tensor]:
        """Run the network over packed windows.

        ids, positions, segments (Tensor): As in `types.PackedBatch`. Shape: (n,), int64.
        RETURNS (tuple[Tensor, Tensor]): Hidden states after the final norm, float32, shape (n,
            width); and the mean router imbalance of the layers, a scalar: 1.0 where experts are
            used evenly.
        """
        if torch.is_grad_enabled():
            self.unpack()
        x = self.embedding(ids).float()  # (n, width): the residual stream stays in float32
        x = F.dropout(x, self.dropout, self.training)
        rope = rope_table(positions, self.config)
        band = self._make_band(positions, segments)
        imbalance = x.new_zeros(())
        for block in self.layers():
            x = self._add(x, block.attn(x, rope, band))
            update, layer_imbalance = block.mlp(x)
            x = self._add(x, update)
            imbalance = imbalance + layer_imbalance / len(self.block)
        return self.norm(x), imbalance

    def _add(self, x: Tensor, update: Tensor) -> Tensor:
        """Add an update to the stream: in place, where nothing has to be remembered."""
        update = F.dropout(update, self.dropout, self.training)
        return x + update if torch.is_grad_enabled() else x.add_(update)

    def _make_band(self, positions: Tensor, segments: Tensor) -> Band:
        first = self.layers()[0]
        if first.mlp.layout is not None:
            return first.mlp.layout.make_band(positions, segments, first.attn.dtype)
        return make_band(positions, segments, self.config.window, first.attn.dtype)

    def layers(self) -> list[Block]:
        """The blocks, from the first to the last."""
        return [block for block in self.block if isinstance(block, Block)]

    def pack(self, layout: type[Layout], dtype: torch.dtype, kept: Callable[[str], bool]) -> bool:
        """Lay out the experts for running without gradients, in place of the plain weights.

        Layer by layer, so that little is in memory twice; what is packed already stays.

        layout (type[Layout]): How.
        dtype (torch.dtype): What the experts compute in, where the layout leaves a choice.
        kept (Callable): Takes the name of a weight, when it has been packed; says whether its plain
            values take no memory, being mapped from a file, so that they can stay at hand.
        RETURNS (bool): Whether there was anything to do.
        """
        with LAYING:
            self._set_norms(layout.norm)
            plain = [(i, b) for i, b in enumerate(self.layers()) if b.mlp.layout is None]
            for i, block in plain:
                block.attn.qkv.pack()
                block.attn.out.pack()
                block.mlp.pack(layout, dtype, partial(_ask, kept, f"block.{i}.mlp."))
            return bool(plain)

    def unpack(self) -> None:
        """Undo `pack`: a weight has its plain values again, to be trained, copied or written."""
        with LAYING:
            self._set_norms(None)
            for block in self.layers():
                block.attn.qkv.unpack()
                block.attn.out.unpack()
                block.mlp.unpack()

    def _set_norms(self, fused: Norm | None) -> None:
        for block in self.layers():
            block.attn.norm.fused = block.mlp.norm.fused = fused
        self.norm.fused = fused

    def named_parameters(self, *args: Any, **kwargs: Any) -> Iterator[tuple[str, nn.Parameter]]:
        """Give the weights by name, as `nn.Module` does, with plain values."""
        self.unpack()
        return super().named_parameters(*args, **kwargs)

    @property
    def n_changes(self) -> int:
        """How often weights were changed in place; packing and unpacking change nothing."""
        # Asked for each document: walking the tree of modules would take longer than all the rest.
        weights = (weight for part in self.parts for weight in part._parameters.values())
        return sum(weight._version for weight in weights if weight is not None)

    def __getstate__(self) -> dict[str, Any]:
        """Copy and pickle plain values: packed ones are bound to this process."""
        self.unpack()
        return self.__dict__.copy()

    def unfreeze_last(self, n_layers: int | None) -> None:
        """Make the last blocks and the final norm trainable, and everything before them not.

        n_layers (int | None): How many blocks; None for the whole network with its embedding, 0 for
            nothing at all.
        """
        self.requires_grad_(n_layers is None)
        if n_layers:
            self.norm.requires_grad_(True)
            for block in self.layers()[-n_layers:]:
                block.requires_grad_(True)

    @torch.no_grad()
    def init_weights(self) -> None:
        """Draw fresh weights from torch's current random state.

        Matrices are scaled by their inputs, and those that write into the residual stream also by
        the depth, so that the stream keeps its size; norms are 1, biases and sinks 0.
        """
        depth = 1.0 / math.sqrt(2 * self.config.n_layers)
        for name, weight in self.named_parameters():
            if name.endswith("norm.scale"):
                weight.fill_(1.0)
            elif name.endswith((".bias", ".sinks")):
                weight.zero_()
            elif name == "embedding.weight":
                weight.normal_()
            else:
                experts = weight.dim() == 3  # (n_experts, in, out), elsewhere (out, in)
                fan_in = weight.shape[1]
                writes = name.endswith("out.weight")
                weight.normal_(std=(depth if writes else 1.0) / math.sqrt(fan_in))
                if experts and writes:
                    weight.mul_(math.sqrt(self.config.experts_per_piece))  # a mean of 4, not a sum


def _unpack(network: nn.Module, *_: Any) -> None:
    """Before the weights are given away by name."""
    if isinstance(network, TorchBackbone):
        network.unpack()


def _ask(kept: Callable[[str], bool], prefix: str, name: str) -> bool:
    return kept(prefix + name)


class Block(nn.Module):
    """Attention and experts, each with a norm of its own, both added to the residual stream."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.attn = Attention(config)
        self.mlp = SparseMLP(config)


class SparseMLP(nn.Module):
    """A router that sends each piece to a few experts, and the experts."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.config = config
        self.norm = RMSNorm(config)
        self.gate = nn.Linear(config.width, config.n_experts)
        self.swiglu = ExpertLinear(config.n_experts, config.width, 2 * config.expert_width)
        self.out = ExpertLinear(config.n_experts, config.expert_width, config.width)
        self.layout: Layout | None = None
        self.plain: tuple[Tensor, ...] | None = None
        # To find out what rounding would do, before weights are laid out.
        self.rounds_to: torch.dtype | None = None

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """x (Tensor): (n, width). RETURNS: the update of the stream, (n, width); the imbalance."""
        c = self.config
        h = self.norm(x)
        logits = F.linear(h, self.gate.weight.float(), self.gate.bias.float())  # (n, n_experts)
        if self.layout is not None:
            return self.layout(h, *self.layout.choose(logits)), x.new_zeros(())
        chosen, weights = choose(logits, c.experts_per_piece)
        # Sorted by expert, each expert reads its weights once.
        order, counts = sort_by_expert(chosen, c.n_experts)
        rows = h.index_select(0, order // c.experts_per_piece).to(self.swiglu.weight.dtype)
        if groups_products(rows):
            done = self._run_grouped(rows, counts, chosen.flatten()[order])
        else:
            done = self._run_experts(rows, counts)
        update = combine(done, order, weights)
        return update, imbalance(logits, counts) if self.training else x.new_zeros(())

    def _run_experts(self, rows: Tensor, counts: Tensor) -> Tensor:
        """rows (Tensor): Sorted by expert. counts (Tensor): Rows of each expert."""
        up = self.swiglu.weight.unbind(), self.swiglu.bias.unbind()
        down = self.out.weight.unbind(), self.out.bias.unbind()
        done = []
        parts = rows.split(counts.tolist())
        for part, *weights in zip(parts, *up, *down, strict=True):
            if len(part):
                dtype = self.rounds_to or part.dtype
                part, w_up, b_up, w_down, b_down = (x.to(dtype) for x in (part, *weights))
                hidden = clamped_swiglu(torch.addmm(b_up, part, w_up), self.config)
                done.append(torch.addmm(b_down, hidden, w_down))
        return torch.cat(done) if done else rows

    def _run_grouped(self, rows: Tensor, counts: Tensor, experts: Tensor) -> Tensor:
        """The same on an accelerator, without telling the host how many rows an expert has.

        experts (Tensor): Of each row.
        """
        # Where each expert's rows end. The documentation of torch 2.13 wants the last end below the
        # number of rows, but its own tuner and transformers pass it, and a CPU answers all of them.
        ends = counts.cumsum(0).to(torch.int32)
        hidden = GROUPED_MM(rows, self.swiglu.weight, offs=ends)
        hidden = clamped_swiglu(hidden + self.swiglu.bias.index_select(0, experts), self.config)
        done: Tensor = GROUPED_MM(hidden, self.out.weight, offs=ends)
        return done + self.out.bias.index_select(0, experts)

    def pack(self, layout: type[Layout], dtype: torch.dtype, kept: Callable[[str], bool]) -> None:
        """Lay out the experts; the weights keep their shapes, and have no values meanwhile.

        See `TorchBackbone.pack`; here, kept takes "swiglu.weight" and "out.weight".
        """
        weights = (self.swiglu.weight, self.out.weight)
        biases = (self.swiglu.bias, self.out.bias)
        self.layout = layout(weights, biases, self.config, dtype)
        stay = [kept(name) for name in ("swiglu.weight", "out.weight")]
        self.plain = tuple(weight.data for weight in weights) if all(stay) else None
        for weight in weights:
            # NaN, all in one place: whoever reads it notices, and writing to it fails.
            weight.data = weight.new_full((), torch.nan).expand(weight.shape)

    def unpack(self) -> None:
        """Undo `pack`."""
        if self.layout is not None:
            with torch.inference_mode(False):
                plain = self.plain or self.layout.unpack(self.swiglu.weight.dtype)
                self.swiglu.weight.data, self.out.weight.data = plain
            self.layout = self.plain = None


class ExpertLinear(nn.Module):
    """The same affine map for every expert; weights are (n_experts, in, out)."""

    def __init__(self, n_experts: int, n_in: int, n_out: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(n_experts, n_in, n_out))
        self.bias = nn.Parameter(torch.zeros(n_experts, n_out))


def imbalance(logits: Tensor, counts: Tensor) -> Tensor:
    """How unevenly a router uses its experts: 1.0 is even, n_experts is all to one.

    SOURCE: Fedus et al. 2021, arXiv:2101.03961, eq. 4, with the four choices of a piece counted
        each.
    """
    if not len(logits):
        return logits.new_ones(())
    share = counts.float() / counts.sum()
    return len(counts) * (share * logits.softmax(-1).mean(0)).sum()
