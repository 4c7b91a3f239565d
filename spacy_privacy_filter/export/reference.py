"""What the source makes of the battery -> a file beside an export, for its `verify.py`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import numpy as np

from ..checkpoints.checkpoint import Checkpoint
from ..checkpoints.sizes import TAG_HEAD
from ..checkpoints.tensors.safetensors import StoredTensor
from ..files import write_atomically
from ..networks.settings import backends, pick_backend
from ..settings import AUTO
from ..text.windows import core_parts, pack
from ..types import Floats2d, Ints1d
from .battery import SAMPLES, read_battery

REFERENCE: Final = "verify.json"
SCRIPT: Final = "verify.py"
# Texts that run at once.
BATCH: Final = 32
VERSION: Final = 1


def write_reference(folder: Path, checkpoint: Checkpoint) -> None:
    """Write the battery with the tags that the source gives, and the script that compares.

    folder (Path): Where to. checkpoint (Checkpoint): The source, with a tag head; it is run in
        float32, by torch if that is installed.
    """
    texts = SAMPLES | {row.id: row.text for row in read_battery()}
    ids = [checkpoint.tokenizer.encode(text).ids for text in texts.values()]
    known = [piece for piece in ids if not len(piece) or piece.max() < checkpoint.config.vocab_size]
    logits = iter(_run(checkpoint, known))
    rows = []
    for (name, text), pieces in zip(texts.items(), ids, strict=True):
        if len(pieces) and pieces.max() >= checkpoint.config.vocab_size:
            continue  # a network of few pieces has no number for them
        found = next(logits)
        row: dict[str, Any] = {"name": name, "text": text, "ids": pieces.tolist()}
        row["tags"] = found.argmax(-1).tolist()
        if name in SAMPLES:
            row["logits"] = np.round(found.astype(np.float64), 6).tolist()
        rows.append(row)
    labels = [] if checkpoint.tags is None else list(checkpoint.tags.names)
    report = {"version": VERSION, "labels": labels, "texts": rows}
    content = json.dumps(report, ensure_ascii=False, separators=(",", ":"))
    write_atomically(folder / REFERENCE, f"{content}\n".encode())
    write_atomically(folder / SCRIPT, (files(__package__) / SCRIPT).read_bytes())


def _run(checkpoint: Checkpoint, ids: Sequence[Ints1d]) -> list[Floats2d]:
    """Give the logits of the tag head for texts. Shape of each: (n_pieces, n_tags)."""
    tensors = {
        name: StoredTensor(tensor.dtype, tensor.data) if tensor.graph is not None else tensor
        for name, tensor in checkpoint.backbone_tensors().items()
    }
    make = backends.get(pick_backend(AUTO))
    shim = make(checkpoint.config, tensors, device="cpu", dtype="float32")
    weight, bias = (checkpoint.tensors[f"{TAG_HEAD}.{x}"].to_float32() for x in ("weight", "bias"))
    found: list[Floats2d] = []
    for at in range(0, len(ids), BATCH):
        some = ids[at : at + BATCH]
        (batch,) = pack(some, core=1 << 40, context=0, max_rows=1 << 40)
        logits = np.asarray(shim.predict(batch)) @ weight.T + bias
        parts = {doc: logits[rows] for doc, rows, _ in core_parts(batch)}
        found += [parts.get(i, logits[:0]) for i in range(len(some))]
    return found
