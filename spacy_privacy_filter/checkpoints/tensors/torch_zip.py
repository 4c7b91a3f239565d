"""A `.pt` file with named tensors <-> arrays, without torch and without running any of it.

Such a file is a zip archive with a pickle in it. The few instructions that a state dict needs are
followed here one by one; any other ends in an error, so nothing that a file names is ever called.
(torch.load(weights_only=True) could be made to run code before torch 2.6: CVE-2025-32434.)
"""

from __future__ import annotations

import pickletools
import struct
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

import numpy as np

from ...files import write_whole
from .safetensors import DTYPES, StoredTensor

MAX_BYTES: Final = 64 << 20  # a head; a backbone comes as safetensors
MAX_STEPS: Final = 10_000
ENCRYPTED: Final = 1  # a bit of a member of a zip archive
STORAGES: Final = {"FloatStorage": "F32", "HalfStorage": "F16", "BFloat16Storage": "BF16"}
DICT: Final = ("collections", "OrderedDict")
REBUILD: Final = ("torch._utils", "_rebuild_tensor_v2")


class Storage(NamedTuple):
    """Numbers that lie in a member of the archive."""

    dtype: str
    key: str
    n_values: int


class Name(NamedTuple):
    """Something that the pickle would import; here it is only a name."""

    module: str
    name: str


class _Mark:
    """Where a group of values begins on the stack."""


def read_pt_file(path: Path) -> dict[str, StoredTensor]:
    """Read the tensors of a state dict that torch.save wrote (torch >= 1.6).

    path (Path): The file.
    RETURNS (dict[str, StoredTensor]): By name; in memory, since such files are small here.
    RAISES (ValueError): Not such a file, more than 64 MB, or a pickle that does anything else than
        to name tensors; that one is not run.
    """
    if path.stat().st_size > MAX_BYTES:
        raise ValueError(
            f"{path} is longer than {MAX_BYTES} bytes. Is it a head? Larger weights come as "
            f"safetensors."
        )
    try:
        with ZipFile(path) as archive:
            members = {m.filename: m for m in archive.infolist()}
            pickles = [name for name in members if name.endswith("/data.pkl")]
            if len(pickles) != 1 or len(members) != len(archive.infolist()):
                raise _broken(path, "it is not a zip archive with one data.pkl")
            _check_members(path, members.values())
            root = pickles[0].removesuffix("data.pkl")
            order = f"{root}byteorder"
            if order in members and archive.read(order) != b"little":
                raise _broken(path, "its numbers are big-endian")
            found = _Follower(path, lambda key: archive.read(f"{root}data/{key}")).run(
                archive.read(pickles[0])
            )
    # UnicodeDecodeError: a name of a member; EOFError: a member that is shorter than it says.
    except (
        BadZipFile, OSError, KeyError, RuntimeError, EOFError, UnicodeDecodeError, struct.error
    ) as error:  # fmt: skip
        raise _broken(path, f"{type(error).__name__}") from error
    if not isinstance(found, dict) or not all(
        isinstance(name, str) and isinstance(value, StoredTensor) for name, value in found.items()
    ):
        raise _broken(path, "it holds something else than tensors by name")
    return found


def _check_members(path: Path, members: Iterable[ZipInfo]) -> None:
    """Refuse members that are not plain bytes, or that together would be more than the file."""
    total = 0
    for member in members:
        if member.compress_type != ZIP_STORED:
            raise _broken(path, "it is compressed")
        if member.flag_bits & ENCRYPTED:
            raise _broken(path, "it is encrypted")
        if member.compress_size != member.file_size:
            raise _broken(path, "a member has two different sizes")
        total += member.file_size
    if total > path.stat().st_size:
        raise _broken(path, "its members are longer than the file")


