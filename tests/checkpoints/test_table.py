"""The README's table of formats says what the tests prove, no more and no less."""

from __future__ import annotations

from pathlib import Path

import pytest

from .claims import claims_of, make_table, readme_table, verifies

HERE = Path(__file__).parent
# Where tests with claims are; with one of them left out, nothing can be said.
MODULES = {path for path in HERE.rglob("test_*.py") if "verifies(" in path.read_text("utf8")}


def test_the_readme_says_what_is_tested(request: pytest.FixtureRequest) -> None:
    items = request.session.items
    if not {item.path for item in items} >= MODULES:
        pytest.skip("needs all of tests/checkpoints: pytest tests/checkpoints")
    table = make_table(claim for item in items for claim in claims_of(item))
    assert readme_table() == table, "FORMATS_TABLE=write pytest tests/checkpoints writes it"


def test_a_claim_must_be_known() -> None:
    with pytest.raises(ValueError, match="No such claim"):
        verifies("opf", read=["8 bits"])
    with pytest.raises(ValueError, match="No such claim"):
        verifies("gguf", read=["fp32"])


def test_the_table() -> None:
    claims = [
        ("opf", "read", "MXFP4"),
        ("opf", "read", "fp32"),
        ("native", "against", "round trip"),
    ]
    lines = make_table(claims).splitlines()
    assert "| `native` (ours) | no | no | round trip |" in lines
    assert "| `opf` (`original/`) | fp32, MXFP4 | no | no |" in lines
    assert make_table(reversed(claims)) == make_table(claims)
