"""Safetensors files <-> named tensors that stay mapped.

Numpy only, so that every backend reads the same files. It has no bfloat16: the bits go as uint16.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import math
import mmap
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError, safe_open

from ...files import write_whole
from .folder import find_file, parse_json, read_json

# Name of a number type in a safetensors file -> how numpy holds it.
DTYPES: Final[dict[str, np.dtype[Any]]] = {
    "F32": np.dtype("<f4"),
    "F16": np.dtype("<f2"),
    "BF16": np.dtype("<u2"),
    "U32": np.dtype("<u4"),
    "U8": np.dtype("u1"),
}
FLOAT_DTYPES = ("F32", "F16", "BF16")
WEIGHTS = "model.safetensors"
# 8 layers make a header of 20 kB; the library alone would read 100 MB.
MAX_HEADER_BYTES = 8 << 20
# Every expert of 8 layers x 128 with three parts of its own makes some 10,000.
MAX_TENSORS = 16384
# Ours have up to three; numpy would refuse more than 64 without naming the file.
MAX_AXES = 8


@dataclass(frozen=True, eq=False)
class StoredTensor:
    """A tensor as it lies in a file.

    dtype (str): Its number type, a key of `DTYPES`.
    data (NDArray): Its values, perhaps a view on a mapped file; the bits as uint16 if BF16.
    graph (Path | None): The ONNX file that it lies in, which a backend may run as it is.
    """

    dtype: str
    data: npt.NDArray[Any]
    graph: Path | None = None

    def __post_init__(self) -> None:
        if self.dtype not in DTYPES:
            raise ValueError(
                f"Unsupported number type {self.dtype!r}. Allowed: {', '.join(DTYPES)}."
            )
        if self.data.dtype != DTYPES[self.dtype]:
            raise ValueError(
                f"A {self.dtype} tensor is held as {DTYPES[self.dtype].name}, but the array given "
                f"is {self.data.dtype.name}. Use StoredTensor.from_float32 to convert."
            )

    @classmethod
    def from_float32(cls, values: npt.ArrayLike, dtype: str = "F32") -> StoredTensor:
        """Convert numbers to a stored type, rounding to the nearest (ties to even).

        values (ArrayLike): Numbers; not copied if they are float32 and stay so.
        dtype (str): "F32", "F16" or "BF16".
        RETURNS (StoredTensor): Same shape.
        RAISES (ValueError): Another dtype.
        """
        if dtype not in FLOAT_DTYPES:
            raise ValueError(
                f"Cannot store real numbers as {dtype!r}. Choose one of: {', '.join(FLOAT_DTYPES)}."
            )
        array = np.asarray(values, dtype=np.float32)
        if dtype == "BF16":
            return cls(dtype, _to_bfloat16(array))
        return cls(dtype, array.astype(DTYPES[dtype], copy=False))

    def to_float32(self) -> npt.NDArray[np.float32]:
        """Give the values as float32, exactly; F32 is not copied.

        RAISES (ValueError): The tensor holds whole numbers.
        """
        if self.dtype not in FLOAT_DTYPES:
            raise ValueError(f"A {self.dtype} tensor holds no real numbers; dequantise it first.")
        if self.dtype == "BF16":
            return (self.data.astype(np.uint32) << 16).view(np.float32)
        return self.data.astype(np.float32, copy=False)

    @property
    def shape(self) -> tuple[int, ...]:
        """Length of each axis."""
        return self.data.shape

    @property
    def nbytes(self) -> int:
        """Bytes of its values."""
        return self.data.nbytes


def _to_bfloat16(values: npt.NDArray[np.float32]) -> npt.NDArray[np.uint16]:
    """Round float32 to the upper 16 bits: to the nearest, ties to even; NaN stays NaN."""
    bits = np.ascontiguousarray(values).view(np.uint32).reshape(values.shape)
    rounded = (bits + (0x7FFF + ((bits >> 16) & 1)).astype(np.uint32)) >> 16
    # The carry could turn a NaN into a number; its upper half with the quiet bit set is a NaN.
    return np.where(np.isnan(values), (bits >> 16) | 0x40, rounded).astype(np.uint16)


def read_safetensors(
    path: Path, left_out: Collection[str] = ()
) -> tuple[dict[str, StoredTensor], dict[str, str]]:
    """Map a safetensors file: no weight is read before somebody uses it.

    The arrays are private to this process: writing to them never reaches the file.

    path (Path): The file.
    left_out (Collection[str]): Number types of tensors that are not wanted.
    RETURNS (tuple): The tensors by name, and the metadata of the file.
    RAISES (FileNotFoundError): No such file.
    RAISES (ValueError): Not a safetensors file, cut short, a header that contradicts itself or
        the file, a name given twice, or a number type that no checkpoint here uses.
    """
    if not path.exists():
        raise FileNotFoundError(f"No weights at {path}. Give a folder that holds them.")
    if not path.is_file():
        raise ValueError(f"{path} is not a regular file. Weights are one safetensors file.")
    header, start = _read_header(path)
    try:
        # The library checks what the header says: types, sizes, gaps, overlaps, the file's end.
        with safe_open(str(path), framework="np"):
            pass
    except (SafetensorError, OSError, ValueError) as error:
        raise _broken(path, str(error)) from error
    metadata = header.pop("__metadata__", None) or {}
    mapped = np.asarray(np.memmap(path, dtype=np.uint8, mode="c"))[start:]
    wanted = {
        name: entry
        for name, entry in header.items()
        if not (isinstance(entry, dict) and entry.get("dtype") in left_out)
    }
    return {name: _view(path, name, entry, mapped) for name, entry in wanted.items()}, metadata


def is_mapped(tensor: StoredTensor) -> bool:
    """Whether a tensor is a view on a mapped file."""
    return _map_of(tensor) is not None


def _map_of(tensor: StoredTensor) -> mmap.mmap | None:
    base: Any = tensor.data
    while isinstance(base, np.ndarray) and not isinstance(base, np.memmap):
        base = base.base
    return getattr(base, "_mmap", None)


def forget_pages(tensor: StoredTensor) -> bool:
    """Let the system drop a mapped tensor's pages from memory; the file still has them.

    For what has been copied elsewhere and is not read again soon.

    RETURNS (bool): False, and nothing is done, if the tensor is not mapped from a file, or the
        system has no such call.
    """
    mapped = _map_of(tensor)
    if mapped is None or not hasattr(mmap, "MADV_DONTNEED"):
        return False
    page = mmap.PAGESIZE
    whole = np.frombuffer(mapped, dtype=np.uint8)
    start = tensor.data.ctypes.data - whole.ctypes.data
    # Only whole pages: its first and last ones are also its neighbours'.
    first, last = -(-start // page) * page, (start + tensor.data.nbytes) // page * page
    if last > first:
        mapped.madvise(mmap.MADV_DONTNEED, first, last - first)
    return True


def trim_heap() -> None:
    """Give memory that was freed back to the system, where the C library keeps it (glibc).

    After a large network was laid out anew, that is a quarter of its size.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if os.name == "posix" else None
    if trim is not None:
        trim(0)


