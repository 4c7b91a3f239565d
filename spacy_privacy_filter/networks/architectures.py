"""Registered architectures: what `@architectures` in a config may name."""

# No postponed annotations here: older spaCy cannot build a function of its registry from them.

from typing import NoReturn

from thinc.api import Model

from ..checkpoints.sizes import NetworkConfig
from .heads import Categorizer, Tagger, with_category_head, with_tag_head
from .network import Backbone, Network


def build_backbone_v1(
    network: dict[str, int | float] | None = None,
    router_balance: float = 0.0,
    embedding_rate: float = 1.0,
) -> Backbone:
    """Build the backbone of a privacy filter: the network below the heads.

    network (dict | None): Sizes, by the names of `NetworkConfig`, of a network that starts from
        fresh weights; what is not named keeps the size of openai/privacy-filter. None if weights
        come from the component's `source`, with their sizes.
    router_balance (float): Weight of the router's imbalance in the training loss.
    embedding_rate (float): Learning rate of the piece embeddings, relative to that of the rest.
    RETURNS (Model): A layer without weights yet; its shim is the `Network`.
    RAISES (ValueError): An unknown size or a bad value.
    """
    for name, value in (("router_balance", router_balance), ("embedding_rate", embedding_rate)):
        if value < 0:
            raise ValueError(f"{name} must be at least 0, but is {value}.")
    sizes = None if network is None else NetworkConfig.from_dict(network)
    shared = Network(sizes, router_balance=router_balance, embedding_rate=embedding_rate)
    return Model("privacy_backbone", _not_alone, shims=[shared], attrs={"dropout_rate": 0.0})


def build_tagger_v1(backbone: Backbone) -> Tagger:
    """Build the network of `privacy_filter`: a tag for every piece. See `heads.with_tag_head`."""
    return with_tag_head(backbone)


def build_categorizer_v1(backbone: Backbone) -> Categorizer:
    """Build the network of `privacy_filter_textcat`. See `heads.with_category_head`."""
    return with_category_head(backbone)


def _not_alone(model: Backbone, inputs: object, is_train: bool) -> NoReturn:
    raise TypeError("The backbone runs through Network.read and Network.start_update.")
