"""What each test proves of a format -> the table of formats in the README.

A test that carries `verifies` proves, if it passes, that something is read, written, or agrees with
software of others. `FORMATS_TABLE=write pytest` makes the README's table from the tests that passed
(a test that is skipped, because a peer is not installed, proves nothing); `FORMATS_TABLE=check`
fails if it is another one. tests/checkpoints/test_table.py compares it with what tests say that
they prove, in every run.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

README = Path(__file__).parents[2] / "README.md"
HEAD = "| format | read | write | verified against |"
ROWS = {
    "native": "`native` (ours)",
    "huggingface": "`huggingface` (openai/privacy-filter)",
    "multitask": "`multitask` (binga/privacy-filter-multitask)",
    "opf": "`opf` (`original/`)",
    "openmed": "`openmed` (MLX artifacts)",
    "mlx-community": "`mlx-community`",
    "onnx": "`onnx` (by `export-onnx`)",
}
# Cells name them in this order; a test cannot name another.
FORMS = ("fp32", "bf16", "fp16", "8 bit", "4 bit", "MXFP4", "shards", "`.npz`")
ROUND_TRIP = "round trip"
TRANSFORMERS = "transformers' network"
MXFP4_READER = "transformers' MXFP4 reader"
TORCH = "torch's weights-only reader"
OPENMED = "OpenMed's network"
MLX = "`mx.dequantize`"
PEERS = (ROUND_TRIP, TRANSFORMERS, MXFP4_READER, TORCH, OPENMED, MLX)
KINDS = {"read": FORMS, "write": FORMS, "against": PEERS}

Claim = tuple[str, str, str]  # format, a key of KINDS, what
PASSED: set[Claim] = set()


def verifies(
    format_: str,
    *,
    read: Collection[str] = (),
    write: Collection[str] = (),
    against: Collection[str] = (),
) -> pytest.MarkDecorator:
    """Mark a test (or one of its parameters) with what it proves."""
    found: list[Claim] = []
    for kind, whats in (("read", read), ("write", write), ("against", against)):
        for what in whats:
            if format_ not in ROWS or what not in KINDS[kind]:
                raise ValueError(f"No such claim: {format_}, {kind}, {what}.")
            found.append((format_, kind, what))
    return pytest.mark.verifies(*found)


def claims_of(item: pytest.Item) -> Iterator[Claim]:
    for mark in item.iter_markers("verifies"):
        yield from mark.args


def make_table(claims: Iterable[Claim]) -> str:
    """Lay out claims as the README does."""
    known = set(claims)
    lines = [HEAD, "|---|---|---|---|"]
    for format_, title in ROWS.items():
        cells = []
        for kind, order in KINDS.items():
            cells.append(", ".join(what for what in order if (format_, kind, what) in known))
        lines.append(f"| {title} | {' | '.join(cell or 'no' for cell in cells)} |")
    return "\n".join(lines) + "\n"


def readme_table() -> str:
    """The table that the README has now."""
    text = README.read_text(encoding="utf8")
    return text[text.index(HEAD) :].split("\n\n")[0] + "\n"


# --- Hooks, which tests/conftest.py takes up


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: Any) -> Any:
    report = yield
    if report.when == "call" and report.passed:
        # As text, which comes through from the processes of pytest-xdist.
        report.user_properties.append(("verifies", json.dumps(list(claims_of(item)))))
    return report


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    for key, value in report.user_properties:
        if key == "verifies":
            PASSED.update(tuple(claim) for claim in json.loads(value))


def pytest_sessionfinish(session: pytest.Session) -> None:
    wanted = os.environ.get("FORMATS_TABLE")
    if wanted is None or hasattr(session.config, "workerinput"):
        return
    old, new = readme_table(), make_table(PASSED)
    if wanted == "write":
        README.write_text(README.read_text(encoding="utf8").replace(old, new), encoding="utf8")
    elif old != new:
        session.config.get_terminal_writer().write(
            f"\nThe README's table of formats is not what the tests that passed prove:\n\n{new}\n"
        )
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
