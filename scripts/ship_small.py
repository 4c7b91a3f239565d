"""A trained pipeline -> the small checkpoint that ships: both heads, matrices quantised.

Run it as `python scripts/ship_small.py PIPELINE [OUT]`; OUT is the package's data/small by default.
The embedding goes to 4 bits (its rows are 95 % of the numbers), everything else that is large to 8.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import spacy

from spacy_privacy_filter.labels import TagSet
from spacy_privacy_filter.models.checkpoint import Checkpoint, write_checkpoint
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


def main(pipeline: Path, out: Path) -> None:
    """Write the checkpoint."""
    nlp = spacy.load(pipeline)
    tagger: Any = nlp.get_pipe("privacy_filter")
    categorizer: Any = nlp.get_pipe("privacy_filter_textcat")
    tensors = tagger.network.shim.tensors()
    tensors |= head_tensors("unembedding", tagger)
    tensors |= head_tensors("category_head", categorizer)
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
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else SHIPPED)
