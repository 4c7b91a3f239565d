"""The files that hold the weights of a network: what was read, written, and still holds."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from ..checkpoints.checkpoint import Checkpoint, ReadOptions
from ..checkpoints.registry import (
    NATIVE,
    copy_native,
    read_checkpoint,
    read_fingerprint,
    remove_native,
    write_checkpoint,
)
from ..checkpoints.tensors.affine import QuantizedTensor
from ..checkpoints.tensors.archive import bytes_to_folder, folder_to_bytes
from ..checkpoints.tensors.safetensors import StoredTensor
from .shim import Shim

NOTHING_KNOWN = ReadOptions()


class Files:
    """Where the weights lie as they are, and in which number types.

    Weights that have not changed since they were read are written as they were stored (quantised,
    for instance), so that a pipeline does not grow by being saved.

    folder (Path | None): Where weights were read from; None once it is no use any more.
    was_quantized (bool): Some of the files' matrices were quantised.
    """

    def __init__(self) -> None:
        self.folder: Path | None = None
        self.was_quantized = False
        # How it was read, and its files then: what has changed since is not these weights.
        self._options = NOTHING_KNOWN
        self._state: dict[str, tuple[int, int]] = {}
        # Each with the number of updates for which it holds.
        self._fingerprint = ("", 0)
        self._types: tuple[dict[str, str], int] = ({}, 0)
        # Folder, id and updates of the shim, fingerprint of what was written last.
        self._saved: tuple[Path, tuple[int, int], str] | None = None

    def note(self, checkpoint: Checkpoint, shim: Shim) -> None:
        """Note what weights are like that have just been taken from a checkpoint."""
        stored, every = checkpoint.backbone_tensors(), checkpoint.tensors.values()
        self.was_quantized = any(isinstance(tensor, QuantizedTensor) for tensor in every)
        self._types = {name: stored[name].dtype for name in stored}, shim.n_updates
        self._fingerprint = checkpoint.fingerprint, shim.n_updates

    def note_folder(self, folder: Path, options: ReadOptions) -> None:
        """Note where these weights lie."""
        self.folder, self._options = folder, options
        self._state = _state_of(folder)

    def note_bytes(self, fingerprint: str, shim: Shim) -> None:
        """Note that these weights lie in no folder, and by what they are known."""
        self.folder, self._fingerprint = None, (fingerprint, shim.n_updates)

    def fingerprint(self, shim: Shim | None) -> str:
        """Of the weights as they were read or saved; empty once they have changed."""
        mark, n_updates = self._fingerprint
        return mark if shim is not None and shim.n_updates == n_updates else ""

    def save(self, folder: Path, shim: Shim) -> None:
        """Write the weights to a folder, in our own format."""
        self._write(folder, shim)
        mark = self.fingerprint(shim)
        self._saved = (folder.resolve(), (shim.id, shim.n_updates), mark)

    def pack(self, shim: Shim) -> bytes:
        """Write the weights as bytes (up to 4 GiB): the files that `save` writes."""
        with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            self._write(Path(folder), shim)
            return folder_to_bytes(Path(folder))

    def saved_beside(self, folder: Path, shim: Shim) -> tuple[str | None, str]:
        """Say where in a pipeline's folder another component has just written this network.

        folder (Path): Folder of the component that asks.
        RETURNS (tuple): Name of the other component's folder, or None; the fingerprint.
        """
        if self._saved is None or self._saved[1] != (shim.id, shim.n_updates):
            return None, ""
        component = self._saved[0].parent
        beside = component.parent == folder.resolve().parent and component != folder.resolve()
        # Another pipeline may have been saved there since.
        beside = beside and self._still_holds(self._saved[0], shim)
        return (component.name if beside else None), self._saved[2]

    def remove(self, folder: Path) -> None:
        """Remove a copy that an earlier save has left, now that the network lies elsewhere."""
        if not folder.is_dir():
            return
        source = self.folder
        if source is not None and source.resolve() == folder.resolve() and self._saved:
            self.folder = self._saved[0]
        remove_native(folder)

    def _write(self, folder: Path, shim: Shim) -> None:
        if self.folder is not None and self._still_holds(self.folder, shim):
            copy_native(self.folder, folder)
            return
        stored = self._quantized(shim)
        checkpoint = Checkpoint(NATIVE, shim.sizes, stored or self._tensors(shim))
        self._fingerprint = write_checkpoint(folder, checkpoint), shim.n_updates
        if stored is None:
            self.folder = None

    def _quantized(self, shim: Shim) -> dict[str, StoredTensor] | None:
        """The weights as another format's files hold them, quantised; None if that has changed."""
        folder, (_, n_updates) = self.folder, self._types
        if not self.was_quantized or folder is None or shim.n_updates != n_updates:
            return None
        if _state_of(folder) != self._state:
            return None
        return read_checkpoint(folder, *self._options).backbone_tensors()

    def _tensors(self, shim: Shim) -> dict[str, StoredTensor]:
        """The weights; in the number types in which they were read, until they change."""
        tensors, (types, n_updates) = shim.tensors(), self._types
        if shim.n_updates == n_updates:
            for name in types:
                if name in tensors and tensors[name].dtype != types[name]:
                    values = tensors[name].to_float32()  # exact: they were read from that type
                    tensors[name] = StoredTensor.from_float32(values, types[name])
        return dict(tensors)

    def _still_holds(self, folder: Path, shim: Shim) -> bool:
        """Whether a folder holds the present weights in our own format."""
        mark = self.fingerprint(shim)
        try:
            return bool(mark) and read_fingerprint(folder) == mark
        except (OSError, ValueError):
            return False


def read_packed(data: bytes) -> Checkpoint:
    """Read what `Files.pack` wrote."""
    # What is mapped stays readable after its name has gone.
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        bytes_to_folder(data, Path(folder))
        return read_checkpoint(folder)


def _state_of(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and time of each file of a folder, by name; {} if it has gone."""
    if not folder.is_dir():
        return {}
    found = {path.name: path.stat() for path in folder.rglob("*") if path.is_file()}
    return {name: (stat.st_size, stat.st_mtime_ns) for name, stat in found.items()}
