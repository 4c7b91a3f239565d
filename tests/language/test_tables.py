"""Tables of words: read once and when wanted, with errors that name the file."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from spacy_privacy_filter.language import tables
from spacy_privacy_filter.language.tables import FOLDER, read_table, read_words


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(tables, "FOLDER", tmp_path)
    read_table.cache_clear()
    yield tmp_path
    read_table.cache_clear()


def test_a_table_is_read_once(folder: Path) -> None:
    (folder / "x.json").write_text('{"words": ["a", "é"]}', encoding="utf-8")
    first = read_table("x")
    (folder / "x.json").unlink()
    assert read_table("x") is first
    assert read_words("x", "words") == {"a", "é"}


def test_a_table_that_is_missing_is_named(folder: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"The table .*months\.json is missing"):
        read_table("months")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"words": [', r"x\.json is damaged"),
        (b"\xff", r"x\.json is damaged"),
        (b"[]", r"x\.json must hold a JSON object, but holds a list"),
    ],
)
def test_a_table_that_is_none_is_named(folder: Path, content: bytes, message: str) -> None:
    (folder / "x.json").write_bytes(content)
    with pytest.raises(ValueError, match=message):
        read_table("x")


def words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for own in (*value, *value.values()):
            yield from words(own)
    elif isinstance(value, list):
        for own in value:
            yield from words(own)


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.json")), ids=lambda file: file.stem)
def test_every_table_is_whole(file: Path) -> None:
    def check(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        assert len(set(keys)) == len(keys), f"a key stands twice: {keys}"
        return dict(pairs)

    table = json.loads(file.read_text(encoding="utf-8"), object_pairs_hook=check)
    assert table == read_table(file.stem)
    assert all(word == word.strip() or word.endswith(" ") for word in words(table))


def test_names_of_months_are_not_read_before_a_date_is() -> None:
    code = (
        "from spacy_privacy_filter.language import months, timeline;"
        "assert months.read_months.cache_info().currsize == 0;"
        "timeline.hangs_on_others('12 March');"
        "assert months.read_months.cache_info().currsize == 1"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
