"""Our own layout: network.json and a safetensors file with our names, matrices quantised or not.

Quantised matrices are laid out as in the MLX artifacts, so that MLX can use them as they are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

import numpy as np

from ...labels.tags import TagSet
from ...types import Shape, Sizes
from ..encoder_sizes import is_encoder
from ..layouts import check_tensors, make_sizes, make_tags, refuse_other, refuse_unknown
from ..sizes import EMBEDDING, NetworkConfig
from ..tensors.affine import BITS, GROUP_SIZES, QuantizedTensor, quantize
from ..tensors.safetensors import StoredTensor

FORMAT: Final = "spacy_privacy_filter"
VERSION: Final = 1
KEYS = ("format", "version", "network", "tags", "categories", "exclusive", "fingerprint")
LOOSE: Final = "loose_tags"  # there only if they are; see `TagSet`


def read_native_config(
    values: Mapping[str, Any], where: str, ignore_keys: Collection[str] = ()
) -> tuple[Sizes, TagSet | None, tuple[str, ...] | None]:
    """Check network.json, and read the sizes and what the heads mean.

    values (Mapping[str, Any]): The file's contents.
    where (str): The file, for messages.
    ignore_keys (Collection[str]): Unknown keys that the user knows to be harmless.
    RETURNS (tuple): Sizes, tags and categories; None for a head that is not there.
    RAISES (ValueError): Another version; keys that are missing, unknown or of the wrong type.
    """
    refuse_other(values, {"format": FORMAT, "version": VERSION}, where)
    refuse_unknown(values, {*KEYS, LOOSE, *ignore_keys}, where)
    missing = [key for key in KEYS if key not in values]
    network, tags, names = (values.get(key) for key in ("network", "tags", "categories"))
    if isinstance(network, dict) and not is_encoder(
        network
    ):  # a default in place of a lost size would compute nonsense
        missing += sorted(set(NetworkConfig().to_dict()) - set(network))
    types = {"network": dict, "exclusive": bool, "fingerprint": str}
    types |= {key: list for key in ("tags", "categories") if values.get(key) is not None}
    wrong = [key for key, kind in types.items() if not isinstance(values.get(key), kind)]
    if missing or wrong:
        raise ValueError(
            f"{where} is incomplete or broken: missing {missing}, of the wrong type {wrong}. "
            f"Write or download the checkpoint again."
        )
    if names is not None:
        check_categories(names, where)
    return (
        make_sizes(network or {}, where),
        None if tags is None else make_tags(tags, where, loose=values.get(LOOSE) is True),
        None if names is None else tuple(names),
    )


def check_categories(names: Collection[Any], where: str) -> None:
    """Refuse categories that are not one or more different names.

    names (Collection[Any]): What was given or read.
    where (str): Where it comes from, for the message.
    RAISES (ValueError): None at all, twice the same, or not strings.
    """
    strings = all(isinstance(name, str) and name for name in names)
    if not names or not strings or len(set(names)) != len(names):
        raise ValueError(
            f"The categories of {where} must be one or more names, all different. Correct them."
        )


def make_native_config(
    config: Sizes,
    tags: TagSet | None,
    categories: Collection[str] | None,
    exclusive: bool,
    fingerprint: str,
) -> dict[str, Any]:
    """Make the contents of network.json.

    config (Sizes): Sizes of the backbone.
    tags, categories (TagSet | None, Collection[str] | None): What the heads mean.
    exclusive (bool): Whether categories exclude each other.
    fingerprint (str): Of the tensors as they are stored; the weights file carries the same.
    RETURNS (dict[str, Any]): The file's contents.
    """
    return {
        "format": FORMAT,
        "version": VERSION,
        "network": dict(config.to_dict()),
        "tags": None if tags is None else list(tags.names),
        "categories": None if categories is None else list(categories),
        "exclusive": exclusive,
        "fingerprint": fingerprint,
        **({LOOSE: True} if tags is not None and tags.loose else {}),
    }


def pack(
    tensors: Mapping[str, StoredTensor],
    bits: Mapping[str, int],
    n_layers: int,
    group_size: int = 64,
) -> dict[str, StoredTensor]:
    """Quantise the matrices that are named; experts are transposed, so that inputs come last.

    What is quantised just so already is given as it is; others that are named are made anew.

    tensors (Mapping[str, StoredTensor]): By our names.
    bits (Mapping[str, int]): Name of a matrix, with `N` for every layer -> 8 or 4.
    n_layers (int): How many layers `N` stands for.
    group_size (int): Values that share a scale: 32, 64 or 128.
    RETURNS (dict[str, StoredTensor]): By the names of the file.
    RAISES (ValueError): A name that is no weight matrix, or a matrix that cannot be quantised.
    """
    wanted = {
        name.replace(".N.", f".{i}."): n_bits
        for name, n_bits in bits.items()
        for i in range(n_layers)
    }
    able = [n for n, t in tensors.items() if len(t.shape) > 1 and n.endswith(".weight")]
    unknown = sorted(set(wanted) - set(able))
    if unknown:
        raise ValueError(
            f"Cannot quantise {', '.join(unknown[:10])}: no weight matrix of this checkpoint has "
            f"that name. Names are like {EMBEDDING!r} or 'block.N.mlp.out.weight'."
        )
    packed: dict[str, StoredTensor] = {}
    for name, tensor in tensors.items():
        if name not in wanted:
            packed[name] = tensor
            continue
        names = _triple(name.removesuffix(".weight"))
        parts = _quantize(tensor, wanted[name], group_size)
        packed |= dict(zip(names, parts, strict=True))
    return packed


def _quantize(tensor: StoredTensor, bits: int, group_size: int) -> tuple[StoredTensor, ...]:
    if isinstance(tensor, QuantizedTensor) and tensor.packing == (bits, group_size):
        return tensor.parts
    values = tensor.to_float32()
    return quantize(np.swapaxes(values, 1, 2) if values.ndim == 3 else values, bits, group_size)


def split_quantized(tensors: Mapping[str, StoredTensor]) -> dict[str, StoredTensor]:
    """Give the three parts of each quantised matrix by the names of the file; the rest as it is."""
    split: dict[str, StoredTensor] = {}
    for name, tensor in tensors.items():
        if isinstance(tensor, QuantizedTensor):
            names = _triple(name.removesuffix(".weight"))
            split |= dict(zip(names, tensor.parts, strict=True))
        else:
            split[name] = tensor
    return split


def _triple(stem: str) -> tuple[str, str, str]:
    """Names of a quantised matrix; `.biases` are zero points, `.bias` is what a layer adds."""
    return f"{stem}.weight", f"{stem}.scales", f"{stem}.biases"


def unpack(
    stored: Mapping[str, StoredTensor], shapes: Mapping[str, Shape], where: str
) -> dict[str, StoredTensor]:
    """Check what a file holds; everything stays mapped, and what is quantised stays quantised.

    stored (Mapping[str, StoredTensor]): By the names of the file.
    shapes (Mapping[str, Shape]): What there must be, by our names, not quantised.
    where (str): What is checked, for messages.
    RETURNS (dict[str, StoredTensor]): By our names; a `QuantizedTensor` where it is quantised.
    RAISES (ValueError): Tensors that are missing, unknown or misshapen.
    """
    there: dict[str, Shape] = {}
    packed: list[str] = []
    for name, shape in shapes.items():
        weight, scales, biases = _triple(name.removesuffix(".weight"))
        if len(shape) < 2 or name != weight or not {scales, biases} & set(stored):
            there[name] = shape
            continue
        lead, n_in = ((shape[0], shape[2]), shape[1]) if len(shape) == 3 else (shape[:1], shape[1])
        there |= packed_shapes(stored, name, lead, n_in)
        packed.append(name)
    check_tensors(stored, there, where, packed)
    tensors = {name: stored[name] for name in shapes}
    for name in packed:
        tensors[name] = quantized_matrix(stored, name, shapes[name][1])
    return tensors


def packed_shapes(
    stored: Mapping[str, StoredTensor], name: str, lead: Shape, n_in: int
) -> dict[str, Shape]:
    """Name the three tensors of a quantised matrix, with the shapes that they must have.

    stored (Mapping[str, StoredTensor]): What there is; tells bits and size of the groups.
    name (str): The matrix; ends in ".weight".
    lead (tuple[int, ...]): Shape of the matrix, inputs last, without the inputs.
    n_in (int): Inputs, before quantising.
    RETURNS (dict[str, tuple[int, ...]]): Shapes of the packed values, the scales and the biases.
    """
    _, scales, biases = _triple(name.removesuffix(".weight"))
    n_bits = 4 if name in stored and stored[name].shape[-1:] == (n_in // 8,) else 8
    # A number of groups that no size explains is compared with that of 64, and refused.
    known = [(n_in // size,) for size in GROUP_SIZES if n_in % size == 0]
    found = stored[scales].shape[-1:] if scales in stored else ()
    last = found if found in known else (n_in // 64,)
    packed: Shape = (*lead, n_in * n_bits // 32)
    return {name: packed, scales: (*lead, *last), biases: (*lead, *last)}


def quantized_matrix(stored: Mapping[str, StoredTensor], name: str, n_in: int) -> QuantizedTensor:
    """Put the three parts of a matrix together. Their shapes have been checked."""
    weight, scales, biases = (stored[part] for part in _triple(name.removesuffix(".weight")))
    return QuantizedTensor(weight, scales, biases, n_in)


def check_mode(quantization: Any, where: str) -> None:
    """Refuse another quantisation than the affine one, and bits or groups that cannot be read.

    Those of each matrix follow from its shapes.
    """
    if quantization is None:
        return
    mode = quantization.get("mode", "affine") if isinstance(quantization, dict) else None
    if mode != "affine":
        raise ValueError(
            f"The quantisation of {where} is {str(mode)[:80]!r}. Only 'affine' with 8 or 4 bits "
            f"can be read. Use another artifact of the same model."
        )
    for key, allowed in (("bits", BITS), ("group_size", GROUP_SIZES)):
        value = quantization.get(key)
        if value is not None and (type(value) is not int or value not in allowed):
            raise ValueError(
                f"The quantisation of {where} sets {key!r} to {str(value)[:80]!r}. Allowed: "
                f"{', '.join(str(n) for n in allowed)}. Correct it, or download it again."
            )


def check_packing(quantization: Any, tensors: Mapping[str, StoredTensor], where: str) -> None:
    """Refuse matrices that are quantised otherwise than a configuration says.

    quantization (Any): What it says, if anything; other settings for single layers are not looked
        at, and neither are the matrices then.
    tensors (Mapping[str, StoredTensor]): What was read.
    where (str): The configuration, for the message.
    RAISES (ValueError): They differ.
    """
    if not isinstance(quantization, dict):
        return
    if any(isinstance(value, dict | bool) for value in quantization.values()):
        return
    for name, tensor in tensors.items():
        if not isinstance(tensor, QuantizedTensor):
            continue
        found = dict(zip(("bits", "group_size"), tensor.packing, strict=True))
        wrong = {key: n for key, n in found.items() if quantization.get(key, n) != n}
        for key, n in wrong.items():
            raise ValueError(
                f"{where} says {key} = {str(quantization[key])[:20]}, but {name} is stored with "
                f"{key} = {n}: they are not of the same artifact. Download all its files again."
            )
