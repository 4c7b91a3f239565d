"""Where the weights of a network come from: settings -> a folder, and what it says of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TypedDict

from ..checkpoints.registry import Checkpoint, open_checkpoint
from ..checkpoints.source import find_local, find_source
from ..settings import NetworkSettings
from .settings import check_settings, reads_graphs, wanted_graphs


class SomeSettings(TypedDict, total=False):
    """Some of `NetworkSettings`."""

    source: str | None
    backend: str
    device: str
    dtype: str
    window: int
    batch_pieces: int


class Source:
    """Settings of a network, and what its checkpoint says before weights are read."""

    def __init__(self, settings: NetworkSettings | None = None) -> None:
        self.settings = settings or NetworkSettings()
        self._peeked: Checkpoint | None = None

    def changed(self, settings: SomeSettings) -> Source:
        """Make one with some other settings. RAISES (ValueError): A bad value."""
        wanted = replace(self.settings, **settings)
        check_settings(wanted)
        return Source(wanted)

    def find(self) -> Path:
        """Find the folder of the checkpoint, downloading it if need be. See `find_source`."""
        return find_source(self.settings.source, graphs=wanted_graphs(self.settings))

    def peek(self) -> Checkpoint | None:
        """Read all of the checkpoint but its weights, if it is on this machine and can be read."""
        if self._peeked is None:
            try:
                folder = find_local(self.settings.source)
                self._peeked = open_checkpoint(folder, graph=reads_graphs(self.settings)).head
            except (OSError, ValueError, ImportError):
                return None
        return self._peeked
