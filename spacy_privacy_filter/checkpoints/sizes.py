"""The sizes of a network, and the names and shapes of its tensors.

One set of names in memory, whatever the file they came from: those of the original release, with
the attention sinks in natural units (the original stores log2).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

FAMILY = "openai_privacy_filter"
EMBEDDING = "embedding.weight"
TAG_HEAD = "unembedding"
CATEGORY_HEAD = "category_head"


@dataclass(frozen=True)
class NetworkConfig:
    """Sizes and constants of the privacy-filter network. The defaults are openai/privacy-filter.

    width (int): Size of a hidden state.
    n_layers (int): Blocks of attention and experts.
    n_heads, n_kv_heads (int): Query heads; key and value heads (each serves n_heads / n_kv_heads).
    head_dim (int): Size of one head; n_heads x head_dim need not be width.
    n_experts, experts_per_piece (int): Experts in a layer, and how many of them each piece uses.
    expert_width (int): Hidden size of one expert.
    window (int): How many pieces attention reaches to each side.
    vocab_size (int): Rows of the embedding; o200k_base needs 200,019.
    rope_theta, rope_factor, rope_beta_fast, rope_beta_slow (float), rope_original_length (int):
        YaRN.
    rms_norm_eps (float): Added to the mean square before the root.
    swiglu_alpha, swiglu_limit (float): Gain of the gate's sigmoid, and where inputs are clamped.
    """

    width: int = 640
    n_layers: int = 8
    n_heads: int = 14
    n_kv_heads: int = 2
    head_dim: int = 64
    n_experts: int = 128
    experts_per_piece: int = 4
    expert_width: int = 640
    window: int = 128
    vocab_size: int = 200064
    rope_theta: float = 150000.0
    rope_factor: float = 32.0
    rope_beta_fast: float = 32.0
    rope_beta_slow: float = 1.0
    rope_original_length: int = 4096
    rms_norm_eps: float = 1e-5
    swiglu_alpha: float = 1.702
    swiglu_limit: float = 7.0

    def __post_init__(self) -> None:
        _check_types(self)
        if self.n_heads % self.n_kv_heads:
            raise ValueError(
                f"n_heads ({self.n_heads}) must be a multiple of n_kv_heads ({self.n_kv_heads})."
            )
        if self.head_dim % 2:
            raise ValueError(f"head_dim must be even (rotary pairs), but is {self.head_dim}.")
        if self.experts_per_piece > self.n_experts:
            raise ValueError(
                f"experts_per_piece ({self.experts_per_piece}) is more than n_experts "
                f"({self.n_experts})."
            )

    @property
    def family(self) -> str:
        """Name of the family of networks."""
        return FAMILY

    @property
    def reach(self) -> int:
        """How many pieces on each side can change a piece's hidden state."""
        return self.n_layers * self.window

    @property
    def max_pieces(self) -> None:
        """Windows may be of any length."""
        return

    @property
    def rope_concentration(self) -> float:
        """YaRN's factor on cosine and sine. SOURCE: Peng et al. 2023, arXiv:2309.00071, eq. 22."""
        return 0.1 * math.log(self.rope_factor) + 1.0 if self.rope_factor > 1 else 1.0

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> NetworkConfig:
        """Read the sizes by name; what is not given keeps the published default.

        RAISES (ValueError): An unknown name, or a value of the wrong type or range.
        """
        known = {field.name for field in fields(cls)}
        unknown = sorted(set(values) - known)
        if unknown:
            raise ValueError(
                f"Unknown network setting(s): {', '.join(unknown)}. "
                f"Known: {', '.join(sorted(known))}."
            )
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """Write all sizes by name."""
        return asdict(self)


def _check_types(config: NetworkConfig) -> None:
    """Sizes are whole numbers of at least 1; constants are finite numbers above 0."""
    for field in fields(config):
        value = getattr(config, field.name)
        whole = field.type == "int"
        ok = (
            isinstance(value, int if whole else (int, float))
            and not isinstance(value, bool)
            and math.isfinite(value)
            and value > 0
        )
        if not ok:
            kind = "a whole number of at least 1" if whole else "a finite number above 0"
            raise ValueError(f"Network setting {field.name!r} must be {kind}, but is {value!r}.")


def backbone_shapes(config: NetworkConfig) -> dict[str, tuple[int, ...]]:
    """Name every tensor of the backbone, in order, with its shape.

    Experts are stored as (n_experts, in, out); the first half of `swiglu`'s outputs is the gate,
    the second the linear part. `attn.sinks` are in natural units.
    """
    c = config
    q, kv = c.n_heads * c.head_dim, c.n_kv_heads * c.head_dim
    shapes: dict[str, tuple[int, ...]] = {EMBEDDING: (c.vocab_size, c.width)}
    for i in range(c.n_layers):
        shapes |= {
            f"block.{i}.attn.norm.scale": (c.width,),
            f"block.{i}.attn.qkv.weight": (q + 2 * kv, c.width),
            f"block.{i}.attn.qkv.bias": (q + 2 * kv,),
            f"block.{i}.attn.sinks": (c.n_heads,),
            f"block.{i}.attn.out.weight": (c.width, q),
            f"block.{i}.attn.out.bias": (c.width,),
            f"block.{i}.mlp.norm.scale": (c.width,),
            f"block.{i}.mlp.gate.weight": (c.n_experts, c.width),
            f"block.{i}.mlp.gate.bias": (c.n_experts,),
            f"block.{i}.mlp.swiglu.weight": (c.n_experts, c.width, 2 * c.expert_width),
            f"block.{i}.mlp.swiglu.bias": (c.n_experts, 2 * c.expert_width),
            f"block.{i}.mlp.out.weight": (c.n_experts, c.expert_width, c.width),
            f"block.{i}.mlp.out.bias": (c.n_experts, c.width),
        }
    shapes["norm.scale"] = (c.width,)
    return shapes


def head_shapes(name: str, n_out: int, width: int) -> dict[str, tuple[int, ...]]:
    """Name the tensors of a linear head over the hidden states, with their shapes."""
    return {f"{name}.weight": (n_out, width), f"{name}.bias": (n_out,)}
