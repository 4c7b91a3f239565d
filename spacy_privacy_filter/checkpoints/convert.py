"""A checkpoint in any known format -> the same in another, its matrices quantised if wanted."""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from ..files import check_folder
from .checkpoint import Checkpoint, cast
from .describe import describe
from .formats.openmed_artifact import OPENMED, all_matrices, name_rest
from .formats.tokenizer_files import write_tokenizer
from .registry import NATIVE, read_checkpoint, write_checkpoint
from .sizes import CATEGORY_HEAD, EMBEDDING, TAG_HEAD
from .tensors.affine import BITS, GROUP_SIZES, QuantizedTensor
from .tensors.safetensors import StoredTensor

DTYPES: Final = {"float32": "F32", "bfloat16": "BF16", "float16": "F16"}
QUANTIZABLE: Final = (NATIVE, OPENMED)
OPENMED_MLX: Final = "openmed-mlx"
LOST: Final = (
    "Note: quantised matrices are written as float32, since the format {} cannot hold them as they "
    "are. --dtype bfloat16 halves that."
)


class WriteOptions(NamedTuple):
    """How numbers are to be stored.

    bits (int | None): Bits of quantised matrices; 0 or None leaves them as they are.
    embedding_bits (int | None): Bits of the embedding; None for `bits`, 0 leaves it as it is.
    group_size (int): Values of a quantised matrix that share a scale.
    dtype (str | None): Number type of the rest, a key of `DTYPES`; None as it is stored.
    """

    bits: int | None = None
    embedding_bits: int | None = None
    group_size: int = 64
    dtype: str | None = None


AS_STORED: Final = WriteOptions()


@dataclass(frozen=True)
class Conversion:
    """A checkpoint that was written.

    report (dict[str, Any]): As `describe.describe` gives it.
    packings (dict[str, tuple[int, int]]): As `find_packings` gives them.
    note (str): What was lost on the way, for the user; "" for nothing.
    """

    report: dict[str, Any]
    packings: dict[str, tuple[int, int]]
    note: str


