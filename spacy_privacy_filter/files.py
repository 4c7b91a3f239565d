"""Content -> a file, or a folder, that appears whole or not at all."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

CHUNK: Final = 1 << 20  # bytes that are read at once
DRAFT: Final = ".privacy-filter-draft."
DRAFT_END: Final = ".tmp"
PRIVATE: Final = 0o600  # permissions of what only its owner may read
_STREAMS: Final = ("/dev", "/proc")  # below these, a name may be a stream that is open
_STDOUT: Final = ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")


def write_atomically(path: Path, content: bytes, mode: int | None = None) -> None:
    """Put content into a file that is never seen half written. See `write_whole`."""
    write_whole(path, lambda file: file.write(content), mode)


def write_whole(path: Path, write: Callable[[BinaryIO], object], mode: int | None = None) -> None:
    """Write a file so that a reader sees the old one or the new one, never a part.

    It is written beside its place under another name, flushed to the disk, and renamed. Whatever
    goes wrong, the old file stays and the other name is removed; after a kill, `remove_drafts` does
    that. Folders on the way are made.

    path (Path): Where the file goes. Of a link, what it leads to is replaced.
    write (Callable): Writes the contents into an open binary file.
    mode (int | None): Permissions, such as 0o600; nobody else can read the draft before. None for
        those of a file that is replaced, or else the usual ones.
    RAISES (OSError): The folder cannot be made or written to, or there is a folder or device in the
        place; nothing is left behind.
    """
    check_place(path)
    if path.is_symlink():
        path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    if mode is None and path.is_file():
        mode = mode_of(path)
    # Not with the name of the file in it: that may be as long as names can be.
    draft = path.with_name(f"{DRAFT}{os.getpid()}.{secrets.token_hex(4)}{DRAFT_END}")
    try:
        with open(
            draft, "xb", opener=partial(os.open, mode=0o666 if mode is None else 0o600)
        ) as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            draft.chmod(mode)
        draft.replace(path)
    except BaseException as error:
        with suppress(OSError):
            draft.unlink()
        if isinstance(error, OSError) and error.errno and error.filename is None:
            error.filename = str(path)  # a full disk does not say what it did not take
        raise
    _sync_folder(path.parent)


def mode_of(path: Path) -> int:
    """The permissions of a file."""
    return path.stat().st_mode & 0o777


def is_stdout(path: Path) -> bool:
    """Whether a path is a name of standard output."""
    return str(path) in _STDOUT


def refuse_pipe(path: Path) -> None:
    """Refuse to read a pipe or device, of which nobody knows when it ends, unless a shell made it.

    RAISES (FileExistsError): One that has a place in a folder.
    """
    if path.is_file() or str(path).startswith(_STREAMS):
        return
    raise FileExistsError(f"{path} is a pipe or device, not a file. Give it as standard input: <")


def remove_drafts(folder: Path) -> int:
    """Remove what a killed process was writing in a folder. RETURNS (int): How many there were."""
    n_removed = 0
    for draft in folder.glob(f"{DRAFT}*{DRAFT_END}") if folder.is_dir() else ():
        number = draft.name.removeprefix(DRAFT).partition(".")[0]
        if number.isdecimal() and _is_running(int(number)):
            continue
        with suppress(OSError):  # of another user, or open on Windows
            draft.unlink()
            n_removed += 1
    return n_removed


def _is_running(number: int) -> bool:
    """Whether a process other than this one is there; Windows lets nobody remove its files."""
    if os.name == "nt" or number == os.getpid():
        return False
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


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


def hash_file(path: Path) -> str:
    """Hash a file (SHA-256), a part at a time. RETURNS (str): 64 hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(CHUNK):
            digest.update(part)
    return digest.hexdigest()


def _sync_folder(folder: Path) -> None:
    """Make a new name safe against a power cut; Windows cannot open folders, and need not."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def check_folder(
    place: Path, marks: Collection[str] = (), what: str = "", inputs: Iterable[Path] = ()
) -> None:
    """Refuse a folder that a command would replace, unless nobody can miss what is in it.

    place (Path): Where a folder is to go. It may be missing, be empty, or hold all of `marks`.
    marks (Collection[str]): Files that tell that what is there is an older output; none: only a
        folder that is new or empty will do.
    what (str): What such a folder holds, for the message: "a saved pipeline".
    inputs (Iterable[Path]): What the command reads, and which may not go with the old folder.
    RAISES (FileExistsError): Something else is there, or one of the inputs.
    """
    goal = place.resolve()
    for path in inputs:
        if path.resolve() != goal and path.resolve().is_relative_to(goal):
            raise FileExistsError(
                f"{place} holds {path}, which is needed and would be deleted. Give a folder that "
                "is new or empty."
            )
        if path.is_dir() and path.resolve() != goal and goal.is_relative_to(path.resolve()):
            raise FileExistsError(f"{place} is inside {path}. Give a folder beside it.")
    old = marks and place.is_dir() and all((place / name).is_file() for name in marks)
    if old or not (place.is_symlink() or place.exists()):
        return
    if not place.is_dir() or any(place.iterdir()):
        or_old = f", or that holds {what}" if marks else ""
        raise FileExistsError(
            f"{place} is there already. Give a folder that is new or empty{or_old}."
        )


def replace_folder(draft: Path, place: Path) -> None:
    """Rename a finished folder into the place of another, which is put back if that fails.

    Whoever lets a user name the place asks `check_folder` first: the old folder is deleted.

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
