"""Random weights of the published size -> the peak memory of fine-tuning them with finetune.cfg.

Run it as `python scripts/finetune_memory.py FOLDER [STEPS]`; FOLDER gets a checkpoint of 2.8 GB.
Prints the peak resident memory (GiB) after each stage. Give it a machine of its own.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

import numpy as np
import spacy
from spacy.training.initialize import init_nlp
from spacy.util import load_config

from spacy_privacy_filter.checkpoints.registry import Checkpoint, write_checkpoint
from spacy_privacy_filter.checkpoints.sizes import (
    TAG_HEAD,
    NetworkConfig,
    backbone_shapes,
    head_shapes,
)
from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor
from spacy_privacy_filter.corpus.rows import Row, write_corpus
from spacy_privacy_filter.labels.tags import OPENAI_LABELS, TagSet
from spacy_privacy_filter.training.state import Progress, write_state

ROOT = Path(__file__).parent.parent
START = time.perf_counter()


def say(stage: str) -> None:
    """Print the peak so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{time.perf_counter() - START:6.0f} s  peak {peak:5.1f} GiB  {stage}", flush=True)


def write_checkpoint_of_noise(folder: Path) -> None:
    """Write a checkpoint as the hub has it: bf16, one file."""
    rng = np.random.default_rng(0)
    config, tags = NetworkConfig(), TagSet.from_labels(OPENAI_LABELS)
    tensors = {}
    for name, shape in (
        backbone_shapes(config) | head_shapes(TAG_HEAD, len(tags), config.width)
    ).items():
        values = rng.standard_normal(shape, dtype="f") * (1.0 / np.sqrt(shape[-1]))
        exact = name.endswith(("norm.scale", "sinks"))
        tensors[name] = StoredTensor.from_float32(
            np.ones(shape, "f") if exact else values, "F32" if exact else "BF16"
        )
    write_checkpoint(folder, Checkpoint("huggingface", config, tensors, tags), "huggingface")


def main(folder: Path, n_steps: int) -> None:
    """Measure in this order, so that each peak is that of its stage or of an earlier one."""
    source = folder / "source"
    if not source.exists():
        write_checkpoint_of_noise(source)
        print("wrote the checkpoint; run again to measure")
        return
    words = "Maren Oduya wrote to 7 Quay Lane about the invoice of last week . " * 8
    known = tuple(OPENAI_LABELS)
    rows = [Row(f"s{i}", "s", words, ((0, 11, "private_person"),), (), known) for i in range(64)]
    rows += [Row(f"t{i}", "t", words, category="Health") for i in range(64)]
    path = folder / "rows.spacy"
    write_corpus(rows, path, spacy.blank("xx"))
    overrides = {"paths.train": str(path), "paths.dev": str(path), "paths.source": str(source)}
    config = load_config(ROOT / "configs" / "finetune.cfg", overrides=overrides, interpolate=False)
    say("imports and data")
    nlp = init_nlp(config)
    say("weights read")
    settings = spacy.registry.resolve(nlp.config.interpolate()["training"])
    optimizer = settings["optimizer"]
    corpus = spacy.registry.resolve(nlp.config.interpolate()["corpora"])["train"]
    batches = iter(settings["batcher"](list(corpus(nlp))[::-1] * 8))
    for step in range(n_steps):
        batch = next(batches)
        nlp.update(batch, sgd=False, losses={})
        say(f"step {step}: {len(batch)} texts, backward")
        for _, pipe in nlp.pipeline:
            pipe.finish_update(optimizer)
        say(f"step {step}: optimizer")
    nlp.to_disk(folder / "saved")
    say("pipeline saved")
    write_state(folder / "resume.safetensors", nlp, optimizer, Progress())
    say("state saved")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2)
