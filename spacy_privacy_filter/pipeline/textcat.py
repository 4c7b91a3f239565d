"""`privacy_filter_textcat`: sorts documents by the mean of their hidden states."""

# No postponed annotations here: spaCy builds a pydantic model from those of `initialize`.

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab
from thinc.api import Model

from ..checkpoints.checkpoint import Checkpoint
from ..learning.losses import category_loss, category_targets, log_softmax
from ..types import Floats2d
from .base import PrivacyPipe
from .names import TEXTCAT
from .storage.provenance import inherit_meta


class PrivacyTextCategorizer(PrivacyPipe):
    """Give each category of a document a probability in `doc.cats`."""

    saved_keys = ("categories", "exclusive")

    def __init__(
        self,
        vocab: Vocab,
        model: Model,
        name: str = TEXTCAT,
        *,
        exclusive: bool | None = None,
        threshold: float = 0.5,
        trainable_layers: int | None = None,
        loss_weight: float = 0.5,
        scorer: Callable[..., dict[str, Any]] | None = None,
    ) -> None:
        if not 0 <= threshold <= 1:
            raise ValueError(f"threshold must be 0 to 1, but is {threshold}.")
        super().__init__(
            vocab,
            model,
            name,
            trainable_layers=trainable_layers,
            loss_weight=loss_weight,
            scorer=scorer,
        )
        self._exclusive = exclusive  # what the user says; None for what the weights say
        self.cfg: dict[str, Any] = {
            "categories": None,
            "exclusive": exclusive is not False,
            "threshold": threshold,
        }

    @property
    def labels(self) -> tuple[str, ...]:
        """Categories of the head, in order; reads no weights. Empty if nothing is known yet."""
        known = None if self._has_labels() else self.network.peek()
        return tuple(self.cfg["categories"] or (known and known.categories) or ())

    @property
    def label_data(self) -> tuple[str, ...]:
        """What `spacy init labels` writes and `initialize` takes."""
        return self.labels

    # --- Documents ---------------------------------------------------------------------------

    def predict(self, docs: Iterable[Doc]) -> Floats2d:
        """Compute the categories of documents, without changing them.

        RETURNS (Floats2d): Probabilities, adding up to 1 in each row if exclusive. Shape:
            (n_docs, n_categories).
        RAISES (ValueError): Logits that are not finite.
        """
        docs = list(docs)
        if not docs:
            return np.zeros((0, len(self.labels)), "f")
        self.ensure_ready()
        ops = self.model.ops
        pooled = ops.asarray2f(np.stack(self.network.pool(docs)))
        logits: Floats2d = ops.to_numpy(self.head.predict(pooled))
        if not np.isfinite(logits).all():
            raise ValueError(
                f"Component {self.name!r} gave logits that are not finite (NaN or infinity). Its "
                "weights are damaged: load them again, or train with a lower learning rate."
            )
        if self.cfg["exclusive"]:
            return np.exp(log_softmax(logits))
        return np.exp(-np.logaddexp(0.0, -logits))  # a sigmoid that does not overflow

    def set_annotations(self, docs: Iterable[Doc], scores: Floats2d) -> None:
        """Write one probability a category into `doc.cats`; other components' stay."""
        for doc, row in zip(docs, scores, strict=True):
            doc.cats.update({label: float(p) for label, p in zip(self.labels, row, strict=True)})

    # --- Training ----------------------------------------------------------------------------

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Example]],
        *,
        nlp: Language | None = None,
        labels: Sequence[str] | None = None,
    ) -> None:
        """Get ready for training.

        get_examples (Callable): Gives the training examples; read whole if `labels` is not given.
        nlp (Language | None): As in `PrivacyFilter.initialize`.
        labels (Sequence[str] | None): Categories. The default is every category of the examples, or
            what there is if these have none; after `add_label`, both.
        RAISES (ValueError): Fewer than two exclusive categories, or none at all.
        """
        # A tagger that shares the network initialises it, whatever the order.
        if not self.network.is_loaded or not self.network.has_heads:
            self.network.initialize()
        checkpoint = self.network.checkpoint
        if not self._has_labels() and checkpoint is not None and checkpoint.categories is not None:
            self._take_head(checkpoint)
        labels = self._wanted(
            labels, lambda: sorted({name for eg in get_examples() for name in eg.reference.cats})
        )
        if set(self.labels) != set(labels) or self._exclusive is not None:
            # other categories than the weights came with, or another use of the same
            self.cfg["exclusive"] = self._exclusive is not False
        if len(labels) < (2 if self.cfg["exclusive"] else 1):
            raise ValueError(
                f"Component {self.name!r} needs more categories than {list(labels)}. Give examples "
                f"with `doc.cats`, or `labels` under [initialize.components.{self.name}]."
            )
        keeps = self.network.sizes is None
        if not keeps or set(self.labels) != set(labels):
            self.grow_head(self.labels if keeps else (), list(labels))
            self.cfg["categories"] = list(labels)
        self._use_labels()
        if nlp is not None:
            inherit_meta(nlp)

    def _grow(self, labels: Sequence[str]) -> None:
        self.grow_head(self.labels, list(labels))
        self.cfg["categories"] = list(labels)
        self._use_labels()

    def has_gold(self, example: Example) -> bool:
        """Whether the example has categories."""
        return bool(example.reference.cats)

    def get_loss(self, examples: Iterable[Example], scores: Any) -> tuple[float, Any]:
        """Compute the weighted loss of logits and its gradient. See `loss.category_loss`."""
        ops, exclusive = self.model.ops, bool(self.cfg["exclusive"])
        cats = [example.reference.cats for example in examples]
        targets = category_targets(cats, self.labels, exclusive)
        loss, gradient = category_loss(ops.to_numpy(scores), targets, exclusive)
        return loss * self.loss_weight, ops.asarray(gradient * self.loss_weight)

    # --- Labels ------------------------------------------------------------------------------

    def _has_labels(self) -> bool:
        return self.cfg["categories"] is not None

    def _take_labels(self, checkpoint: Checkpoint) -> None:
        if checkpoint.categories is None:
            raise ValueError(
                f"The weights of {self.name!r} have no category head, so they cannot sort "
                "documents. Choose another `source`, or train one (nlp.initialize)."
            )
        if self._exclusive not in (None, checkpoint.exclusive):
            raise ValueError(
                f"Component {self.name!r} has exclusive = {self._exclusive}, but the categories of "
                f"its weights were trained with exclusive = {checkpoint.exclusive}, so their "
                "probabilities would mean nothing. Leave the setting out, or train the head anew."
            )
        self._take_head(checkpoint)

    def _take_head(self, checkpoint: Checkpoint) -> None:
        self.set_head(*self.network.head_weights(self.head.tensor))
        self.cfg["categories"] = list(checkpoint.categories or ())
        self.cfg["exclusive"] = checkpoint.exclusive
        self._use_labels()

    def _use_labels(self) -> None:
        for label in self.cfg["categories"]:
            self.vocab.strings.add(label)

    def _n_outputs(self) -> int:
        return len(self.cfg["categories"])
