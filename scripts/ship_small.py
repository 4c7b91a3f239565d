"""A trained pipeline -> the small checkpoint that ships: both heads, matrices quantised.

Run it as `python scripts/ship_small.py PIPELINE [OUT] [--mean START]`; OUT is the package's
data/small by default. The embedding goes to 4 bits (its rows are 95 % of the numbers), everything
else that is large to 8. With --mean, each weight is the mean of the pipeline's and that of the
checkpoint that its training started from, which keeps what the last texts made it forget.
SOURCE: Wortsman et al. 2022, Robust fine-tuning of zero-shot models.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import spacy

from spacy_privacy_filter.labels import TagSet
from spacy_privacy_filter.models.checkpoint import (
    Checkpoint,
    read_checkpoint,
    write_checkpoint,
)
from spacy_privacy_filter.models.source import SHIPPED
from spacy_privacy_filter.models.tensors import StoredTensor

BITS = {
    "embedding.weight": 4,
    "block.N.attn.qkv.weight": 8,
    "block.N.attn.out.weight": 8,
    "block.N.mlp.swiglu.weight": 8,
    "block.N.mlp.out.weight": 8,
}


def head_tensors(name: str, pipe: Any) -> dict[str, StoredTensor]:
    """Read the linear layer of a component."""
    arrays = {"weight": pipe.head.get_param("W"), "bias": pipe.head.get_param("b")}
    return {f"{name}.{key}": StoredTensor.from_float32(np.array(a)) for key, a in arrays.items()}


def halfway(
    tensors: dict[str, StoredTensor], start: dict[str, StoredTensor]
) -> dict[str, StoredTensor]:
    """Take the mean of each weight and the one that it started from."""
    return {
        name: StoredTensor.from_float32((tensor.to_float32() + start[name].to_float32()) / 2)
        for name, tensor in tensors.items()
    }


def main(pipeline: Path, out: Path, start: Path | None) -> None:
    """Write the checkpoint."""
    nlp = spacy.load(pipeline)
    tagger: Any = nlp.get_pipe("privacy_filter")
    categorizer: Any = nlp.get_pipe("privacy_filter_textcat")
    tensors = tagger.network.shim.tensors()
    tensors |= head_tensors("unembedding", tagger)
    tensors |= head_tensors("category_head", categorizer)
    if start is not None:
        tensors = halfway(tensors, read_checkpoint(start).tensors)
    checkpoint = Checkpoint(
        "native",
        tagger.network.config,
        tensors,
        TagSet(tuple(tagger.cfg["tags"])),
        categorizer.labels,
        bool(categorizer.cfg["exclusive"]),
    )
    print(write_checkpoint(out, checkpoint, quantize=BITS))
    for file in sorted(out.iterdir()):
        print(f"{file.stat().st_size:>12,}  {file.name}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pipeline", type=Path)
    parser.add_argument("out", type=Path, nargs="?", default=SHIPPED)
    parser.add_argument("--mean", type=Path, help="a checkpoint with both heads, of the same sizes")
    given = parser.parse_args()
    main(given.pipeline, given.out, given.mean)
