"""A folder with a checkpoint in any known format <-> sizes, tensors and tags under our names.

A format is one entry of `FORMATS`: how to recognise it, how to read it, and how to write it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from shutil import copyfileobj
from typing import Any, Final, NamedTuple

import numpy as np

from ..files import write_whole
from ..labels import TagSet
from ..transitions import BIAS_NAMES
from .calibration import CALIBRATION, check_biases, read_calibration, write_calibration
from .config import CATEGORY_HEAD, EMBEDDING, TAG_HEAD, NetworkConfig
from .folder import find_file, read_json, write_json
from .huggingface import HF_RULES, make_hf_config, read_hf_config
from .layouts import check_tensors, expected_shapes, shapes_in, tensors_from, tensors_to
from .native import (
    FORMAT,
    check_categories,
    make_native_config,
    pack,
    read_native_config,
    unpack,
)
from .tensors import WEIGHTS, StoredTensor, fingerprint, read_weights, write_safetensors

NATIVE: Final = "native"
HUGGINGFACE: Final = "huggingface"
CONFIG: Final = "config.json"
NATIVE_CONFIG: Final = "network.json"


@dataclass
class Checkpoint:
    """A network and its heads, as read from a folder or to be written to one.

    format (str): The format it was read from, a key of `FORMATS`.
    config (NetworkConfig): Sizes of the backbone.
    tensors (dict[str, StoredTensor]): Backbone and heads, by the names of models/config.py.
    tags (TagSet | None): What the rows of the tag head mean; None without that head.
    categories (tuple[str, ...] | None): The same of the category head.
    exclusive (bool): Categories exclude each other (softmax), or not (a sigmoid each).
    biases (dict[str, float]): The six transition biases of the decoder, in nats.
    fingerprint (str): SHA-256 of the tensors as they are stored, or "" if the format records none;
        `tensors.fingerprint` makes one, but reads every weight.
    """

    format: str
    config: NetworkConfig
    tensors: dict[str, StoredTensor]
    tags: TagSet | None = None
    categories: tuple[str, ...] | None = None
    exclusive: bool = True
    biases: dict[str, float] = field(default_factory=lambda: dict.fromkeys(BIAS_NAMES, 0.0))
    fingerprint: str = ""

    def backbone_tensors(self) -> dict[str, StoredTensor]:
        """Give the tensors of the backbone, by name."""
        return {name: self.tensors[name] for name in self.tensors if not _is_head(name)}

    def head_tensors(self) -> dict[str, StoredTensor]:
        """Give the tensors of the heads, by name."""
        return {name: self.tensors[name] for name in self.tensors if _is_head(name)}


def _is_head(name: str) -> bool:
    return name.split(".")[0] in (TAG_HEAD, CATEGORY_HEAD)


class Format(NamedTuple):
    """One way to lay out a checkpoint in a folder.

    name (str): Its key in `FORMATS`.
    detect (Callable): Says whether a folder, with the contents of its config.json ({} without), is
        in this format. Looks at names and keys only.
    read (Callable): Reads a folder; the second argument are unknown keys to be ignored.
    write (Callable | None): Writes a checkpoint and gives the fingerprint of what is stored; the
        third argument is what to quantise.
    """

    name: str
    detect: Callable[[Path, Mapping[str, Any]], bool]
    read: Callable[[Path, Collection[str]], Checkpoint]
    write: Callable[[Path, Checkpoint, Mapping[str, int]], str] | None


def read_checkpoint(folder: Path | str, ignore_keys: Collection[str] = ()) -> Checkpoint:
    """Read a checkpoint: configuration and labels at once, weights as they are used (mapped).

    folder (Path | str): Where it lies.
    ignore_keys (Collection[str]): Keys of the configuration that are unknown here and that the
        user knows to be harmless; any other unknown key is an error.
    RETURNS (Checkpoint): What is in it, under our names.
    RAISES (FileNotFoundError): No such folder, or the configuration or the weights are missing.
    RAISES (ValueError): An unknown or ambiguous format, files that are broken, tensors that are
        missing, unknown or misshapen, or settings that mean another network.
    """
    folder = Path(folder)
    if not folder.exists():
        raise FileNotFoundError(f"No folder {folder}. Give the folder that holds the checkpoint.")
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is a file. Give the folder that holds the checkpoint.")
    found = _detect(folder)
    if not found:
        raise _unknown_format(folder)
    if len(found) > 1:
        raise ValueError(
            f"{folder} could be read in several formats: {', '.join(found)}. "
            f"Keep the files of one of them."
        )
    return FORMATS[found[0]].read(folder, ignore_keys)


def write_checkpoint(
    folder: Path | str,
    checkpoint: Checkpoint,
    format: str = NATIVE,  # noqa: A002 - the name that users know
    quantize: Mapping[str, int] | None = None,
) -> str:
    """Write a checkpoint. Each file is replaced whole, and the configuration comes last.

    folder (Path | str): Where to; made if it is not there.
    checkpoint (Checkpoint): What to write.
    format (str): A key of `FORMATS`.
    quantize (Mapping[str, int] | None): Name of a matrix -> 8 or 4 bits, where the format can; `N`
        stands for every layer, as in {"embedding.weight": 8, "block.N.mlp.swiglu.weight": 8}.
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
    return chosen.write(folder, checkpoint, quantize or {})


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


