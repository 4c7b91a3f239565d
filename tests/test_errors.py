"""Errors of our own: who writes says which file, and why."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from spacy_privacy_filter.errors import WriteError, WrongUseError, naming


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "no space is left on the disk"),
        (errno.EFBIG, "the file is too large for the disk"),
        (errno.EACCES, "as the system says it"),
    ],
)
def test_the_file_that_could_not_be_written_is_named(number: int, reason: str) -> None:
    with (
        pytest.raises(WriteError, match=rf"^out/a\.txt could not be written: {reason}"),
        naming(Path("out/a.txt")),
    ):
        raise OSError(number, "as the system says it")


@pytest.mark.parametrize(
    "error",
    [WriteError("b could not be written."), BrokenPipeError(errno.EPIPE, "nobody reads"),
     OSError("no number"), ValueError("no matter of the system")],
)  # fmt: skip
def test_other_errors_pass_as_they_are(error: Exception) -> None:
    with pytest.raises(type(error)) as caught, naming(Path("a")):
        raise error
    assert caught.value is error


def test_errors_are_of_the_usual_kinds() -> None:
    assert issubclass(WrongUseError, ValueError)
    assert issubclass(WriteError, OSError)
