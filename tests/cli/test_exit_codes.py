"""The exit codes are one table, in the code and in the docs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from spacy_privacy_filter.cli.exit_codes import ExitCode, exit_code_of
from spacy_privacy_filter.errors import WriteError, WrongUseError

ROOT = Path(__file__).parents[2]


def test_the_docs_have_the_same_table() -> None:
    page = (ROOT / "docs" / "records.md").read_text("utf8")
    rows = re.findall(r"^\| (\d+) \| (.+) \|$", page, re.MULTILINE)
    assert rows == [(str(code.value), code.meaning) for code in ExitCode]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (WrongUseError(""), 2), (FileNotFoundError(), 2), (IsADirectoryError(), 2),
        (PermissionError(), 2), (ValueError(), 1), (WriteError(), 1), (ImportError(), 1),
    ],
)  # fmt: skip
def test_each_error_has_its_code(error: Exception, code: int) -> None:
    assert exit_code_of(error) == code


def test_no_command_has_codes_of_its_own() -> None:
    for path in (ROOT / "spacy_privacy_filter" / "cli").rglob("*.py"):
        assert not re.search(r"Exit\(\d", path.read_text("utf8")), path
