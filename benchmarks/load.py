"""Measure how soon a checkpoint of the published size is ready, and the memory that it takes.

    python benchmarks/load.py [--folder /tmp] [--rounds 3] [--layers 8] [--experts 128]

Ours against transformers' `from_pretrained`, both at bfloat16, from one file of random weights
(2.8 GB) in the Hugging Face layout. Each load is a process of its own, the two take turns, and the
file has been read before the first. Time runs from the call to the loaded network; imports are not
counted. "used" is after one text of 4,096 pieces, which touches every expert: what is mapped lazily
shows there, and so does the working memory of that pass. transformers 5.23 maps weights, too:
both load in tenths of a second, which a busy machine doubles. Linux only;
needs transformers >= 5.6 and 7 GB of free memory.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import spacy

from spacy_privacy_filter.checkpoints.registry import Checkpoint, write_checkpoint
from spacy_privacy_filter.checkpoints.sizes import (
    TAG_HEAD,
    NetworkConfig,
    backbone_shapes,
    head_shapes,
)
from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor
from spacy_privacy_filter.labels.tags import OPENAI_LABELS, TagSet

N_PIECES = 4096
DTYPE = "bfloat16"
NAMES = ("ours", "theirs")
# What the project promises: against from_pretrained's time, and against the size of the file.
TIME_BAR, MEMORY_BAR = 0.25, 1.15
NEEDED = 7 << 30


def write_noise(folder: Path, n_layers: int, n_experts: int) -> int:
    """Write random weights, of which one expert's are every expert's. RETURNS (int): Bytes."""
    rng = np.random.default_rng(0)
    config = NetworkConfig(n_layers=n_layers, n_experts=n_experts)
    tags = TagSet.from_labels(OPENAI_LABELS)
    tensors = {}
    shapes = backbone_shapes(config) | head_shapes(TAG_HEAD, len(tags), config.width)
    for name, shape in shapes.items():
        if name.endswith(("norm.scale", "sinks")):
            tensors[name] = StoredTensor.from_float32(np.ones(shape, "f"))
            continue
        # Repeated, not copied: making the file must not take more memory than loading it.
        own = shape[1:] if len(shape) == 3 else shape
        values = rng.standard_normal(own, dtype="f") / np.sqrt(own[-1])
        noise = StoredTensor.from_float32(values, "BF16")
        tensors[name] = StoredTensor("BF16", np.broadcast_to(noise.data, shape))
    write_checkpoint(folder, Checkpoint("huggingface", config, tensors, tags), "huggingface")
    return (folder / "model.safetensors").stat().st_size


def resident() -> dict[str, int]:
    """Memory of this process that is in RAM, in bytes: its own, and pages of files."""
    lines = Path("/proc/self/status").read_text().splitlines()
    found = dict(line.split(":", 1) for line in lines)
    return {key: int(found[key].split()[0]) << 10 for key in ("RssAnon", "RssFile")}


def load_ours(folder: str, ids: np.ndarray) -> dict[str, object]:
    """Load as a user does."""
    import torch

    from spacy_privacy_filter import load

    load()  # the small one, so that nothing is imported while the clock runs
    torch.set_num_threads(1)
    before, start = resident(), time.perf_counter()
    nlp = spacy.blank("xx")
    pipe: Any = nlp.add_pipe("privacy_filter", config={"source": folder, "dtype": DTYPE})
    made = time.perf_counter()
    pipe.ensure_ready()
    end, ready = time.perf_counter(), resident()
    pipe.model.predict([ids])
    first = time.perf_counter() - start
    return {
        "seconds": end - start, "network": end - made, "first": first,
        "before": before, "ready": ready, "used": resident(),
    }  # fmt: skip


def load_theirs(folder: str, ids: np.ndarray) -> dict[str, object]:
    """Load as transformers' users do."""
    import torch
    from transformers import OpenAIPrivacyFilterForTokenClassification as Theirs

    torch.set_num_threads(1)
    before, start = resident(), time.perf_counter()
    model = Theirs.from_pretrained(folder, dtype=getattr(torch, DTYPE)).eval()
    seconds, ready = time.perf_counter() - start, resident()
    with torch.inference_mode():
        model(torch.from_numpy(ids)[None])
    first = time.perf_counter() - start
    return {
        "seconds": seconds, "network": seconds, "first": first,
        "before": before, "ready": ready, "used": resident(),
    }  # fmt: skip


