"""Trained pipelines -> the small checkpoint that ships: both heads, matrices quantised.

Run it as `python -m recipes.small.ship PIPELINE ... [--out OUT] [--start START ...]`; OUT is the
package's data/small by default. Of several seeds, the mean of their weights ships. With --start,
it counts as much as the checkpoint from which they started, and as each of those before, which
keeps what the last texts made them forget. The embedding goes to 4 bits (its rows are 95 % of the
numbers), everything else that is large to 8.
SOURCE: Wortsman et al. 2022, Model soups; Robust fine-tuning of zero-shot models.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import spacy

from spacy_privacy_filter.checkpoints.registry import Checkpoint, read_checkpoint, write_checkpoint
from spacy_privacy_filter.checkpoints.source import SHIPPED
from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor
from spacy_privacy_filter.labels.tags import TagSet

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


def read_pipeline(folder: Path) -> Checkpoint:
    """Read the network and both heads of a pipeline."""
    nlp = spacy.load(folder)
    tagger: Any = nlp.get_pipe("privacy_filter")
    categorizer: Any = nlp.get_pipe("privacy_filter_textcat")
    tensors = tagger.network.shim.tensors()
    tensors |= head_tensors("unembedding", tagger)
    tensors |= head_tensors("category_head", categorizer)
    return Checkpoint(
        "native",
        tagger.network.config,
        tensors,
        TagSet(tuple(tagger.cfg["tags"])),
        categorizer.labels,
        bool(categorizer.cfg["exclusive"]),
    )


def mean(checkpoints: Sequence[Checkpoint]) -> Checkpoint:
    """Take the mean of each weight."""
    first = checkpoints[0]
    tensors = {
        name: StoredTensor.from_float32(
            np.mean([checkpoint.tensors[name].to_float32() for checkpoint in checkpoints], axis=0)
        )
        for name in first.tensors
    }
    return replace(first, tensors=tensors)


def main(pipelines: Sequence[Path], out: Path, starts: Sequence[Path]) -> None:
    """Write the checkpoint."""
    checkpoint = mean([read_pipeline(folder) for folder in pipelines])
    checkpoint = mean([checkpoint, *map(read_checkpoint, starts)])
    print(write_checkpoint(out, checkpoint, quantize=BITS))
    for file in sorted(out.iterdir()):
        print(f"{file.stat().st_size:>12,}  {file.name}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pipelines", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument(
        "--start", type=Path, nargs="*", default=[], help="checkpoints of these sizes"
    )
    given = parser.parse_args()
    main(given.pipelines, given.out, given.start)
