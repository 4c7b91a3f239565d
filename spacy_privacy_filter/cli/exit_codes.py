"""How commands end: every exit code there is, and which of them an error gets."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from ..errors import WrongUseError


class ExitCode(IntEnum):
    """What the shell is told. The table in docs/records.md is compared with it."""

    DONE = 0, "all is done, or was there already"
    NOTHING_DONE = 1, "nothing was done, as what was read has a mistake, or a check failed"
    WRONG_USE = 2, "a path, option, policy, column, model or key is wrong; nothing was done"
    SOME_FAILED = 3, "some files or rows could not be done and are named; the rest is done"
    STOPPED = 130, "stopped (Ctrl-C); the same command goes on from there"

    meaning: str

    def __new__(cls, value: int, meaning: str) -> ExitCode:
        """Keep the meaning beside the number."""
        code = int.__new__(cls, value)
        code._value_ = value
        code.meaning = meaning
        return code


# A path that is not there, is something else, or may not be used.
_PATHS: Final = (
    FileNotFoundError, FileExistsError, IsADirectoryError, NotADirectoryError, PermissionError,
)  # fmt: skip


def exit_code_of(error: Exception) -> ExitCode:
    """Say how a command ends that this error stopped."""
    wrong = isinstance(error, (WrongUseError, *_PATHS))
    return ExitCode.WRONG_USE if wrong else ExitCode.NOTHING_DONE
