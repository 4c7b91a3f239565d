"""The command that measures: what ships, and one clear line for a missing package."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from spacy_privacy_filter.cli import app

from ...evaluate.gold import ROWS

ROOT = Path(__file__).parents[3]


def run(*args: str) -> Result:
    return CliRunner().invoke(app, ["evaluate", *args])


@pytest.fixture
def gold(tmp_path: Path) -> str:
    path = tmp_path / "gold.jsonl"
    rows = [*ROWS, {"id": "t", "source": "topics", "text": "Goal!", "label": "Sports"}]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf8")
    return str(path)


def test_without_matplotlib_the_message_names_the_extra(gold: str, tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['matplotlib'] = None\n"
        "from typer.testing import CliRunner\n"
        "from spacy_privacy_filter.cli import app\n"
        f"r = CliRunner().invoke(app, ['evaluate', 'small', {gold!r}, '-o', 'out'])\n"
        "print(r.exit_code, r.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    assert done.stdout.startswith("1 Error: ")
    assert "spacy-privacy-filter[evaluate]" in done.stdout
    assert "--no-plots" in done.stdout
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["small"])
def test_the_shipped_pipeline(name: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    sample = str(ROOT / "assets" / "sample_dev.jsonl")
    result = run(name, sample, "--out", str(out), "--no-plots", "--limit", "6")
    assert result.exit_code == 0, result.stderr
    assert {path.name for path in out.iterdir()} == {"report.md", "report.json"}
