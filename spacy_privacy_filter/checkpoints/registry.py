"""A folder with a checkpoint in any known format <-> sizes, tensors and tags under our names.

A format is one entry of `FORMATS`: how to recognise it, how to read it, and how to write it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from shutil import copyfileobj
from typing import Any, Final

from ..files import write_whole
from ..labels.tags import TagSet
from .calibration import (
    CALIBRATION,
    POINTS,
    check_biases,
    check_points,
    read_calibration,
    read_points,
    write_calibration,
    write_points,
)
from .checkpoint import CONFIG, Checkpoint, Format, Opened, Packing, ReadOptions
from .conventions import check_given
from .encoder_sizes import TOKENIZER
from .families import check as check_family
from .families import lay_out, read_stored
from .formats import (
    encoder,
    encoder_onnx,
    huggingface,
    mlx_community,
    multitask,
    onnx,
    openmed,
    opf,
)
from .formats.encoder_config import KINDS, MAKE_TOKENIZER
from .formats.native import (
    FORMAT,
    check_categories,
    make_native_config,
    read_native_config,
)
from .tensors.folder import find_file, read_json, write_json
from .tensors.safetensors import WEIGHTS, StoredTensor, fingerprint, read_weights, write_safetensors

__all__ = [
    "FORMATS",
    "NATIVE",
    "Checkpoint",
    "Format",
    "Opened",
    "ReadOptions",
    "copy_native",
    "find_format",
    "open_checkpoint",
    "read_checkpoint",
    "read_fingerprint",
    "remove_native",
    "write_checkpoint",
]

NATIVE: Final = "native"
VERIFIED_BYTES: Final = 1 << 30
NATIVE_CONFIG: Final = "network.json"
PIPELINE_CONFIG: Final = "config.cfg"  # spaCy's
ORIGINAL: Final = "original"


def read_checkpoint(
    folder: Path | str,
    ignore_keys: Collection[str] = (),
    sinks_unit: str | None = None,
    window: int | None = None,
    graph: bool = False,
) -> Checkpoint:
    """Read a checkpoint: configuration and labels at once, weights as they are used (mapped).

    folder (Path | str): Where it lies; the release may lie in its folder `original`.
    ignore_keys (Collection[str]): Keys of the configuration that are unknown here and that the
        user knows to be harmless; any other unknown key is an error.
    sinks_unit (str | None): Unit of the stored attention sinks, "log2" or "natural", if the user
        knows better than the file. See checkpoints/conventions.py.
    window (int | None): The same for how many pieces attention reaches to each side.
    graph (bool): Of an encoder that is there in ONNX, too, read the graph.
    RETURNS (Checkpoint): What is in it, under our names.
    RAISES (FileNotFoundError): No such folder, or the configuration or the weights are missing.
    RAISES (ValueError): An unknown or ambiguous format, files that are broken, tensors that are
        missing, unknown or misshapen, settings that mean another network, or conventions that
        could be meant in several ways.
    """
    return open_checkpoint(folder, ignore_keys, sinks_unit, window, graph).read()


def open_checkpoint(
    folder: Path | str,
    ignore_keys: Collection[str] = (),
    sinks_unit: str | None = None,
    window: int | None = None,
    graph: bool = False,
) -> Opened:
    """Read all of a checkpoint but its weights. See `read_checkpoint`, whose arguments it has."""
    check_given(sinks_unit, window)
    name, folder = find_format(folder, graph)
    format_ = FORMATS.get(name) or ENCODERS[name]
    opened = format_.open(folder, ReadOptions(ignore_keys, sinks_unit, window))
    points = read_points(folder)
    _check_labels(points, opened.head.tags, str(folder))
    return opened._replace(head=replace(opened.head, points=points))


def _check_labels(points: Mapping[str, Any], tags: TagSet | None, where: str) -> None:
    """Refuse operating points that name labels which the head does not have."""
    labels = () if tags is None else tags.labels
    for name, point in points.items():
        thresholds = point["thresholds"]
        unknown = sorted(set(thresholds) - set(labels)) if isinstance(thresholds, dict) else []
        if unknown:
            raise ValueError(
                f"The operating point {name!r} of {where} has thresholds for labels that the head "
                f"does not have: {', '.join(unknown[:10])}. Correct {POINTS}."
            )


def find_format(folder: Path | str, graph: bool = False) -> tuple[str, Path]:
    """Find out in which format a checkpoint is.

    folder (Path | str): Where it lies. graph (bool): See `read_checkpoint`.
    RETURNS (tuple[str, Path]): A key of `FORMATS` or `ENCODERS`, and the folder that holds the
        files: the given one, or the folder `original` in there.
    RAISES (FileNotFoundError): No such folder, or no configuration. (ValueError): No known format,
        or files of several.
    """
    folder = Path(folder)
    if not folder.exists():
        raise FileNotFoundError(f"No folder {folder}. Give the folder that holds the checkpoint.")
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is a file. Give the folder that holds the checkpoint.")
    original = folder / ORIGINAL
    found = _detect(folder, graph)
    if not found and not (folder / CONFIG).exists() and (original / CONFIG).exists():
        # A link would lead the reader out of the folder that it was given.
        if original.resolve().parent != folder.resolve():
            raise ValueError(f"{original} is a link. Give the folder that it leads to.")
        folder, found = original, _detect(original)
    if not found:
        raise _unknown_format(folder)
    if len(found) > 1:
        raise ValueError(
            f"{folder} could be read in several formats: {', '.join(found)}. "
            f"Keep the files of one of them."
        )
    return found[0], folder


def write_checkpoint(
    folder: Path | str,
    checkpoint: Checkpoint,
    format: str = NATIVE,  # noqa: A002 - the name that users know
    quantize: Mapping[str, int] | None = None,
    group_size: int = 64,
) -> str:
    """Write a checkpoint. Each file is replaced whole, and the configuration comes last.

    folder (Path | str): Where to; made if it is not there.
    checkpoint (Checkpoint): What to write.
    format (str): A key of `FORMATS`.
    quantize (Mapping[str, int] | None): Name of a matrix -> 8 or 4 bits, where the format can; `N`
        stands for every layer, as in {"embedding.weight": 8, "block.N.mlp.swiglu.weight": 8}.
        In the format "native", what is quantised already stays so without being named.
    group_size (int): Values of a quantised matrix that share a scale: 32, 64 or 128.
    RETURNS (str): Fingerprint of the tensors as they are stored.
    RAISES (ValueError): A format that is unknown or cannot hold this; tensors that do not agree
        with the sizes; or a folder that holds another checkpoint already.
    """
    chosen = FORMATS.get(format)
    if chosen is None or chosen.write is None:
        able = ", ".join(name for name in FORMATS if FORMATS[name].write)
        raise ValueError(f"Cannot write the format {format!r}. Choose one of: {able}.")
    folder = Path(folder)
    _check(checkpoint)
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(f"{folder} is a file. Give a folder to write the checkpoint to.")
    folder.mkdir(parents=True, exist_ok=True)
    others = [name for name in _detect(folder) if name != format]
    if others or (folder / f"{WEIGHTS}.index.json").exists():
        raise ValueError(
            f"{folder} holds another checkpoint ({', '.join(others) or 'in several files'}), and a "
            f"mixture of both could not be read. Write to an empty folder."
        )
    mark = chosen.write(folder, checkpoint, Packing(quantize or {}, group_size))
    write_points(folder, checkpoint.points)
    return mark


def read_fingerprint(folder: Path) -> str:
    """Read the fingerprint of a checkpoint in our own format, without its weights.

    RAISES (FileNotFoundError): No such checkpoint. (ValueError): It is damaged.
    """
    path = find_file(folder, NATIVE_CONFIG)
    values = read_json(path)
    read_native_config(values, str(path))
    return str(values["fingerprint"])


def copy_native(source: Path, folder: Path) -> None:
    """Copy a checkpoint in our own format as it is stored. Each file is replaced whole."""
    if source.resolve() == folder.resolve():
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name in (WEIGHTS, CALIBRATION, NATIVE_CONFIG):
        with find_file(source, name).open("rb") as file:
            write_whole(folder / name, partial(copyfileobj, file))
    write_points(folder, read_points(source))


def remove_native(folder: Path) -> None:
    """Remove a checkpoint in our own format, and its folder if nothing else is in there."""
    for name in (NATIVE_CONFIG, CALIBRATION, POINTS, WEIGHTS):
        (folder / name).unlink(missing_ok=True)
    if not any(folder.iterdir()):
        folder.rmdir()


def _detect(folder: Path, graph: bool = False) -> list[str]:
    """Name the formats that a folder could be in."""
    values = read_json(find_file(folder, CONFIG)) if (folder / CONFIG).exists() else {}
    encoders = [name for name in ENCODERS if ENCODERS[name].detect(folder, values)]
    if encoders and not (folder / NATIVE_CONFIG).exists():
        graph = graph or not encoder.has_weights(folder)
        return encoders[-1:] if graph else encoders[:1]
    found = [name for name in FORMATS if FORMATS[name].detect(folder, values)]
    # An export has the config.json of another format, and none of its weights.
    return [onnx.ONNX] if onnx.ONNX in found else found


def _unknown_format(folder: Path) -> Exception:
    """Say why a folder is no checkpoint."""
    if (folder / PIPELINE_CONFIG).is_file():
        return ValueError(
            f"{folder} is a saved pipeline, and no checkpoint. Load it with spacy.load; to train "
            f"on from it, write it as one: python -m spacy privacy-filter checkpoint {folder} OUT"
        )
    if not (folder / CONFIG).exists():
        return FileNotFoundError(
            f"{folder} is no complete checkpoint: it has neither {NATIVE_CONFIG} nor {CONFIG}. Get "
            f"the missing file, or give the folder that holds it beside the weights."
        )
    kind = str(read_json(find_file(folder, CONFIG)).get("model_type"))[:80]
    missing = f" Here, {TOKENIZER} is missing. {MAKE_TOKENIZER}" if kind in KINDS else ""
    return ValueError(
        f"{folder / CONFIG} is in no known format: its model_type is {kind!r}. "
        f"Known formats: {', '.join(FORMATS)}; and encoders for transformers with a "
        f"{TOKENIZER}: {', '.join(KINDS)}. Convert the checkpoint to one of them.{missing}"
    )


def _check(checkpoint: Checkpoint) -> None:
    """Refuse to write what could not be read again."""
    where = "the checkpoint to be written"
    tags, names = checkpoint.tags, checkpoint.categories
    if names is not None:
        check_categories(names, where)
    check_biases(checkpoint.biases, where)
    _check_labels(check_points(checkpoint.points, where), tags, where)
    check_family(checkpoint, where)


# Ours


def _detect_native(folder: Path, values: Mapping[str, Any]) -> bool:
    return (folder / NATIVE_CONFIG).exists()


def _open_native(folder: Path, options: ReadOptions) -> Opened:
    path = find_file(folder, NATIVE_CONFIG)
    if options.sinks_unit is not None or options.window is not None:
        raise ValueError(
            f"{path} leaves no doubt about its window and sinks: they were settled when it was "
            f"written. Leave sinks_unit and window out."
        )
    values = read_json(path)
    config, tags, categories = read_native_config(values, str(path), options.ignore_keys)
    biases, mark = read_calibration(folder), values["fingerprint"]
    head = Checkpoint(
        NATIVE, config, {}, tags, categories, values["exclusive"], biases, fingerprint=mark
    )
    return Opened(head, partial(_read_native_tensors, folder, head))


def _read_native_tensors(folder: Path, head: Checkpoint) -> dict[str, StoredTensor]:
    stored, metadata = read_weights(folder)
    if metadata.get("fingerprint") != head.fingerprint:
        raise ValueError(
            f"The weights in {folder} are not those that {NATIVE_CONFIG} was written for; perhaps "
            f"writing stopped in between. Write the checkpoint again."
        )
    tensors = read_stored(head, stored, str(folder))
    # Beyond a size, reading every weight would cost more than loading lazily gains.
    if sum(tensor.nbytes for tensor in stored.values()) <= VERIFIED_BYTES:
        _verify(stored, head.fingerprint, folder)
    return tensors


def _verify(stored: Mapping[str, StoredTensor], expected: str, folder: Path) -> None:
    """Refuse weights that are not, bit by bit, those that were written."""
    if fingerprint(stored) != expected:
        raise ValueError(
            f"The weights in {folder} are damaged: their SHA-256 is not the one that they were "
            f"written with. Download, copy or write the checkpoint again."
        )


def _write_native(folder: Path, checkpoint: Checkpoint, packing: Packing) -> str:
    c = checkpoint
    tensors = lay_out(c, packing)
    mark = fingerprint(tensors)
    # The mark is in both files, so that one of them cannot be taken for the other's partner.
    write_safetensors(folder / WEIGHTS, tensors, {"format": FORMAT, "fingerprint": mark})
    write_calibration(folder, c.biases)
    values = make_native_config(c.config, c.tags, c.categories, c.exclusive, mark)
    write_json(folder / NATIVE_CONFIG, values)
    return mark


FORMATS: dict[str, Format] = {
    entry.name: entry
    for entry in (
        Format(NATIVE, _detect_native, _open_native, _write_native),
        huggingface.FORMAT,
        multitask.FORMAT,
        opf.FORMAT,
        openmed.FORMAT,
        mlx_community.FORMAT,
        onnx.FORMAT,
    )
}
# Networks of others, that are saved in our own format; read only. A folder may hold both.
ENCODERS: dict[str, Format] = {entry.name: entry for entry in (encoder.FORMAT, encoder_onnx.FORMAT)}
