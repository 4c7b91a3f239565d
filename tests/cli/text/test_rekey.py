"""Maps get another key, all of them or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...finding import KEY, WANTED, contents, fails, ok

pytestmark = pytest.mark.usefixtures("_finder")


def test_maps_get_another_key(folder: Path, tmp_path: Path, key_file: Path) -> None:
    out, maps, new = tmp_path / "out", tmp_path / "maps", tmp_path / "new"
    new.write_text(f"{KEY}, a new one")
    keys = ("--key-file", key_file)
    ok("redact", folder, "-o", out, "--map", maps, *keys)
    (maps / "notes.txt").write_text("not ours")
    (maps / ".a.map.0f.tmp").write_bytes(b"spacy-privacy-filter map 1\nhalf")  # of a kill
    before = contents(maps)
    wrong = fails("rekey", maps, "--key-file", new, "--new-key-file", tmp_path / "none", code=2)
    assert "No such key file" in wrong
    (tmp_path / "other").write_text("another key of 16 bytes or more")
    swap = ("--key-file", tmp_path / "other", "--new-key-file", new)
    assert "another key" in fails("rekey", maps, *swap, code=2)
    assert "needs a key" in fails("rekey", maps, "--new-key-file", new, code=2)
    assert "holds no map" in fails("rekey", out, *keys, "--new-key-file", new, code=2)
    assert "No such file" in fails(
        "rekey", tmp_path / "never", *keys, "--new-key-file", new, code=2
    )
    assert contents(maps) == before
    back = maps / "below" / "b.md.map"
    ok("rekey", back, *keys, "--new-key-file", new)
    said = ok("rekey", maps, back, *keys, "--new-key-file", new).stderr
    assert f"{back} has the new key already\n" in said
    assert f"{len(WANTED) - 1} files have the new key now" in said
    restore = ("restore", out / "below" / "b.md", "--map", back)
    assert ok(*restore, "--key-file", new).stdout == "Bob saw Ada.\n"
    assert "another key" in fails(*restore, *keys, code=2)
