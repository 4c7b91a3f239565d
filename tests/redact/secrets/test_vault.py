"""Files of mappings: whole or not at all, closed to every other key, and silent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from spacy_privacy_filter import files
from spacy_privacy_filter.redact.corpus_file import load_corpus, save_corpus
from spacy_privacy_filter.redact.engine import Corpus, redact
from spacy_privacy_filter.redact.policy import method_policy
from spacy_privacy_filter.redact.result import TextMapping
from spacy_privacy_filter.redact.secrets import vault
from spacy_privacy_filter.redact.secrets.keys import make_key
from spacy_privacy_filter.redact.secrets.vault import (
    change_key,
    change_keys,
    load_mappings,
    save_mappings,
)
from spacy_privacy_filter.types import CharSpan

from ..helpers import KEY

NEW = make_key()
TEXT = "Ada Lovelace wrote \ud83d programs."


def mapping() -> tuple[str, TextMapping]:
    done = redact(TEXT, [CharSpan(0, 12, "person")], method_policy("number"))
    return done.text, done.mapping


def test_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "new" / "texts.map"
    text, own = mapping()
    save_mappings(path, {"a": own, "b": own}, KEY)
    loaded = load_mappings(path, KEY)
    assert loaded == {"a": own, "b": own}
    assert loaded["a"].restore(text) == TEXT
    assert b"Ada" not in path.read_bytes()
    assert [p.name for p in path.parent.iterdir()] == ["texts.map"]


def test_every_other_key_and_every_changed_byte_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "texts.map"
    save_mappings(path, {"a": mapping()[1]}, KEY)
    content = path.read_bytes()
    with pytest.raises(ValueError, match="another key"):
        load_mappings(path, NEW)
    for place in range(len(content)):
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        with pytest.raises(ValueError, match=r"cannot be opened|no file of mappings"):
            load_mappings(path, KEY)
    for length in (0, 10, 30, 80, len(content) - 1):
        path.write_bytes(content[:length])
        with pytest.raises(ValueError, match=r"cannot be opened|no file of mappings"):
            load_mappings(path, KEY)
    with pytest.raises(FileNotFoundError):
        load_mappings(tmp_path / "none", KEY)
    with pytest.raises(ValueError, match="too short"):
        save_mappings(path, {}, "short")


def test_keys_change(tmp_path: Path) -> None:
    path = tmp_path / "texts.map"
    save_mappings(path, {"a": mapping()[1]}, KEY)
    with pytest.raises(ValueError, match="too short"):
        change_key(path, KEY, "short")
    with pytest.raises(ValueError, match="another key"):
        change_key(path, NEW, KEY)
    change_key(path, KEY, NEW)
    assert load_mappings(path, NEW) == {"a": mapping()[1]}
    with pytest.raises(ValueError, match="another key"):
        load_mappings(path, KEY)


def test_keys_of_many_files_change_and_a_stopped_run_goes_on(tmp_path: Path, monkeypatch) -> None:
    paths = [tmp_path / name for name in ("a.map", "b.map", "c.map")]
    for path in paths:
        save_mappings(path, {"": mapping()[1]}, KEY)
    write = vault.write_atomically

    def stop_at_b(path: Path, content: bytes, *options: Any) -> None:
        if path.name == "b.map":
            raise KeyboardInterrupt
        write(path, content, *options)

    monkeypatch.setattr(vault, "write_atomically", stop_at_b)
    with pytest.raises(KeyboardInterrupt):
        change_keys(paths, KEY, NEW)
    monkeypatch.undo()
    assert change_keys(paths, KEY, NEW) == (paths[1:], paths[:1])
    assert all(load_mappings(path, NEW) == {"": mapping()[1]} for path in paths)
    assert change_keys(paths, KEY, NEW) == ([], paths)
    with pytest.raises(ValueError, match="The new key is the old one"):
        change_keys(paths, KEY, KEY)


@pytest.mark.parametrize("content", [b"no map", b"spacy-privacy-filter map 1\n" + b"x" * 80])
def test_one_file_with_another_key_and_none_changes(tmp_path: Path, content: bytes) -> None:
    good, bad = tmp_path / "a.map", tmp_path / "b.map"
    save_mappings(good, {}, KEY)
    bad.write_bytes(content)
    old = good.read_bytes()
    with pytest.raises(ValueError, match=r"b\.map (cannot be opened|is no file of mappings)"):
        change_keys([good, bad], KEY, NEW)
    with pytest.raises(FileNotFoundError):
        change_keys([good, tmp_path / "none"], KEY, NEW)
    assert good.read_bytes() == old


def test_the_key_of_a_corpus_changes(tmp_path: Path) -> None:
    path, policy = tmp_path / "people.corpus", method_policy("number")
    corpus = Corpus(policy, KEY)
    corpus.add(TEXT, [CharSpan(0, 12, "person")])
    save_corpus(path, corpus, KEY)
    assert change_keys([path], KEY, NEW) == ([path], [])
    assert load_corpus(path, policy, NEW).scope.handed
    with pytest.raises(ValueError, match="another key"):
        load_corpus(path, policy, KEY)


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "texts.map"
    save_mappings(path, {"a": mapping()[1]}, KEY)
    old = path.read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        save_mappings(path, {}, KEY)
    assert path.read_bytes() == old
    assert [p.name for p in tmp_path.iterdir()] == ["texts.map"]
