"""Heads over a shared network, as thinc layers: documents' piece ids in, logits out."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn, TypeAlias, cast

import numpy as np
from thinc.api import Linear, Model, Ops
from thinc.types import Floats2d as XpFloats2d
from thinc.types import FloatsXd

from ..checkpoints.sizes import CATEGORY_HEAD, TAG_HEAD
from ..types import Floats1d, Floats2d, Ints1d
from .network import Backbone, Network, network_of

Ids: TypeAlias = list[Ints1d]
Tagger: TypeAlias = Model[Ids, list[XpFloats2d]]
Categorizer: TypeAlias = Model[Ids, XpFloats2d]
Refs: TypeAlias = dict[str, Model | None]


class LinearHead(Model[XpFloats2d, XpFloats2d]):
    """thinc's linear layer, which counts how often its weights are set, by whomever.

    tensor (str): Name under which a checkpoint holds its weights.
    """

    def __init__(self, tensor: str) -> None:
        plain = Linear()
        super().__init__(
            plain.name,
            plain._func,
            init=plain.init,
            dims={"nO": None, "nI": None},
            params={"W": None, "b": None},
        )
        self.tensor = tensor
        self.n_changes = 0

    @property
    def is_ready(self) -> bool:
        """Whether there are weights."""
        return bool(self.has_param("W") and self.has_param("b"))

    def set_param(self, name: str, value: FloatsXd | None) -> None:
        """Set the values of one parameter; thinc's optimizer and averages come here, too."""
        super().set_param(name, value)
        self.n_changes += 1

    def put(self, weight: Floats2d, bias: Floats1d) -> None:
        """Set all weights, of any size. Shapes: (n_out, width), (n_out,)."""
        self.clear()  # thinc changes no size of a layer that has parameters
        self.set_dim("nO", weight.shape[0], force=True)
        self.set_dim("nI", weight.shape[1], force=True)
        self.set_param("W", to_device(self.ops, np.ascontiguousarray(weight, dtype="f")))
        self.set_param("b", to_device(self.ops, np.ascontiguousarray(bias, dtype="f")))
        for name in ("W", "b"):
            if self.has_grad(name):  # of the old size
                self.set_grad(name, self.ops.alloc(self.get_param(name).shape))

    def clear(self) -> None:
        """Forget the weights."""
        for name in ("W", "b"):
            self.set_param(name, None)

    def weights(self) -> tuple[Floats2d, Floats1d]:
        """Weight and bias. Shapes: (n_out, width), (n_out,)."""
        weight, bias = (self.ops.to_numpy(self.get_param(name)) for name in ("W", "b"))
        return weight, bias


def with_tag_head(backbone: Backbone) -> Tagger:
    """Put a linear head over every piece.

    backbone (Model): Made by `architectures.build_backbone_v1`.
    RETURNS (Model): From ids of each document, shape (n_pieces,), to logits, (n_pieces, n_tags).
        Its head is the ref "head", whose sizes are set when labels are known.
    """
    head, name = LinearHead(TAG_HEAD), "privacy_tagger"
    _check(name, backbone)
    refs: Refs = {"backbone": backbone, "head": head, "output_layer": head}
    return Model(name, _tagger_forward, layers=[backbone, head], refs=refs)


def with_category_head(backbone: Backbone) -> Categorizer:
    """Put a linear head over the mean of each document's pieces.

    backbone (Model): Made by `architectures.build_backbone_v1`.
    RETURNS (Model): From ids of each document, shape (n_pieces,), to logits, (n_docs,
        n_categories).
    """
    head, name = LinearHead(CATEGORY_HEAD), "privacy_categorizer"
    _check(name, backbone)
    refs: Refs = {"backbone": backbone, "head": head, "output_layer": head}
    return Model(name, _categorizer_forward, layers=[backbone, head], refs=refs)


def to_device(ops: Ops, array: Floats2d) -> XpFloats2d:
    """Give numpy's array as one of thinc's."""
    return cast(XpFloats2d, ops.asarray(cast(XpFloats2d, array)))


def _check(name: str, backbone: Backbone) -> None:
    if not any(isinstance(shim, Network) for shim in backbone.shims):
        raise ValueError(
            f"{name} needs a backbone such as spacy_privacy_filter.Backbone.v1, but got the layer "
            f"{backbone.name!r}."
        )


def _tagger_forward(
    model: Tagger, ids: Ids, is_train: bool
) -> tuple[list[XpFloats2d], Callable[[list[XpFloats2d]], Ids]]:
    backbone, head = model.layers  # not by ref: `Model.copy` keeps layers, but no refs
    network, ops = network_of(backbone), model.ops
    if not is_train:
        return [to_device(ops, logits) for logits in network.logits(ids, head)], _no_backprop
    hidden, finish = network.start_update(ids)
    flat, head_backprop = head.begin_update(ops.flatten(hidden))
    lengths = ops.asarray1i([len(doc) for doc in ids])

    def backprop(d_logits: list[XpFloats2d]) -> Ids:
        finish(ops.unflatten(head_backprop(ops.flatten(d_logits)), lengths))
        return []

    return ops.unflatten(flat, lengths), backprop


def _categorizer_forward(
    model: Categorizer, ids: Ids, is_train: bool
) -> tuple[XpFloats2d, Callable[[XpFloats2d], Ids]]:
    (backbone, head), ops = model.layers, model.ops
    network = network_of(backbone)
    if not is_train:
        means = [reading.pooled for reading in network.read(ids, None)]
        logits: XpFloats2d = head.predict(to_device(ops, np.stack(means)))
        return logits, _no_backprop
    hidden, finish = network.start_update(ids)
    lengths = [max(len(doc), 1) for doc in ids]
    pooled = ops.xp.stack([h.sum(axis=0) / n for h, n in zip(hidden, lengths, strict=True)])
    scores, head_backprop = head.begin_update(pooled)

    def backprop(d_logits: XpFloats2d) -> Ids:
        shares = head_backprop(d_logits)
        finish(
            [
                ops.xp.repeat(share[None] / n, len(doc), axis=0)
                for share, n, doc in zip(shares, lengths, ids, strict=True)
            ]
        )
        return []

    return scores, backprop


def _no_backprop(_: object) -> NoReturn:
    raise RuntimeError("There is nothing to train on after predict(); call begin_update().")
