"""Which framework runs a network, and in which number types."""

from __future__ import annotations

import platform
from importlib import import_module
from importlib.metadata import entry_points
from typing import Final

import catalogue

from ..checkpoints.encoder_sizes import ENCODER, GRAPH
from ..checkpoints.formats.encoder_onnx import GRAPHS
from ..checkpoints.sizes import FAMILY
from ..compat import EXTRAS, has, missing
from ..settings import AUTO, NetworkSettings
from ..types import Sizes
from .shim import MakeShim

# Third parties add a backend through the entry point group `spacy_privacy_filter_backends`.
backends = catalogue.create("spacy_privacy_filter", "backends", entry_points=True)

DTYPES: Final = (AUTO, "float32", "bfloat16", "int8")
# What one backend has besides; it must be named.
MORE_DTYPES: Final = {"onnx": ("float16", "int4")}
# What each backend of ours imports.
MODULES: Final = {"torch": "torch", "mlx": "mlx", "onnx": "onnxruntime"}
# Of families of others: what "auto" means, what is imported, and what to do where it fails.
FAMILY_BACKENDS: Final = {ENCODER: "torch", GRAPH: "onnx"}
FAMILY_MODULES: Final = {
    f"{ENCODER}.torch": ("torch", "transformers"),
    f"{GRAPH}.onnx": ("onnxruntime",),
}
INSTEAD: Final = {
    ENCODER: ", but on torch. For onnx, give a folder that has it as a graph (model.onnx), too.",
    GRAPH: ": it is a graph in ONNX. Leave backend out, or set it to 'onnx'.",
}


def check_settings(settings: NetworkSettings) -> None:
    """Refuse a backend or a number type that nobody knows. RAISES (ValueError)."""
    if settings.backend not in (AUTO, *(known := backend_names())):
        raise ValueError(
            f"Unknown backend {settings.backend!r}. Choose one of: auto, {', '.join(known)}."
        )
    dtypes = (*DTYPES, *MORE_DTYPES.get(settings.backend, ()))
    if settings.dtype not in dtypes:
        raise ValueError(f"Unknown dtype {settings.dtype!r}. Choose one of: {', '.join(dtypes)}.")


def check_machine(settings: NetworkSettings) -> None:
    """Refuse a backend or a device that was named and is not there; "auto" is always something.

    The module of a backend may have a function `find_device(name)` that raises; ours have.

    RAISES (ImportError): The backend's framework is not installed. (ValueError): No such device.
    """
    if settings.backend != AUTO:
        pick_backend(settings.backend)
    if settings.device != AUTO:
        make = backends.get(pick_backend(settings.backend))
        find_device = getattr(import_module(make.__module__), "find_device", None)
        if find_device is not None:
            find_device(settings.device)


def backend_names() -> list[str]:
    """Name every backend, ours and others', without importing any: most are not installed."""
    return sorted(name for name in _registered() if "." not in name)


def _registered() -> set[str]:
    named = {entry.name for entry in entry_points(group="_".join(backends.namespace))}
    added = {
        path[-1] for path in catalogue.REGISTRY.copy() if path[:-1] == tuple(backends.namespace)
    }
    return named | added


def find_maker(name: str, sizes: Sizes) -> tuple[str, MakeShim]:
    """Find what runs a network: of the mixture of experts every backend does, of others some.

    Another family's are registered as "FAMILY.BACKEND".

    name (str): A backend, or "auto".
    RETURNS (tuple): The backend, and what makes its shims.
    RAISES (ValueError): The backend does not run this family. (ImportError): It is not installed.
    """
    if sizes.family == FAMILY:
        backend = pick_backend(name)
        return backend, backends.get(backend)
    backend = FAMILY_BACKENDS.get(sizes.family, AUTO) if name == AUTO else name
    found = f"{sizes.family}.{backend}"
    if found not in _registered():
        raise ValueError(
            f"This network (family {sizes.family!r}) does not run on backend = {name!r}"
            f"{INSTEAD.get(sizes.family, '.')}"
        )
    for module in FAMILY_MODULES.get(found, ()):
        if not has(module):
            raise missing(module, f"This network (family {sizes.family!r})")
    return backend, backends.get(found)


def wanted_graphs(settings: NetworkSettings) -> tuple[str, ...]:
    """Names of the graphs that are wanted of a repository, if graphs are read at all."""
    if not reads_graphs(settings):
        return ()
    return GRAPHS.get(settings.dtype, GRAPHS["float32"])


def reads_graphs(settings: NetworkSettings) -> bool:
    """Whether an encoder that is there as weights and as a graph is to be read as a graph."""
    return (choose_backend()[0] if settings.backend == AUTO else settings.backend) == "onnx"


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
    if has("onnxruntime"):
        return "onnx", "onnxruntime is installed, and neither PyTorch nor MLX is"
    return ("mlx" if is_apple_silicon() else "torch"), "it would be, but no backend is installed"


def is_apple_silicon() -> bool:
    """Whether this machine is what MLX is made for."""
    return platform.system() == "Darwin" and platform.machine() == "arm64"
