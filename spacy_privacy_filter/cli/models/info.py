"""`privacy-filter info`: what is installed here that matters to this package."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, entry_points, version
from pathlib import Path
from typing import Annotated, Final

import typer

from ...compat import EXTRAS, has
from ..common import clear_errors

PACKAGES: Final = ("spacy-privacy-filter", "spacy", "thinc", "numpy", "tiktoken", "safetensors")
# Modules whose package has another name.
DISTRIBUTIONS: Final = {"stdnum": "python-stdnum", "jsonpath": "python-jsonpath"}
BACKENDS: Final = "spacy_privacy_filter_backends"
WIDTH: Final = 34
HINT: Final = "--rules, or load(PIPELINE, rules=True, snap='word', carry=True), turns them on"


def info_cli(
    pipeline: Annotated[
        str | None, typer.Argument(help="A saved pipeline: show how it finds personal data")
    ] = None,
) -> None:
    """Show versions, backends, how each number type would run here, and the pipeline that ships."""
    if pipeline is not None:
        with clear_errors():
            for name, value in describe_pipeline(pipeline):
                typer.echo(f"{name:<{WIDTH}}{value}")
        return
    for name, value in info():
        typer.echo(f"{name:<{WIDTH}}{value}")
    if has("torch"):
        from ...networks.openai_privacy_filter.torch.cuda_graphs import describe_graphs
        from ...networks.openai_privacy_filter.torch.runtime import describe

        for dtype, how in describe():
            typer.echo(f"{f'torch, {dtype}':<{WIDTH}}{how}")
        typer.echo(f"{'torch, CUDA':<{WIDTH}}{describe_graphs()}")


def info() -> Iterator[tuple[str, str]]:
    """Gather what a bug report needs, without loading any backend.

    YIELDS (tuple[str, str]): What, and its value.
    """
    yield "python", f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    for package in PACKAGES:
        yield package, _version(package)
    for module, extra in EXTRAS.items():
        package = f"{module} (extra {extra})"
        yield (
            package,
            _version(DISTRIBUTIONS.get(module, module)) if has(module) else "not installed",
        )
    from ...checkpoints.source import SHIPPED
    from ...networks.settings import choose_backend
    from ...redact.policy import SHIPPED as POLICIES

    # an encoder of another family is "encoder.torch"
    names = sorted({entry.name.rpartition(".")[2] for entry in entry_points(group=BACKENDS)})
    yield "backends registered", ", ".join(names) or "none: is the package installed?"
    chosen, why = choose_backend()
    yield "backend = auto", f"{chosen}: {why}"
    yield "shipped pipeline", _shipped(SHIPPED)
    yield "policies", ", ".join(POLICIES)
    yield "hub cache", _cache()


def describe_pipeline(name: str) -> Iterator[tuple[str, str]]:
    """Say how the components of a saved pipeline find personal data; reads its weights.

    YIELDS (tuple[str, str]): What, and its value.
    """
    from ...loading import load_pipeline
    from ...pipeline.tagger import PrivacyFilter

    nlp = load_pipeline(name)
    yield "pipeline", ", ".join(nlp.pipe_names)
    for own, pipe in nlp.components:
        if isinstance(pipe, PrivacyFilter):
            settings = pipe.settings
            yield f"{own}, labels", ", ".join(pipe.labels)
            yield f"{own}, operating point", settings.operating_point
            for part in ("rules", "snap", "carry"):
                yield f"{own}, {part}", _say(getattr(settings, part))
            if not settings.completes:
                yield f"{own}, all three off", "saved before there were any, or set so: " + HINT


def _say(value: object) -> str:
    return "on" if value is True else str(value) if value else "off"


def _cache() -> str:
    """Where downloads go, as huggingface_hub says it; to import it here would take a second."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "huggingface"
    hub = Path(os.environ.get("HF_HOME") or home) / "hub"
    folder = Path(os.environ.get("HF_HUB_CACHE") or hub).expanduser()
    found = sorted(path.name[8:].replace("--", "/") for path in folder.glob("models--*"))
    offline = os.environ.get("HF_HUB_OFFLINE", "").upper() in ("1", "ON", "YES", "TRUE")
    held = f" ({len(found)} models{', offline' if offline else ''})"
    return f"{folder}{held}"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _shipped(folder: Path) -> str:
    if not folder.is_dir():
        return "absent"
    n_bytes = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return f"present ({n_bytes / 1e6:.1f} MB)"
