"""What the source makes of the battery -> a file beside an export, for its `verify.py`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from math import prod
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np
from thinc.types import Floats2d as XpFloats2d

from ..checkpoints.checkpoint import Checkpoint
from ..checkpoints.formats.onnx import MODELS
from ..checkpoints.sizes import TAG_HEAD
from ..checkpoints.tensors.safetensors import StoredTensor
from ..files import write_atomically
from ..networks.openai_privacy_filter.onnx.network import PACKED, Design, build
from ..networks.openai_privacy_filter.onnx.session import Model, Session
from ..networks.settings import backends, pick_backend
from ..settings import AUTO
from ..text.windows import core_parts, pack
from ..types import Floats2d, Ints1d, PackedBatch
from .battery import SAMPLES, read_battery
from .files import write_model

REFERENCE: Final = "verify.json"
SCRIPT: Final = "verify.py"
# Texts that run at once.
BATCH: Final = 32
VERSION: Final = 1
# Weights beyond which a copy in float32 would take more memory than the whole export.
LARGE: Final = 1 << 28


def write_reference(folder: Path, checkpoint: Checkpoint) -> None:
    """Write the battery with the tags that the source gives, and the script that compares.

    folder (Path): Where to. checkpoint (Checkpoint): The source, with a tag head; it is run in
        float32.
    """
    texts = SAMPLES | {row.id: row.text for row in read_battery()}
    ids = [checkpoint.tokenizer.encode(text).ids for text in texts.values()]
    known = [piece for piece in ids if not len(piece) or piece.max() < checkpoint.config.vocab_size]
    logits = iter(_run(folder, checkpoint, known))
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


def _run(folder: Path, checkpoint: Checkpoint, ids: Sequence[Ints1d]) -> list[Floats2d]:
    """Give the logits of the tag head for texts. Shape of each: (n_pieces, n_tags)."""
    weight, bias = (checkpoint.tensors[f"{TAG_HEAD}.{x}"].to_float32() for x in ("weight", "bias"))
    found: list[Floats2d] = []
    with _network(folder, checkpoint) as run:
        for at in range(0, len(ids), BATCH):
            some = ids[at : at + BATCH]
            (batch,) = pack(some, core=1 << 40, context=0, max_rows=1 << 40)
            logits = np.asarray(run(batch)) @ weight.T + bias
            parts = {doc: logits[rows] for doc, rows, _ in core_parts(batch)}
            found += [parts.get(i, logits[:0]) for i in range(len(some))]
    return found


@contextmanager
def _network(
    folder: Path, checkpoint: Checkpoint
) -> Iterator[Callable[[PackedBatch], Floats2d | XpFloats2d]]:
    """Run the source: by torch if it is installed; a large one from a file, which stays mapped."""
    if sum(prod(tensor.shape) for tensor in checkpoint.tensors.values()) > LARGE:
        with TemporaryDirectory(dir=folder.parent, prefix=f"{folder.name}.") as place:
            path = folder / MODELS["float32"][0]
            if not path.exists():
                path = Path(place) / path.name
                design = Design(signature=PACKED)
                built = build(checkpoint.mixture, checkpoint.backbone_tensors(), design)
                write_model(path, built, {}, most_inside=0)
            yield Session(Model(path, {}), checkpoint.config.width).run
        return
    tensors = {
        name: StoredTensor(tensor.dtype, tensor.data) if tensor.graph is not None else tensor
        for name, tensor in checkpoint.backbone_tensors().items()
    }
    make = backends.get(pick_backend(AUTO))
    yield make(checkpoint.config, tensors, device="cpu", dtype="float32").predict
