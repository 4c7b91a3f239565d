"""A network without its passes: weights that arrive late, and what thinc asks of them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn, cast

from thinc.api import Optimizer
from thinc.shims import Shim as ThincShim

from ..checkpoints.checkpoint import Checkpoint, ReadOptions
from ..checkpoints.registry import read_checkpoint, read_fingerprint
from ..checkpoints.source import SHIPPED, find_source, read_card
from ..settings import NetworkSettings
from ..types import Floats1d, Floats2d, Sizes
from .files import NOTHING_KNOWN, Files, read_packed
from .settings import check_machine, reads_graphs
from .shim import Params, Shim
from .source import SomeSettings, Source
from .weights import Weights

if TYPE_CHECKING:
    from typing_extensions import Self, Unpack

# The first texts of several threads must not load the same network twice, or half of it.
_LOADING: Final = threading.RLock()


class WeightedShim(ThincShim):
    """Weights in a layer of thinc, as a shim: thinc steps, lends, moves and copies them.

    Making it is instant; weights arrive at the first `load`, or by `restore`.

    sizes (Sizes | None): For a network that starts from fresh weights; None if they come with
        weights from `settings.source`.
    router_balance (float): Weight of the router's imbalance in the training loss.
    embedding_rate (float): Learning rate of the piece embeddings, relative to that of the rest.
    """

    def __init__(
        self,
        sizes: Sizes | None = None,
        *,
        router_balance: float = 0.0,
        embedding_rate: float = 1.0,
    ) -> None:
        super().__init__(None)
        self.sizes = sizes
        self.router_balance, self.embedding_rate = router_balance, embedding_rate
        self._source = Source()
        self._weights = Weights()
        self._files = Files()

    @property
    def settings(self) -> NetworkSettings:
        """Where its weights come from, and how they run."""
        return self._source.settings

    @property
    def is_loaded(self) -> bool:
        """Whether weights are in memory."""
        return self._weights.shim is not None

    @property
    def shim(self) -> Shim:
        """The backend's shim; loads weights if there are none yet."""
        if self._weights.shim is None:
            self.load()
        return cast(Shim, self._weights.shim)

    @property
    def config(self) -> Sizes:
        """Sizes; loads weights if there are none yet."""
        return self.shim.sizes

    @property
    def backend(self) -> str:
        """The one that runs the network, once there are weights."""
        return self._weights.backend

    @property
    def checkpoint(self) -> Checkpoint | None:
        """Heads and labels that came with the weights; None before, and for fresh weights."""
        return self._weights.checkpoint

    @property
    def origin(self) -> str:
        """Fingerprint of what the weights started from; stays when they are trained."""
        return self._weights.origin

    @property
    def was_quantized(self) -> bool:
        """Whether some of the files' matrices were quantised when they were read."""
        return self._files.was_quantized

    @property
    def fingerprint(self) -> str:
        """Of the weights as they were read or saved; empty once they have changed."""
        return self._files.fingerprint(self._weights.shim)

    @property
    def folder(self) -> Path | None:
        """Where the weights were read from, if that is of use."""
        return self._files.folder

    @property
    def version(self) -> tuple[int, int]:
        """Changes whenever the weights do."""
        return self.shim.id, self.shim.n_updates

    @property
    def card(self) -> dict[str, object]:
        """Meta data of the pipeline that ships, if the weights started from its own; else {}."""
        ours = bool(self.origin) and self.origin == read_fingerprint(SHIPPED)
        return read_card() if ours else {}

    def configure(self, **settings: Unpack[SomeSettings]) -> None:
        """Change some settings, before weights are loaded. RAISES (ValueError): A bad value."""
        self._source = self._source.changed(settings)

    def fresh(self) -> Self:
        """Make a network with the same settings and no weights."""
        other = type(self)(
            self.sizes, router_balance=self.router_balance, embedding_rate=self.embedding_rate
        )
        other._source = Source(self.settings)
        return other

    # --- Weights -----------------------------------------------------------------------------

    def load(self, folder: Path | None = None, options: ReadOptions = NOTHING_KNOWN) -> None:
        """Read the weights of the source, unless there are weights already.

        folder (Path | None): Where the source lies, if that has been found out already.
        options (ReadOptions): What the user knows better than the files.
        RAISES (ValueError): Weights that cannot be used, or a network that starts from fresh
            weights and was not initialised. (FileNotFoundError): No such source. (ImportError): No
            backend.
        """
        with _LOADING:
            if self.is_loaded:
                return
            if self.sizes is not None:
                raise ValueError(
                    "The network has sizes but no weights yet. Train it (nlp.initialize), load a "
                    "saved pipeline, or leave the backbone's sizes out to use the weights of "
                    "`source`."
                )
            found = folder or self._source.find()
            options = options._replace(graph=reads_graphs(self.settings))
            checkpoint = read_checkpoint(found, *options)
            checkpoint.tokenizer.check(found)
            self._take(checkpoint)
            self._files.note_folder(found, options)

    def check(self) -> None:
        """Refuse a named backend or device that is not there, before it is needed.

        RAISES (ImportError): The backend's framework is not installed.
        RAISES (ValueError): No such device.
        """
        check_machine(self.settings)

    def peek(self) -> Checkpoint | None:
        """What is known of the weights without reading them: labels, categories, sizes.

        Looks at a hub's cache, but never at the hub, and raises nothing: `load` says what is wrong.

        RETURNS (Checkpoint | None): Without tensors, unless weights are in memory; None if nothing
            is known yet.
        """
        if self.checkpoint is not None or self.is_loaded or self.sizes is not None:
            return self.checkpoint
        return self._source.peek()

    def initialize(self) -> None:
        """Get ready for training: fresh weights if sizes were given, else those of the source."""
        if self.sizes is None:
            self.load()
        else:
            self._weights.draw(self.sizes, self.settings)

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
        self._weights.start_from(find_source(source), source)

    def set_training(self, *, dropout: float = 0.0, trainable_layers: int | None = None) -> None:
        """Choose how the next updates train.

        dropout (float): Share of the stream's inputs that is zeroed, 0 to 1.
        trainable_layers (int | None): Train only the last n layers; None for all.
        """
        self.shim.set_training(
            dropout=dropout,
            trainable_layers=trainable_layers,
            balance=self.router_balance,
            embedding_rate=self.embedding_rate,
        )

    def head_weights(self, name: str) -> tuple[Floats2d, Floats1d]:
        """Weight (n_out, width) and bias (n_out,) of a head that came with the weights.

        RAISES (KeyError): There is none.
        """
        found = self._weights.head(name)
        if found is None:
            raise KeyError(name)
        return found

    def _take(self, checkpoint: Checkpoint) -> None:
        self._weights.take(checkpoint, self.settings)
        self._files.note(checkpoint, self.shim)

    # --- Files ---------------------------------------------------------------------------------

    def save(self, folder: Path) -> None:
        """Write the backbone to a folder, in our own format. See `Files`."""
        self._files.save(folder, self.shim)

    def restore(self, folder: Path) -> None:
        """Read what `save` wrote, in place of the present weights."""
        self._take(read_checkpoint(folder))
        self._files.note_folder(folder, NOTHING_KNOWN)

    def saved_beside(self, folder: Path) -> tuple[str | None, str]:
        """Say where another component has just written this network. See `Files`."""
        return self._files.saved_beside(folder, self.shim)

    def remove(self, folder: Path) -> None:
        """Remove a copy that an earlier save has left, now that the network lies elsewhere."""
        self._files.remove(folder)

    def fingerprint_of(self, folder: Path) -> str:
        """Fingerprint of a saved network, without reading its weights."""
        return read_fingerprint(folder)

    def pack(self) -> bytes:
        """Write the backbone as bytes (up to 4 GiB): the files that `save` writes."""
        return self._files.pack(self.shim)

    def unpack(self, data: bytes, fingerprint: str) -> None:
        """Read what `pack` wrote, in place of the present weights."""
        self._take(read_packed(data))
        self._files.note_bytes(fingerprint, self.shim)

    # --- What thinc asks of a shim ---------------------------------------------------------------

    def __call__(self, inputs: object, is_train: bool) -> NoReturn:
        """The backbone runs through `read` and `start_update`."""
        raise TypeError("The backbone runs through Network.read and Network.start_update.")

    def finish_update(self, optimizer: Optimizer) -> None:
        """Step the weights, if no other component has stepped them already."""
        if self._weights.shim is not None:
            self._weights.shim.finish_update(optimizer)

    @contextmanager
    def use_params(self, params: Params) -> Iterator[None]:
        """Run with other weights (thinc's averages) for a while."""
        if self._weights.shim is None:
            yield
            return
        with self._weights.shim.use_params(params):
            yield

    def to_device(self, device_type: str, device_id: int) -> None:
        """Move the weights (called by `Model.to_gpu` and `Model.to_cpu`)."""
        if self._weights.shim is not None:
            self._weights.shim.to_device(device_type, device_id)

    def copy(self) -> Self:
        """Copy it whole. The weights of the copy have keys of their own for an optimizer."""
        other = deepcopy(self)
        if other._weights.shim is not None:
            other._weights.shim.id = ThincShim(None).id
        return other

    def to_bytes(self) -> bytes:
        """Write sizes and weights, for `Model.to_bytes`; nothing if there are no weights yet."""
        return self._weights.shim.to_bytes() if self._weights.shim is not None else b""

    def from_bytes(self, bytes_data: bytes) -> Self:
        """Read what `to_bytes` wrote; the device and type of the matrices stay as they are."""
        if bytes_data:
            self.shim.from_bytes(bytes_data)
        return self
