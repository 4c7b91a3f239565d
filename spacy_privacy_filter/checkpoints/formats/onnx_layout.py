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


def lay_out(
    tensor: StoredTensor, interleaved: bool, dtype: str = "float32"
) -> npt.NDArray[Any]:
    """Lay experts out: (n_experts, in, out) -> (n_experts, out, in); biases stay (n_experts, out).

    interleaved (bool): The two halves of the outputs are to alternate: gate, linear, gate ...
    """
    values = tensor.to_float32()
    if values.ndim == 3:
        values = values.swapaxes(1, 2)
    if interleaved:
        n_experts, n_out, *rest = values.shape
        halves = values.reshape(n_experts, 2, n_out // 2, *rest)
        values = halves.swapaxes(1, 2).reshape(values.shape)
    return np.ascontiguousarray(values, dtype=dtype)


def lay_back(values: npt.NDArray[Any], interleaved: bool) -> npt.NDArray[Any]:
    """Undo `lay_out`."""
    if interleaved:
        n_experts, n_out, *rest = values.shape
        pairs = values.reshape(n_experts, n_out // 2, 2, *rest)
        values = pairs.swapaxes(1, 2).reshape(values.shape)
    return np.ascontiguousarray(values.swapaxes(1, 2) if values.ndim == 3 else values)
