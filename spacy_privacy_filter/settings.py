"""Settings of a network: names, defaults and meanings, for factories, configs and the docs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

AUTO: Final = "auto"


@dataclass(frozen=True)
class NetworkSettings:
    """Where weights come from and how they run.

    source (str | None): Folder or hub id of a checkpoint; "shipped" for the small pipeline that
        ships with the package; None for the network of a component that is there already, or else
        that one.
    backend (str): "torch", "mlx", "onnx", or "auto": MLX on Apple silicon where it is installed,
        else PyTorch, else MLX, else ONNX, which runs networks and does not train them.
    device (str): "auto" follows spaCy's `prefer_gpu` and `require_gpu`; or "cpu", "cuda:0", "mps".
        For MLX "cpu" or "gpu"; "auto" is the GPU of Apple silicon. For ONNX "cpu".
    dtype (str): "auto" (float32), "float32", "bfloat16" or "int8"; with backend = "onnx" also
        "float16" and "int4".
    window (int): Pieces of a long document that are kept from one pass; changes no result, but
        for encoders of others, whose windows are approximate: these keep what they can read.
    batch_pieces (int): Pieces that go through the network at once; changes no result.
    """

    source: str | None = None
    backend: str = AUTO
    device: str = AUTO
    dtype: str = AUTO
    window: int = 4096
    batch_pieces: int = 8192

    def __post_init__(self) -> None:
        if self.device.partition(":")[0] == "meta":
            raise ValueError(
                "device = 'meta' holds shapes and no numbers, so nothing could be computed there. "
                "Use 'auto', 'cpu', or a device of this machine."
            )
        for name in ("window", "batch_pieces"):
            value = getattr(self, name)
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                raise ValueError(f"{name} must be a whole number of at least 1, but is {value!r}.")
