"""The weights of a network in memory: one shim of a backend, and what came with the weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from ..checkpoints.checkpoint import Checkpoint
from ..checkpoints.registry import read_checkpoint
from ..checkpoints.tensors.safetensors import StoredTensor
from ..settings import NetworkSettings
from ..types import Floats1d, Floats2d, Sizes
from .settings import find_maker
from .shim import Shim


class Weights:
    """What computes, once there are weights.

    shim (Shim | None): The network in the arrays of its backend; None before there are weights.
    backend (str): The one that made it.
    checkpoint (Checkpoint | None): Heads and labels that came with the weights; the tensors of the
        backbone are in the shim. None for fresh weights.
    origin (str): Fingerprint of the checkpoint that the weights started from; stays when they are
        trained.
    """

    def __init__(self) -> None:
        self.shim: Shim | None = None
        self.backend = ""
        self.checkpoint: Checkpoint | None = None
        self.origin = ""

    @property
    def n_updates(self) -> int:
        """Grows whenever the weights change; 0 before there are any."""
        return 0 if self.shim is None else self.shim.n_updates

    def take(self, checkpoint: Checkpoint, settings: NetworkSettings) -> None:
        """Take the weights of a checkpoint, in place of the present ones."""
        self._make(checkpoint.config, checkpoint.backbone_tensors(), settings)
        self.origin = checkpoint.fingerprint
        # Holding the tensors of the backbone twice would keep the file's copy, too.
        self.checkpoint = replace(checkpoint, tensors=checkpoint.head_tensors())

    def draw(self, sizes: Sizes, settings: NetworkSettings) -> None:
        """Draw fresh weights."""
        self._make(sizes, None, settings)
        self.origin = ""

    def start_from(self, folder: Path, source: str) -> None:
        """Give fresh weights the values of a checkpoint of the same sizes; its heads stay behind.

        source (str): The folder's name for people.
        RAISES (ValueError): Other sizes, or a checkpoint that cannot be used.
        """
        if self.shim is None:
            raise ValueError("There are no weights yet: initialise the network first.")
        found = read_checkpoint(folder)
        theirs, ours = found.config.to_dict(), self.shim.sizes.to_dict()
        other = sorted(key for key in ours if theirs[key] != ours[key])
        if other:
            raise ValueError(
                f"Training cannot start from {source}: its network has another "
                f"{', '.join(other)}. Give the same sizes in the config."
            )
        self.shim.load_tensors(found.backbone_tensors())
        self.origin = found.fingerprint

    def head(self, name: str) -> tuple[Floats2d, Floats1d] | None:
        """Weight (n_out, width) and bias (n_out,) of a head that came along; None without it."""
        tensors = {} if self.checkpoint is None else self.checkpoint.tensors
        if f"{name}.weight" not in tensors:
            return None
        return tensors[f"{name}.weight"].to_float32(), tensors[f"{name}.bias"].to_float32()

    def _make(
        self, sizes: Sizes, tensors: Mapping[str, StoredTensor] | None, settings: NetworkSettings
    ) -> None:
        backend, make = find_maker(settings.backend, sizes)
        self.shim = make(sizes, tensors, device=settings.device, dtype=settings.dtype)
        self.backend = backend
