"""A source setting -> the folder with its checkpoint: ours, a local one, or one from the hub."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from huggingface_hub import snapshot_download
from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

SHIPPED: Final = Path(__file__).parent.parent / "data" / "small"
HUB_ID: Final = re.compile(r"[\w.-]+/[\w.-]+")
# What a format may need of a repository; its ONNX exports and second copies stay where they are.
FILES: Final = ["*.json", "*.safetensors", "*.npz", "doc_head.pt"]
SKIPPED: Final = ["original/*", "onnx/*"]


def find_source(source: str | None, revision: str | None = None) -> Path:
    """Find the folder of a checkpoint, downloading it if need be.

    source (str | None): None for the pipeline that ships with the package; a folder; or the id of a
        repository on the Hugging Face hub (its cache and offline mode are honoured).
    revision (str | None): Branch, tag or commit of a hub repository; None for its main branch.
    RETURNS (Path): An existing folder.
    RAISES (FileNotFoundError): No such folder or repository, or it cannot be reached.
    """
    if source is None:
        return SHIPPED
    folder = Path(source).expanduser()
    if folder.is_dir():
        return folder
    if folder.exists():
        raise FileNotFoundError(f"source = {source!r} is a file. Give the folder that holds it.")
    if not HUB_ID.fullmatch(source):
        raise FileNotFoundError(
            f"source = {source!r} is no folder here, and not the id of a hub repository "
            "(owner/name). Check it, or leave `source` out to use the small pipeline that ships."
        )
    try:
        return Path(
            snapshot_download(
                source, revision=revision, allow_patterns=FILES, ignore_patterns=SKIPPED
            )
        )
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError) as error:
        raise FileNotFoundError(
            f"source = {source!r} is no folder here, and could not be had from the hub "
            f"({type(error).__name__}). Check the name and the network, log in if it is gated, or "
            "copy the repository to a folder and give its path."
        ) from error
