"""The command that compares: its exit codes are for scripts."""

from __future__ import annotations

import json

import pytest

from ...finding import assert_clear_error, ok, run

pytest.importorskip("torch")


def test_exit_codes(tiny_source: str, other_source: str) -> None:
    same = ok("verify", tiny_source, tiny_source)
    assert same.stdout.rstrip().endswith("Passed: --min-agreement 99.00%")
    other = run("verify", tiny_source, other_source, "--json")
    assert other.exit_code == 1
    assert not json.loads(other.stdout)["passed"]
    assert_clear_error(run("verify", tiny_source, "/no/such/folder"), "is no folder here", code=2)
    assert run("verify", tiny_source).exit_code == 2
