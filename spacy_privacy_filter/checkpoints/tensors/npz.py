"""Numpy archives (.npz) -> named tensors that stay mapped, as `tensors.py` does for safetensors.

MLX stores bfloat16 as two bytes without a type; archives that are compressed or hold objects are
refused, so reading runs nothing and needs no more memory than the file has bytes.
"""

from __future__ import annotations

import math
import re
import struct
from itertools import pairwise
from pathlib import Path
from typing import Final, Literal, NamedTuple
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

import numpy as np
import numpy.typing as npt

from .safetensors import DTYPES, MAX_AXES, MAX_TENSORS, StoredTensor

ENCRYPTED: Final = 1  # a bit of a member of a zip archive
MAGIC: Final = b"\x93NUMPY\x01\x00"
# What numpy and MLX write is some hundred bytes long.
MAX_HEADER: Final = 1024
HEADER: Final = re.compile(
    rb"\{'descr': '([^']{1,20})', 'fortran_order': (True|False), "
    rb"'shape': \(((?:\d{1,18}, ?)*(?:\d{1,18})?)\),? ?\}\s*"
)
LOCAL_HEADER: Final = struct.Struct("<4s22x2H")
# By numpy's short name, since untyped bytes have no hash of their own.
NAMES: Final = {dtype.str: name for name, dtype in DTYPES.items() if name != "BF16"} | {
    "|V2": "BF16",
    "<V2": "BF16",
}


def read_npz(path: Path) -> dict[str, StoredTensor]:
    """Map an archive of arrays: no weight is read before somebody uses it.

    path (Path): The file.
    RETURNS (dict[str, StoredTensor]): By name.
    RAISES (ValueError): Not such an archive, compressed, cut short, a name given twice, headers
        that contradict the file, or number types that no checkpoint here uses.
    """
    try:
        with ZipFile(path) as archive:
            members = archive.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError, struct.error) as error:
        raise _broken(path, f"{type(error).__name__}: {error}") from error
    if len(members) > MAX_TENSORS or len({m.filename for m in members}) != len(members):
        raise _broken(path, f"{len(members)} members, or names given twice")
    if not members:
        raise _broken(path, "it holds nothing")
    mapped = np.asarray(np.memmap(path, dtype=np.uint8, mode="c"))
    places = {member.filename: _place(path, member, mapped) for member in members}
    _refuse_overlap(path, list(places.values()))
    entries: dict[str, _Entry] = {}
    # All headers are looked at before the first array is copied.
    for name, (_, start, end) in places.items():
        entries[name.removesuffix(".npy")] = _header(path, name[:200], mapped[start:end])
    return {name: _tensor(entry) for name, entry in entries.items()}


class _Entry(NamedTuple):
    """An array as its header describes it.

    kind (str): A key of `DTYPES`. order (str): "F" or "C". data (NDArray): Its bytes.
    """

    kind: str
    order: Literal["C", "F"]
    shape: tuple[int, ...]
    data: npt.NDArray[np.uint8]


def _refuse_overlap(path: Path, places: list[tuple[int, int, int]]) -> None:
    """Refuse members that share bytes: a small file could name one of them a thousand times."""
    for (_, _, end), (begin, _, _) in pairwise(sorted(places)):
        if begin < end:
            raise _broken(path, "its members overlap, so that it would grow when it is read")


def _tensor(entry: _Entry) -> StoredTensor:
    """View one array of the archive; copied only where it has to be."""
    dtype, data = DTYPES[entry.kind], entry.data
    # Archives align nothing, and most frameworks want aligned numbers.
    aligned = data if data.ctypes.data % dtype.itemsize == 0 else data.copy()
    # MLX calls vectors and columns Fortran-ordered: for those it is the same.
    values = aligned.view(dtype).reshape(entry.shape, order=entry.order)
    return StoredTensor(entry.kind, np.ascontiguousarray(values).reshape(entry.shape))


def _header(path: Path, name: str, raw: npt.NDArray[np.uint8]) -> _Entry:
    """Read the header of an array, and check that its data are as long as it says.

    Not with numpy's own reader, which evaluates the header as Python.
    """
    head = raw[:MAX_HEADER].tobytes()
    start = 10 + int.from_bytes(head[8:10], "little")
    found = HEADER.fullmatch(head[10:start]) if head[:8] == MAGIC and len(head) >= start else None
    if found is None:
        raise _broken(path, f"{name!r} has no header of numpy, version 1")
    descr, order, sizes = (group.decode("ascii") for group in found.groups())
    if descr not in NAMES:
        raise ValueError(
            f"{name!r} in {path} has the number type {descr[:80]!r}. Supported: "
            f"{', '.join(DTYPES)}. Save the weights as float32 or bfloat16."
        )
    shape = tuple(int(size) for size in sizes.split(",") if size.strip())
    if len(shape) > MAX_AXES:
        raise _broken(path, f"{name[:80]!r} has {len(shape)} axes; at most {MAX_AXES} are read")
    kind, data = NAMES[descr], raw[start:]
    if math.prod(shape) * DTYPES[kind].itemsize != len(data):
        raise _broken(path, f"{name!r} has another length than its header says")
    return _Entry(kind, "F" if order == "True" else "C", shape, data)


def _place(path: Path, member: ZipInfo, mapped: npt.NDArray[np.uint8]) -> tuple[int, int, int]:
    """Find a member: where its own header begins, where its bytes begin, and where they end."""
    name = member.filename[:200]
    if member.compress_type != ZIP_STORED or member.compress_size != member.file_size:
        raise ValueError(
            f"{name!r} in {path} is compressed, which is refused: a small file could fill the "
            f"memory. Save the weights uncompressed (numpy.savez, mx.savez) or as safetensors."
        )
    if member.flag_bits & ENCRYPTED:
        raise _broken(path, f"{name!r} is encrypted")
    at = member.header_offset
    head = mapped[at : at + LOCAL_HEADER.size].tobytes() if at >= 0 else b""
    if len(head) < LOCAL_HEADER.size or head[:4] != b"PK\x03\x04":
        raise _broken(path, "a member does not lie where the directory says")
    _, n_name, n_extra = LOCAL_HEADER.unpack(head)
    start = at + LOCAL_HEADER.size + n_name + n_extra
    if start + member.file_size > len(mapped):
        raise _broken(path, "a member reaches beyond the end of the file")
    return at, start, start + member.file_size


def _broken(path: Path, why: str) -> ValueError:
    return ValueError(
        f"{path} is not a readable archive of arrays: {' '.join(why.split())[:200]}. "
        f"Download or write it again."
    )