class _Follower:
    """Follows the instructions of a pickle, as far as a state dict goes."""

    def __init__(self, path: Path, load: Callable[[str], bytes]) -> None:
        self.path = path
        self.load = load
        # Each is read once, however many tensors lie in it; those are views.
        self.storages: dict[str, bytearray] = {}
        self.stack: list[Any] = []
        self.memo: dict[int, Any] = {}

    def run(self, raw: bytes) -> Any:
        """Follow all instructions and give what is left at the end."""
        steps = 0
        try:
            for opcode, argument, _ in pickletools.genops(raw):
                steps += 1
                if steps > MAX_STEPS:
                    raise _broken(self.path, "its pickle is longer than that of a head")
                if opcode.name == "STOP":
                    break
                self.step(opcode.name, argument)
            (result,) = self.stack
        except (LookupError, TypeError, ValueError, AttributeError, OverflowError) as error:
            if str(error).startswith(str(self.path)):
                raise
            raise _broken(self.path, f"its pickle is malformed ({type(error).__name__})") from error
        return result

    def step(self, name: str, argument: Any) -> None:
        """Follow one instruction; refuse what a state dict does not need."""
        stack = self.stack
        if name in ("PROTO", "FRAME"):
            return
        if name in CONSTANTS:
            stack.append(CONSTANTS[name]())
        elif name in ARGUMENTS:
            stack.append(argument)
        elif name == "GLOBAL":
            stack.append(self.name(*argument.split(" ", 1)))
        elif name in ("BINPUT", "LONG_BINPUT"):
            self.memo[argument] = stack[-1]
        elif name in ("BINGET", "LONG_BINGET"):
            stack.append(self.memo[argument])
        elif name in METHODS:
            METHODS[name](self)
        else:
            raise self.refuse(name)

    def name(self, module: str, name: str) -> Name:
        """Take a name that a state dict needs. Nothing is imported."""
        found = Name(module, name)
        if found not in (DICT, REBUILD) and not (module == "torch" and name in STORAGES):
            raise self.refuse(f"{module}.{name}"[:100])
        return found

    def refuse(self, what: str) -> ValueError:
        """Make the error for a pickle that does more than it may."""
        return ValueError(
            f"{self.path} holds a pickle that asks for {what!r}, which a file of weights does not "
            f"need. It was not run. Do not trust it: get the file from its author as safetensors."
        )

    def popped(self) -> list[Any]:
        """Take what lies above the last mark."""
        at = max(i for i, value in enumerate(self.stack) if isinstance(value, _Mark))
        values = self.stack[at + 1 :]
        del self.stack[at:]
        return values

    def tuple_(self) -> None:
        """TUPLE."""
        self.stack.append(tuple(self.popped()))

    def short_tuple(self, n: int) -> None:
        """TUPLE1, TUPLE2 and TUPLE3."""
        values = tuple(self.stack[-n:])
        if len(values) != n:
            raise IndexError
        self.stack[-n:] = [values]

    def set_items(self) -> None:
        """SETITEMS."""
        values = self.popped()
        self.stack[-1].update(zip(values[::2], values[1::2], strict=True))

    def set_item(self) -> None:
        """SETITEM."""
        value, key = self.stack.pop(), self.stack.pop()
        self.stack[-1][key] = value

    def build(self) -> None:
        """BUILD: attributes of the dict, such as `_metadata`; they are not needed."""
        self.stack.pop()
        if not isinstance(self.stack[-1], dict):
            raise self.refuse("BUILD")

    def persistent(self) -> None:
        """BINPERSID: ("storage", type, key, device, number of values)."""
        kind, storage, key, _, n_values = self.stack.pop()
        if kind != "storage" or not isinstance(storage, Name) or not isinstance(key, str):
            raise self.refuse("BINPERSID")
        self.stack.append(Storage(STORAGES[storage.name], key, n_values))

    def reduce(self) -> None:
        """REDUCE: an empty dict, or a tensor."""
        arguments, called = self.stack.pop(), self.stack.pop()
        if called == DICT and arguments == ():
            self.stack.append({})
        elif called == REBUILD:
            self.stack.append(self.tensor(*arguments[:4]))
        else:
            raise self.refuse("REDUCE")

    def tensor(self, storage: Any, offset: Any, shape: Any, stride: Any) -> StoredTensor:
        """Make a tensor whose values lie one after the other."""
        dtype = DTYPES[storage.dtype]
        if storage.key not in self.storages:
            self.storages[storage.key] = bytearray(self.load(storage.key))
        raw = self.storages[storage.key]
        n_values = int(np.prod(shape, dtype=object)) if shape else 1
        expected: list[int] = []
        step = 1
        for n in reversed(shape):
            expected.insert(0, step)
            step *= max(n, 1)
        plain = list(stride) == expected and all(type(n) is int and n >= 0 for n in shape)
        if not plain or offset < 0 or (offset + n_values) * dtype.itemsize > len(raw):
            raise ValueError("a tensor that does not lie in order in its storage")
        values = np.frombuffer(raw, dtype, n_values, offset * dtype.itemsize)
        return StoredTensor(storage.dtype, values.reshape(shape))


