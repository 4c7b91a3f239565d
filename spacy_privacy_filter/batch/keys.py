"""Encrypted files and folders of them -> the same files under another key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..errors import WrongUseError
from ..redact.secrets.vault import change_keys, is_locked


def change_keys_in(paths: Sequence[Path], old: bytes, new: bytes) -> tuple[list[Path], list[Path]]:
    """Change the key of maps and corpus files. See `vault.change_keys`.

    paths (Sequence[Path]): Such files, or folders with some.
    RETURNS (tuple[list[Path], list[Path]]): Those that were changed, and those that needed not.
    RAISES (ValueError): A folder with none, or neither key opens one; then nothing was changed.
    """
    return change_keys(list(dict.fromkeys(_find(paths))), old, new)


def _find(paths: Sequence[Path]) -> Iterator[Path]:
    """Find the encrypted files: those that are named, and those that folders hold."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        files = (p for p in sorted(path.rglob("*")) if p.is_file() and p.suffix != ".tmp")  # drafts
        locked = [file for file in files if is_locked(file)]
        if not locked:
            raise WrongUseError(f"{path} holds no map or corpus file. Give the folder of --map.")
        yield from locked
