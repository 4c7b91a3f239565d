"""Heads over a shared network, as thinc layers: documents' piece ids in, logits out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from thinc.api import Linear, Model

from ..types import Ints1d
from .network import network_of


def with_tag_head(backbone: Model[Any, Any]) -> Model[list[Ints1d], list[Any]]:
    """Put a linear head over every piece.

    backbone (Model): Made by `architectures.build_backbone_v1`.
    RETURNS (Model): From ids of each document, shape (n_pieces,), to logits, (n_pieces, n_tags).
        Its head is the ref "head", whose sizes are set when labels are known.
    """
    return _with_head("privacy_tagger", backbone, _tagger_forward)


def with_category_head(backbone: Model[Any, Any]) -> Model[list[Ints1d], Any]:
    """Put a linear head over the mean of each document's pieces.

    backbone (Model): Made by `architectures.build_backbone_v1`.
    RETURNS (Model): From ids of each document, shape (n_pieces,), to logits, (n_docs,
        n_categories).
    """
    return _with_head("privacy_categorizer", backbone, _categorizer_forward)


def _with_head(
    name: str, backbone: Model[Any, Any], forward: Callable[..., Any]
) -> Model[Any, Any]:
    if "network" not in backbone.attrs:
        raise ValueError(
            f"{name} needs a backbone such as spacy_privacy_filter.Backbone.v1, but got the layer "
            f"{backbone.name!r}."
        )
    head: Model[Any, Any] = Linear()
    return Model(
        name,
        forward,
        layers=[backbone, head],
        refs={"backbone": backbone, "head": head, "output_layer": head},
    )


def _tagger_forward(
    model: Model[Any, Any], ids: list[Ints1d], is_train: bool
) -> tuple[list[Any], Callable[[list[Any]], list[Any]]]:
    backbone, head = model.layers  # not by ref: `Model.copy` keeps layers, but no refs
    network = network_of(backbone)
    if not is_train:
        return [reading.logits for reading in network.read(ids, head)], _no_backprop
    hidden, finish = network.begin_update(ids)
    flat, head_backprop = head.begin_update(model.ops.flatten(hidden))
    lengths: Any = [len(doc) for doc in ids]

    def backprop(d_logits: list[Any]) -> list[Any]:
        d_hidden = head_backprop(model.ops.flatten(d_logits))
        finish(model.ops.unflatten(d_hidden, lengths))
        return []

    return model.ops.unflatten(flat, lengths), backprop


def _categorizer_forward(
    model: Model[Any, Any], ids: list[Ints1d], is_train: bool
) -> tuple[Any, Callable[[Any], list[Any]]]:
    (backbone, head), ops = model.layers, model.ops
    network = network_of(backbone)
    if not is_train:
        pooled_rows: Any = [reading.pooled for reading in network.read(ids, None)]
        pooled = ops.xp.stack([ops.asarray(row) for row in pooled_rows])
        return head.predict(pooled), _no_backprop
    hidden, finish = network.begin_update(ids)
    lengths = [max(len(doc), 1) for doc in ids]
    pooled = ops.xp.stack([h.sum(axis=0) / n for h, n in zip(hidden, lengths, strict=True)])
    logits, head_backprop = head.begin_update(pooled)

    def backprop(d_logits: Any) -> list[Any]:
        shares = head_backprop(d_logits)
        finish(
            [
                ops.xp.repeat(share[None] / n, len(doc), axis=0)
                for share, n, doc in zip(shares, lengths, ids, strict=True)
            ]
        )
        return []

    return logits, backprop


def _no_backprop(_: Any) -> list[Any]:
    raise RuntimeError("There is nothing to train on after predict(); call begin_update().")
