"""The network that components share: passes over documents, and what one gives the other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TypeAlias

from spacy.tokens import Doc
from thinc.api import Model
from thinc.types import Floats2d as XpFloats2d

from ..checkpoints.checkpoint import Checkpoint
from ..text.tokenizers import O200k
from ..text.windows import pack, share
from ..types import (
    DocOutput,
    Floats1d,
    Floats2d,
    Head,
    Ints1d,
    Layer,
    PackedBatch,
    Reading,
    Sizes,
    Tokenizer,
)
from . import passes
from .outputs import Heads, Kept, Outputs
from .weighted_shim import WeightedShim

Backbone: TypeAlias = Model[list[Ints1d], list[XpFloats2d]]


class Network(WeightedShim):
    """A backbone that one or several components hold by reference; see `types.Network`.

    sizes, router_balance, embedding_rate: As in `WeightedShim`.
    """

    def __init__(
        self,
        sizes: Sizes | None = None,
        *,
        router_balance: float = 0.0,
        embedding_rate: float = 1.0,
    ) -> None:
        super().__init__(sizes, router_balance=router_balance, embedding_rate=embedding_rate)
        self._heads = Heads()
        self._outputs = Outputs()

    @property
    def tokenizer(self) -> Tokenizer:
        """What cuts texts into its pieces. It comes with the checkpoint."""
        return O200k() if self.checkpoint is None else self.checkpoint.tokenizer

    @property
    def reach(self) -> int | None:
        """Pieces of context that make a window exact; None: windows are approximate."""
        return self.config.reach

    # --- Passes ------------------------------------------------------------------------------

    def register(self, head: Head) -> None:
        """Compute the logits of a head over each piece in every pass, for as long as it lives.

        A head without weights gets those that come with the checkpoint, if there are any.
        """
        self._heads.add(head)
        self._fill()

    def forget(self, head: Head) -> None:
        """End that, if it is registered."""
        self._heads.discard(head)

    def _take(self, checkpoint: Checkpoint) -> None:
        super()._take(checkpoint)
        self._fill()

    def _fill(self) -> None:
        """Give heads that are still without weights those that came with the network."""
        for head in self._heads:
            weights = self._weights.head(head.tensor)
            if weights is not None and not head.is_ready:
                head.put(*weights)

    @property
    def has_heads(self) -> bool:
        """Whether any registered head has weights."""
        return any(head.is_ready for head in self._heads)

    def run(self, docs: Sequence[Doc], head: Head) -> list[DocOutput]:
        """Run documents once for all heads, but those that have just been read.

        What another head or `pool` will ask for is kept for as long as the document lives, or until
        weights change; so one pass serves all, in any order. Logits are handed over, not kept.

        head (Head): Whose logits are wanted.
        RETURNS (list[DocOutput]): One for each document.
        """
        version = self.version
        outputs = [self._outputs.take(doc, version, head) for doc in docs]
        todo = [doc for doc, output in zip(docs, outputs, strict=True) if output is None]
        fresh = iter(self._run(todo, {*self._heads, head}))
        return [next(fresh).hand_over(head) if output is None else output for output in outputs]

    def pool(self, docs: Sequence[Doc]) -> list[Floats1d]:
        """Give the mean of the hidden states of each document, in the same pass as `run`.

        RETURNS (list[Floats1d]): Zeros for a document without pieces. Shape of each: (width,).
        """
        version = self.version
        means = [self._outputs.pooled(doc, version) for doc in docs]
        todo = [doc for doc, mean in zip(docs, means, strict=True) if mean is None]
        fresh = iter(self._run(todo, set(self._heads)))
        return [next(fresh).pooled if mean is None else mean for mean in means]

    def _run(self, docs: Sequence[Doc], heads: Collection[Head]) -> list[Kept]:
        """Run documents for all heads that have weights, and keep what comes out."""
        if not docs:
            return []
        version, width = self.version, self.config.width
        ready = [head for head in heads if head.is_ready and head.get_dim("nI") == width]
        changes = [head.n_changes for head in ready]
        pieces = [self.tokenizer.encode(doc.text) for doc in docs]
        ids = [own.ids for own in pieces]
        found = []
        done = passes.read(self.shim, ready, ids, self._batches(ids))
        for doc, own, (logits, pooled) in zip(docs, pieces, done, strict=True):
            scored = zip(changes, logits, strict=True)
            kept = Kept(version, own, dict(zip(ready, scored, strict=True)), pooled)
            self._outputs.keep(doc, kept)
            found.append(kept)
        return found

    def read(self, ids: Sequence[Ints1d], layer: Layer | None) -> list[Reading]:
        """Run pieces of which nothing is kept. See `passes.read`."""
        layers = [] if layer is None else [layer]
        return [
            Reading(done.logits[0] if layers else None, done.pooled)
            for done in passes.read(self.shim, layers, ids, self._batches(ids))
        ]

    def logits(self, ids: Sequence[Ints1d], layer: Layer) -> list[Floats2d]:
        """Run pieces, of which nothing is kept, for one layer. Shape of each: (n_pieces, n_out)."""
        done = passes.read(self.shim, [layer], ids, self._batches(ids))
        return [logits for (logits,), _ in done]

    def start_update(
        self, ids: Sequence[Ints1d]
    ) -> tuple[list[XpFloats2d], Callable[[list[XpFloats2d]], None]]:
        """Run pieces for training. See `passes.begin_update`."""
        return passes.begin_update(self.shim, ids, self._batches(ids))

    def _batches(self, ids: Sequence[Ints1d]) -> Iterator[PackedBatch]:
        vocab_size = self.config.vocab_size
        for doc in ids:
            if len(doc) and doc.max() >= vocab_size:
                raise ValueError(f"A piece has the id {doc.max()}, but there are {vocab_size}.")
        settings, reach = self.settings, self.reach
        core, context, words = settings.window, reach or 0, None
        if reach is None:
            core, context = share(core, self.config.max_pieces)
            words = [self.tokenizer.starts_word(doc) for doc in ids]
        rows = settings.batch_pieces
        return pack(ids, core=core, context=context, max_rows=rows, word_starts=words)


def network_of(backbone: Backbone) -> Network:
    """Find the network of a backbone layer, made by `architectures.build_backbone_v1`."""
    return next(shim for shim in backbone.shims if isinstance(shim, Network))
