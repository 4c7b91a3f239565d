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
if hasattr(errno, "EDQUOT"):
    _REASONS[errno.EDQUOT] = "the disk quota of this user is used up"


class WrongUseError(ValueError):
    """Options or arguments that do not go together; ends a command with exit code 2."""


class WriteError(OSError):
    """A disk that does not take what is written; the message names the file."""


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
        raise WriteError(f"{path} could not be written: {reason}.") from None
