"""Paths of a training config that are wrong are named before anything is read."""

from __future__ import annotations

from pathlib import Path

from .runs import run


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
        assert result.exit_code == 2
        assert message in result.stderr.replace("\n", " ")
    assert not (tmp_path / "out").exists()
