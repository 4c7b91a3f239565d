"""The network that components share: passes over documents, and what one gives the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from weakref import ref

from thinc.api import Model

from ..checkpoints.sizes import NetworkConfig
from ..text.windows import pack
from ..types import Ints1d, PackedBatch
from .outputs import Reading, Readings
from .passes import begin_update, read
from .weights import Weights


class Network(Weights):
    """A backbone that one or several components hold by reference."""

    def __init__(self, sizes: NetworkConfig | None = None, **training: float) -> None:
        super().__init__(sizes, **training)
        self._tagger: ref[Any] | None = None
        self.n_changes = 0
        self._readings = Readings()

    @property
    def version(self) -> tuple[int, int, int]:
        """Changes whenever the weights do, also those of a head (see `n_changes`)."""
        return (*self._state, self.n_changes)

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

    # --- Passes ------------------------------------------------------------------------------

    def read(self, ids: Sequence[Ints1d], head: Model[Any, Any] | None) -> list[Reading]:
        """Run documents of any length, keeping no hidden states. See `passes.read`."""
        return read(self.shim, head, ids, self._batches(ids))

    def begin_update(self, ids: Sequence[Ints1d]) -> tuple[list[Any], Callable[[list[Any]], None]]:
        """Run documents for training. See `passes.begin_update`."""
        return begin_update(self.shim, self.model.ops.xp, ids, self._batches(ids))

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
