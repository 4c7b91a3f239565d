"""A quantised checkpoint -> the same, with the other weights used to the rounded pieces.

Run it as `python scripts/settle_small.py QUANTISED CORPUS OUT`: trains configs/small.cfg on from
the checkpoint (made by ship_small.py) for a few hundred steps, with the piece embeddings held where
4 bits can write them. OUT gets a pipeline, to be shipped by ship_small.py.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from spacy.cli.train import train
from spacy.util import load_config

CONFIG = Path(__file__).parent.parent / "configs" / "small.cfg"
N_STEPS, RATE = 400, 2e-4


def main(quantised: Path, corpus: Path, out: Path) -> None:
    """Train on, and keep the step with the best development score."""
    config = load_config(CONFIG)
    tagger = config["components"]["privacy_filter"]
    tagger["source"] = str(quantised)
    tagger["model"]["backbone"] |= {"network": None, "embedding_rate": 0.0}
    config["paths"] |= {"train": str(corpus / "train.spacy"), "dev": str(corpus / "dev.spacy")}
    config["training"] |= {"max_steps": N_STEPS, "eval_frequency": N_STEPS // 2}
    config["training"]["optimizer"]["learn_rate"] |= {"initial_rate": RATE, "warmup_steps": 20}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "settle.cfg"
        config.to_disk(path)
        train(path, out)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
