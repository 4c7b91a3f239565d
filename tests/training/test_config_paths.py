"""Paths of a training config that are wrong are named before anything is read."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from click.testing import Result
from typer.testing import CliRunner

from spacy_privacy_filter.cli import app
from spacy_privacy_filter.corpus.rows import Row, read_rows, write_corpus

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The sample: rows with spans, rows with a category, and rows with both."""
    folder = tmp_path_factory.mktemp("corpora")
    paths = {}
    for name in ("train", "dev"):
        rows = list(read_rows(ROOT / "assets" / f"sample_{name}.jsonl"))[:30]
        both = [
            Row(**{**row.__dict__, "id": f"both-{row.id}", "category": "Health"})
            for row in rows
            if row.has_spans
        ][:4]
        paths[f"paths.{name}"] = str(folder / f"{name}.spacy")
        write_corpus([*rows, *both], Path(paths[f"paths.{name}"]), spacy.blank("xx"))
    return paths


def run(*args: object) -> Result:
    return CliRunner().invoke(app, [str(arg) for arg in args])


def test_wrong_paths_are_named_before_anything_is_read(
    corpora: dict[str, str], tmp_path: Path
) -> None:
    config = Path(__file__).parents[2] / "configs" / "small.cfg"
    rows = tmp_path / "rows.jsonl"
    rows.write_text("{}")
    for name, value, message in (
        ("paths.trian", corpora["paths.train"], "Did you mean --paths.train?"),
        ("paths.train", str(tmp_path / "none.spacy"), "No such corpus: "),
        ("paths.dev", str(rows), f"privacy-filter corpus {rows} dev.spacy --lang xx"),
    ):
        given = [part for key, path in corpora.items() for part in (f"--{key}", path)]
        result = run("train", config, "-o", tmp_path / "out", *given, f"--{name}", value)
        assert result.exit_code == 1
        assert message in result.stderr.replace("\n", " ")
    assert not (tmp_path / "out").exists()
