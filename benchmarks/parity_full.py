"""Compare with transformers' class at the published size, on random weights: logits and tags.

    python benchmarks/parity_full.py [--folder /tmp/parity] [--layers 8] [--experts 128]

Needs transformers >= 5.6, 6 GB of disk and 8 GB of memory: one implementation runs after the other,
each in a process of its own, and only the logits are kept. The published weights are not needed.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

LENGTHS = (5, 129, 257, 600)
SEED = 3


def documents(vocab_size: int) -> list[np.ndarray]:
    """Random pieces, the same in each process."""
    rng = np.random.default_rng(SEED)
    return [rng.integers(0, vocab_size - 1000, n).astype(np.int64) for n in LENGTHS]


def save(name: str, folder: Path, logits: list[np.ndarray], seconds: float) -> None:
    """Keep what one implementation gives."""
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{name}: {seconds:.1f} s for {sum(LENGTHS)} pieces, peak memory {peak:.1f} GiB")
    np.savez(folder / f"{name}.npz", *logits)


def run_theirs(folder: Path, n_layers: int, n_experts: int) -> None:
    """Make the class with random weights, save it, and run a padded batch."""
    import torch
    from transformers import (
        OpenAIPrivacyFilterConfig,
        OpenAIPrivacyFilterForTokenClassification,
    )

    config = OpenAIPrivacyFilterConfig(num_hidden_layers=n_layers, num_local_experts=n_experts)
    generator = torch.Generator().manual_seed(SEED)
    model = OpenAIPrivacyFilterForTokenClassification(config).eval()
    with torch.no_grad():
        for name, weight in model.named_parameters():
            # The scale of the class's own initialisation; norms, sinks and biases not trivial, but
            # no bias so large that all pieces become alike and go to the same experts.
            weight.normal_(std=0.02, generator=generator)
            if "norm" in name:
                weight.mul_(10).add_(1)
            elif name.endswith("sinks"):
                weight.mul_(50)
    model.save_pretrained(folder / "checkpoint")
    ids = documents(config.vocab_size)
    rows = torch.full((len(ids), max(LENGTHS)), config.pad_token_id)
    mask = torch.zeros_like(rows)
    for i, doc in enumerate(ids):
        rows[i, : len(doc)] = torch.from_numpy(doc)
        mask[i, : len(doc)] = 1
    start = time.perf_counter()
    with torch.inference_mode():
        logits = model(input_ids=rows, attention_mask=mask).logits.numpy()
    taken = time.perf_counter() - start
    save("theirs", folder, [logits[i, : len(doc)] for i, doc in enumerate(ids)], taken)


def run_ours(folder: Path) -> None:
    """Read the checkpoint as a user does, and run the same documents packed."""
    import spacy

    nlp = spacy.blank("en")
    config = {"source": str(folder / "checkpoint"), "dtype": "float32"}
    pipe: Any = nlp.add_pipe("privacy_filter", config=config)
    pipe.ensure_ready()
    start = time.perf_counter()
    logits = pipe.model.predict(documents(pipe.network.config.vocab_size))
    save("ours", folder, logits, time.perf_counter() - start)


def compare(folder: Path) -> float:
    """Print how far the logits are apart. RETURNS (float): The largest difference."""
    with np.load(folder / "theirs.npz") as a, np.load(folder / "ours.npz") as b:
        pairs = [(a[name], b[name]) for name in a.files]
    print(f"{'pieces':>8} {'largest difference':>20} {'same tag':>10} {'spread over pieces':>18}")
    for theirs, ours in pairs:
        same = (theirs.argmax(1) == ours.argmax(1)).mean()
        worst = np.abs(theirs - ours).max()
        print(f"{len(theirs):8d} {worst:20.2e} {same:10.2%} {theirs.std(axis=0).mean():18.3f}")
    return float(max(np.abs(theirs - ours).max() for theirs, ours in pairs))


def main() -> None:
    """Run both and compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, help="where the checkpoint goes while this runs")
    parser.add_argument("--layers", type=int, default=8)
    parser.add_argument("--experts", type=int, default=128)
    parser.add_argument("--run", choices=("theirs", "ours"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.run == "theirs":
        run_theirs(args.folder, args.layers, args.experts)
    elif args.run == "ours":
        run_ours(args.folder)
    else:
        folder = Path(tempfile.mkdtemp(dir=args.folder))
        sizes = ["--layers", str(args.layers), "--experts", str(args.experts)]
        try:
            for name in ("theirs", "ours"):
                command = [sys.executable, __file__, "--run", name, "--folder", str(folder), *sizes]
                subprocess.run(command, check=True)
            worst = compare(folder)
        finally:
            shutil.rmtree(folder)
        sys.exit(0 if worst <= 1e-4 else 1)


if __name__ == "__main__":
    main()
