"""Measure the memory that one long document takes, over that of the weights.

    python benchmarks/long_document.py [--pieces 20000 100000 1000000] [--what network] [--real]

Weights are random. Without --real the network is small (4 layers, width 256, 16 experts); with it,
it has the published size (6 GB). Each length runs in a process of its own. Linux only.

"network": Network.read, piece ids to logits. "component": a text through nlp, to doc.ents.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np

SMALL = {
    "width": 256,
    "n_layers": 4,
    "n_heads": 4,
    "n_kv_heads": 2,
    "n_experts": 16,
    "expert_width": 256,
}
PARTS = ("network", "component")
# About 40 pieces, a few of them personal.
LINE = (
    "Ticket {0}: Anna Lee ({1}@example.org) called on 3 May about order {0}; "
    "the parcel is lost. Please ring +1 202 555 0191.\n"
)


def resident() -> float:
    """Memory of this process that is in RAM, in GiB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 2**30


class Peak:
    """The most memory that is in use while a block runs, looked at 100 times a second."""

    def __enter__(self) -> Peak:
        self.gib = resident()
        self.done = threading.Event()
        self.thread = threading.Thread(target=self.watch)
        self.thread.start()
        return self

    def watch(self) -> None:
        """Look until the block ends."""
        while not self.done.wait(0.01):
            self.gib = max(self.gib, resident())

    def __exit__(self, *_: object) -> None:
        self.done.set()
        self.thread.join()
        self.gib = max(self.gib, resident())


def make_nlp(real: bool) -> Any:
    """A pipeline with a network of random weights, which finds something in most lines."""
    import spacy
    import torch

    from spacy_privacy_filter.labels.tags import OPENAI_LABELS, TagSet

    torch.manual_seed(0)
    sizes = {} if real else SMALL
    backbone = {"@architectures": "spacy_privacy_filter.Backbone.v1", "network": sizes}
    model = {"@architectures": "spacy_privacy_filter.Tagger.v1", "backbone": backbone}
    nlp = spacy.blank("en")
    nlp.max_length = 10**9
    pipe: Any = nlp.add_pipe("privacy_filter", config={"model": model})
    pipe.network.initialize()
    tags = TagSet.from_labels(OPENAI_LABELS)
    weight = np.random.default_rng(0).standard_normal((len(tags), pipe.network.config.width))
    bias = np.zeros(len(tags))
    bias[0] = 3.0  # most pieces are outside
    pipe.set_head(weight * 0.06, bias)
    pipe.cfg["tags"] = list(tags.names)
    pipe._use_labels()
    return nlp


def make_text(n_pieces: int) -> str:
    """Lines that differ, cut at about so many pieces."""
    from spacy_privacy_filter.text.o200k import encode

    each = len(encode(LINE.format(123456, "m12345"))) - 1
    return "".join(LINE.format(100000 + i, f"m{i}") for i in range(-(-n_pieces // each)))


def measure(n_pieces: int, real: bool, component: bool) -> None:
    """Print one row of the table."""
    from spacy_privacy_filter.text.o200k import encode

    nlp = make_nlp(real)
    pipe = nlp.get_pipe("privacy_filter")
    text = make_text(n_pieces)
    ids = encode(text[:4000]).ids if component else encode(text).ids
    pipe.network.read([ids[:200]], pipe.head)  # every library is loaded, every weight is in memory
    found: Any = None
    before, start = resident(), time.perf_counter()
    with Peak() as peak:
        found = nlp(text) if component else pipe.network.read([ids], pipe.head)
    taken = time.perf_counter() - start
    n = len(encode(text))
    n_spans = str(len(found.ents)) if component else "-"
    what = "component" if component else "network"
    over = peak.gib - before
    print(
        f"{what:<10} {n:>9,} {before:>8.2f} {over:>10.2f} {taken:>8.0f} {n / taken:>9,.0f} "
        f"{n_spans:>7}",
        flush=True,
    )


def main() -> None:
    """Measure each length in a process of its own, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pieces", type=int, nargs="+", help="how long the documents are")
    parser.add_argument("--real", action="store_true", help="the published size")
    parser.add_argument("--what", nargs="+", choices=PARTS, default=PARTS, help="what is measured")
    parser.add_argument("--row", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    lengths = args.pieces or ([20_000, 60_000] if args.real else [20_000, 100_000, 1_000_000])
    if args.row:
        measure(lengths[0], args.real, args.what[0] == "component")
        return
    print("           pieces   before  over that  seconds  pieces/s   spans")
    print("                       GiB        GiB")
    for what in args.what:
        for n in lengths:
            command = [sys.executable, __file__, "--row", "--what", what, "--pieces", str(n)]
            subprocess.run([*command, *(["--real"] if args.real else [])], check=True)


if __name__ == "__main__":
    main()