def over(row: dict[str, dict[str, int]], when: str) -> float:
    """Memory that came since before loading, in bytes: own and file pages."""
    return sum(row[when][key] - row["before"][key] for key in ("RssAnon", "RssFile"))


def report(rows: dict[str, list[dict]], size: int) -> bool:
    """Print figures and ratios. RETURNS (bool): Whether the bars are met."""
    gib = 2**30
    print(f"file: {size / gib:.2f} GiB; medians of {len(rows['ours'])} loads, own processes")
    print("seconds until ready, of these for the network alone, until the first text is done")
    print(f"{'':8} {'ready':>7} {'network':>8} {'first':>7}   GiB: {'ready':>6} {'used':>6}")
    for name in NAMES:
        keys = ("seconds", "network", "first")
        ready, network, first = (median(row[key] for row in rows[name]) for key in keys)
        memory = [median(over(r, w) for r in rows[name]) / gib for w in ("ready", "used")]
        own = median(r["used"]["RssAnon"] - r["before"]["RssAnon"] for r in rows[name]) / gib
        print(
            f"{name:8} {ready:7.3f} {network:8.3f} {first:7.2f}        {memory[0]:6.2f} "
            f"{memory[1]:6.2f} (anonymous {own:.2f})"
        )
    ratios = [a["seconds"] / b["seconds"] for a, b in zip(*(rows[n] for n in NAMES), strict=True)]
    largest = max(over(row, "used") for row in rows["ours"]) / size
    print(f"time, ours / theirs: {median(ratios):.3f} (worst {max(ratios):.3f}; bar {TIME_BAR})")
    print(f"memory in use, ours / file: {largest:.3f} (bar {MEMORY_BAR})")
    return median(ratios) < TIME_BAR and largest <= MEMORY_BAR


def main() -> None:
    """Write the file, let the two take turns, and compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, help="where the file goes while this runs")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--layers", type=int, default=8)
    parser.add_argument("--experts", type=int, default=128)
    parser.add_argument("--run", choices=NAMES, help=argparse.SUPPRESS)
    args = parser.parse_args()
    ids = np.random.default_rng(1).integers(0, 199_000, N_PIECES)
    if args.run:
        load = load_ours if args.run == "ours" else load_theirs
        print(json.dumps(load(str(args.folder), ids)))
        return
    lines = Path("/proc/meminfo").read_text().splitlines()
    free = next(int(line.split()[1]) << 10 for line in lines if line.startswith("MemAvailable"))
    if args.layers == 8 and free < NEEDED:
        sys.exit(f"Needs {NEEDED >> 30} GiB of free memory; other programs have taken it.")
    # An end by a signal goes through `finally`, too: 2.8 GB must not stay behind.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, _: sys.exit(128 + received))
    rows: dict[str, list[dict]] = {name: [] for name in NAMES}
    # Its name is known before it is made: between mkdtemp and `try` a signal would leave it.
    folder = Path(args.folder or tempfile.gettempdir()) / f"privacy-filter-load-{uuid.uuid4().hex}"
    try:
        folder.mkdir()
        size = write_noise(folder, args.layers, args.experts)
        with (folder / "model.safetensors").open("rb") as file:
            while file.read(1 << 24):
                pass
        for turn in range(args.rounds):
            for name in NAMES if turn % 2 == 0 else NAMES[::-1]:
                command = [sys.executable, __file__, "--run", name, "--folder", str(folder)]
                done = subprocess.run(command, check=True, capture_output=True, text=True)
                rows[name].append(json.loads(done.stdout.splitlines()[-1]))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(0 if report(rows, size) else 1)


if __name__ == "__main__":
    main()
