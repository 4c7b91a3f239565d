"""Files and folders appear whole or not at all, and replace nothing that somebody may miss."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import BinaryIO

import pytest

from spacy_privacy_filter.files import (
    check_folder,
    check_place,
    hash_file,
    mend_folder,
    replace_folder,
    write_atomically,
    write_whole,
)


def test_a_full_disk_names_the_file_that_it_did_not_take(tmp_path: Path) -> None:
    def fill(file: BinaryIO) -> None:
        raise OSError(27, "File too large")  # as the system says it

    with pytest.raises(OSError, match=r"File too large: .*model\.safetensors"):
        write_whole(tmp_path / "model.safetensors", fill)
    assert not list(tmp_path.iterdir())


def test_a_file_is_replaced_whole_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file"
    write_atomically(path, b"first")
    path.chmod(0o640)
    write_atomically(path, b"second")
    assert path.read_bytes() == b"second"
    assert path.stat().st_mode & 0o777 == 0o640

    def stop(file: BinaryIO) -> None:
        file.write(b"thi")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_whole(path, stop)
    assert path.read_bytes() == b"second"
    assert list(path.parent.iterdir()) == [path]


def test_places_where_no_file_can_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path, error, message in (
        (tmp_path, IsADirectoryError, "is a folder"),
        (Path("/dev/null"), FileExistsError, "is a device or pipe"),
        (tmp_path / "file" / "a" / "b", NotADirectoryError, "file is a file, so"),
    ):
        with pytest.raises(error, match=message):
            check_place(path)
    check_place(tmp_path / "new" / "file")


def test_a_hash_is_that_of_the_whole_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spacy_privacy_filter.files.CHUNK", 3)
    (tmp_path / "file").write_bytes(b"0123456789")
    assert hash_file(tmp_path / "file") == hashlib.sha256(b"0123456789").hexdigest()


def test_only_folders_that_nobody_can_miss_are_replaced(tmp_path: Path) -> None:
    old, other = tmp_path / "old", tmp_path / "other"
    for folder in (old, other):
        folder.mkdir()
        (folder / "notes").touch()
    (old / "mark").touch()
    check_folder(tmp_path / "new")
    check_folder(old, ["mark"])
    with pytest.raises(FileExistsError, match=r"new or empty, or that holds an older one\.$"):
        check_folder(other, ["mark"], "an older one")
    with pytest.raises(FileExistsError, match=r"new or empty\.$"):
        check_folder(old)
    with pytest.raises(FileExistsError, match="is needed and would be deleted"):
        check_folder(old, ["mark"], inputs=[old / "notes"])
    with pytest.raises(FileExistsError, match="Give a folder beside it"):
        check_folder(old / "deep", inputs=[old])


def test_a_folder_is_replaced_or_put_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft, place = tmp_path / "draft", tmp_path / "place"
    for folder in (draft, place):
        folder.mkdir()
        (folder / folder.name).touch()
    original = Path.rename

    def fail(self: Path, target: Path) -> Path:
        if self == draft:
            raise OSError("disk is gone")
        return original(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", fail)
        with pytest.raises(OSError, match="disk is gone"):
            replace_folder(draft, place)
    assert (place / "place").exists()
    place.rename(tmp_path / ".place.old")  # as after a kill between the two renames
    mend_folder(place)
    assert (place / "place").exists()
    replace_folder(draft, place)
    assert [path.name for path in tmp_path.iterdir()] == ["place"]
    assert [path.name for path in place.iterdir()] == ["draft"]
