"""Write random weights of the published size in the published layout, with evenly used experts."""

from __future__ import annotations

import sys

import torch

from spacy_privacy_filter.checkpoints.checkpoint import Checkpoint
from spacy_privacy_filter.checkpoints.registry import write_checkpoint
from spacy_privacy_filter.checkpoints.sizes import (
    TAG_HEAD,
    NetworkConfig,
    backbone_shapes,
    head_shapes,
)
from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor
from spacy_privacy_filter.labels.tags import OPENAI_LABELS, TagSet

# To try a benchmark without waiting.
SMALL = {"n_layers": 2, "n_experts": 8, "width": 64, "expert_width": 64, "n_heads": 4}


def weight(name: str, shape: tuple[int, ...], generator: torch.Generator) -> StoredTensor:
    """Scaled by inputs, so that streams keep their size; the router so that logits spread by 1."""
    if name.endswith("norm.scale"):
        return StoredTensor.from_float32(torch.ones(shape).numpy())
    values = torch.empty(shape, dtype=torch.bfloat16).normal_(generator=generator)
    if name.endswith((".bias", "sinks")):
        values *= 0.02
    elif name == f"{TAG_HEAD}.weight":
        values *= 0.06
    elif "embedding" not in name:
        values *= shape[1] ** -0.5
    if name.endswith("sinks"):
        return StoredTensor.from_float32(values.float().numpy())
    return StoredTensor("BF16", values.view(torch.uint16).numpy())


def main() -> None:
    """Write it to the folder that is named."""
    config = NetworkConfig(**SMALL if "--tiny" in sys.argv else {})
    tags = TagSet.from_labels(OPENAI_LABELS)
    generator = torch.Generator().manual_seed(0)
    shapes = backbone_shapes(config) | head_shapes(TAG_HEAD, len(tags), config.width)
    tensors = {name: weight(name, shape, generator) for name, shape in shapes.items()}
    # Most pieces are outside of everything, as in real texts.
    bias = torch.zeros(len(tags))
    bias[0] = 5.0
    tensors[f"{TAG_HEAD}.bias"] = StoredTensor.from_float32(bias.numpy(), "BF16")
    write_checkpoint(sys.argv[1], Checkpoint("huggingface", config, tensors, tags), "huggingface")


if __name__ == "__main__":
    main()
