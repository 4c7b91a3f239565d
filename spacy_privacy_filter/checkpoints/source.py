"""A source setting -> the folder with its checkpoint: ours, a local one, or one from the hub.

The hub's library takes a second to import: it is, when a hub is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from .formats.encoder_onnx import GRAPHS, MIXTURES, SUBFOLDER
from .tensors.folder import read_json

SHIPPED: Final = Path(__file__).parent.parent / "data" / "small"
SHIPPED_NAME: Final = "shipped"
HUB_ID: Final = re.compile(r"[\w.-]+/[\w.-]+")
# What tells what a repository holds: a pipeline of spaCy, a checkpoint, or one in `original`.
PIPELINE: Final = ("config.cfg", "meta.json")
CONFIGS: Final = ("config.json", "network.json", "openmed-mlx.json")
ORIGINAL: Final = "original"
# What a format may need of a repository; its ONNX exports and second copies stay where they are.
ENDINGS: Final = ("*.json", "*.safetensors", "*.npz", "doc_head.pt")
SKIPPED: Final = (f"{ORIGINAL}/*", "onnx/*")
# What an export has in their place; fetched where there are no other weights.
WEIGHTS: Final = ("*.safetensors", "*.npz")
EXPORTED: Final = ("*.onnx", "*.onnx.data", "*.onnx_data*")
# A pipeline's files have any name. Nothing that could be run or unpacked is even fetched.
NOT_OF_A_PIPELINE: Final[tuple[str, ...]] = (
    "*.py", "*.pyc", "*.so", "*.whl", "*.gz", "*.zip", "*.pkl", "*.pickle", "*.pt", "*.pth", "*.md",
    "*.git*",
)  # fmt: skip


def find_source(
    source: str | None, revision: str | None = None, graphs: Sequence[str] = ()
) -> Path:
    """Find the folder of a checkpoint, downloading it if need be.

    source (str | None): None or "shipped" for the pipeline that ships with the package; a folder;
        or the id of a repository on the Hugging Face hub (its cache and offline mode are honoured).
    revision (str | None): Branch, tag or commit of a hub repository; None for its main branch.
    graphs (Sequence[str]): Names of graphs in ONNX of which one is wanted, if the repository has
        one, in place of other weights.
    RETURNS (Path): An existing folder.
    RAISES (FileNotFoundError): No such folder or repository, or it cannot be reached.
    RAISES (ValueError): A revision of something that is not on a hub.
    """
    if source in (None, SHIPPED_NAME):
        _refuse_revision("The pipeline that ships", revision)
        return SHIPPED
    if not source:
        raise FileNotFoundError(
            "source is empty. Leave it out to use the small pipeline that ships."
        )
    folder = Path(source).expanduser()
    if folder.is_dir():
        _refuse_revision(f"The folder {source!r}", revision)
        return folder
    if folder.exists():
        raise FileNotFoundError(f"source = {source!r} is a file. Give the folder that holds it.")
    if not HUB_ID.fullmatch(source):
        raise FileNotFoundError(
            f"source = {source!r} is no folder here, and not the id of a hub repository "
            "(owner/name). Check it, or leave `source` out to use the small pipeline that ships."
        )
    return _download(source, revision, graphs)


def _refuse_revision(what: str, revision: str | None) -> None:
    if revision is not None:
        raise ValueError(
            f"{what} has no revision {revision[:80]!r}: only repositories of a hub have some. "
            f"Leave revision out, or give the id of the repository (owner/name)."
        )


def read_card() -> dict[str, Any]:
    """Read the meta data of the pipeline that ships; recipes/small/card_meta.py makes them."""
    return read_json(SHIPPED / PIPELINE[1])


def find_id(source: str, folder: Path) -> str:
    """Name the hub repository that a checkpoint came from, or "" if nothing tells.

    source (str): As `find_source` got it. folder (Path): As it gave it.
    """
    if HUB_ID.fullmatch(source) and not Path(source).expanduser().exists():
        return source
    for name, key in (("openmed-mlx.json", "source_model_id"), ("config.json", "_name_or_path")):
        values = read_json(folder / name) if (folder / name).is_file() else {}
        found = values.get(key)
        # Many a config names a folder of the machine that wrote it, which is nobody's business.
        if isinstance(found, str) and HUB_ID.fullmatch(found) and found[0] != ".":
            return found
    return ""


def is_pipeline(folder: Path) -> bool:
    """Say whether a folder holds a saved pipeline of spaCy."""
    return all((folder / name).is_file() for name in PIPELINE)


def find_local(source: str | None, revision: str | None = None) -> Path:
    """Find the folder of a checkpoint if it is on this machine already. Asks no hub.

    RAISES (FileNotFoundError): It is not.
    """
    if source is None or not HUB_ID.fullmatch(source) or Path(source).expanduser().exists():
        return find_source(source)
    from huggingface_hub import try_to_load_from_cache

    for name in (*CONFIGS, *(f"{ORIGINAL}/{name}" for name in CONFIGS)):
        found = try_to_load_from_cache(source, name, revision=revision)
        if isinstance(found, str):
            folder = Path(found).parent
            return folder.parent if name.startswith(ORIGINAL) else folder
    raise FileNotFoundError(f"source = {source!r} has not been downloaded yet.")


def _download(source: str, revision: str | None, graphs: Sequence[str]) -> Path:
    """Fetch a repository. RAISES (FileNotFoundError): There is none, or it cannot be reached."""
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    try:
        return _fetch(source, revision, graphs)
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError) as error:
        raise FileNotFoundError(
            f"source = {source!r} is no folder here, and could not be had from the hub "
            f"({type(error).__name__}). Check the name and the network, log in if it is gated, or "
            "copy the repository to a folder and give its path."
        ) from error


def _fetch(source: str, revision: str | None, graphs: Sequence[str]) -> Path:
    """Fetch what a repository needs to be read, and no more; all of it of one commit."""
    from huggingface_hub import snapshot_download

    small = [*PIPELINE, *CONFIGS, *(f"{ORIGINAL}/{name}" for name in CONFIGS)]
    folder = Path(snapshot_download(source, revision=revision, allow_patterns=small))
    commit = folder.name  # of the branch or tag, which may move on before the next call
    skipped: tuple[str, ...] = ()
    if is_pipeline(folder):
        wanted, skipped = ["*"], NOT_OF_A_PIPELINE
    elif (folder / ORIGINAL).is_dir() and not any((folder / name).exists() for name in CONFIGS):
        wanted = [f"{ORIGINAL}/{ending}" for ending in ENDINGS]
    else:
        wanted, skipped = list(ENDINGS), SKIPPED
    how: Any = {"revision": commit, "ignore_patterns": list(skipped)}
    found = _fetch_graph(source, folder, graphs) if graphs else None
    if found is not None:
        return found
    found = Path(snapshot_download(source, allow_patterns=wanted, **how))
    if skipped != SKIPPED or any(any(found.glob(ending)) for ending in WEIGHTS):
        return found
    # Of an encoder, the most exact graph will do; all of them may be large.
    if _fetch_graph(source, folder, GRAPHS["float32"]) is None:
        snapshot_download(source, allow_patterns=list(EXPORTED), **how)
    return found


def _fetch_graph(source: str, folder: Path, names: Sequence[str]) -> Path | None:
    """Fetch a graph of an encoder, and no other weights.

    folder (Path): What has been fetched of the repository. names (Sequence[str]): Of the graph.
    RETURNS (Path | None): None if the repository has none, or is of another family.
    """
    from huggingface_hub import snapshot_download

    config = folder / CONFIGS[0]
    kind = read_json(config).get("model_type") if config.is_file() else None
    if is_pipeline(folder) or not isinstance(kind, str) or kind in MIXTURES:
        return None
    wanted = [f"{place}{name}*" for place in ("", f"{SUBFOLDER}/") for name in names]
    how: Any = {"revision": folder.name, "allow_patterns": ["*.json", *wanted]}
    found = Path(snapshot_download(source, **how))
    return found if any(any(found.glob(f"**/{name}")) for name in names) else None
