"""The settings of a network, and which framework runs it."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Final

import catalogue

from ..checkpoints.source import SHIPPED_NAME
from ..compat import EXTRAS, has, missing

# Third parties add a backend through the entry point group `spacy_privacy_filter_backends`.
backends = catalogue.create("spacy_privacy_filter", "backends", entry_points=True)

AUTO: Final = "auto"
DTYPES: Final = (AUTO, "float32", "bfloat16", "int8")
# What each backend of ours imports.
MODULES: Final = {"torch": "torch", "mlx": "mlx", "onnx": "onnxruntime"}


@dataclass(frozen=True)
class Settings:
    """Where weights come from and how they run.

    source (str | None): Folder or hub id; None or "shipped" for the small pipeline that ships with
        the package.
    backend (str): A registered backend, or "auto": MLX on Apple silicon where it is installed, else
        PyTorch, else MLX.
    device (str): "auto" (follows spaCy) or a device of the backend.
    dtype (str): "auto", "float32", "bfloat16" or "int8".
    window (int): Pieces of a long document that are kept from one pass of the network.
    batch_pieces (int): Pieces that go through the network at once, context included.
    """

    source: str | None = None
    backend: str = AUTO
    device: str = AUTO
    dtype: str = AUTO
    window: int = 4096
    batch_pieces: int = 8192

    @property
    def origin(self) -> str:
        """What `source` must be to mean the same weights."""
        return self.source or SHIPPED_NAME

    def __post_init__(self) -> None:
        if self.backend not in (AUTO, *(known := backend_names())):
            raise ValueError(
                f"Unknown backend {self.backend!r}. Choose one of: auto, {', '.join(known)}."
            )
        if self.dtype not in DTYPES:
            raise ValueError(f"Unknown dtype {self.dtype!r}. Choose one of: {', '.join(DTYPES)}.")
        if self.device.partition(":")[0] == "meta":
            raise ValueError(
                "device = 'meta' holds shapes and no numbers, so nothing could be computed there. "
                "Use 'auto', 'cpu', or a device of this machine."
            )
        for name in ("window", "batch_pieces"):
            value = getattr(self, name)
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                raise ValueError(f"{name} must be a whole number of at least 1, but is {value!r}.")


def backend_names() -> list[str]:
    """Name every backend, ours and others', without importing any: most are not installed."""
    named = {entry.name for entry in entry_points(group="_".join(backends.namespace))}
    added = {
        path[-1] for path in catalogue.REGISTRY.copy() if path[:-1] == tuple(backends.namespace)
    }
    return sorted(named | added)


def pick_backend(name: str) -> str:
    """Resolve "auto" and check that the backend's framework is installed.

    RAISES (ImportError): It is not; the message names the pip extra.
    """
    chosen = choose_backend()[0] if name == AUTO else name
    module = MODULES.get(chosen)
    if module in EXTRAS and not has(module):
        raise missing(module, f"backend = {name!r}")
    return chosen


def choose_backend() -> tuple[str, str]:
    """Say which backend "auto" means here, and why; nothing is imported.

    RETURNS (tuple[str, str]): The backend, which is not installed if none is; and the reason.
    """
    if has("mlx") and is_apple_silicon():
        return "mlx", "MLX is installed, and this is Apple silicon"
    if has("torch"):
        return "torch", "PyTorch is installed, and " + (
            "MLX is not" if is_apple_silicon() else "this is not Apple silicon"
        )
    if has("mlx"):
        return "mlx", "MLX is installed, and PyTorch is not"
    return ("mlx" if is_apple_silicon() else "torch"), "it would be, but no backend is installed"


def is_apple_silicon() -> bool:
    """Whether this machine is what MLX is made for."""
    return platform.system() == "Darwin" and platform.machine() == "arm64"
