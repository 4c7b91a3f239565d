"""Small exports, without the tokenizer, which takes seconds to write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from spacy_privacy_filter.checkpoints.calibration import write_calibration
from spacy_privacy_filter.checkpoints.checkpoint import Checkpoint
from spacy_privacy_filter.checkpoints.formats.onnx import MODELS, make_note

from ..checkpoints.helpers import make


def write_graph(
    folder: Path, dtype: str = "float32", checkpoint: Checkpoint | None = None, **how: Any
) -> Path:
    """Write one graph of a checkpoint of random numbers. RETURNS (Path): Its file."""
    # Not at the top: tests without onnx import this file, too.
    from spacy_privacy_filter.export.files import MOST_INSIDE, write_model
    from spacy_privacy_filter.networks.openai_privacy_filter.onnx.network import Design, build

    checkpoint = checkpoint or make(categories=True)
    most = how.pop("most_inside", MOST_INSIDE)
    design = Design(dtype, **{"signature": "padded", "heads": True, **how})
    built = build(checkpoint.mixture, checkpoint.tensors, design)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / MODELS[dtype][0]
    write_model(path, built, make_note(checkpoint), most)
    write_calibration(folder, checkpoint.biases)
    return path
