"""A head over a network that others may hold too: by reference in memory, once in files."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, cast

import numpy as np
import srsly
from spacy import util
from spacy.errors import Errors
from spacy.pipeline import TrainablePipe
from spacy.vocab import Vocab
from thinc.api import Model
from thinc.shims import Shim

from ...checkpoints.checkpoint import Checkpoint
from ...files import write_atomically
from ...types import Floats1d, Floats2d, Head, Network
from .peers import Peers

# Names of what a component writes; the backbone is written once, by the first that is saved.
HEAD, NETWORK, SHARED = "model", "network", "shared.json"
# The first texts of several threads must not take labels twice, or half of them.
_READYING: Final = threading.RLock()


class StoredPipe(TrainablePipe):
    """A head and labels of its own, over a network that another component may hold too.

    `cfg` is what training decides (labels); everything else is a setting of the config. Of `cfg`,
    `saved_keys` are written to files; the first are the labels' names.
    """

    saved_keys: tuple[str, ...] = ()

    def __init__(self, vocab: Vocab, model: Model, name: str) -> None:
        super().__init__(vocab, model, name)
        self.peers: Peers[StoredPipe] = Peers([self])
        # The pipeline (or "bytes") that this component put into its network.
        self._read_from = ""

    # --- The network -------------------------------------------------------------------------

    @property
    def network(self) -> Network:
        """The network, which other components may hold, too: the shim of the backbone."""
        (network,) = self.model.get_ref("backbone").shims
        return cast(Network, network)

    @property
    def head(self) -> Head:
        """The linear layer of this component."""
        return cast(Head, self.model.get_ref("head"))

    def share(self, network: Network) -> None:
        """Use the network of another component from now on, in place of one's own."""
        self.model.get_ref("backbone").shims[:] = [cast(Shim, network)]

    def join(self, peers: Peers[StoredPipe]) -> None:
        """Be one of the components of a pipeline."""
        self.peers = peers
        peers.add(self)

    def ensure_ready(self) -> None:
        """Load weights and labels if that has not happened yet.

        RAISES (ValueError): No head of this kind came with the weights.
        """
        with _READYING:
            self.network.load()
            if not self._has_labels():
                if self.network.checkpoint is None:
                    raise ValueError(Errors.E109.format(name=self.name))
                self._take_labels(self.network.checkpoint)

    def set_head(self, weight: Floats2d, bias: Floats1d) -> None:
        """Put weights into the head. weight: (n_out, width); bias: (n_out,)."""
        self.head.put(weight, bias)

    def grow_head(self, old: Sequence[str], new: Sequence[str]) -> None:
        """Make a head for new outputs; rows of outputs that were there before are kept.

        New rows start at zero: they say nothing until they are trained.
        """
        width = self.network.config.width
        weight, bias = np.zeros((len(new), width), "f"), np.zeros(len(new), "f")
        if old:
            kept = [(new.index(name), i) for i, name in enumerate(old) if name in new]
            to, source = [k[0] for k in kept], [k[1] for k in kept]
            old_weight, old_bias = self.head.weights()
            weight[to], bias[to] = old_weight[source], old_bias[source]
        self.set_head(weight, bias)

    def _has_labels(self) -> bool:
        raise NotImplementedError

    def _take_labels(self, checkpoint: Checkpoint) -> None:
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
        place = folder.resolve()
        for peer in self.peers.others(self):
            network = peer.network
            if network.folder is None or network.fingerprint != fingerprint:
                continue
            if network.folder.resolve() == place:
                self.share(network)
                return
        if self._claim_network(str(place.parent.parent), fingerprint):
            self.network.restore(folder)

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
        others = (peer for peer in self.peers.others(self) if peer.network is network)
        if any(peer._read_from == where for peer in others):
            self.share(network.fresh())
        self._read_from = where
        return True

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Write labels, head and network as bytes (the network up to 4 GiB)."""
        self.ensure_ready()
        exclude = tuple(exclude)
        message: dict[str, Any] = {}
        if "cfg" not in exclude:
            message["cfg"] = {key: self.cfg[key] for key in self.saved_keys}
        if HEAD not in exclude:
            message[NETWORK] = self.network.pack()
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
                self.network.unpack(message[NETWORK], message["fingerprint"])
            self._head_from_bytes(message[HEAD], f"the data of component {self.name!r}")
        self._use_labels()
        return self

    def _head_from_bytes(self, data: bytes, where: str) -> None:
        width = self.network.config.width
        self.set_head(np.zeros((self._n_outputs(), width), "f"), np.zeros(self._n_outputs(), "f"))
        try:
            self.head.from_bytes(data)
            shape = self.head.weights()[0].shape
            if shape != (self._n_outputs(), width):
                raise ValueError(f"its shape is {shape}")
        except Exception as error:
            # msgpack and thinc raise many kinds; an AttributeError would become spaCy's E149.
            raise ValueError(
                f"The head in {where} is damaged, or belongs to other labels or another network: "
                f"{self._n_outputs()} labels and a width of {width} are expected "
                f"({type(error).__name__}: {error}). Save the pipeline again."
            ) from error

    def _n_outputs(self) -> int:
        raise NotImplementedError

    def _use_labels(self) -> None:
        """Act on labels that have just been read."""


def read_file(path: Path) -> bytes:
    """Read a file of a saved component. RAISES (FileNotFoundError): It is not there."""
    if not path.is_file():
        raise FileNotFoundError(
            f"No {path.name} in {path.parent}: the saved component is not complete. If it was left "
            f"out when the pipeline was saved, leave it out here too (exclude="
            f"[{path.parent.name!r}]); else get the missing file, or save the pipeline again."
        )
    return path.read_bytes()


def read_object(path: Path) -> dict[str, Any]:
    """Read a JSON object. RAISES (ValueError): It is something else."""
    try:
        values = srsly.json_loads(read_file(path).decode("utf8"))
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise ValueError(f"{path} is not a JSON object. Save the pipeline again.")
    return values
