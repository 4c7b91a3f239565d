"""A head over a network that others may hold too: by reference in memory, once in files."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from weakref import WeakValueDictionary

import numpy as np
import srsly
from spacy import util
from spacy.errors import Errors
from spacy.pipeline import TrainablePipe
from thinc.api import Model

from ..files import write_atomically
from .saved_files import read_file, read_object

# Names of what a component writes; the backbone is written once, by the first that is saved.
HEAD, NETWORK, SHARED = "model", "network", "shared.json"
# What components of one pipeline (one vocab) have read, by folder: its peers find it here.
_restored: WeakValueDictionary[tuple[int, Path], Any] = WeakValueDictionary()
# The first texts of several threads must not load the same network twice, or half of it.
LOADING: Final = threading.RLock()


class StoredPipe(TrainablePipe):
    """A head and labels of its own, over a network that another component may hold too.

    `cfg` is what training decides (labels); everything else is a setting of the config. Of `cfg`,
    `saved_keys` are written to files; the first are the labels' names.
    """

    saved_keys: tuple[str, ...] = ()

    # --- The network -------------------------------------------------------------------------

    @property
    def network(self) -> Any:
        """The shared `models.network.Network`."""
        return self.model.get_ref("backbone").attrs["network"]

    @property
    def head(self) -> Model[Any, Any]:
        """The linear layer of this component."""
        return self.model.get_ref("head")

    def use_params(self, params: dict[Any, Any]) -> Iterator[None]:
        """Run with other weights (thinc's averages) for a while.

        Language.use_params steps through this by hand: it must be a generator, not a context.
        """
        with self.model.use_params(params):
            self.network.n_changes += 1  # what was read before is not what these weights say
            try:
                yield
            finally:
                self.network.n_changes += 1

    def share(self, network: Any) -> None:
        """Use the network of another component from now on, in place of one's own."""
        self.model.replace_node(self.model.get_ref("backbone"), network.model)

    def ensure_ready(self) -> None:
        """Load weights and labels if that has not happened yet.

        RAISES (ValueError): No head of this kind came with the weights.
        """
        with LOADING:
            self.network.load()
            if not self._has_labels():
                if self.network.checkpoint is None:
                    raise ValueError(Errors.E109.format(name=self.name))
                self._take_labels(self.network.checkpoint)

    def set_head(self, weight: Any, bias: Any) -> None:
        """Put weights into the head. weight: (n_out, width); bias: (n_out,)."""
        head, ops = self.head, self.model.ops
        for name in ("W", "b"):
            head.set_param(name, None)  # thinc changes no size of a layer that has parameters
        head.set_dim("nO", weight.shape[0], force=True)
        head.set_dim("nI", weight.shape[1], force=True)
        head.set_param("W", ops.asarray(np.ascontiguousarray(weight, dtype="f")))
        head.set_param("b", ops.asarray(np.ascontiguousarray(bias, dtype="f")))
        for name in ("W", "b"):
            if head.has_grad(name):  # of the old size
                head.set_grad(name, ops.alloc(head.get_param(name).shape))
        self.network.n_changes += 1

    def grow_head(self, old: Sequence[str], new: Sequence[str]) -> None:
        """Make a head for new outputs; rows of outputs that were there before are kept.

        New rows start at zero: they say nothing until they are trained.
        """
        width = self.network.config.width
        weight, bias = np.zeros((len(new), width), "f"), np.zeros(len(new), "f")
        if old:
            kept = [(new.index(name), i) for i, name in enumerate(old) if name in new]
            to, source = [k[0] for k in kept], [k[1] for k in kept]
            ops = self.model.ops
            weight[to] = ops.to_numpy(self.head.get_param("W"))[source]
            bias[to] = ops.to_numpy(self.head.get_param("b"))[source]
        self.set_head(weight, bias)

    def _has_labels(self) -> bool:
        raise NotImplementedError

    def _take_labels(self, checkpoint: Any) -> None:
        raise NotImplementedError

    # --- Files -------------------------------------------------------------------------------

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write labels, head, and the network unless another component has just written it.

        path (str | Path): Folder; its files are replaced one by one, each whole.
        exclude (Iterable[str]): "cfg", "model" (head and network).
        """
        self.ensure_ready()
        folder = util.ensure_path(path)
        folder.mkdir(parents=True, exist_ok=True)
        exclude = tuple(exclude)
        cfg = {key: self.cfg[key] for key in self.saved_keys}
        if HEAD not in exclude:
            self._write_network(folder)
            write_atomically(folder / HEAD, self.head.to_bytes())
            # Says that all that was written here belongs together.
            cfg["network"] = self.network.fingerprint
        if "cfg" not in exclude:
            write_atomically(folder / "cfg", srsly.json_dumps(cfg, indent=2).encode())

    def _write_network(self, folder: Path) -> None:
        saved, fingerprint = self.network.saved_beside(folder)
        note = folder / SHARED
        if saved is None:
            self.network.save(folder / NETWORK)
            note.unlink(missing_ok=True)
        else:
            content = {"component": saved, "fingerprint": fingerprint}
            write_atomically(note, srsly.json_dumps(content, indent=2).encode())
            self.network.remove(folder / NETWORK)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> StoredPipe:
        """Read what `to_disk` wrote. Never looks at `source`, nor at a hub.

        RAISES (ValueError): Files that are damaged, or a shared network that is not there.
        """
        folder = util.ensure_path(path)
        exclude = tuple(exclude)
        expected = ""
        if "cfg" not in exclude:
            cfg = read_object(folder / "cfg")
            expected = str(cfg.pop("network", ""))
            self._take_cfg(cfg, str(folder / "cfg"))
        if HEAD not in exclude:
            self._read_network(folder)
            if expected not in ("", self.network.fingerprint):
                raise ValueError(
                    f"The network in {folder} is not the one that the head there was trained on; "
                    "perhaps saving stopped in between. Save the pipeline again."
                )
            self._head_from_bytes(read_file(folder / HEAD), str(folder / HEAD))
        self._use_labels()
        return self

    def _take_cfg(self, cfg: dict[str, Any], where: str) -> None:
        """Take over what was saved of `cfg`. Settings of the config are not among it."""
        unknown = sorted(set(cfg) - set(self.cfg))
        if unknown:
            raise ValueError(
                f"{where} has unknown keys: {', '.join(unknown)}. Known: {', '.join(self.cfg)}. "
                "Was it saved by a later version?"
            )
        names = cfg.get(self.saved_keys[0])
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise ValueError(
                f"{where} must have a list of names under {self.saved_keys[0]!r}. Save the "
                "pipeline again."
            )
        self.cfg.update({key: cfg[key] for key in self.saved_keys if key in cfg})

    def _read_network(self, folder: Path) -> None:
        note = folder / SHARED
        if not note.exists():
            self._restore(folder / NETWORK, self.network.fingerprint_of(folder / NETWORK))
            return
        content = read_object(note)
        peer, fingerprint = str(content.get("component")), str(content.get("fingerprint"))
        if self.network.fingerprint == fingerprint:
            return  # the component that wrote it has been read already
        beside = folder.parent / peer / NETWORK
        # The name is a folder beside this one: a file from elsewhere must not lead anywhere else.
        found = Path(peer).name == peer and peer != ".." and beside.is_dir()
        if not found or self.network.fingerprint_of(beside) != fingerprint:
            raise ValueError(
                f"Component {self.name!r} shares the network of {peer!r}, but that is not what "
                f"lies beside it in {folder.parent}. Save the pipeline again with both components."
            )
        self._restore(beside, fingerprint)

    def _restore(self, folder: Path, fingerprint: str) -> None:
        key = (id(self.vocab), folder.resolve())
        peers = _restored.get(key)
        if peers is not None and peers.fingerprint == fingerprint:
            self.share(peers)
        elif self._claim_network(str(folder.parent.parent.resolve()), fingerprint):
            self.network.restore(folder)
        _restored[key] = self.network

    def _claim_network(self, where: str, fingerprint: str) -> bool:
        """Get ready to read a network that was saved with these components.

        Components that share a network now may have been saved with two: then the second gets one
        of its own, so that it does not overwrite the weights that the first has just read.

        where (str): The pipeline that is being read.
        RETURNS (bool): Whether there is anything to read.
        """
        network = self.network
        if network.fingerprint == fingerprint:
            return False
        me = (where, self.model.id)
        if network.owner is not None and network.owner[0] == where and network.owner != me:
            self.share(network.fresh())
        self.network.owner = me
        return True

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Write labels, head and network as bytes (the network up to 4 GiB)."""
        self.ensure_ready()
        exclude = tuple(exclude)
        message: dict[str, Any] = {}
        if "cfg" not in exclude:
            message["cfg"] = {key: self.cfg[key] for key in self.saved_keys}
        if HEAD not in exclude:
            message[NETWORK] = self.network.to_bytes()
            message["fingerprint"] = sha256(message[NETWORK]).hexdigest()
            message[HEAD] = self.head.to_bytes()
        data: bytes = srsly.msgpack_dumps(message)
        return data

    def from_bytes(self, bytes_data: bytes, *, exclude: Iterable[str] = ()) -> StoredPipe:
        """Read what `to_bytes` wrote."""
        message = srsly.msgpack_loads(bytes_data)
        exclude = tuple(exclude)
        if "cfg" not in exclude:
            self._take_cfg(message["cfg"], f"The data of component {self.name!r}")
        if HEAD not in exclude:
            if self._claim_network("bytes", message["fingerprint"]):
                self.network.from_bytes(message[NETWORK], message["fingerprint"])
            self._head_from_bytes(message[HEAD], f"the data of component {self.name!r}")
        self._use_labels()
        return self

    def _head_from_bytes(self, data: bytes, where: str) -> None:
        width = self.network.config.width
        self.set_head(np.zeros((self._n_outputs(), width), "f"), np.zeros(self._n_outputs(), "f"))
        try:
            self.head.from_bytes(data)
            shape = self.head.get_param("W").shape
            if shape != (self._n_outputs(), width):
                raise ValueError(f"its shape is {shape}")
        except Exception as error:
            # msgpack and thinc raise many kinds; an AttributeError would become spaCy's E149.
            raise ValueError(
                f"The head in {where} is damaged, or belongs to other labels or another network: "
                f"{self._n_outputs()} labels and a width of {width} are expected "
                f"({type(error).__name__}: {error}). Save the pipeline again."
            ) from error
        self.network.n_changes += 1

    def _n_outputs(self) -> int:
        raise NotImplementedError

    def _use_labels(self) -> None:
        """Act on labels that have just been read."""
