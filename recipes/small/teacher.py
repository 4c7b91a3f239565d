"""A sentence encoder and a few labelled texts -> how likely each category is for any text.

A small network learns hard labels by heart long before it has learnt the rest of its task. What a
linear layer over a large encoder makes of a text is softer, and is there for any other text too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from spacy_privacy_filter.types import Floats2d, Ints1d

N_FOLDS: Final = 5
# Weight of the squared weights in the loss; the one that predicts left-out texts best is taken.
PENALTIES: Final = (1e-5, 3e-5, 1e-4, 3e-4, 1e-3)


class Encoder(Protocol):
    """What gives each text a vector, see `encoder.py`."""

    def encode(self, texts: Sequence[str]) -> Floats2d:
        """Turn texts into vectors. Shape: (n_texts, width)."""


class Teacher:
    """Linear layers over the vectors of an encoder, each fitted without one part of the texts.

    A labelled text is judged by the layer that has not seen it, any other by all of them.

    encoder (Encoder): Gives the vectors.
    texts (Sequence[str]): Labelled texts.
    classes (Sequence[int]): The category of each. Shape: (n_texts,).
    n_classes (int): How many categories there are.
    seed (int): Deals the texts out.
    RAISES (ValueError): Fewer texts than parts, or texts and classes of different number.
    """

    def __init__(
        self,
        encoder: Encoder,
        texts: Sequence[str],
        classes: Sequence[int],
        n_classes: int,
        seed: int = 0,
    ) -> None:
        if len(texts) != len(classes) or len(texts) < N_FOLDS:
            raise ValueError(
                f"A teacher needs at least {N_FOLDS} texts and a category for each; found "
                f"{len(texts)} texts and {len(classes)} categories."
            )
        self.encoder = encoder
        self.n_classes = n_classes
        self.folds: Ints1d = np.random.default_rng(seed).permutation(len(texts)) % N_FOLDS
        vectors, goal = self._vectors(texts), torch.as_tensor(classes)
        tried = {penalty: self._fit_all(vectors, goal, penalty) for penalty in PENALTIES}
        losses = {
            penalty: float(functional.cross_entropy(self._left_out(layers, vectors), goal))
            for penalty, layers in tried.items()
        }
        self.penalty = min(losses, key=lambda penalty: losses[penalty])
        self.layers = tried[self.penalty]
        found = self._left_out(self.layers, vectors).argmax(1)
        self.accuracy = float((found == goal).float().mean())

    def judge(self, texts: Sequence[str], rows: Sequence[int | None]) -> Floats2d:
        """Say how likely each category is.

        texts (Sequence[str]): Any texts.
        rows (Sequence[int | None]): Of which labelled text each is a copy or a part; None for none.
        RETURNS (Floats2d): Shape: (n_texts, n_classes); each row adds up to 1.
        """
        vectors = self._vectors(texts)
        every = torch.stack([functional.softmax(vectors @ layer, 1) for layer in self.layers])
        out = every.mean(0)
        for i, row in enumerate(rows):
            if row is not None:
                out[i] = every[self.folds[row], i]
        return out.numpy()

    def _vectors(self, texts: Sequence[str]) -> Tensor:
        """Sentence vectors of length 1 and a constant. Shape: (n_texts, width + 1)."""
        found = functional.normalize(torch.from_numpy(self.encoder.encode(texts)), dim=1)
        return functional.pad(found, (0, 1), value=1.0)

    def _fit_all(self, vectors: Tensor, goal: Tensor, penalty: float) -> list[Tensor]:
        folds = torch.from_numpy(self.folds)
        parts = [folds != fold for fold in range(N_FOLDS)]
        return [_fit(vectors[part], goal[part], self.n_classes, penalty) for part in parts]

    def _left_out(self, layers: Sequence[Tensor], vectors: Tensor) -> Tensor:
        """Logits of each labelled text by the layer that has not seen it."""
        every = torch.stack([vectors @ layer for layer in layers])
        return every[torch.from_numpy(self.folds), torch.arange(len(vectors))]


def _fit(vectors: Tensor, goal: Tensor, n_classes: int, penalty: float) -> Tensor:
    """Logistic regression: weights of shape (width + 1, n_classes)."""
    weight = torch.zeros(vectors.shape[1], n_classes, requires_grad=True)
    optimizer = torch.optim.LBFGS([weight], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimizer.zero_grad()
        value = functional.cross_entropy(vectors @ weight, goal)
        value = value + penalty * weight[:-1].square().sum()
        value.backward()
        return value

    optimizer.step(loss)
    return weight.detach()
