"""A checkpoint and its folder -> plain values that say what it is, without running it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import prod
from pathlib import Path
from typing import Any

from ..files import hash_file
from .checkpoint import Checkpoint
from .tensors.folder import find_file
from .tensors.npz import read_npz
from .tensors.safetensors import StoredTensor, read_safetensors


def describe(folder: Path, checkpoint: Checkpoint, hashes: bool) -> dict[str, Any]:
    """Gather what can be said about a checkpoint.

    folder (Path): Where its files lie.
    checkpoint (Checkpoint): What was read from there.
    hashes (bool): Whether to hash the files.
    RETURNS (dict[str, Any]): Plain values, ready for JSON.
    """
    tags, conventions = checkpoint.tags, checkpoint.conventions
    return {
        "format": checkpoint.format,
        "folder": str(folder),
        "network": checkpoint.config.to_dict(),
        "parameters": sum(
            prod(tensor.shape)
            for tensor in checkpoint.tensors.values()
            if tensor.dtype != "U8"  # a file: of an encoder, its tokenizer and its graph
        ),
        "stored": stored_types(folder),
        "n_tags": None if tags is None else len(tags),
        "scheme": None if tags is None else tags.scheme,
        "labels": None if tags is None else list(tags.labels),
        "categories": None if checkpoint.categories is None else list(checkpoint.categories),
        "exclusive": checkpoint.exclusive,
        "biases": checkpoint.biases,
        "operating_points": checkpoint.points,
        "conventions": None
        if conventions is None
        else {
            "sinks_unit": conventions.sinks_unit,
            "window": conventions.window,
            "origin": conventions.origin,
        },
        "files": list(list_files(folder, hashes)),
    }


def stored_types(folder: Path) -> dict[str, int]:
    """Count the bytes of each number type in the files of weights, by type."""
    counts: Counter[str] = Counter()
    for tensor in _read_stored(folder):
        counts[tensor.dtype] += tensor.nbytes
    return dict(counts.most_common())


def _read_stored(folder: Path) -> Iterator[StoredTensor]:
    """Read the headers of the files of weights."""
    for path in sorted(folder.glob("*.safetensors")):
        yield from read_safetensors(find_file(folder, path.name))[0].values()
    for path in sorted(folder.glob("*.npz")):
        yield from read_npz(find_file(folder, path.name)).values()


def list_files(folder: Path, hashes: bool) -> Iterator[dict[str, Any]]:
    """List the files of a folder, by name: size in bytes, and SHA-256 if wanted."""
    for path in sorted(folder.iterdir()):
        if path.is_file():
            entry: dict[str, Any] = {"name": path.name, "bytes": path.stat().st_size}
            yield entry | ({"sha256": hash_file(path)} if hashes else {})
