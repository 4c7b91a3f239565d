"""A saved pipeline -> one checkpoint with its network and heads, for the `source` of another.

Works on files: no network is loaded, so no backend is needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from thinc.api import Config, Linear

from ...checkpoints.registry import (
    NATIVE,
    NATIVE_CONFIG,
    Checkpoint,
    read_checkpoint,
    write_checkpoint,
)
from ...checkpoints.sizes import CATEGORY_HEAD, TAG_HEAD
from ...checkpoints.tensors.safetensors import StoredTensor
from ...files import check_folder
from ...labels.tags import TagSet
from ..names import FILTER, TEXTCAT
from .components import HEAD, NETWORK, read_file, read_object
from .pipelines import CONFIG, find_saved_network


def write_pipeline(folder: Path, output: Path) -> None:
    """Write the network and the heads of a saved pipeline as one checkpoint, in our own format.

    folder (Path): What `nlp.to_disk` wrote. output (Path): New, empty, or an older checkpoint.
    RAISES: As `read_pipeline`. (FileExistsError): The output holds something else.
    """
    check_folder(output, (NATIVE_CONFIG,), "a checkpoint of this package", [folder])
    write_checkpoint(output, read_pipeline(folder))


def read_pipeline(folder: Path) -> Checkpoint:
    """Read the network and the heads of a saved pipeline.

    folder (Path): What `nlp.to_disk` wrote.
    RETURNS (Checkpoint): With the heads that are there; matrices as they are stored.
    RAISES (FileNotFoundError): No pipeline there. (ValueError): None of our components, several of
        one kind, or two that do not share their network.
    """
    if not (folder / CONFIG).is_file():
        raise FileNotFoundError(f"No saved pipeline in {folder} (no {CONFIG}).")
    config = Config().from_disk(folder / CONFIG, interpolate=False)
    tagger = _only(config, FILTER, folder)
    categorizer = _only(config, TEXTCAT, folder)
    if not tagger and not categorizer:
        raise ValueError(f"The pipeline in {folder} has no {FILTER!r} and no {TEXTCAT!r}.")
    networks = {find_saved_network(folder, name) for name in (tagger, categorizer) if name}
    if len(networks) > 1:
        raise ValueError(
            f"The components in {folder} have two networks, and a checkpoint holds one. Train them "
            "on a shared one, or take one component out."
        )
    ((peer, mark),) = networks
    found = read_checkpoint(folder / peer / NETWORK)
    found.fingerprint = mark
    found.format = NATIVE
    if tagger:
        cfg = read_object(folder / tagger / "cfg")
        found.tags = TagSet(tuple(cfg["tags"]), cfg.get("loose_tags") is True)
        found.biases = dict(cfg.get("biases") or found.biases)
        found.tensors |= _head(folder / tagger, TAG_HEAD)
    if categorizer:
        cfg = read_object(folder / categorizer / "cfg")
        found.categories, found.exclusive = tuple(cfg["categories"]), bool(cfg["exclusive"])
        found.tensors |= _head(folder / categorizer, CATEGORY_HEAD)
    return found


def _only(config: Config, factory: str, folder: Path) -> str | None:
    """Name of the one component of a kind; None if there is none."""
    names: Iterable[str] = config["nlp"]["pipeline"]
    found = [name for name in names if config["components"][name].get("factory") == factory]
    if len(found) > 1:
        raise ValueError(
            f"The pipeline in {folder} has several {factory!r}: {', '.join(found)}. A checkpoint "
            "holds one."
        )
    return found[0] if found else None


def _head(place: Path, name: str) -> dict[str, StoredTensor]:
    layer: Any = Linear().from_bytes(read_file(place / HEAD))
    return {
        f"{name}.{key}": StoredTensor.from_float32(np.array(layer.get_param(param)))
        for key, param in (("weight", "W"), ("bias", "b"))
    }
