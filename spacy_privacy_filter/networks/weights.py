"""The weights of a network: lazily loaded from a source, written to files, read from bytes.

Framework-free: a backend (torch, mlx) makes a thinc shim that runs one packed batch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from thinc.api import Model

from ..checkpoints.registry import (
    NATIVE,
    Checkpoint,
    copy_native,
    open_checkpoint,
    read_checkpoint,
    read_fingerprint,
    remove_native,
    write_checkpoint,
)
from ..checkpoints.sizes import NetworkConfig
from ..checkpoints.source import SHIPPED, find_local, find_source, read_card
from ..checkpoints.tensors.affine import QuantizedTensor
from ..checkpoints.tensors.archive import bytes_to_folder, folder_to_bytes
from ..checkpoints.tensors.safetensors import StoredTensor
from ..text.o200k import check_tokenizer
from ..types import Floats1d, Floats2d
from .settings import Settings, backends, pick_backend


class Weights:
    """The weights of a network: where they come from, and the files that they are written to.

    Making it is instant; weights arrive at the first `load`, or by `restore`.

    sizes (NetworkConfig | None): For a network that starts from fresh weights; None if they come
        with weights from `settings.source`.
    training (dict): How updates train; see `set_training` of the backend's shim.
    """

    def __init__(self, sizes: NetworkConfig | None = None, **training: float) -> None:
        self.sizes = sizes
        self.training = training
        self.settings = Settings()
        # What `loading.load` knows of the source: folder, ignore_keys, sinks_unit, window.
        self.known: dict[str, Any] = {}
        self.checkpoint: Checkpoint | None = None  # heads and labels; the backbone is in the shim
        # Fingerprint of the checkpoint that the weights started from; stays when they are trained.
        self.origin = ""
        self.backend = ""  # the one that runs the network, once there are weights
        self._peeked: Checkpoint | None = None
        self.was_quantized = False  # some of the files' matrices, when they were read
        self.model: Model[Any, Any] = Model(
            "privacy_backbone", _not_alone, attrs={"dropout_rate": 0.0}, dims={"nO": None}
        )
        # The pipeline, and the id of the component's model, that read the weights.
        self.owner: tuple[str, int] | None = None
        # Each with the number of updates for which it holds.
        self._fingerprint = ("", 0)
        self._stored_as: tuple[dict[str, str], int] = ({}, 0)
        self._source_folder: Path | None = None
        # How it was read, and its files then: what has changed since is not these weights.
        self._source_known: dict[str, Any] = {}
        self._source_state: dict[str, tuple[int, int]] = {}
        self._saved: tuple[Path, Any, str] | None = None

    # --- Weights -----------------------------------------------------------------------------

    @property
    def is_loaded(self) -> bool:
        """Whether weights are in memory."""
        return bool(self.model.shims)

    @property
    def shim(self) -> Any:
        """The backend's shim; loads weights if there are none yet."""
        self.load()
        return self.model.shims[0]

    @property
    def config(self) -> NetworkConfig:
        """Sizes; loads weights if there are none yet."""
        config: NetworkConfig = self.shim.network.config
        return config

    @property
    def fingerprint(self) -> str:
        """Of the weights as they were read or saved; empty once they have changed."""
        known, updates = self._fingerprint
        return known if self.is_loaded and self.shim.n_updates == updates else ""

    @property
    def _state(self) -> tuple[int, int]:
        """Changes whenever the weights do."""
        return self.shim.id, self.shim.n_updates

    def _set_fingerprint(self, fingerprint: str) -> None:
        self._fingerprint = (fingerprint, self.shim.n_updates)

    def configure(self, **settings: Any) -> None:
        """Change some settings, before weights are loaded.

        RAISES (ValueError): A bad value.
        """
        self.settings = replace(self.settings, **settings)
        self._peeked = None

    def load(self) -> None:
        """Read the weights of `settings.source`, unless there are weights already.

        RAISES (ValueError): Weights that cannot be used, or a network that starts from fresh
            weights and was not initialised. (FileNotFoundError): No such source. (ImportError): No
            backend.
        """
        if self.is_loaded:
            return
        if self.sizes is not None:
            raise ValueError(
                "The network has sizes but no weights yet. Train it (nlp.initialize), load a saved "
                "pipeline, or leave the backbone's sizes out to use the weights of `source`."
            )
        folder, known = self._find(find_source)
        check_tokenizer(folder)
        self.restore(folder, **known)

    def peek(self) -> Checkpoint | None:
        """What is known of the weights without reading them: labels, categories, sizes.

        Looks at a hub's cache, but never at the hub, and raises nothing: `load` says what is wrong.

        RETURNS (Checkpoint | None): Without tensors, unless weights are in memory; None if nothing
            is known yet.
        """
        if self.checkpoint is not None or self.is_loaded or self.sizes is not None:
            return self.checkpoint
        if self._peeked is None:
            try:
                folder, known = self._find(find_local)
                self._peeked = open_checkpoint(folder, **known).head
            except (OSError, ValueError):
                return None
        return self._peeked

    def _find(self, find: Callable[..., Path]) -> tuple[Path, dict[str, Any]]:
        """Find the folder of the source, and what else the user knows of it."""
        known = dict(self.known)
        folder, revision = known.pop("folder", None), known.pop("revision", None)
        return folder or find(self.settings.source, revision), known

    def initialize(self) -> None:
        """Get ready for training: fresh weights if sizes were given, else those of the source."""
        if self.sizes is None:
            self.load()
        else:
            self._use(self._make_shim(self.sizes, None))
            self.origin = ""

    def start_from(self, source: str) -> None:
        """Give fresh weights the values of a checkpoint of the same sizes; its heads stay behind.

        source (str): As the setting `source`.
        RAISES (ValueError): Other sizes, a network that has a source of its own, or a checkpoint
            that cannot be used. (FileNotFoundError): No such source.
        """
        if self.sizes is None:
            raise ValueError(
                "start is for a network with sizes of its own, but this one takes its weights from "
                "`source`. Give one of the two."
            )
        found = read_checkpoint(find_source(source))
        theirs, ours = found.config.to_dict(), self.config.to_dict()
        other = sorted(key for key in ours if theirs[key] != ours[key])
        if other:
            raise ValueError(
                f"Training cannot start from {source}: its network has another "
                f"{', '.join(other)}. Give the same sizes in the config."
            )
        self.shim.load_tensors(found.backbone_tensors())
        self.origin = found.fingerprint

    def save(self, folder: Path) -> None:
        """Write the backbone to a folder, in our own format.

        Weights that have not changed since they were read are written as they were stored
        (quantised, for instance), so that a pipeline does not grow by being saved.
        """
        self._write(folder)
        self._saved = (folder.resolve(), self._state, self.fingerprint)

    def _write(self, folder: Path) -> None:
        source = self._source_folder
        if source is not None and self._still_holds(source):
            copy_native(source, folder)
            return
        stored = self._quantized_of_source()
        checkpoint = Checkpoint(NATIVE, self.config, stored or self._tensors())
        self._set_fingerprint(write_checkpoint(folder, checkpoint))
        if stored is None:
            self._source_folder = None

    def _quantized_of_source(self) -> dict[str, StoredTensor] | None:
        """The weights as another format's files hold them, quantised; None if that has changed."""
        source, (_, n_updates) = self._source_folder, self._stored_as
        if not self.was_quantized or source is None or self.shim.n_updates != n_updates:
            return None
        if _state_of(source) != self._source_state:
            return None
        return read_checkpoint(source, **self._source_known).backbone_tensors()

    def _tensors(self) -> dict[str, StoredTensor]:
        """The weights; in the number types in which they were read, until they change."""
        tensors, (read, n_updates) = self.shim.tensors(), self._stored_as
        if self.shim.n_updates == n_updates:
            for name in read:
                if tensors[name].dtype != read[name]:
                    values = tensors[name].to_float32()  # exact: they were read from that type
                    tensors[name] = StoredTensor.from_float32(values, read[name])
        return dict(tensors)

    def saved_beside(self, folder: Path) -> tuple[str | None, str]:
        """Say where in a pipeline's folder another component has just written this network.

        folder (Path): Folder of the component that asks.
        RETURNS (tuple): Name of the other component's folder, or None; the fingerprint.
        """
        if self._saved is None or self._saved[1] != self._state:
            return None, ""
        component = self._saved[0].parent
        beside = component.parent == folder.resolve().parent and component != folder.resolve()
        # Another pipeline may have been saved there since.
        beside = beside and self._still_holds(self._saved[0])
        return (component.name if beside else None), self._saved[2]

    def remove(self, folder: Path) -> None:
        """Remove a copy that an earlier save has left, now that the network lies elsewhere."""
        if not folder.is_dir():
            return
        source = self._source_folder
        if source is not None and source.resolve() == folder.resolve() and self._saved:
            self._source_folder = self._saved[0]
        remove_native(folder)

    def restore(self, folder: Path, **known: Any) -> None:
        """Read a checkpoint, such as `save` wrote, in place of the present weights.

        known (Any): What the user knows better than the files; see `read_checkpoint`.
        """
        self._take(read_checkpoint(folder, **known))
        self._source_folder, self._source_known = folder, known
        self._source_state = _state_of(folder)

    @property
    def card(self) -> dict[str, Any]:
        """Meta data of the pipeline that ships, if the weights started from its own; else {}."""
        ours = bool(self.origin) and self.origin == read_fingerprint(SHIPPED)
        return read_card() if ours else {}

    def fingerprint_of(self, folder: Path) -> str:
        """Fingerprint of a saved network, without reading its weights."""
        return read_fingerprint(folder)

    def to_bytes(self) -> bytes:
        """Write the backbone as bytes (up to 4 GiB): the files that `save` writes."""
        with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            self._write(Path(folder))
            return folder_to_bytes(Path(folder))

    def from_bytes(self, data: bytes, fingerprint: str) -> None:
        """Read what `to_bytes` wrote, in place of the present weights."""
        # What is mapped stays readable after its name has gone.
        with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            bytes_to_folder(data, Path(folder))
            self._take(read_checkpoint(folder))
        self._set_fingerprint(fingerprint)
        self._source_folder = None

    def fresh(self) -> Any:
        """Make a network with the same settings and no weights."""
        other = type(self)(self.sizes, **self.training)
        other.settings = self.settings
        other.known = self.known
        other.model.attrs["network"] = other
        return other

    def _still_holds(self, folder: Path) -> bool:
        """Whether a folder holds the present weights in our own format."""
        try:
            return bool(self.fingerprint) and read_fingerprint(folder) == self.fingerprint
        except (OSError, ValueError):
            return False

    def head_weights(self, name: str) -> tuple[Floats2d, Floats1d]:
        """Weight (n_out, width) and bias (n_out,) of a head that came with the weights."""
        tensors = self.checkpoint.tensors if self.checkpoint is not None else {}
        return tensors[f"{name}.weight"].to_float32(), tensors[f"{name}.bias"].to_float32()

    def _take(self, checkpoint: Checkpoint) -> None:
        self._use(self._make_shim(checkpoint.config, checkpoint.backbone_tensors()))
        self._set_fingerprint(checkpoint.fingerprint)
        self.origin = checkpoint.fingerprint
        self.was_quantized = any(
            isinstance(tensor, QuantizedTensor) for tensor in checkpoint.tensors.values()
        )
        types = {name: tensor.dtype for name, tensor in checkpoint.backbone_tensors().items()}
        self._stored_as = types, self.shim.n_updates
        # The shim owns the backbone now: holding its tensors twice would keep the file's copy too.
        self.checkpoint = replace(checkpoint, tensors=checkpoint.head_tensors())

    def _use(self, shim: Any) -> None:
        self.model.shims[:] = [shim]
        self.model.set_dim("nO", shim.network.config.width, force=True)

    def _make_shim(self, config: NetworkConfig, tensors: Mapping[str, Any] | None) -> Any:
        self.backend = pick_backend(self.settings.backend)
        make: Callable[..., Any] = backends.get(self.backend)
        return make(config, tensors, device=self.settings.device, dtype=self.settings.dtype)


def _state_of(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and time of each file of a folder, by name; {} if it has gone."""
    if not folder.is_dir():
        return {}
    found = {path.name: path.stat() for path in folder.rglob("*") if path.is_file()}
    return {name: (stat.st_size, stat.st_mtime_ns) for name, stat in found.items()}


def _not_alone(model: Model[Any, Any], inputs: Any, is_train: bool) -> Any:
    raise TypeError("The backbone runs through Network.read and Network.begin_update.")
