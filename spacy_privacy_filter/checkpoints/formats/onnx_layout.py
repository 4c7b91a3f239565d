"""How weights lie in an ONNX file of ours <-> ours: suffixes of names, and the order of experts.

No suffix: as in `checkpoints/sizes.py`. `/experts`: inputs last, and gate and linear part of
`swiglu` interleaved, as onnxruntime's MoE wants them. `/codes` and `/scales`: the same in whole
numbers, see `tensors.blocks`. `/words`, `/scales` and `/biases`: see `tensors.affine`.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from ..tensors.safetensors import StoredTensor

EXPERTS: Final = "/experts"
CODES: Final = "/codes"
SCALES: Final = "/scales"
WORDS: Final = "/words"
BIASES: Final = "/biases"


def lay_out(tensor: StoredTensor, interleaved: bool, dtype: str = "float32") -> npt.NDArray[Any]:
    """Lay experts out: (n_experts, in, out) -> (n_experts, out, in); biases stay (n_experts, out).

    interleaved (bool): The two halves of the outputs are to alternate: gate, linear, gate ...
    """
    values = tensor.to_float32()
    if values.ndim == 3:
        values = values.swapaxes(1, 2)
    values = order(values, interleaved)
    return np.ascontiguousarray(values, dtype=dtype)


def order(outputs: npt.NDArray[Any], interleaved: bool) -> npt.NDArray[Any]:
    """Let the two halves of the outputs alternate: (n_experts, out, ...), the same shape."""
    if not interleaved:
        return outputs
    n_experts, n_out, *rest = outputs.shape
    halves = outputs.reshape(n_experts, 2, n_out // 2, *rest)
    return halves.swapaxes(1, 2).reshape(outputs.shape)


def order_back(outputs: npt.NDArray[Any], interleaved: bool) -> npt.NDArray[Any]:
    """Undo `order`."""
    if not interleaved:
        return outputs
    n_experts, n_out, *rest = outputs.shape
    pairs = outputs.reshape(n_experts, n_out // 2, 2, *rest)
    return pairs.swapaxes(1, 2).reshape(outputs.shape)


def lay_back(values: npt.NDArray[Any], interleaved: bool) -> npt.NDArray[Any]:
    """Undo `lay_out`."""
    values = order_back(values, interleaved)
    return np.ascontiguousarray(values.swapaxes(1, 2) if values.ndim == 3 else values)
