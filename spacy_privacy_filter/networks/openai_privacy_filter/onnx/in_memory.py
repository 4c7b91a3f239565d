"""Sizes and weights of a network -> a model in memory, each weight of which is held once."""

from __future__ import annotations

from collections.abc import Mapping

from ....checkpoints.sizes import NetworkConfig
from ....checkpoints.tensors.safetensors import StoredTensor, trim_heap
from .graph import beside
from .network import Design, build
from .session import Model, hold


def build_in_memory(
    config: NetworkConfig, tensors: Mapping[str, StoredTensor], dtype: str
) -> Model:
    """Write the graph of a checkpoint, and make its weights one by one.

    dtype (str): A key of `matrices.NUMBERS`.
    """
    graph, inputs, outputs = build(config, tensors, Design(dtype))
    weights = {weight.name: hold(weight.values()) for weight in graph.weights}
    places = [beside(weight, "memory", 0) for weight in graph.weights]
    model = graph.to_model(inputs, outputs, places, {})
    trim_heap()
    return Model(model.SerializeToString(), weights)
