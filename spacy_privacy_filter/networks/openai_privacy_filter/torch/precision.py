"""dtype = "auto": may the experts of this network run in bfloat16 on this processor?"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import torch

from .backbone import TorchBackbone
from .runtime import Runtime

# Below, experts stay in the caches, and half the bytes save little.
LEAST_BYTES: Final = 256 << 20
N_PIECES: Final = 64
# Root mean square of the change over that of the hidden states. bfloat16 keeps 8 bits: a sound
# network of 8 layers changes by about 0.01.
MOST_CHANGE: Final = 0.03


def settle(runtime: Runtime, network: TorchBackbone, *, mapped: bool) -> Runtime:
    """Choose between float32 and bfloat16, once for the weights that a network has now.

    bfloat16 where the processor multiplies it (asked before), the experts have 256 MB or more and
    stay at hand in a file, and hidden states of 64 fixed pieces change by 3 % at most: measured
    here, with these weights. The same weights on the same processor give the same answer.

    runtime (Runtime): With the experts' type not yet known.
    network (TorchBackbone): On a CPU.
    mapped (bool): Whether the weights are mapped from a file.
    RETURNS (Runtime): With the type, and a sentence that says why.
    """
    n_bytes = sum(w.numel() * 4 for _, w in network.named_parameters() if w.dim() == 3)
    if n_bytes < LEAST_BYTES or not mapped:
        small = f"only {n_bytes >> 20} MB of experts"
        why = f"{runtime.why}; float32: {small if mapped else 'the weights lie in no file'}"
        return replace(runtime, experts="float32", why=why)
    change = measure_change(network, runtime)
    name = "bfloat16" if change <= MOST_CHANGE else "float32"
    why = f"{runtime.why}; {name}: bfloat16 would change hidden states by {change:.1%}"
    return replace(runtime, experts=name, why=why)


def measure_change(network: TorchBackbone, runtime: Runtime) -> float:
    """Run the fixed pieces with experts in float32, then in bfloat16: the relative change."""
    generator = torch.Generator().manual_seed(0)
    ids = torch.randint(network.config.vocab_size, (N_PIECES,), generator=generator)
    inputs = (ids, torch.arange(N_PIECES), torch.zeros(N_PIECES, dtype=torch.int64))
    network.eval()
    with torch.inference_mode():
        exact, _ = network(*inputs)
        for block in network.layers():
            block.mlp.rounds_to = torch.bfloat16
        try:
            rounded, _ = network(*inputs)
        finally:
            for block in network.layers():
                block.mlp.rounds_to = None
    change = (rounded - exact).square().mean().sqrt() / exact.square().mean().sqrt()
    return float(change)
