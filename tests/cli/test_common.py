"""How commands end: one line, and the exit code that goes with it."""

from __future__ import annotations

import pytest
import typer

from spacy_privacy_filter.cli.common import clear_errors, say_counts
from spacy_privacy_filter.errors import WriteError, WrongUseError


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ValueError("a"), 1),
        (OSError("a"), 1),
        (ImportError("a"), 1),
        (WriteError("a"), 1),
        (WrongUseError("a"), 2),
    ],
)
def test_what_a_user_can_mend(
    error: Exception, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as caught, clear_errors():
        raise error
    assert caught.value.exit_code == code
    assert capsys.readouterr() == ("", "Error: a\n")


def test_what_nobody_can_mend_comes_through() -> None:
    with pytest.raises(KeyError), clear_errors():
        raise KeyError("a fault of ours")


def test_counts_the_most_frequent_first(capsys: pytest.CaptureFixture[str]) -> None:
    say_counts(["b", "a", "c", "b"])
    say_counts({"a": 2})
    say_counts([])
    expected = "4 spans\n  b: 2\n  a: 1\n  c: 1\n2 spans\n  a: 2\n0 spans\n"
    assert capsys.readouterr().err == expected
