"""The network that components share: settings, lazily loaded weights, passes over documents, files.

Framework-free: a backend (torch, mlx) makes a thinc shim that runs one packed batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from weakref import ref

import numpy as np
from thinc.api import Model

from ..pieces import check_tokenizer
from ..types import Floats1d, Floats2d, Ints1d, PackedBatch
from ..windows import core_parts, pack
from .backends import Settings, backends, pick_backend
from .checkpoint import (
    NATIVE,
    Checkpoint,
    copy_native,
    read_checkpoint,
    read_fingerprint,
    remove_native,
    write_checkpoint,
)
from .config import NetworkConfig
from .readings import Reading, Readings
from .source import find_source


class Network:
    """A backbone that one or several components hold by reference.

    Making it is instant; weights arrive at the first `load`, or by `restore`.

    sizes (NetworkConfig | None): For a network that starts from fresh weights; None if they come
        with weights from `settings.source`.
    training (dict): How updates train; see `set_training` of the backend's shim.
    """

    def __init__(self, sizes: NetworkConfig | None = None, **training: float) -> None:
        self.sizes = sizes
        self.training = training
        self.settings = Settings()
        # What `loading.load` was told about the source: revision, ignore_keys, sinks_unit, window.
        self.known: dict[str, Any] = {}
        self.checkpoint: Checkpoint | None = None  # heads and labels; the backbone is in the shim
        self.backend = ""  # the one that runs the network, once there are weights
        self.model: Model[Any, Any] = Model(
            "privacy_backbone", _not_alone, attrs={"dropout_rate": 0.0}, dims={"nO": None}
        )
        # The pipeline, and the id of the component's model, that read the weights.
        self.owner: tuple[str, int] | None = None
        self._fingerprint = ("", 0)  # and the number of updates for which it holds
        self._source_folder: Path | None = None
        self._saved: tuple[Path, Any, str] | None = None
        self._tagger: ref[Any] | None = None
        self.n_changes = 0
        self._readings = Readings()

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

    def _set_fingerprint(self, fingerprint: str) -> None:
        self._fingerprint = (fingerprint, self.shim.n_updates)

    @property
    def version(self) -> tuple[int, int, int]:
        """Changes whenever the weights do, also those of a head (see `n_changes`)."""
        return (self.shim.id, self.shim.n_updates, self.n_changes)

    @property
    def tag_head(self) -> Model[Any, Any] | None:
        """Head of the tagger that takes part in the passes of others, while there is one."""
        tagger = None if self._tagger is None else self._tagger()
        return tagger.head if tagger is not None and tagger.can_tag() else None

    def attach(self, tagger: Any) -> None:
        """Let a tagger take part in the passes of others, for as long as it lives."""
        self._tagger = ref(tagger)

    def detach(self, tagger: Any) -> None:
        """End that, if it is this tagger that takes part."""
        if self._tagger is not None and self._tagger() is tagger:
            self._tagger = None

    def configure(self, **settings: Any) -> None:
        """Change some settings, before weights are loaded.

        RAISES (ValueError): A bad value.
        """
        self.settings = replace(self.settings, **settings)

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
        known = dict(self.known)
        folder = find_source(self.settings.source, known.pop("revision", None))
        check_tokenizer(folder)
        self.restore(folder, **known)

    def initialize(self) -> None:
        """Get ready for training: fresh weights if sizes were given, else those of the source."""
        if self.sizes is None:
            self.load()
        else:
            self._use(self._make_shim(self.sizes, None))

    def set_embedding(self, vectors: Floats2d) -> None:
        """Start the piece embeddings from vectors made elsewhere.

        vectors (Floats2d): Shape: (vocab_size, width).
        RAISES (ValueError): Another shape, or values that are not finite.
        """
        expected = (self.config.vocab_size, self.config.width)
        if vectors.shape != expected or not np.isfinite(vectors).all():
            raise ValueError(
                f"Piece embeddings must be finite numbers of shape {expected}, but have shape "
                f"{vectors.shape}."
            )
        self.shim.set_embedding(vectors)

    def save(self, folder: Path) -> None:
        """Write the backbone to a folder, in our own format.

        Weights that have not changed since they were read are written as they were stored
        (quantised, for instance), so that a pipeline does not grow by being saved.
        """
        source = self._source_folder
        if source is not None and self._still_holds(source):
            copy_native(source, folder)
        else:
            checkpoint = Checkpoint(NATIVE, self.config, self.shim.tensors())
            self._set_fingerprint(write_checkpoint(folder, checkpoint))
            self._source_folder = None
        self._saved = (folder.resolve(), self.version[:2], self.fingerprint)

    def saved_beside(self, folder: Path) -> tuple[str | None, str]:
        """Say where in a pipeline's folder another component has just written this network.

        folder (Path): Folder of the component that asks.
        RETURNS (tuple): Name of the other component's folder, or None; the fingerprint.
        """
        if self._saved is None or self._saved[1] != self.version[:2]:
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
        self._source_folder = folder

    def fingerprint_of(self, folder: Path) -> str:
        """Fingerprint of a saved network, without reading its weights."""
        return read_fingerprint(folder)

    def to_bytes(self) -> bytes:
        """Write the backbone as bytes (up to 4 GiB)."""
        data: bytes = self.shim.to_bytes()
        return data

    def from_bytes(self, data: bytes, fingerprint: str) -> None:
        """Read what `to_bytes` wrote, in place of the present weights."""
        if not self.is_loaded:
            self._use(self._make_shim(NetworkConfig(**TINY), None))
        self.shim.from_bytes(data)
        self._use(self.shim)
        self._set_fingerprint(fingerprint)
        self._source_folder = None

    def fresh(self) -> Network:
        """Make a network with the same settings and no weights."""
        other = Network(self.sizes, **self.training)
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
        # The shim owns the backbone now: holding its tensors twice would keep the file's copy too.
        self.checkpoint = replace(checkpoint, tensors=checkpoint.head_tensors())

    def _use(self, shim: Any) -> None:
        self.model.shims[:] = [shim]
        self.model.set_dim("nO", shim.network.config.width, force=True)

    def _make_shim(self, config: NetworkConfig, tensors: Mapping[str, Any] | None) -> Any:
        self.backend = pick_backend(self.settings.backend)
        make: Callable[..., Any] = backends.get(self.backend)
        return make(config, tensors, device=self.settings.device, dtype=self.settings.dtype)

    # --- Passes ------------------------------------------------------------------------------

    def read(self, ids: Sequence[Ints1d], head: Model[Any, Any] | None) -> list[Reading]:
        """Run documents of any length, keeping no hidden states.

        ids (Sequence[Ints1d]): Vocabulary ids of each document. Shape: (n_pieces,).
        head (Model | None): A linear layer over the hidden states.
        RETURNS (list[Reading]): One for each document.
        """
        width = self.config.width
        n_out = head.get_dim("nO") if head is not None else 0
        logits = [np.zeros((len(doc), n_out), dtype="f") for doc in ids]
        sums = [np.zeros(width, dtype=np.float64) for _ in ids]
        for batch in self._batches(ids):
            hidden = self.shim.predict(batch)
            scores = _to_numpy(head.predict(hidden)) if head is not None else None
            hidden = _to_numpy(hidden)
            for doc, rows, window in core_parts(batch):
                sums[doc] += hidden[rows].sum(axis=0, dtype=np.float64)
                if scores is not None:
                    logits[doc][window.core_start_piece : window.core_end_piece] = scores[rows]
        return [
            Reading(
                logits[i] if head is not None else None,
                (sums[i] / max(len(doc), 1)).astype("f"),
            )
            for i, doc in enumerate(ids)
        ]

    def begin_update(self, ids: Sequence[Ints1d]) -> tuple[list[Any], Callable[[list[Any]], None]]:
        """Run documents for training.

        ids (Sequence[Ints1d]): Vocabulary ids of each document. Shape: (n_pieces,).
        RETURNS (tuple): Hidden states of each document, shape (n_pieces, width); and a callback
            that takes their gradients and keeps those of the weights.
        """
        xp = self.model.ops.xp
        hidden = [xp.zeros((len(doc), self.config.width), dtype="f") for doc in ids]
        steps = []
        for batch in self._batches(ids):
            states, backprop = self.shim.begin_update(batch)
            steps.append((batch, backprop))
            for doc, rows, window in core_parts(batch):
                hidden[doc][window.core_start_piece : window.core_end_piece] = states[rows]

        def finish(d_hidden: list[Any]) -> None:
            for batch, backprop in steps:
                gradient = xp.zeros((len(batch), self.config.width), dtype="f")
                for doc, rows, window in core_parts(batch):
                    part = slice(window.core_start_piece, window.core_end_piece)
                    gradient[rows] = d_hidden[doc][part]
                backprop(gradient)

        return hidden, finish

    def _batches(self, ids: Sequence[Ints1d]) -> Iterator[PackedBatch]:
        vocab_size = self.config.vocab_size
        for doc in ids:
            if len(doc) and doc.max() >= vocab_size:
                raise ValueError(f"A piece has the id {doc.max()}, but there are {vocab_size}.")
        return pack(
            ids,
            core=self.settings.window,
            context=self.config.context,
            max_rows=self.settings.batch_pieces,
        )

    # --- What one component's pass gives the other ---------------------------------------------

    def read_docs(
        self, docs: Sequence[Any], ids: Sequence[Ints1d], head: Model[Any, Any] | None
    ) -> list[Reading]:
        """Run documents once for all components that share this network.

        What the other component will ask for is kept for as long as the document lives, or until
        the weights change; so one pass serves both, in any order.

        docs (Sequence[Doc]): spaCy's documents. ids (Sequence[Ints1d]): Their piece ids.
        head (Model | None): The tag head of the caller, who takes its logits; None if the caller
            only wants the pooled vectors: then those of `tag_head` are kept for the tagger.
        RETURNS (list[Reading]): One for each document.
        """
        used = self.tag_head if head is None else head
        readings = self.read(ids, used)
        for doc, reading in zip(docs, readings, strict=True):
            kept = reading if head is None else replace(reading, logits=None)
            self._readings.keep(doc, self.version, used, kept)
        return readings

    def recall(self, doc: Any, head: Model[Any, Any] | None) -> Reading | None:
        """What an earlier pass gave for a document, unless weights have changed since.

        head (Model | None): The head whose logits are needed; they are handed over, not kept.
        """
        return self._readings.recall(doc, self.version, head)

    def __getstate__(self) -> dict[str, Any]:
        """Leave the tagger behind: it attaches itself again, and weak references do not pickle."""
        return {**self.__dict__, "_tagger": None}


def network_of(backbone: Model[Any, Any]) -> Network:
    """Find the network of a backbone layer.

    backbone (Model): Made by `architectures.build_backbone_v1`. If it is a copy (`Model.copy`), its
        network runs, from now on, with the weights of this very layer, which an optimizer steps.
    RETURNS (Network): Its network.
    """
    network: Network = backbone.attrs["network"]
    network.model = backbone
    return network


# Placeholder sizes for a shim that reads its real ones from bytes.
TINY: Final = {
    "width": 2, "n_layers": 1, "n_heads": 1, "n_kv_heads": 1, "head_dim": 2, "n_experts": 1,
    "experts_per_piece": 1, "expert_width": 1, "window": 1, "vocab_size": 1,
}  # fmt: skip


def _to_numpy(array: Any) -> np.ndarray:
    return array.get() if hasattr(array, "get") else np.asarray(array)


def _not_alone(model: Model[Any, Any], inputs: Any, is_train: bool) -> Any:
    raise TypeError("The backbone runs through Network.read and Network.begin_update.")
