"""Errors of our own, and errors of the system that name the file they are about."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_REASONS: Final = {
    errno.ENOSPC: "no space is left on the disk (No space left on device)",
    errno.EFBIG: "the file is too large for the disk, or for the limit of this user",
}
_OF_ONE: Final = frozenset(
    {errno.ENAMETOOLONG, errno.EFBIG, errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ELOOP}
)
if hasattr(errno, "EDQUOT"):
    _REASONS[errno.EDQUOT] = "the disk quota of this user is used up"


class WrongUseError(ValueError):
    """A wrong path, option, policy, column or key; ends a command with exit code 2."""


class WriteError(OSError):
    """A disk that does not take what is written; the message names the file.

    number (int | None): Of the error of the system.
    """

    number: int | None = None


def is_about_one(error: WriteError) -> bool:
    """Whether other files may fare better, as where one has too long a name."""
    return error.number in _OF_ONE


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Say which file could not be written, and why. Nothing is left of it.

    RAISES (WriteError): In place of an error of the system.
    """
    try:
        yield
    except OSError as error:
        if error.errno is None or isinstance(error, (WriteError, BrokenPipeError)):
            raise
        reason = _REASONS.get(error.errno, error.strerror or type(error).__name__)
        wrapped = WriteError(f"{path} could not be written: {reason}.")
        wrapped.number = error.errno
        raise wrapped from None


@contextmanager
def reading_options() -> Iterator[None]:
    """Take a mistake in what an option names, such as a policy or a key, for a wrong use.

    RAISES (WrongUseError): In place of the error.
    """
    try:
        yield
    except (ValueError, OSError) as error:
        raise WrongUseError(str(error)) from None
