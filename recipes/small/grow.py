"""A checkpoint -> one with more layers, more experts or a longer reach, that starts where it is.

Run it as `python -m recipes.small.grow CHECKPOINT OUT --n-layers 6 --n-experts 32 --window 128`.
A new layer is a copy of the one before it that adds nothing yet; a new expert is a copy of an old
one, with a router of its own, so that the pieces of the old one part between both.
SOURCE: Wu et al. 2024, LLaMA Pro (layers); Komatsuzaki et al. 2023, Sparse Upcycling (experts).
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from math import ceil
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from spacy_privacy_filter.checkpoints.registry import Checkpoint, read_checkpoint, write_checkpoint
from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor

# How far the router of a copy lies from that of its expert, in parts of its deviation.
ROUTER_NOISE: Final = 0.5
# What a layer adds to the stream; zero in a new one.
OUTPUTS: Final = ("attn.out.weight", "attn.out.bias", "mlp.out.weight", "mlp.out.bias")
PER_EXPERT: Final = ("mlp.swiglu.weight", "mlp.swiglu.bias", "mlp.out.weight", "mlp.out.bias")
ROUTER: Final = ("mlp.gate.weight", "mlp.gate.bias")
Layer = dict[str, npt.NDArray[np.float32]]


def grow(
    checkpoint: Checkpoint, n_layers: int, n_experts: int, window: int, seed: int = 0
) -> Checkpoint:
    """Make the network larger.

    checkpoint (Checkpoint): Any with at most as many layers and experts.
    n_layers, n_experts, window (int): The sizes wanted; experts a multiple of what there are.
    RAISES (ValueError): Sizes that it cannot be grown to.
    """
    config = checkpoint.mixture
    if n_layers < config.n_layers or n_layers > 2 * config.n_layers:
        raise ValueError(f"From {config.n_layers} layers it can grow to at most twice as many.")
    if n_experts % config.n_experts:
        raise ValueError(f"The number of experts must be a multiple of {config.n_experts}.")
    rng = np.random.default_rng(seed)
    layers = [_read_layer(checkpoint, i) for i in range(config.n_layers)]
    layers = [_with_experts(layer, n_experts // config.n_experts, rng) for layer in layers]
    for i in _doubled(config.n_layers, n_layers):
        layers.insert(i + 1, _silent(layers[i]))
    tensors = {n: t for n, t in checkpoint.tensors.items() if not n.startswith("block.")}
    for i, layer in enumerate(layers):
        for name, values in layer.items():
            tensors[f"block.{i}.{name}"] = StoredTensor.from_float32(values)
    config = replace(config, n_layers=n_layers, n_experts=n_experts, window=window)
    return replace(checkpoint, config=config, tensors=tensors)


def _read_layer(checkpoint: Checkpoint, i: int) -> Layer:
    prefix = f"block.{i}."
    return {
        name.removeprefix(prefix): tensor.to_float32()
        for name, tensor in checkpoint.tensors.items()
        if name.startswith(prefix)
    }


def _doubled(n_old: int, n_new: int) -> list[int]:
    """Which layers a copy follows, evenly spread, the last first so that numbers stay."""
    n_more = n_new - n_old
    return sorted((ceil((i + 1) * n_old / (n_more + 1)) - 1 for i in range(n_more)), reverse=True)


def _silent(layer: Layer) -> Layer:
    return {
        name: np.zeros_like(values) if name in OUTPUTS else values.copy()
        for name, values in layer.items()
    }


def _with_experts(layer: Layer, times: int, rng: np.random.Generator) -> Layer:
    grown = dict(layer)
    for name in PER_EXPERT:
        grown[name] = np.concatenate([layer[name]] * times)
    for name in ROUTER:
        noise = [
            rng.normal(0, ROUTER_NOISE * layer[name].std(), layer[name].shape)
            for _ in range(times - 1)
        ]
        copies = [layer[name], *(layer[name] + one.astype(np.float32) for one in noise)]
        grown[name] = np.concatenate(copies)
    return grown


def main(given: argparse.Namespace) -> None:
    """Write the larger checkpoint."""
    checkpoint = grow(
        read_checkpoint(given.checkpoint), given.n_layers, given.n_experts, given.window, given.seed
    )
    print(write_checkpoint(given.out, checkpoint))


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--n-layers", type=int, required=True)
    parser.add_argument("--n-experts", type=int, required=True)
    parser.add_argument("--window", type=int, required=True)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


if __name__ == "__main__":
    main(arguments())
