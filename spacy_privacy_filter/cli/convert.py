"""`privacy-filter convert`: a checkpoint in any known format -> the same in another.

A saved pipeline stays one: its network is written anew, all else is copied.
"""

from __future__ import annotations

import re
import secrets
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..checkpoints.sizes import CATEGORY_HEAD, EMBEDDING
from ..files import check_folder
from .common import clear_errors
from .inspect import (
    IgnoreOption,
    JsonOption,
    RevisionOption,
    SinksOption,
    SourceArgument,
    WindowOption,
    describe,
    show,
)

if TYPE_CHECKING:
    from ..checkpoints.checkpoint import Checkpoint
    from ..checkpoints.tensors.safetensors import StoredTensor

DTYPES = {"float32": "F32", "bfloat16": "BF16", "float16": "F16"}
QUANTIZABLE = ("native", "openmed")
OPENMED_MLX = "openmed-mlx"
LOST = (
    "Note: quantised matrices are written as float32, since the format {} cannot hold them as they "
    "are. --dtype bfloat16 halves that."
)


def convert_cli(
    source: SourceArgument,
    target: Annotated[Path, typer.Argument(metavar="DST", help="A new folder")],
    format_: Annotated[
        str,
        typer.Option("--format", "-f", help="native, huggingface, multitask, opf, openmed-mlx"),
    ],
    bits: Annotated[
        int | None,
        typer.Option(
            help="Quantise matrices: 8 or 4 (native and openmed); 0 as without this option"
        ),
    ] = None,
    embedding_bits: Annotated[
        int | None,
        typer.Option(
            help="Bits of the embedding, 0 to leave it as it is  [default: as --bits]; others for "
            "native only"
        ),
    ] = None,
    group_size: Annotated[
        int, typer.Option(help="Values of a quantised matrix that share a scale: 32, 64 or 128")
    ] = 64,
    dtype: Annotated[
        str | None,
        typer.Option(
            help="float32, bfloat16 or float16; else as it is stored, where the format can"
        ),
    ] = None,
    tags_only: Annotated[
        bool, typer.Option(help="Leave a head of categories out, where the format has no place")
    ] = False,
    revision: RevisionOption = None,
    sinks_unit: SinksOption = None,
    window: WindowOption = None,
    ignore_keys: IgnoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write a checkpoint in another format, or a saved pipeline with its network quantised.

    The folder appears whole, after what was written has been read again, or not at all. A saved
    pipeline stays one, in the format native; all but its network is copied.
    """
    from ..checkpoints.registry import read_checkpoint
    from ..checkpoints.source import find_id, find_source, is_pipeline

    with clear_errors():
        folder = find_source(source, revision)
        if is_pipeline(folder):
            if ignore_keys or sinks_unit or window or tags_only:
                raise ValueError(
                    f"{source} is a saved pipeline, which settled its sinks, window and heads when "
                    "it was made. Leave --ignore-key, --sinks-unit, --window and --tags-only out."
                )
            packing = (bits, dtype, group_size, embedding_bits)
            for report in convert_pipeline(folder, target, format_, *packing):
                show(report, as_json)
            return
        checkpoint = read_checkpoint(folder, ignore_keys or (), sinks_unit, window)
        if tags_only:
            checkpoint = without_categories(checkpoint)
        name = find_id(source, folder)
        report = convert(checkpoint, target, format_, bits, dtype, group_size, name, embedding_bits)
    show(report, as_json)


def convert(
    checkpoint: Checkpoint,
    target: Path,
    format_: str,
    bits: int | None,
    dtype: str | None,
    group_size: int = 64,
    name: str = "",
    embedding_bits: int | None = None,
) -> dict[str, Any]:
    """Write a checkpoint to a new folder, and describe what is there then.

    checkpoint (Checkpoint): What to write.
    target (Path): A folder that is not there yet, or is empty.
    format_ (str): A key of `checkpoint.FORMATS`, or "openmed-mlx", as OpenMed calls its own.
    bits (int | None): Bits of quantised matrices; 0 or None leaves them as they are.
    dtype (str | None): A key of `DTYPES`.
    group_size (int): Values of a quantised matrix that share a scale.
    name (str): Hub id of the model, which OpenMed's files name; "" if it is not known.
    embedding_bits (int | None): Bits of the embedding, if not `bits`; 0 leaves it as it is.
    RETURNS (dict[str, Any]): As `inspect.describe`.
    RAISES (ValueError): What cannot be written so. (FileExistsError): The folder holds something.
    """
    from ..checkpoints.checkpoint import cast
    from ..checkpoints.formats.openmed import OPENMED, name_rest
    from ..checkpoints.formats.tokenizer_files import write_tokenizer
    from ..checkpoints.registry import read_checkpoint, write_checkpoint

    format_ = OPENMED if format_ == OPENMED_MLX else format_
    check_folder(target)
    if dtype is not None and dtype not in DTYPES:
        raise ValueError(f"Unknown --dtype {dtype!r}. Choose one of: {', '.join(DTYPES)}.")
    quantize = matrices(checkpoint, format_, bits, group_size, embedding_bits)
    if not quantize and dtype is None and format_ == OPENMED:
        quantize, group_size = kept(checkpoint) or ({}, group_size)
    if dtype is not None:
        checkpoint = replace(checkpoint, tensors=cast(checkpoint, DTYPES[dtype]))
        if not quantize:  # a number type asks for numbers
            checkpoint = replace(checkpoint, tensors=expanded(checkpoint))
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    try:
        write_checkpoint(draft, checkpoint, format_, quantize, group_size)
        if format_ == OPENMED:
            name_rest(draft, write_tokenizer(draft), name)
        written = read_checkpoint(draft)
        report = describe(draft, written, hashes=True)
        if dtype is None and count_quantized(checkpoint) > count_quantized(written):
            typer.echo(LOST.format(format_), err=True)
        if target.exists():
            target.rmdir()
        draft.rename(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return report | {"folder": str(target)}


def convert_pipeline(
    source: Path,
    target: Path,
    format_: str,
    bits: int | None,
    dtype: str | None,
    group_size: int = 64,
    embedding_bits: int | None = None,
) -> list[dict[str, Any]]:
    """Write a saved pipeline to a new folder, with its network written as `convert` writes it.

    Heads and all other components are copied as they are. The notes of the meta data say what was
    done, since the figures there are of the network as it was.

    source (Path): What `nlp.to_disk` wrote.
    target (Path): A folder that is not there yet, or is empty.
    format_, bits, dtype, group_size, embedding_bits: As in `convert`.
    RETURNS (list[dict[str, Any]]): As `inspect.describe`, for each network: mostly one.
    RAISES (ValueError): Another format than "native", or a pipeline without a network.
    RAISES (FileExistsError): The folder holds something.
    """
    from ..checkpoints.registry import NATIVE, read_checkpoint
    from ..pipeline.saved_pipelines import copy_with_networks

    if format_ != NATIVE:
        raise ValueError(
            f"A saved pipeline keeps its network as {NATIVE!r}, and not as {format_!r}. Write a "
            f"checkpoint first: python -m spacy privacy-filter checkpoint {source} OUT"
        )
    reports = []

    def write(old: Path, new: Path) -> str:
        checkpoint = read_checkpoint(old)
        report = convert(
            checkpoint, new, format_, bits, dtype, group_size, embedding_bits=embedding_bits
        )
        reports.append(report | {"folder": str(target / new.parent.name / new.name)})
        asked = bits or embedding_bits or dtype
        return said(read_checkpoint(new), dtype) if asked else ""

    copy_with_networks(source, target, write)
    return reports


def said(written: Checkpoint, dtype: str | None) -> str:
    """Say how a network was written, for people."""
    packings = quantized(written).items()
    found = {
        "embedding": {bits for name, (bits, _) in packings if name == EMBEDDING},
        "other matrices": {bits for name, (bits, _) in packings if name != EMBEDDING},
    }
    packed = [
        f"{what} in {' or '.join(map(str, sorted(n)))} bits" for what, n in found.items() if n
    ]
    return ", ".join([*packed, *([] if dtype is None else [f"other numbers in {dtype}"])])


def without_categories(checkpoint: Checkpoint) -> Checkpoint:
    """Give a checkpoint without its head of categories, if it has one."""
    head = f"{CATEGORY_HEAD}."
    tensors = {n: t for n, t in checkpoint.tensors.items() if not n.startswith(head)}
    return replace(checkpoint, tensors=tensors, categories=None)


def quantized(checkpoint: Checkpoint) -> dict[str, tuple[int, int]]:
    """Give bits and size of the groups of each matrix that is quantised, by name."""
    from ..checkpoints.tensors.affine import QuantizedTensor

    found = checkpoint.tensors.items()
    return {name: t.packing for name, t in found if isinstance(t, QuantizedTensor)}


def count_quantized(checkpoint: Checkpoint) -> int:
    """Count the matrices that are quantised."""
    return len(quantized(checkpoint))


def expanded(checkpoint: Checkpoint) -> dict[str, StoredTensor]:
    """Give the tensors with what is quantised as float32."""
    from ..checkpoints.tensors.safetensors import StoredTensor

    ours = quantized(checkpoint)
    return {
        name: StoredTensor.from_float32(tensor.to_float32()) if name in ours else tensor
        for name, tensor in checkpoint.tensors.items()
    }


def kept(checkpoint: Checkpoint) -> tuple[dict[str, int], int] | None:
    """Say how to write what is quantised as it is: matrices with their bits, size of the groups.

    RETURNS (tuple | None): None if not all are quantised alike, or not in every layer.
    """
    packings = quantized(checkpoint)
    if len(set(packings.values())) != 1:
        return None
    bits, group_size = next(iter(packings.values()))
    n_layers = checkpoint.mixture.n_layers
    names = {re.sub(r"^block\.\d+\.", "block.N.", name) for name in packings}
    n_expected = sum(n_layers if ".N." in name else 1 for name in names)
    return (dict.fromkeys(names, bits), group_size) if n_expected == len(packings) else None


def matrices(
    checkpoint: Checkpoint,
    format_: str,
    bits: int | None,
    group_size: int,
    embedding_bits: int | None = None,
) -> dict[str, int]:
    """Name the matrices to quantise: all that have enough inputs, but no head of categories."""
    from ..checkpoints.formats.openmed import OPENMED, all_matrices
    from ..checkpoints.tensors.affine import BITS, GROUP_SIZES

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
        names.pop("unembedding.weight", None)
    return names
