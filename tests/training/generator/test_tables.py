"""Files of data: all of them are used, and mistakes in them are named."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("faker", reason="the generator needs the extra 'training'")

from spacy_privacy_filter.training.generator import tables


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in place of data/; what was read from the real one is forgotten afterwards."""
    readers = (tables.read_table, tables.words_of, tables.lists_of, tables.pairs_of)
    monkeypatch.setattr(tables, "DATA", tmp_path)
    for reader in readers:
        reader.cache_clear()
    yield tmp_path
    for reader in readers:
        reader.cache_clear()


@pytest.mark.parametrize("name", ["templates", "languages", "addresses"])
def test_the_index_names_every_file_of_its_folder_once(name: str) -> None:
    files = {path.stem for path in (tables.DATA / name).iterdir()} - {"index"}
    order = tables.read_order(name)
    assert len(set(order)) == len(order)
    assert set(order) - {"records"} == files


def test_every_file_is_described_where_strangers_look() -> None:
    readme = (tables.DATA / "README.md").read_text(encoding="utf8")
    folders = [path.name for path in tables.DATA.iterdir() if path.is_dir()]
    assert all(f"`{name}/`" in readme for name in folders)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{\n  "a": ["x",]\n}', "new.json, line 2: not JSON"),
        ("[]", "new.json, line 1: must hold an object"),
        ('{"b": ["x"]}', "new.json: lacks the key 'a'; it has b"),
        ('{"a": "x"}', "new.json: 'a' must be a list of texts"),
        ('{"a": ["x", 1]}', "new.json: 'a' must be a list of texts"),
    ],
)
def test_a_mistake_in_a_file_is_named(folder: Path, text: str, message: str) -> None:
    (folder / "new.json").write_text(text, encoding="utf8")
    with pytest.raises(ValueError, match=message):
        tables.words_of("new.json", "a")


def test_lists_of_other_things_are_refused(folder: Path) -> None:
    (folder / "new.json").write_text('{"a": {"b": "x"}, "c": ["x"]}', encoding="utf8")
    with pytest.raises(ValueError, match="'a', 'b' must be a list of texts"):
        tables.lists_of("new.json", "a")
    with pytest.raises(ValueError, match="'c' must be an object"):
        tables.lists_of("new.json", "c")
    with pytest.raises(ValueError, match="'c' must be a list of lists"):
        tables.pairs_of("new.json", "c")