def _read_header(path: Path) -> tuple[dict[str, Any], int]:
    """Read the JSON at the head of the file, and where the data begin, in bytes."""
    size = path.stat().st_size
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if size < 8 or length > size - 8:
            raise _broken(path, f"it has {size} bytes, fewer than its header declares")
        if length > MAX_HEADER_BYTES:
            raise _broken(path, f"a header of {length} bytes; at most {MAX_HEADER_BYTES} are read")
        raw = file.read(length)
    # Counted before it is parsed, which takes a while with so many.
    if (n_tensors := raw.count(b'"data_offsets"')) > MAX_TENSORS:
        raise _broken(path, f"it has {n_tensors} tensors; at most {MAX_TENSORS} are read")
    return parse_json(raw, f"The header of {path}"), 8 + length


def _broken(path: Path, why: str) -> ValueError:
    return ValueError(
        f"{path} is not a readable safetensors file: {' '.join(why.split())[:200]}. "
        f"Download or write it again."
    )


def _view(path: Path, name: str, entry: Any, mapped: npt.NDArray[np.uint8]) -> StoredTensor:
    """Make the tensor that one entry of the header describes, as a view on the mapped data."""
    if not isinstance(entry, dict) or set(entry) != {"dtype", "shape", "data_offsets"}:
        raise _broken(path, f"the entry of tensor {name[:200]!r} is malformed")
    shape, (begin, end) = entry["shape"], entry["data_offsets"]
    if entry["dtype"] not in DTYPES:
        raise ValueError(
            f"Tensor {name[:200]!r} in {path} has the number type {entry['dtype']}. Supported: "
            f"{', '.join(DTYPES)}. Save the weights as float32 or bfloat16."
        )
    if len(shape) > MAX_AXES:
        raise _broken(
            path, f"tensor {name[:80]!r} has {len(shape)} axes; at most {MAX_AXES} are read"
        )
    dtype = DTYPES[entry["dtype"]]
    # The library has checked this; a view on memory is worth a second look.
    if not 0 <= begin <= end <= len(mapped) or end - begin != math.prod(shape) * dtype.itemsize:
        raise _broken(path, f"tensor {name[:200]!r} does not fit its place in the file")
    data = mapped[begin:end].view(dtype).reshape(shape)
    # Some frameworks refuse odd addresses, which only unusual writers produce.
    return StoredTensor(entry["dtype"], data if data.flags.aligned else data.copy())


