"""Files of torch: read without running what is in them, and refused when they lie."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from spacy_privacy_filter.checkpoints.registry import read_checkpoint
from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor
from spacy_privacy_filter.checkpoints.tensors.torch_zip import read_pt_file, write_pt_file

from ..hostile import DIRECTORY, fresh, read

HEAD = b"\x80\x02ccollections\nOrderedDict\n)R("
TENSOR = (
    b"ctorch._utils\n_rebuild_tensor_v2\n((X\x07\x00\x00\x00storagectorch\nFloatStorage\n"
    b"X\x01\x00\x00\x000X\x03\x00\x00\x00cpuK\x04tQ%s\x89ccollections\nOrderedDict\n)RtR"
)
WEIGHT = b"X\x06\x00\x00\x00weight"
PICKLES = {
    "system": b"\x80\x02cos\nsystem\n(X\x04\x00\x00\x00truetR.",
    "stacked name": b"\x80\x04\x8c\x02os\x8c\x06system\x93.",
    "instance": b"(ios\nsystem\n.",
    "attribute of torch": b"\x80\x02ctorch\nload\n.",
    "memo that is not there": b"\x80\x02h\x05.",
    "nothing": b"",
    "no end": HEAD,
    "only an end": b".",
    "items for a number": b"\x80\x02K\x01(K\x01K\x02u.",
    "a million marks": b"\x80\x02" + b"(" * 10**6 + b".",
    "long text": b"\x80\x02X\xff\xff\xff\x7fabc.",
    "huge number": b"\x80\x02\x8b\xff\xff\xff\x7f.",
    "huge shape": HEAD + WEIGHT + TENSOR % b"K\x00(J\xff\xff\xff\x7fJ\xff\xff\xff\x7ft(K\x01K\x01t",
    "negative offset": HEAD + WEIGHT + TENSOR % b"J\xff\xff\xff\xff(K\x01t(K\x01t" + b"u.",
    "strange stride": HEAD + WEIGHT + TENSOR % b"K\x00(K\x02t(K\x00t" + b"u.",
    "text for a shape": HEAD
    + WEIGHT
    + TENSOR % b"K\x00X\x01\x00\x00\x001X\x01\x00\x00\x001"
    + b"u.",
}


@pytest.mark.parametrize("lie", PICKLES)
def test_pickles_that_lie(good: dict[str, Path], tmp_path: Path, lie: str) -> None:
    folder = fresh(good["multitask"], tmp_path)
    with zipfile.ZipFile(folder / "doc_head.pt", "w") as archive:
        archive.writestr("doc_head/data.pkl", PICKLES[lie])
        archive.writestr("doc_head/data/0", np.ones(4, "f").tobytes())
    with pytest.raises(ValueError, match=r"doc_head\.pt"):
        read_checkpoint(folder)
    assert read(folder) is None


def test_the_frame_of_these_pickles_is_right(good: dict[str, Path], tmp_path: Path) -> None:
    """Without a lie in it, the same pickle is read: so the lies are what is refused."""
    from spacy_privacy_filter.checkpoints.tensors.torch_zip import read_pt_file

    path = tmp_path / "head.pt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("head/data.pkl", HEAD + WEIGHT + TENSOR % b"K\x00(K\x04t(K\x01t" + b"u.")
        archive.writestr("head/data/0", np.ones(4, "f").tobytes())
    assert read_pt_file(path)["weight"].data.tolist() == [1, 1, 1, 1]


def write_head(path: Path) -> Path:
    write_pt_file(path, {"weight": StoredTensor.from_float32(np.ones((2, 3), "f"))})
    return path


def test_many_tensors_of_one_storage(tmp_path: Path) -> None:
    """The storage is in memory once, so 200 tensors of 4 MB do not take 800."""
    path = tmp_path / "head.pt"
    n = 1 << 20
    tensor = TENSOR % (b"K\x00(J%st(K\x01t" % struct.pack("<i", n))
    items = b"".join(b"X\x04\x00\x00\x00%04d" % i + tensor for i in range(200))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("head/data.pkl", HEAD + items + b"u.")
        archive.writestr("head/data/0", bytes(4 * n))
    found = read_pt_file(path)
    assert len(found) == 200
    places = {tensor.data.ctypes.data for tensor in found.values()}
    assert len(places) == 1


def encrypt(raw: bytearray) -> None:
    """Set the bit in every header."""
    for magic, at in ((b"PK\x03\x04", 6), (DIRECTORY, 8)):
        start = -1
        while (start := raw.find(magic, start + 1)) >= 0:
            raw[start + at] |= 1


def lie_about_size(raw: bytearray) -> None:
    """Declare more bytes than the file has, for the last member."""
    start = raw.rindex(DIRECTORY)
    raw[start + 20 : start + 28] = struct.pack("<2L", 1 << 20, 1 << 20)


def two_sizes(raw: bytearray) -> None:
    start = raw.rindex(DIRECTORY)
    raw[start + 24 : start + 28] = struct.pack("<L", 30)


def bad_name(raw: bytearray) -> None:
    """A name that is said to be UTF-8 and is not."""
    start = raw.rindex(DIRECTORY)
    raw[start + 9] |= 8
    raw[start + 46] = 0xFF


@pytest.mark.parametrize("lie", [encrypt, lie_about_size, two_sizes, bad_name])
def test_a_container_that_lies(tmp_path: Path, lie: Callable[[bytearray], None]) -> None:
    raw = bytearray(write_head(tmp_path / "head.pt").read_bytes())
    lie(raw)
    (tmp_path / "head.pt").write_bytes(raw)
    with pytest.raises(ValueError, match=r"head\.pt is not a readable file of weights: \w+"):
        read_pt_file(tmp_path / "head.pt")


def test_names_that_are_numbers(tmp_path: Path) -> None:
    path = tmp_path / "head.pt"
    tensor = TENSOR % b"K\x00(K\x04t(K\x01t"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("head/data.pkl", HEAD + b"K\x01" + tensor + WEIGHT + tensor + b"u.")
        archive.writestr("head/data/0", np.ones(4, "f").tobytes())
    with pytest.raises(ValueError, match=r"head\.pt .* tensors by name"):
        read_pt_file(path)


def test_broken_pt_files(tmp_path: Path) -> None:
    path = tmp_path / "head.pt"
    write_pt_file(path, {"weight": StoredTensor.from_float32(np.ones((2, 3)))})
    assert read_pt_file(path)["weight"].data.tolist() == [[1, 1, 1], [1, 1, 1]]
    raw = path.read_bytes()
    for size in range(0, len(raw), 9):
        path.write_bytes(raw[:size])
        with pytest.raises(ValueError, match="not a readable file of weights"):
            read_pt_file(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("head/data.pkl", b"0" * 10**6)
    with pytest.raises(ValueError, match="compressed"):
        read_pt_file(path)
    with path.open("wb") as file:
        file.truncate(1 << 30)
    with pytest.raises(ValueError, match="longer than"):
        read_pt_file(path)
