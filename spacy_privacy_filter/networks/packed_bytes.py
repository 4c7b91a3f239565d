"""Sizes and weights of a network <-> one msgpack value, the same for every backend.

Quantised matrices travel as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import srsly

from ..checkpoints.formats.native import split_quantized, unpack
from ..checkpoints.sizes import NetworkConfig, backbone_shapes
from ..checkpoints.tensors.safetensors import DTYPES, StoredTensor
from ..types import Sizes

# msgpack cannot hold more in one value.
MAX_BYTES = 2**32 - 2**20


def write_message(config: Sizes, tensors: Mapping[str, StoredTensor]) -> bytes:
    """Write a network.

    RAISES (ValueError): More than 4 GiB, which msgpack cannot hold.
    """
    stored = split_quantized(tensors)
    if sum(tensor.nbytes for tensor in stored.values()) >= MAX_BYTES:
        raise ValueError("This network is too large for to_bytes (4 GiB). Use to_disk instead.")
    packed = {
        name: [tensor.dtype, list(tensor.shape), tensor.data.tobytes()]
        for name, tensor in stored.items()
    }
    data: bytes = srsly.msgpack_dumps({"network": dict(config.to_dict()), "tensors": packed})
    return data


def read_message(data: bytes) -> tuple[NetworkConfig, dict[str, StoredTensor]]:
    """Read what `write_message` wrote of a mixture of experts."""
    values, stored = read_parts(data)
    config = NetworkConfig.from_dict(values)
    return config, unpack(stored, backbone_shapes(config), "the bytes")


def read_parts(data: bytes) -> tuple[dict[str, Any], dict[str, StoredTensor]]:
    """Read sizes by name, and tensors as they are stored."""
    message = srsly.msgpack_loads(data)
    stored = {
        # A copy that may be written to: msgpack gives bytes.
        name: StoredTensor(dtype, np.frombuffer(bytearray(raw), DTYPES[dtype]).reshape(shape))
        for name, (dtype, shape, raw) in message["tensors"].items()
    }
    return message["network"], stored
