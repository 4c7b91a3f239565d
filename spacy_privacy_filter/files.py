"""Content -> a file, or a folder, that appears whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO


def write_atomically(path: Path, content: bytes) -> None:
    """Put content into a file that is never seen half written. See `write_whole`."""
    write_whole(path, lambda file: file.write(content))


def write_whole(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file so that a reader sees the old one or the new one, never a part.

    It is written beside its place under another name, flushed to the disk, and renamed. Whatever
    goes wrong, the old file stays and the other name is removed. Folders on the way are made, and a
    file that is replaced keeps its permissions.

    path (Path): Where the file goes.
    write (Callable): Writes the contents into an open binary file.
    RAISES (OSError): The folder cannot be made or written to, or there is a folder or device in the
        place; nothing is left behind.
    """
    check_place(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Not tempfile.mkstemp: its files are readable by their owner only.
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with draft.open("xb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        if path.is_file():
            draft.chmod(path.stat().st_mode & 0o777)
        draft.replace(path)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise
    _sync_folder(path.parent)


def check_place(path: Path) -> None:
    """Refuse a place where a file cannot be, before any work is done for it.

    A device or pipe (/dev/stdout, /dev/full) would not be written to but replaced by a file.

    RAISES (IsADirectoryError, FileExistsError, NotADirectoryError): What is there instead.
    """
    if path.is_dir():
        raise IsADirectoryError(f"{path} is a folder. Give the name of a file in it.")
    if path.exists() and not path.is_file():
        raise FileExistsError(f"{path} is a device or pipe, which a file would replace.")
    for folder in path.parents:
        if folder.exists():
            if not folder.is_dir():
                raise NotADirectoryError(f"{folder} is a file, so {path} cannot be in it.")
            return


def _sync_folder(folder: Path) -> None:
    """Make a new name safe against a power cut; Windows cannot open folders, and need not."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def replace_folder(draft: Path, place: Path) -> None:
    """Rename a finished folder into the place of another, which is put back if that fails.

    No system lets us exchange two folders at once everywhere: a kill between the two renames leaves
    the old folder under another name, and `mend_folder` puts it back.

    draft (Path): The new folder, beside its place.
    place (Path): Where it goes; may be missing.
    """
    old = _moved_aside(place)
    if place.exists():
        shutil.rmtree(old, ignore_errors=True)
        place.rename(old)
    try:
        draft.rename(place)
    except OSError:
        mend_folder(place)
        raise
    _sync_folder(place.parent)
    shutil.rmtree(old, ignore_errors=True)


def mend_folder(place: Path) -> None:
    """Put a folder back that was moved aside when `replace_folder` was stopped halfway."""
    old = _moved_aside(place)
    if old.is_dir() and not place.exists():
        old.rename(place)


def _moved_aside(place: Path) -> Path:
    return place.with_name(f".{place.name}.old")
