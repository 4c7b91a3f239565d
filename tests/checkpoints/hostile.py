"""Bounds that every reader must keep, and a good folder of every format to be broken."""

from __future__ import annotations

import json
import shutil
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import thread_time

import numpy as np

from spacy_privacy_filter.checkpoints.formats.openmed_artifact import all_matrices
from spacy_privacy_filter.checkpoints.registry import Checkpoint, read_checkpoint, write_checkpoint
from spacy_privacy_filter.checkpoints.tensors.safetensors import read_safetensors, write_safetensors
from spacy_privacy_filter.labels.transitions import BIAS_NAMES

from .helpers import make, pack_experts, write_mlx_community

# Generous: a file here has half a megabyte, and reading one takes some ten milliseconds. They are
# seconds of this thread's work: what other processes do meanwhile does not count.
SECONDS = 2.0
MEMORY = 32 << 20
FORMATS = (
    "native", "huggingface", "shards", "multitask", "opf", "opf-mxfp4", "openmed", "openmed-npz",
    "mlx-community",
)  # fmt: skip
POINTS = {"careful": {"biases": dict.fromkeys(BIAS_NAMES, 0.5), "thresholds": {"secret": 0.5}}}
INDEX = "model.safetensors.index.json"
DIRECTORY = b"PK\x01\x02"  # begins each entry of the directory of a zip archive


def build(folder: Path, format_: str) -> Path:
    """Write a good checkpoint; quantised where the format can be."""
    if format_ == "mlx-community":
        write_mlx_community(folder, make(), 8)
    elif format_ == "native":
        points = replace(make(), points=POINTS)
        write_checkpoint(folder, points, quantize={"embedding.weight": 8})
    elif format_ in ("shards", "opf-mxfp4"):
        write_checkpoint(folder, make(bias=False), "huggingface" if format_ == "shards" else "opf")
        (split if format_ == "shards" else pack_experts)(folder)
    elif format_.startswith("openmed"):
        write_checkpoint(folder, make(), "openmed", all_matrices(8))
    else:
        write_checkpoint(folder, make(bias=False, categories=format_ == "multitask"), format_)
    if format_ == "openmed-npz":
        tensors, _ = read_safetensors(folder / "weights.safetensors")
        np.savez(
            folder / "weights.npz",
            **{name: t.data if t.dtype == "U32" else t.to_float32() for name, t in tensors.items()},
        )
        (folder / "weights.safetensors").unlink()
        (folder / "openmed-mlx.json").unlink()
    return folder


def split(folder: Path) -> None:
    """Put weights into two files with an index."""
    tensors, metadata = read_safetensors(folder / "model.safetensors")
    files = {name: f"part-{i % 2}.safetensors" for i, name in enumerate(sorted(tensors))}
    for file in set(files.values()):
        part = {name: tensors[name] for name in tensors if files[name] == file}
        write_safetensors(folder / file, part, metadata)
    (folder / "model.safetensors").unlink()
    (folder / INDEX).write_text(json.dumps({"metadata": {}, "weight_map": files}))


def read(folder: Path) -> Checkpoint | None:
    """Read a folder within the bounds; None if it was refused with a message."""
    tracemalloc.start()
    start, message = thread_time(), "read"
    try:
        found = read_checkpoint(folder)
        for tensor in found.tensors.values():
            tensor.to_float32().sum()  # every value can be reached
    except (ValueError, OSError) as error:
        found, message = None, str(error)
    finally:
        seconds, peak = thread_time() - start, tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert 0 < len(message) < 5000
    assert seconds < SECONDS
    assert peak < MEMORY
    return found


def weights(folder: Path) -> Path:
    return max(folder.iterdir(), key=lambda path: path.stat().st_size)


def fresh(source: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "broken"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder)
    return folder


@contextmanager
def within_the_file_size(path: Path) -> Iterator[None]:
    """What happens inside takes no more memory than the file: nothing was parsed or copied."""
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    # Its bytes once, and a tenth for what keeps them.
    assert peak < 1.1 * path.stat().st_size