def convert(
    checkpoint: Checkpoint,
    target: Path,
    format_: str,
    options: WriteOptions = AS_STORED,
    name: str = "",
) -> Conversion:
    """Write a checkpoint to a new folder, and describe what is there then.

    The folder appears whole, after what was written has been read again, or not at all.

    checkpoint (Checkpoint): What to write.
    target (Path): A folder that is not there yet, or is empty.
    format_ (str): A key of `registry.FORMATS`, or "openmed-mlx", as OpenMed calls its own.
    options (WriteOptions): How numbers are stored.
    name (str): Hub id of the model, which OpenMed's files name; "" if it is not known.
    RETURNS (Conversion): What is there now.
    RAISES (ValueError): What cannot be written so. (FileExistsError): The folder holds something.
    """
    format_ = OPENMED if format_ == OPENMED_MLX else format_
    check_folder(target)
    dtype, group_size = options.dtype, options.group_size
    if dtype is not None and dtype not in DTYPES:
        raise ValueError(f"Unknown --dtype {dtype!r}. Choose one of: {', '.join(DTYPES)}.")
    matrices = choose_matrices(checkpoint, format_, options)
    if not matrices and dtype is None and format_ == OPENMED:
        matrices, group_size = find_uniform_packing(checkpoint) or ({}, group_size)
    if dtype is not None:
        checkpoint = replace(checkpoint, tensors=cast(checkpoint, DTYPES[dtype]))
        if not matrices:  # a number type asks for numbers
            checkpoint = replace(checkpoint, tensors=expand(checkpoint))
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    try:
        write_checkpoint(draft, checkpoint, format_, matrices, group_size)
        if format_ == OPENMED:
            name_rest(draft, write_tokenizer(draft), name)
        written = read_checkpoint(draft)
        report = describe(draft, written, hashes=True)
        if target.exists():
            target.rmdir()
        draft.rename(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    packings = find_packings(written)
    lost = dtype is None and len(find_packings(checkpoint)) > len(packings)
    note = LOST.format(format_) if lost else ""
    return Conversion(report | {"folder": str(target)}, packings, note)


def drop_categories(checkpoint: Checkpoint) -> Checkpoint:
    """Give a checkpoint without its head of categories, if it has one."""
    head = f"{CATEGORY_HEAD}."
    tensors = {n: t for n, t in checkpoint.tensors.items() if not n.startswith(head)}
    return replace(checkpoint, tensors=tensors, categories=None)


def find_packings(checkpoint: Checkpoint) -> dict[str, tuple[int, int]]:
    """Give bits and size of the groups of each matrix that is quantised, by name."""
    tensors = checkpoint.tensors.items()
    return {name: t.packing for name, t in tensors if isinstance(t, QuantizedTensor)}


def find_uniform_packing(checkpoint: Checkpoint) -> tuple[dict[str, int], int] | None:
    """Say how to write what is quantised as it is: matrices with their bits, size of the groups.

    RETURNS (tuple | None): None if not all are quantised alike, or not in every layer.
    """
    packings = find_packings(checkpoint)
    if len(set(packings.values())) != 1:
        return None
    bits, group_size = next(iter(packings.values()))
    n_layers = checkpoint.mixture.n_layers
    names = {re.sub(r"^block\.\d+\.", "block.N.", name) for name in packings}
    n_expected = sum(n_layers if ".N." in name else 1 for name in names)
    return (dict.fromkeys(names, bits), group_size) if n_expected == len(packings) else None


def expand(checkpoint: Checkpoint) -> dict[str, StoredTensor]:
    """Give the tensors with what is quantised as float32."""
    return {
        name: StoredTensor.from_float32(tensor.to_float32())
        if isinstance(tensor, QuantizedTensor)
        else tensor
        for name, tensor in checkpoint.tensors.items()
    }


def describe_storage(packings: Mapping[str, tuple[int, int]], dtype: str | None) -> str:
    """Say how the numbers of a network were stored, for people.

    packings (Mapping[str, tuple[int, int]]): As `find_packings` gives them.
    dtype (str | None): The number type that was asked for.
    """
    bits_of = {
        "embedding": {bits for name, (bits, _) in packings.items() if name == EMBEDDING},
        "other matrices": {bits for name, (bits, _) in packings.items() if name != EMBEDDING},
    }
    packed = [
        f"{what} in {' or '.join(map(str, sorted(bits)))} bits"
        for what, bits in bits_of.items()
        if bits
    ]
    return ", ".join([*packed, *([] if dtype is None else [f"other numbers in {dtype}"])])


def choose_matrices(checkpoint: Checkpoint, format_: str, options: WriteOptions) -> dict[str, int]:
    """Name the matrices to quantise: all that have enough inputs, but no head of categories.

    RETURNS (dict[str, int]): Their bits, by name; empty if nothing is to be quantised.
    RAISES (ValueError): What the format cannot hold.
    """
    bits, embedding_bits, group_size, _ = options
    asked = [n for n in (bits, embedding_bits) if n]
    if not asked:
        return {}
    for n_bits in asked:
        if n_bits not in BITS or format_ not in QUANTIZABLE:
            raise ValueError(
                f"Cannot write {format_!r} with {n_bits} bits. Quantised: {', '.join(QUANTIZABLE)},"
                f" with {' or '.join(str(n) for n in BITS)} bits."
            )
    if group_size not in GROUP_SIZES:
        raise ValueError(
            f"Cannot quantise in groups of {group_size}. Supported by --group-size: "
            f"{', '.join(str(n) for n in GROUP_SIZES)}."
        )
    names = all_matrices(bits) if bits else {}
    if embedding_bits:
        names[EMBEDDING] = embedding_bits
    elif embedding_bits == 0:
        if format_ == OPENMED:
            raise ValueError(
                f"The format {OPENMED!r} has the same bits throughout, so its embedding cannot "
                "stay as it is. Leave --embedding-bits out, or choose the format 'native'."
            )
        names.pop(EMBEDDING, None)
    if checkpoint.tags is None:
        names.pop(f"{TAG_HEAD}.weight", None)
    return names