def read_weights(
    folder: Path, name: str = WEIGHTS, left_out: Collection[str] = ()
) -> tuple[dict[str, StoredTensor], dict[str, str]]:
    """Map the weights of a checkpoint: one file, or several with an index.

    folder (Path): The checkpoint.
    name (str): The single file; the index has the same name with ".index.json" behind.
    left_out (Collection[str]): Number types of tensors that are not wanted.
    RETURNS (tuple): The tensors by name, and the metadata (of the single file; {} with an index).
    RAISES (FileNotFoundError): Neither of the two, or a file that the index names is missing.
    RAISES (ValueError): Both of the two, or what `read_safetensors` and `find_file` refuse.
    """
    index = f"{name}.index.json"
    found = [file for file in (name, index) if (folder / file).exists()]
    if len(found) == 2:
        raise ValueError(
            f"{folder} holds both {name} and {index}, so it is unclear which weights count. "
            f"Delete the one that is out of date."
        )
    if found == [index]:
        return _read_shards(folder, index, left_out), {}
    return read_safetensors(find_file(folder, name), left_out)


def _read_shards(folder: Path, index: str, left_out: Collection[str]) -> dict[str, StoredTensor]:
    """Map all files that an index names; it must list exactly what they hold."""
    path = find_file(folder, index)
    files = read_json(path).get("weight_map")
    if not isinstance(files, dict) or not all(isinstance(file, str) for file in files.values()):
        raise ValueError(
            f"{path} must hold a 'weight_map' from names of tensors to names of files. "
            f"Download it again."
        )
    tensors: dict[str, StoredTensor] = {}
    for file in sorted(set(files.values())):
        shard, _ = read_safetensors(find_file(folder, file), left_out)
        listed = {name for name in files if files[name] == file}
        wrong = sorted(set(shard) - listed if left_out else listed ^ set(shard))[:10]
        if wrong:
            raise ValueError(
                f"{path} and {file} disagree about which tensors the file holds: "
                f"{', '.join(name[:200] for name in wrong)}. Download all files again."
            )
        tensors |= shard
    return tensors


def tensor_names(folder: Path, name: str = WEIGHTS) -> list[str]:
    """Name the tensors of a checkpoint from the head of its file, or from its index.

    folder, name: As in `read_weights`.
    RETURNS (list[str]): The names; none if the files are missing or broken, which is for the reader
        to complain about.
    """
    try:
        if (folder / f"{name}.index.json").exists():
            return list(read_json(find_file(folder, f"{name}.index.json")).get("weight_map", {}))
        return list(_read_header(find_file(folder, name))[0])
    except (OSError, ValueError, TypeError):
        return []


def write_safetensors(
    path: Path, tensors: Mapping[str, StoredTensor], metadata: Mapping[str, str] | None = None
) -> None:
    """Write a safetensors file, whole or not at all; equal tensors give equal bytes.

    Written here and not by the library, whose argument for bfloat16 data changed between versions
    and whose metadata come in no fixed order.

    path (Path): Where to; its folder must exist.
    tensors (Mapping[str, StoredTensor]): By name.
    metadata (Mapping[str, str]): What else the header should say.
    SOURCE: https://huggingface.co/docs/safetensors, "Format".
    """
    header: dict[str, Any] = {"__metadata__": dict(sorted(metadata.items()))} if metadata else {}
    # The widest numbers first, so that every tensor lies at a multiple of its number's size.
    order = sorted(tensors, key=lambda name: (-DTYPES[tensors[name].dtype].itemsize, name))
    end = 0
    for name in order:
        begin, end = end, end + tensors[name].nbytes
        entry = {"dtype": tensors[name].dtype, "shape": tensors[name].shape}
        header[name] = entry | {"data_offsets": [begin, end]}
    raw = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode("utf-8")
    raw += b" " * (-len(raw) % 8)

    def write(file: BinaryIO) -> None:
        file.write(len(raw).to_bytes(8, "little") + raw)
        for name in order:
            file.write(_bytes(tensors[name]).data)

    write_whole(path, write)


def _bytes(tensor: StoredTensor) -> npt.NDArray[np.uint8]:
    """Give the bytes of a tensor, row by row; copied only if they do not lie so."""
    return np.ascontiguousarray(tensor.data).reshape(-1).view(np.uint8)


def fingerprint(tensors: Mapping[str, StoredTensor]) -> str:
    """Hash names, types, shapes and contents, in the order of the names (SHA-256).

    tensors (Mapping[str, StoredTensor]): What to hash; every weight is read.
    RETURNS (str): 64 hexadecimal digits.
    """
    digest = hashlib.sha256()
    for name in sorted(tensors):
        tensor = tensors[name]
        digest.update(json.dumps([name, tensor.dtype, tensor.shape]).encode("utf-8"))
        digest.update(_bytes(tensor).data)
    return digest.hexdigest()
