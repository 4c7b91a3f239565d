"""The files of a folder as one value of bytes, and what leads out of the folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import srsly

from spacy_privacy_filter.checkpoints.tensors.archive import bytes_to_folder, folder_to_bytes


def test_files_come_back(tmp_path: Path) -> None:
    files = {"a.json": b"{}", "model.safetensors": bytes(range(256)), "empty": b""}
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    for name, raw in files.items():
        (tmp_path / "a" / name).write_bytes(raw)
    data = folder_to_bytes(tmp_path / "a")
    bytes_to_folder(data, tmp_path / "b")
    assert {path.name: path.read_bytes() for path in (tmp_path / "b").iterdir()} == files
    assert folder_to_bytes(tmp_path / "b") == data


@pytest.mark.parametrize("value", [3, ["a"], {"a": "text"}, {"a": None}])
def test_other_values_are_refused(tmp_path: Path, value: object) -> None:
    with pytest.raises(ValueError, match="hold no network"):
        bytes_to_folder(srsly.msgpack_dumps(value), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../x", "/tmp/x", "a/b", "..", "", "a\\b"])  # noqa: S108
def test_names_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "inner"
    folder.mkdir()
    with pytest.raises(ValueError, match="plain file names"):
        bytes_to_folder(srsly.msgpack_dumps({name: b"x"}), folder)
    assert [path.name for path in tmp_path.rglob("*")] == ["inner"]


def test_what_msgpack_cannot_hold_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "model.safetensors").open("wb") as file:
        os.truncate(file.fileno(), 2**32)  # sparse: it takes no room on the disk
    with pytest.raises(ValueError, match=r"too large for to_bytes .*to_disk"):
        folder_to_bytes(tmp_path)