CONSTANTS: Final[dict[str, Callable[[], Any]]] = {
    "EMPTY_TUPLE": tuple,
    "EMPTY_DICT": dict,
    "MARK": _Mark,
    "NEWTRUE": lambda: True,
    "NEWFALSE": lambda: False,
    "NONE": lambda: None,
}
ARGUMENTS: Final = ("BINUNICODE", "SHORT_BINUNICODE", "BININT", "BININT1", "BININT2", "LONG1")
METHODS: Final[dict[str, Callable[[_Follower], None]]] = {
    "TUPLE": _Follower.tuple_,
    "TUPLE1": lambda self: self.short_tuple(1),
    "TUPLE2": lambda self: self.short_tuple(2),
    "TUPLE3": lambda self: self.short_tuple(3),
    "SETITEMS": _Follower.set_items,
    "SETITEM": _Follower.set_item,
    "BUILD": _Follower.build,
    "BINPERSID": _Follower.persistent,
    "REDUCE": _Follower.reduce,
}


def _broken(path: Path, why: str) -> ValueError:
    return ValueError(
        f"{path} is not a readable file of weights: {why}. Download it again, or get the weights "
        f"as safetensors."
    )


# Writing


def write_pt_file(path: Path, tensors: Mapping[str, StoredTensor]) -> None:
    """Write a state dict that torch.load(weights_only=True) reads; equal tensors give equal bytes.

    path (Path): Where to; replaced whole.
    tensors (Mapping[str, StoredTensor]): Real numbers, by name.
    """
    storages = {dtype: name for name, dtype in STORAGES.items()}
    items = b"".join(
        _text(name) + _tensor(tensor, storages[tensor.dtype], i)
        for i, (name, tensor) in enumerate(tensors.items())
    )
    pickled = b"\x80\x02" + _EMPTY_ORDERED + b"(" + items + b"u."
    root = path.stem
    members = {"data.pkl": pickled, "byteorder": b"little", "version": b"3\n"} | {
        f"data/{i}": np.ascontiguousarray(tensor.data).tobytes()
        for i, tensor in enumerate(tensors.values())
    }
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as archive:
        for name, content in members.items():
            # Without a date (it is then 1980), so that the bytes repeat.
            archive.writestr(ZipInfo(f"{root}/{name}"), content)

    def write(file: BinaryIO) -> None:
        file.write(buffer.getvalue())

    write_whole(path, write)


_EMPTY_ORDERED: Final = b"ccollections\nOrderedDict\n)R"


def _text(text: str) -> bytes:
    raw = text.encode("utf-8")
    return b"X" + struct.pack("<I", len(raw)) + raw


def _number(value: int) -> bytes:
    return b"J" + struct.pack("<i", value)


def _tuple(values: tuple[int, ...]) -> bytes:
    return b"(" + b"".join(_number(value) for value in values) + b"t"


def _tensor(tensor: StoredTensor, storage: str, key: int) -> bytes:
    """Instructions that rebuild a tensor: its storage, offset, shape, stride; no gradient."""
    shape = tensor.shape
    strides = tuple(int(np.prod(shape[i + 1 :], dtype=np.int64)) for i in range(len(shape)))
    where = b"(" + _text("storage") + f"ctorch\n{storage}\n".encode() + _text(str(key))
    where += _text("cpu") + _number(tensor.data.size) + b"tQ"
    built = b"ctorch._utils\n_rebuild_tensor_v2\n(" + where + _number(0)
    return built + _tuple(shape) + _tuple(strides) + b"\x89" + _EMPTY_ORDERED + b"tR"
