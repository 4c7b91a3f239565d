"""A folder that strangers may have made -> its files, read within bounds and written whole.

Nothing outside the folder is opened, and nothing half-written is left behind.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ...files import write_atomically

MAX_JSON_BYTES = 4 << 20


def find_file(folder: Path, name: str) -> Path:
    """Find a file of a checkpoint, and make sure that it is a file and that it is in there.

    The cache of the Hugging Face hub is the one place where links may lead out of the folder: a
    folder `snapshots/<revision>` holds links into the `blobs` beside `snapshots`.

    folder (Path): The checkpoint.
    name (str): A plain file name, without folders.
    RETURNS (Path): The file; links are not resolved, so that the name stays readable.
    RAISES (FileNotFoundError): There is no such file.
    RAISES (ValueError): The name or a link leads out of the folder, or it is not a regular file.
    """
    check_name(folder, name)
    path = folder / name
    if not path.exists():
        raise FileNotFoundError(
            f"No {name} in {folder}. A checkpoint is a folder with its configuration and its "
            f"weights; get the missing file, or give another folder."
        )
    target = path.resolve()
    if not any(target.is_relative_to(root) for root in _roots(folder)):
        raise ValueError(
            f"{path} is a link that leads out of its folder, which is allowed only inside the "
            f"Hugging Face cache. Copy the file itself into the folder."
        )
    if not target.is_file():
        raise ValueError(f"{path} is not a regular file. Give a folder that holds plain files.")
    return path


def has_file(folder: Path, name: str) -> bool:
    """Say whether a file that may be missing is there.

    RAISES (ValueError): A link that leads to nothing or to itself: it is there, and unreadable.
    """
    path = folder / name
    if path.is_symlink() and not path.exists():
        raise ValueError(
            f"{path} is a link that leads to nothing. Put the file itself there, or remove it."
        )
    return path.exists()


def check_name(folder: Path, name: str) -> None:
    """Refuse a name of a file that could lead out of its folder.

    RAISES (ValueError): Anything but a plain file name.
    """
    if not name or name in (".", "..") or any(sign in name for sign in "/\\:\0"):
        raise ValueError(
            f"{folder} names the file {name!r}, but only plain file names inside the folder are "
            f"allowed. Put all files of the checkpoint in one folder and name them without paths."
        )


def _roots(folder: Path) -> list[Path]:
    """List the places that a link in this folder may lead to."""
    folder = folder.absolute()
    hubs = [parent.parent for parent in folder.parents if parent.name == "snapshots"]
    # `blobs` itself is not resolved: if it is a link to elsewhere, what it holds is elsewhere too.
    return [folder.resolve(), *(hub.resolve() / "blobs" for hub in hubs)]


def read_json(path: Path, max_bytes: int = MAX_JSON_BYTES) -> dict[str, Any]:
    """Read a JSON object from a file.

    path (Path): What to read.
    max_bytes (int): Longer files are refused unread.
    RETURNS (dict[str, Any]): The object.
    RAISES (ValueError): Too long, not JSON, not an object, a key given twice, or NaN.
    """
    with path.open("rb") as file:
        raw = file.read(max_bytes + 1)
    if len(raw) > max_bytes:
        raise ValueError(f"{path} is longer than {max_bytes} bytes. Is it the right file?")
    return parse_json(raw, str(path))


def parse_json(raw: bytes, where: str) -> dict[str, Any]:
    """Parse a JSON object, more strictly than `json.loads` does.

    raw (bytes): UTF-8.
    where (str): What is parsed, for the messages.
    RETURNS (dict[str, Any]): The object.
    RAISES (ValueError): Not JSON, not an object, a key given twice, or NaN.
    """
    try:
        value = json.loads(
            raw.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant
        )
    # RecursionError: brackets nested some thousand deep.
    except (ValueError, RecursionError) as error:
        raise ValueError(
            f"{where} is not valid JSON ({_first_line(error)}). Download or write it again."
        ) from error
    if not isinstance(value, dict):
        raise ValueError(
            f"{where} must hold a JSON object, but holds a {type(value).__name__}. "
            f"Download or write it again."
        )
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make the dict of a JSON object; json keeps the last of two equal keys without a word."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {key[:80]!r} is there twice")
        found[key] = value
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON number")


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


def write_json(path: Path, values: dict[str, Any]) -> None:
    """Write a JSON object, whole or not at all: two spaces, the order of the keys kept.

    path (Path): Where the file goes; its folder must exist.
    values (dict[str, Any]): The object.
    """
    text = json.dumps(values, indent=2, ensure_ascii=False, allow_nan=False)
    write_atomically(path, f"{text}\n".encode())
