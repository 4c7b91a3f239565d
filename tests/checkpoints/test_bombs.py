"""Small files that would grow in memory, and containers that lie: refused before that happens."""

from __future__ import annotations

import json
import struct
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from spacy_privacy_filter.checkpoints.tensors.npz import read_npz
from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor, read_safetensors
from spacy_privacy_filter.checkpoints.tensors.torch_zip import read_pt_file, write_pt_file

from .test_fuzz import HEAD, TENSOR, WEIGHT, npy

DIRECTORY = b"PK\x01\x02"
END = b"PK\x05\x06"


@contextmanager
def within_the_file_size(path: Path) -> Iterator[None]:
    """What happens inside takes no more memory than the file: nothing was parsed or copied."""
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    # Its bytes once, and a tenth for what keeps them.
    assert peak < 1.1 * path.stat().st_size


def name_again(path: Path, n_times: int) -> None:
    """Let the directory of an archive name its first member many times, by other names."""
    raw = path.read_bytes()
    end = raw.rindex(END)
    start = raw.index(DIRECTORY)
    n_name = struct.unpack_from("<H", raw, start + 28)[0]
    fixed, rest = raw[start : start + 46], raw[start + 46 + n_name : end]
    entries = b"".join(
        fixed + str(i).zfill(n_name - 4).encode() + b".npy" + rest for i in range(n_times)
    )
    tail = struct.pack("<4s4H2LH", END, 0, 0, n_times, n_times, len(entries), start, 0)
    path.write_bytes(raw[:start] + entries + tail)


@pytest.mark.parametrize("fortran", [True, False])
def test_members_of_an_archive_that_overlap(tmp_path: Path, fortran: bool) -> None:
    """One array of a megabyte, named 300 times, would be copied 300 times."""
    path = tmp_path / "weights.npz"
    values = np.zeros((512, 512), "f")
    with path.open("wb") as file:
        np.savez(file, abcd=np.asfortranarray(values) if fortran else values)
    assert list(read_npz(path)) == ["abcd"]
    name_again(path, 300)
    with (
        within_the_file_size(path),
        pytest.raises(ValueError, match=r"weights\.npz .* overlap"),
    ):
        read_npz(path)


def test_arrays_of_an_archive_come_back(tmp_path: Path) -> None:
    """Aligned or not, in either order."""
    arrays = {
        "a": np.arange(12, dtype="f").reshape(3, 4),
        "odd": np.arange(5, dtype="u1"),
        "f": np.asfortranarray(np.arange(12, dtype="f").reshape(3, 4)),
        "none": np.zeros((0, 3), "f"),
    }
    np.savez(tmp_path / "weights.npz", **arrays)  # type: ignore[arg-type]
    found = read_npz(tmp_path / "weights.npz")
    assert {n: t.data.tolist() for n, t in found.items()} == {
        n: values.tolist() for n, values in arrays.items()
    }


def test_an_array_of_many_axes(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "weights.npz", "w") as archive:
        shape = "1, " * 70
        header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': ({shape})}}"
        archive.writestr("deep.npy", npy(header, bytes(4)))
    with pytest.raises(ValueError, match=r"weights\.npz .*'deep.npy' has 70 axes"):
        read_npz(tmp_path / "weights.npz")


def write_header(path: Path, header: dict[str, object], n_bytes: int = 0) -> Path:
    raw = json.dumps(header).encode()
    path.write_bytes(len(raw).to_bytes(8, "little") + raw + bytes(n_bytes))
    return path


def test_a_tensor_of_many_axes(tmp_path: Path) -> None:
    entry = {"dtype": "F32", "shape": [1] * 70, "data_offsets": [0, 4]}
    path = write_header(tmp_path / "x.safetensors", {"deep": entry}, 4)
    with pytest.raises(ValueError, match=r"x\.safetensors .*'deep' has 70 axes"):
        read_safetensors(path)


def test_a_header_with_very_many_tensors(tmp_path: Path) -> None:
    """Parsed, it would take nine times its size, and a while."""
    entry = {"dtype": "F32", "shape": [0], "data_offsets": [0, 0]}
    path = write_header(tmp_path / "x.safetensors", {f"x{i}": entry for i in range(100_000)})
    with (
        within_the_file_size(path),
        pytest.raises(ValueError, match=r"x\.safetensors .* 100000 tensors"),
    ):
        read_safetensors(path)


# --- Files of torch


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
