"""The key of digests in manifests: made once for a user, and readable by nobody else."""

from __future__ import annotations

import os
import secrets
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from ..files import PRIVATE
from ..redact.secrets.keys import MIN_BYTES, derive, make_key

FOLDER: Final = "spacy-privacy-filter"
NAME: Final = "manifest.key"
_USE: Final = "spacy-privacy-filter manifest v1"
_N_BYTES: Final = 32


def find_key(own: bytes | None, outputs: Path) -> bytes | None:
    """Give the key for the manifest of a folder.

    own (bytes | None): A key of the user's, from which it is derived.
    outputs (Path): The folder. A key that lies in it would be handed on with it, and is not used.
    RETURNS (bytes | None): 32 bytes; None if there is no place for a key.
    """
    if own is not None:
        return derive(own, _USE, _N_BYTES)
    try:
        path = state_folder() / NAME
        if path.resolve().is_relative_to(outputs.resolve()):
            return None
        secret = _read_or_make(path)
    except (OSError, RuntimeError):  # no home, or one that cannot be written to
        return None
    return derive(secret, _USE, _N_BYTES) if len(secret) >= MIN_BYTES else None


def state_folder() -> Path:
    """Where this system keeps what a program remembers for its user.

    RAISES (RuntimeError): The user has no home.
    """
    if os.name == "nt":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return base / FOLDER


def _read_or_make(path: Path) -> bytes:
    """Read the key, or make it. Of two processes that make it at once, one is taken by both."""
    with suppress(FileNotFoundError):
        return path.read_bytes().strip()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{secrets.token_hex(4)}.tmp")
    draft.touch(PRIVATE, exist_ok=False)
    draft.write_text(f"{make_key()}\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    except OSError:  # a disk without second names of files
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return path.read_bytes().strip()
