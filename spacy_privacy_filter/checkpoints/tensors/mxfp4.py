"""Experts of an original release in MXFP4 -> bfloat16, which holds every one of them exactly.

A value is one of 16 four-bit floats times a power of two that 32 neighbours share.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from ...types import Shape
from .safetensors import StoredTensor

BLOCKS, SCALES = ".blocks", ".scales"
GROUP: Final = 32
# What opf's loader looks for in this form. SOURCE: opf, _model/weights.py, `PARAM_NAME_MAP`.
EXPERTS: Final = (".mlp.swiglu.weight", ".mlp.out.weight")
# Four bits -> value: sign, two bits of exponent, one of mantissa. SOURCE: OCP Microscaling
# Formats (MX) Specification 1.0, E2M1.
VALUES: Final = np.asarray(
    [0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, -0.0, -0.5, -1.0, -1.5, -2.0, -3.0, -4.0, -6.0]
)
BIAS: Final = 127
# 6 x 2^125 is the largest that bfloat16 holds; 255 stands for no number at all.
MAX_SCALE: Final = 125 + BIAS
# Rows are unpacked this many values at a time, so that temporary arrays stay small.
CHUNK_VALUES: Final = 1 << 20


def unpack_mxfp4(
    stored: Mapping[str, StoredTensor], shapes: Mapping[str, Shape], where: str
) -> dict[str, StoredTensor]:
    """Replace the two tensors of each packed matrix by one in bfloat16.

    Neighbours that share a scale lie along the last axis, that of the outputs: opf's loader puts
    them end to end and turns nothing (its sibling for gpt-oss has inputs there).

    stored (Mapping[str, StoredTensor]): What a file holds.
    shapes (Mapping[str, Shape]): What there must be, by our names, unpacked.
    where (str): What is read, for messages.
    RETURNS (dict[str, StoredTensor]): The others as they are; the unpacked ones are no longer
        mapped and take four times the room.
    RAISES (ValueError): A matrix that opf does not pack, is there twice or without its scales, is
        misshapen, holds another number type, or has a scale that no weight can have.
    """
    found = dict(stored)
    for name in [name for name in stored if name.endswith(BLOCKS)]:
        stem = name.removesuffix(BLOCKS)
        if stem not in shapes or not stem.endswith(EXPERTS) or stem in stored:
            raise ValueError(
                f"{name[:200]!r} in {where} cannot be read: only the experts may be packed as "
                f"MXFP4 (*{', *'.join(EXPERTS)}), and not beside the same weights in another form. "
                f"Download the checkpoint again."
            )
        blocks, scales = found.pop(name), found.pop(stem + SCALES, None)
        found[stem] = StoredTensor("BF16", _unpack(blocks, scales, shapes[stem], stem, where))
    return found


def _unpack(
    blocks: StoredTensor, scales: StoredTensor | None, shape: Shape, name: str, where: str
) -> npt.NDArray[np.uint16]:
    """Check and unpack one matrix. Shape: (n_experts, n_in, n_out), as bits of bfloat16."""
    *lead, n_out = shape
    groups = (*lead, n_out // GROUP)
    fits = n_out % GROUP == 0 and blocks.shape == (*groups, GROUP // 2)
    if scales is None or not fits or scales.shape != groups:
        raise ValueError(
            f"{name} in {where} is packed as MXFP4, but blocks of the shape {blocks.shape} and "
            f"scales of {None if scales is None else scales.shape} do not make {shape}: "
            f"{(*groups, GROUP // 2)} and {groups} are needed. Download the checkpoint again."
        )
    if blocks.dtype != "U8" or scales.dtype != "U8":
        raise ValueError(
            f"{name} in {where} is packed as MXFP4, whose blocks and scales are U8, but they are "
            f"{blocks.dtype} and {scales.dtype}. Download the checkpoint again."
        )
    powers = np.ascontiguousarray(scales.data).reshape(-1)  # (n_groups,)
    if powers.size and powers.max() > MAX_SCALE:
        raise ValueError(
            f"{name} in {where} has a scale of {powers.max()}; the largest that a bfloat16 weight "
            f"can have is {MAX_SCALE}. The file is damaged: download it again."
        )
    return _look_up(np.ascontiguousarray(blocks.data).reshape(-1, GROUP // 2), powers).reshape(
        shape
    )


def _look_up(codes: npt.NDArray[np.uint8], powers: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint16]:
    """Turn groups into bits of bfloat16; the low four bits of a byte come first.

    codes (NDArray): Shape: (n_groups, 16). powers (NDArray): Shape: (n_groups,).
    RETURNS (NDArray): Shape: (n_groups, 32).
    """
    exact = VALUES[None, :] * 2.0 ** (np.arange(MAX_SCALE + 1) - BIAS)[:, None]
    table: Any = StoredTensor.from_float32(exact, "BF16").data  # (n_scales, 16)
    out = np.empty((len(codes), GROUP), np.uint16)
    step = CHUNK_VALUES // GROUP
    for at in range(0, len(codes), step):
        part = slice(at, at + step)
        own = powers[part, None]
        out[part, ::2] = table[own, codes[part] & 15]
        out[part, 1::2] = table[own, codes[part] >> 4]
    return out


def refuse_mxfp4(stored: Collection[str], where: str) -> None:
    """Refuse packed experts in a layout for which nobody has defined them.

    RAISES (ValueError): Tensors that end in .blocks.
    """
    if any(name.endswith(BLOCKS) for name in stored):
        raise ValueError(
            f"The weights in {where} are packed as MXFP4 (.blocks and .scales), which is read in "
            f"the original release (opf) only. Use that, or the bfloat16 weights."
        )
