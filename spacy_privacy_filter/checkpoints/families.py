"""What differs between the families of networks when one is written in our own format, or read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..types import Shape
from .checkpoint import Checkpoint, Packing, shapes_of
from .encoder_sizes import TOKENIZER, EncoderSizes
from .formats.native import pack, split_quantized, unpack
from .layouts import check_tensors
from .sizes import CATEGORY_HEAD, TAG_HEAD, head_shapes
from .tensors.safetensors import StoredTensor

BYTES = "U8"


def check(checkpoint: Checkpoint, where: str) -> None:
    """Refuse tensors that do not agree with sizes and labels. RAISES (ValueError)."""
    tensors, real = checkpoint.tensors, checkpoint.tensors
    if isinstance(checkpoint.config, EncoderSizes):
        if TOKENIZER not in tensors:
            raise ValueError(f"The tokenizer of {where} is missing. Save it again.")
        real = {name: tensor for name, tensor in tensors.items() if tensor.dtype != BYTES}
    check_tensors(real, _shapes(checkpoint, real), where)


def read_stored(
    head: Checkpoint, stored: Mapping[str, StoredTensor], where: str
) -> dict[str, StoredTensor]:
    """Make of what a file holds the tensors of a network by our names.

    RAISES (ValueError): Tensors that are missing, unknown or misshapen.
    """
    if not isinstance(head.config, EncoderSizes):
        return unpack(stored, _shapes(head, stored), where)
    check(replace(head, tensors=dict(stored)), where)
    return dict(stored)


def lay_out(checkpoint: Checkpoint, packing: Packing) -> dict[str, StoredTensor]:
    """Give the tensors by the names of a file.

    RAISES (ValueError): Something is to be quantised that cannot be.
    """
    if isinstance(checkpoint.config, EncoderSizes):
        if packing.bits:
            raise ValueError("Encoders are not quantised here. Leave quantize out.")
        return checkpoint.tensors
    # What is quantised already stays so, whether it is named or not: nothing is lost that way.
    n_layers = checkpoint.mixture.n_layers
    return split_quantized(pack(checkpoint.tensors, packing.bits, n_layers, packing.group_size))


def _shapes(checkpoint: Checkpoint, found: Mapping[str, StoredTensor]) -> dict[str, Shape]:
    """Name all tensors that there must be, with their shapes. What an encoder has tells its own."""
    c = checkpoint
    if not isinstance(c.config, EncoderSizes):
        return shapes_of(c.mixture, c.tags, c.categories, len(found))
    shapes = {
        name: tensor.shape
        for name, tensor in found.items()
        if name.split(".")[0] not in (TAG_HEAD, CATEGORY_HEAD)
    }
    if c.tags is not None:
        shapes |= head_shapes(TAG_HEAD, len(c.tags), c.config.width)
    if c.categories is not None:
        shapes |= head_shapes(CATEGORY_HEAD, len(c.categories), c.config.width)
    return shapes
