"""What both components share besides their network: batches by size, passes, training."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from spacy.errors import Errors
from spacy.tokens import Doc
from spacy.training import Example, validate_examples
from spacy.vocab import Vocab
from thinc.api import Model, Optimizer, set_dropout_rate

from .storage.components import StoredPipe


class PrivacyPipe(StoredPipe):
    """Reads documents with the network, and trains the head and the network."""

    def __init__(
        self,
        vocab: Vocab,
        model: Model,
        name: str,
        *,
        trainable_layers: int | None,
        loss_weight: float,
        scorer: Callable[..., dict[str, Any]] | None,
    ) -> None:
        if trainable_layers is not None and trainable_layers < 0:
            raise ValueError(f"trainable_layers must be at least 0, but is {trainable_layers}.")
        if loss_weight < 0:
            raise ValueError(f"loss_weight must be at least 0, but is {loss_weight}.")
        super().__init__(vocab, model, name)
        self.trainable_layers = trainable_layers
        self.loss_weight = loss_weight
        self.scorer = scorer
        self._added = False  # labels, by `add_label`

    def ensure_ready(self) -> None:
        """Load weights and labels if that has not happened yet.

        RAISES (ValueError): No head of this kind came with the weights, or more layers are to be
            trained than there are.
        """
        super().ensure_ready()
        self._check_layers(self.network.config.n_layers)

    def check_early(self) -> None:
        """Refuse settings that are known to be wrong before any weights are read.

        RAISES (ImportError): A backend that is not installed. (ValueError): A device that is not
            there, or what does not fit the weights of a source on this machine.
        """
        self.network.check()
        # Nothing is read for a component whose settings hang on no weights.
        known = None if self.trainable_layers is None else self.network.peek()
        if known is not None:
            self._check_layers(known.config.n_layers)

    def _check_layers(self, n_layers: int) -> None:
        if self.trainable_layers is not None and self.trainable_layers > n_layers:
            raise ValueError(
                f"trainable_layers of {self.name!r} is {self.trainable_layers}, but the network "
                f"has {n_layers} layers. Choose at most {n_layers}, or null (None) for all."
            )

    # --- Documents ---------------------------------------------------------------------------

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """Apply the component to a stream of documents, in order.

        A batch ends at `batch_size` documents or at the network's `batch_pieces`, whichever comes
        first, so that neither many short documents nor a few long ones fill the memory.
        """
        error_handler = self.get_error_handler()
        limit = self.network.settings.batch_pieces
        for docs in batch_by_size(stream, max_docs=batch_size, max_tokens=limit):
            try:
                self.set_annotations(docs, self.predict(docs))
                yield from docs
            except Exception as error:  # noqa: PERF203 - once a batch
                error_handler(self.name, self, docs, error)

    # --- Training ----------------------------------------------------------------------------

    def update(
        self,
        examples: Iterable[Example],
        *,
        drop: float = 0.0,
        sgd: Optimizer | None = None,
        losses: dict[str, float] | None = None,
    ) -> dict[str, float]:
        """Learn from the examples that carry gold of this component's kind; skip the others.

        drop (float): Dropout of the network's stream, 0 to 1.
        sgd (Optimizer | None): Steps the weights at once if given.
        losses (dict | None): Gets the weighted loss under this component's name.
        """
        losses = {} if losses is None else losses
        losses.setdefault(self.name, 0.0)
        examples = list(examples)
        validate_examples(examples, f"{type(self).__name__}.update")
        chosen = [eg for eg in examples if self.has_gold(eg) and len(eg.predicted)]
        if chosen:
            self.ensure_ready()
            set_dropout_rate(self.model, drop)
            self.network.set_training(dropout=drop, trainable_layers=self.trainable_layers)
            encode = self.network.tokenizer.encode
            scores, backprop = self.model.begin_update(
                [encode(example.predicted.text).ids for example in chosen]
            )
            loss, gradient = self.get_loss(chosen, scores)
            backprop(gradient)
            losses[self.name] += loss
        if sgd:
            self.finish_update(sgd)
        return losses

    def add_label(self, label: str) -> int:
        """Add a label to learn; it says little until it is trained. What is there stays.

        label (str): Its name.
        RETURNS (int): 1, or 0 if it was there already.
        RAISES (ValueError): Not a name, or a network without weights yet (nlp.initialize).
        """
        if not isinstance(label, str) or not label:
            raise ValueError(Errors.E187)
        self.ensure_ready()
        if label in self.labels:
            return 0
        self._grow((*self.labels, label))
        self._added = True
        return 1

    def _wanted(
        self, labels: Sequence[str] | None, find: Callable[[], Sequence[str]]
    ) -> tuple[str, ...]:
        """Labels to train: those given, or else of the examples, to which `add_label` adds."""
        if labels is not None:
            return tuple(labels)
        found = find()
        if self._added:
            found = list(dict.fromkeys((*self.labels, *found)))
        return tuple(found or self.labels)

    def _grow(self, labels: Sequence[str]) -> None:
        """Make the head one for these labels, and keep what it knows of old ones."""
        raise NotImplementedError

    def has_gold(self, example: Example) -> bool:
        """Whether an example says anything about this component's task."""
        raise NotImplementedError


def batch_by_size(docs: Iterable[Doc], *, max_docs: int, max_tokens: int) -> Iterator[list[Doc]]:
    """Group documents until there are enough of them, or enough of their tokens."""
    batch: list[Doc] = []
    n_tokens = 0
    for doc in docs:
        batch.append(doc)
        # A piece has about four characters; a token may be much longer, where nothing is spaced.
        n_tokens += max(len(doc), len(doc.text) // 4)
        if len(batch) >= max_docs or n_tokens >= max_tokens:
            yield batch
            batch, n_tokens = [], 0
    if batch:
        yield batch
