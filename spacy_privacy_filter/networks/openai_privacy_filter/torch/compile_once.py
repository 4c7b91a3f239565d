"""A library that is compiled once and kept in a folder of its owner's; checked before it runs."""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ....files import write_atomically

ON: Final = ("1", "true", "yes", "on")
SECONDS: Final = 300  # for the compiler


def switched_on(name: str) -> bool:
    """Whether a variable of the environment says so."""
    return os.environ.get(name, "").strip().lower() in ON


def find_compiler() -> list[str] | None:
    """Give the compiler that CXX names, or c++, with its arguments; None if it is not there."""
    try:
        words = shlex.split(os.environ.get("CXX") or "c++")
    except ValueError:  # a quote that does not close
        return None
    found = shutil.which(words[0]) if words else None
    return [found, *words[1:]] if found else None


def private_folder(folder: Path) -> Path:
    """Make a folder into which only its owner may put code that his processes run.

    folder (Path): Where; with what is above it, if it is not there.
    RETURNS (Path): The same.
    RAISES (PermissionError): It belongs to somebody else, or others may write into it.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.stat()
    if found.st_uid != os.getuid() or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise PermissionError(
            f"others may write to {folder}, and what is there would be run: take that right away "
            f"(chmod go-w), or name another folder"
        )
    return folder


def compile_once(
    sources: Sequence[Path], header: Path, compiler: Sequence[str], flags: Sequence[str], room: Path
) -> Path:
    """Compile, unless a sound library of the same source, flags and compiler is there.

    sources, header (Sequence[Path], Path): C++. compiler (Sequence[str]): With its arguments.
    flags (Sequence[str]): For each source. room (Path): Folder of what is compiled.
    RETURNS (Path): The library, whose size and hash are those that were noted when it was made.
    RAISES (OSError, subprocess.SubprocessError): A folder of others; it does not compile.
    """
    folder = private_folder(room)
    version = _run([*compiler, "--version"], 60)
    read = b"".join(path.read_bytes() for path in (header, *sources))
    key = hashlib.sha256(read + " ".join((*compiler, *flags)).encode() + version)
    path = folder / f"kernel-{key.hexdigest()[:16]}.so"
    note = path.with_suffix(".sha256")
    # A library that was cut off would end the process (SIGBUS), not raise.
    if path.is_file() and note.is_file() and note.read_text("utf-8", "replace") == _seal(path):
        return path
    with tempfile.TemporaryDirectory(dir=folder) as draft:
        whole = Path(draft, "kernel.so")
        parts = [str(Path(draft, source.stem + ".o")) for source in sources]
        for source, part in zip(sources, parts, strict=True):
            _run([*compiler, *flags, "-c", str(source), "-o", part])
        # Linked without OpenMP: its names are found in torch's copy.
        _run([*compiler, "-shared", *parts, "-o", str(whole)])
        seal = _seal(whole)
        whole.replace(path)
    write_atomically(note, seal.encode())
    return path


def _seal(path: Path) -> str:
    content = path.read_bytes()
    return f"{len(content)} {hashlib.sha256(content).hexdigest()}\n"


def _run(command: Sequence[str], seconds: int = SECONDS) -> bytes:
    # The user's compiler, on our source.
    done = subprocess.run(command, check=True, capture_output=True, timeout=seconds)  # noqa: S603
    return done.stdout


def describe(error: Exception) -> str:
    """Say why it did not build: the compiler's last line, if it said something."""
    said = getattr(error, "stderr", None) or b""
    lines = said.decode("utf-8", "replace").split("\n") if isinstance(said, bytes) else []
    last = next((line.strip() for line in reversed(lines) if line.strip()), "")
    return last[:200] or (str(error)[:300] if isinstance(error, OSError) else type(error).__name__)
