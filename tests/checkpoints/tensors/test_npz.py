"""Archives of numpy: arrays come back as they were; what lies or would grow is refused."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest

from spacy_privacy_filter.checkpoints.registry import read_checkpoint
from spacy_privacy_filter.checkpoints.tensors.npz import read_npz

from ..hostile import DIRECTORY, fresh, read, weights, within_the_file_size

END = b"PK\x05\x06"


def npz_with(path: Path, name: str, content: bytes, again: bool = False) -> None:
    """Replace one array of an archive by other bytes; or add it a second time."""
    with zipfile.ZipFile(path) as archive:
        members = {member: archive.read(member) for member in archive.namelist()}
    members = members if again else members | {f"{name}.npy": content}
    with zipfile.ZipFile(path, "w") as archive:
        for member, raw in members.items():
            archive.writestr(member, raw)
        if again:
            with pytest.warns(UserWarning, match="Duplicate"):
                archive.writestr(f"{name}.npy", content)


def npy(header: str, data: bytes = b"") -> bytes:
    raw = header.encode()
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(raw)) + raw + data


NPY_LIES = {
    "huge shape": npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1099511627776,)}"),
    "negative": npy("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}"),
    "objects": npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,)}", b"cos\nsystem\n."),
    "code for a header": npy("__import__('os').system('true')"),
    "deep header": npy("(" * 5000),
    "fields": npy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (64,)}"),
    "float64": npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1,)}", bytes(8)),
    "no header": b"hello",
    "empty": b"",
}


@pytest.mark.parametrize("lie", NPY_LIES)
def test_archives_that_lie(good: dict[str, Path], tmp_path: Path, lie: str) -> None:
    folder = fresh(good["openmed-npz"], tmp_path)
    npz_with(folder / "weights.npz", "norm.scale", NPY_LIES[lie])
    assert read(folder) is None


def test_archives_with_a_name_twice(good: dict[str, Path], tmp_path: Path) -> None:
    folder = fresh(good["openmed-npz"], tmp_path)
    header = "{'descr': '<f4', 'fortran_order': False, 'shape': (64,)}"
    npz_with(folder / "weights.npz", "norm.scale", npy(header, bytes(256)), again=True)
    with pytest.raises(ValueError, match="given twice"):
        read_checkpoint(folder)


def test_a_bomb_is_not_unpacked(good: dict[str, Path], tmp_path: Path) -> None:
    folder = fresh(good["openmed-npz"], tmp_path)
    with zipfile.ZipFile(folder / "weights.npz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("norm.scale.npy", bytes(200 << 20))
    assert weights(folder).stat().st_size < 1 << 20
    with pytest.raises(ValueError, match="is compressed"):
        read_checkpoint(folder)


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