def remove_native(folder: Path) -> None:
    """Remove a checkpoint in our own format, and its folder if nothing else is in there."""
    for name in (NATIVE_CONFIG, CALIBRATION, WEIGHTS):
        (folder / name).unlink(missing_ok=True)
    if not any(folder.iterdir()):
        folder.rmdir()


def _detect(folder: Path) -> list[str]:
    """Name the formats that a folder could be in."""
    values = read_json(find_file(folder, CONFIG)) if (folder / CONFIG).exists() else {}
    return [name for name in FORMATS if FORMATS[name].detect(folder, values)]


def _unknown_format(folder: Path) -> Exception:
    """Say why a folder is no checkpoint."""
    if not (folder / CONFIG).exists():
        return FileNotFoundError(
            f"{folder} is no complete checkpoint: it has neither {NATIVE_CONFIG} nor {CONFIG}. Get "
            f"the missing file, or give the folder that holds it beside the weights."
        )
    kind = str(read_json(find_file(folder, CONFIG)).get("model_type"))[:80]
    return ValueError(
        f"{folder / CONFIG} is in no known format: its model_type is {kind!r}. "
        f"Known formats: {', '.join(FORMATS)}. Convert the checkpoint to one of them."
    )


def _check(checkpoint: Checkpoint) -> None:
    """Refuse to write what could not be read again."""
    where = "the checkpoint to be written"
    tags, names = checkpoint.tags, checkpoint.categories
    if names is not None:
        check_categories(names, where)
    check_biases(checkpoint.biases, where)
    shapes = _shapes(checkpoint.config, tags, names, len(checkpoint.tensors))
    check_tensors(checkpoint.tensors, shapes, where)


def _shapes(
    config: NetworkConfig, tags: TagSet | None, categories: Collection[str] | None, n_found: int
) -> dict[str, tuple[int, ...]]:
    """Shapes of all tensors, by our names."""
    head = None if categories is None else (CATEGORY_HEAD, len(categories))
    return expected_shapes(config, None if tags is None else len(tags), head, n_found)


# Hugging Face


def _detect_huggingface(folder: Path, values: Mapping[str, Any]) -> bool:
    # MLX artifacts have the same model_type, but other names, and sinks in other units.
    mlx = any(key == "quantization" or key.startswith("_mlx_") for key in values)
    return values.get("model_type") == "openai_privacy_filter" and not mlx


def _read_huggingface(folder: Path, ignore_keys: Collection[str]) -> Checkpoint:
    path = find_file(folder, CONFIG)
    config, tags = read_hf_config(read_json(path), str(path), ignore_keys)
    stored, _ = read_weights(folder)
    if "score.weight" in stored and "score.bias" not in stored:
        stored["score.bias"] = StoredTensor.from_float32(np.zeros(len(tags)))
    shapes = _shapes(config, tags, None, len(stored))
    check_tensors(stored, shapes_in(HF_RULES, shapes, config), str(folder))
    tensors = tensors_from(HF_RULES, stored, shapes, config)
    biases = read_calibration(folder)
    return Checkpoint(HUGGINGFACE, config, tensors, tags, biases=biases)


def _write_huggingface(folder: Path, checkpoint: Checkpoint, bits: Mapping[str, int]) -> str:
    if checkpoint.tags is None or checkpoint.categories is not None or bits:
        raise ValueError(
            "The Hugging Face layout holds a tag head and no category head, unquantised; this "
            f"checkpoint has {'a' if checkpoint.tags else 'no'} tag head, "
            f"{'a' if checkpoint.categories else 'no'} category head, and {len(bits)} tensors are "
            f"to be quantised. Choose the format {NATIVE!r}."
        )
    values = make_hf_config(checkpoint.config, checkpoint.tags, checkpoint.tensors[EMBEDDING].dtype)
    tensors = tensors_to(HF_RULES, checkpoint.tensors, checkpoint.config)
    # transformers refuses files without this mark.
    write_safetensors(folder / WEIGHTS, tensors, {"format": "pt"})
    write_calibration(folder, checkpoint.biases)
    write_json(folder / CONFIG, values)
    return fingerprint(tensors)


# Ours


def _detect_native(folder: Path, values: Mapping[str, Any]) -> bool:
    return (folder / NATIVE_CONFIG).exists()


def _read_native(folder: Path, ignore_keys: Collection[str]) -> Checkpoint:
    path = find_file(folder, NATIVE_CONFIG)
    values = read_json(path)
    config, tags, categories = read_native_config(values, str(path), ignore_keys)
    stored, metadata = read_weights(folder)
    if metadata.get("fingerprint") != values["fingerprint"]:
        raise ValueError(
            f"The weights in {folder} are not those that {NATIVE_CONFIG} was written for; perhaps "
            f"writing stopped in between. Write the checkpoint again."
        )
    return Checkpoint(
        NATIVE,
        config,
        unpack(stored, _shapes(config, tags, categories, len(stored)), str(folder)),
        tags,
        categories,
        values["exclusive"],
        read_calibration(folder),
        values["fingerprint"],
    )


def _write_native(folder: Path, checkpoint: Checkpoint, bits: Mapping[str, int]) -> str:
    c = checkpoint
    tensors = pack(c.tensors, bits, c.config.n_layers)
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
        Format(NATIVE, _detect_native, _read_native, _write_native),
        Format(HUGGINGFACE, _detect_huggingface, _read_huggingface, _write_huggingface),
    )
}
