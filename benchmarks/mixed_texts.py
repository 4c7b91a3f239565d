"""The benchmark's own texts and lengths: seeded, so that every run and every peer gets the same."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from typing import Any

LENGTHS = (64, 128, 256, 512)
BATCHES = (1, 8, 16)
LONG = Path(__file__).parent.parent.parent / "shared" / "data" / "long_documents.jsonl.gz"
NAMES = "Anna Lee,Tobias Fennimore,Priya Raman,Jonas Weber,Mei Lin,Omar Haddad,Ines Duarte".split(
    ","
)
PHRASES = (
    "Please ring {name} on +1 202 555 01{n:02d} before Monday.",
    "The parcel for order {n}{n}17 was left at 7 Quay Lane, and nobody was in.",
    "Write to {mail}@example.org about the invoice of {n} March 2026.",
    "We looked at the numbers again and agreed that the plan should stay as it is for now.",
    "{name} said that the train was late, so the meeting began at ten.",
    "The pump needs a new seal; the old one leaks when the water is cold.",
    "Account 9920-11{n:02d}-22 was closed after the last payment had come in.",
    "Thanks for your help, it works now.",
)


def mixed_lengths(n_docs: int = 48, seed: int = 7) -> list[int]:
    """Pieces of short messages to long records: lognormal, median 120."""
    rng = random.Random(seed)
    return [max(3, min(4096, round(rng.lognormvariate(4.787, 0.9)))) for _ in range(n_docs)]


def make_text(n_pieces: int, seed: int) -> str:
    """Sentences of which some hold invented personal data, about so many pieces (15 each)."""
    rng = random.Random(seed)
    lines = []
    for _ in range(max(1, round(n_pieces / 15))):
        name = rng.choice(NAMES)
        mail = name.lower().replace(" ", ".")
        lines.append(rng.choice(PHRASES).format(name=name, mail=mail, n=rng.randrange(1, 31)))
    return " ".join(lines)


def mixed_texts(n_docs: int = 48) -> list[str]:
    """One text for each of `mixed_lengths`."""
    return [make_text(n, seed=i) for i, n in enumerate(mixed_lengths(n_docs))]


def long_texts(n_docs: int = 8) -> list[str]:
    """The first long documents that lie beside the project; none if there are none."""
    if not LONG.is_file():
        return []
    with gzip.open(LONG, "rt", encoding="utf-8") as file:
        return [json.loads(line)["text"] for _, line in zip(range(n_docs), file, strict=False)]


def cells(quick: bool) -> list[dict[str, Any]]:
    """What the network is run on: uniform batches, the mixed corpus, one long document."""
    lengths = (64, 256) if quick else LENGTHS
    batches = (1, 8) if quick else BATCHES
    uniform = [{"name": f"{b} x {n}", "lengths": [n] * b} for b in batches for n in lengths]
    mixed = {"name": "mixed", "lengths": mixed_lengths(), "mixed": True}
    return [*uniform, mixed, {"name": "1 x 4096", "lengths": [4096]}]
