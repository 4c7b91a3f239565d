"""The tensors of a layout <-> ours, by a table of names; and the checks that all layouts share.

`N` in a name stands for the number of a layer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from ..labels.tags import TagSet
from ..types import Shape, Sizes
from .encoder_sizes import EncoderSizes, is_encoder
from .sizes import TAG_HEAD, NetworkConfig, backbone_shapes, head_shapes
from .tensors.affine import join_outputs
from .tensors.safetensors import FLOAT_DTYPES, StoredTensor

MAX_TAGS = 4096
MAX_PROBLEMS = 10


class Rule(NamedTuple):
    """Where a layout keeps one of our tensors.

    ours (str): Our name.
    theirs (tuple[str, ...]): The layout's name; three if query, key and value rows are apart.
    """

    ours: str
    theirs: tuple[str, ...]


def expected_shapes(
    config: NetworkConfig, n_tags: int | None, categories: tuple[str, int] | None, n_found: int
) -> dict[str, Shape]:
    """Name all tensors that a checkpoint must hold, in order, with their shapes.

    config (NetworkConfig): The sizes.
    n_tags (int | None): Rows of the tag head, if there is one.
    categories (tuple | None): Name and rows of the category head, if there is one.
    n_found (int): How many tensors there are. The list for a file that declares a billion layers
        would fill the memory; it can be refused without.
    RETURNS (dict[str, Shape]): Shapes by our names.
    RAISES (ValueError): More layers than tensors.
    """
    if config.n_layers > n_found:
        raise ValueError(
            f"The configuration declares {config.n_layers} layers, but there are only {n_found} "
            f"tensors. Configuration and weights belong to different models, or one is broken."
        )
    shapes = backbone_shapes(config)
    if n_tags is not None:
        shapes |= head_shapes(TAG_HEAD, n_tags, config.width)
    if categories is not None:
        shapes |= head_shapes(categories[0], categories[1], config.width)
    return shapes


def check_tensors(
    found: Mapping[str, StoredTensor],
    shapes: Mapping[str, Shape],
    where: str,
    packed: Collection[str] = (),
) -> None:
    """Refuse tensors that are missing, unknown, of another shape or another kind of number.

    found (Mapping[str, StoredTensor]): What there is.
    shapes (Mapping[str, Shape]): What there must be.
    where (str): What is checked, for the message.
    packed (Collection[str]): Which hold packed whole numbers (U32); all others are real numbers.
    RAISES (ValueError): Names up to ten tensors that are wrong.
    """
    problems = [f"{name} is missing" for name in shapes if name not in found]
    problems += [f"{name[:200]} is unknown" for name in found if name not in shapes]
    for name in shapes:
        if name not in found:
            continue
        kinds = ("U32",) if name in packed else FLOAT_DTYPES
        if found[name].shape != shapes[name]:
            problems.append(f"{name} has the shape {found[name].shape}, not {shapes[name]}")
        elif found[name].dtype not in kinds:
            problems.append(f"{name} holds {found[name].dtype}, not {' or '.join(kinds)}")
    if problems:
        more = len(problems) - MAX_PROBLEMS
        shown = "; ".join(problems[:MAX_PROBLEMS]) + (f"; and {more} more" if more > 0 else "")
        raise ValueError(
            f"The tensors of {where} are not those of its configuration: {shown}. "
            f"Use the weights and the configuration of one and the same model."
        )


def _rules(rules: Sequence[Rule], names: Collection[str], n_layers: int) -> list[Rule]:
    """Put the layers' numbers into the rules; give one for each of our names, in their order."""
    table: dict[str, Rule] = {}
    for rule in rules:
        for i in range(n_layers if ".N." in rule.ours else 1):
            number = f".{i}."
            ours = rule.ours.replace(".N.", number)
            table[ours] = Rule(ours, tuple(name.replace(".N.", number) for name in rule.theirs))
    return [table[name] for name in names]


def _cuts(config: NetworkConfig) -> tuple[int, int]:
    """Rows of the fused projection where the keys begin, and where the values begin."""
    q, kv = config.n_heads * config.head_dim, config.n_kv_heads * config.head_dim
    return q, q + kv


def shapes_in(
    rules: Sequence[Rule], shapes: Mapping[str, Shape], config: NetworkConfig
) -> dict[str, Shape]:
    """Translate shapes by our names into shapes by a layout's names.

    rules (Sequence[Rule]): The layout.
    shapes (Mapping[str, Shape]): What `expected_shapes` gives.
    config (NetworkConfig): The sizes.
    RETURNS (dict[str, Shape]): Shapes by the layout's names.
    """
    found: dict[str, Shape] = {}
    for rule in _rules(rules, shapes, config.n_layers):
        rows, *rest = shapes[rule.ours]
        bounds = (0, *_cuts(config), rows) if len(rule.theirs) == 3 else (0, rows)
        for name, (start, end) in zip(rule.theirs, pairwise(bounds), strict=True):
            found[name] = (end - start, *rest)
    return found


def tensors_from(
    rules: Sequence[Rule],
    tensors: Mapping[str, StoredTensor],
    names: Collection[str],
    config: NetworkConfig,
) -> dict[str, StoredTensor]:
    """Rename a layout's tensors to ours; only rows that are kept apart are copied.

    rules (Sequence[Rule]): The layout.
    tensors (Mapping[str, StoredTensor]): By the layout's names; all that are needed.
    names (Collection[str]): Our names of what is wanted.
    config (NetworkConfig): The sizes.
    RETURNS (dict[str, StoredTensor]): By our names.
    """
    found: dict[str, StoredTensor] = {}
    for rule in _rules(rules, names, config.n_layers):
        found[rule.ours] = join_outputs([tensors[name] for name in rule.theirs], 0)
    return found


def tensors_to(
    rules: Sequence[Rule], tensors: Mapping[str, StoredTensor], config: NetworkConfig
) -> dict[str, StoredTensor]:
    """Rename our tensors to a layout's; nothing is copied.

    rules (Sequence[Rule]): The layout.
    tensors (Mapping[str, StoredTensor]): By our names.
    config (NetworkConfig): The sizes.
    RETURNS (dict[str, StoredTensor]): By the layout's names.
    """
    found: dict[str, StoredTensor] = {}
    for rule in _rules(rules, tensors, config.n_layers):
        tensor = tensors[rule.ours]
        if len(rule.theirs) == 1:
            found[rule.theirs[0]] = tensor
            continue
        for name, part in zip(rule.theirs, np.split(tensor.data, _cuts(config)), strict=True):
            found[name] = StoredTensor(tensor.dtype, part)
    return found


def make_config(sizes: Mapping[str, Any], where: str) -> NetworkConfig:
    """Make the sizes, and name the file if they are wrong."""
    try:
        return NetworkConfig.from_dict(sizes)
    except (ValueError, OverflowError) as error:  # OverflowError: a whole number of 400 digits
        raise ValueError(
            f"{where} describes an impossible network: {str(error)[:500]} "
            f"Download the configuration again, or correct it."
        ) from error


def make_sizes(values: Mapping[str, Any], where: str) -> Sizes:
    """Make the sizes of a network of any family, and name the file if they are wrong."""
    if not is_encoder(values):
        return make_config(values, where)
    try:
        return EncoderSizes.from_dict(values)
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"{where} describes an impossible network: {str(error)[:500]} Save the pipeline again."
        ) from None


def make_tags(names: Sequence[Any], where: str, *, loose: bool = False) -> TagSet:
    """Make the tags, and name the file if they are wrong. loose (bool): See `TagSet`."""
    if len(names) > MAX_TAGS:
        raise ValueError(f"{where} names {len(names)} tags; at most {MAX_TAGS} are supported.")
    if not all(isinstance(name, str) for name in names):
        raise ValueError(f"{where} must name the tags as strings, such as 'B-private_email'.")
    try:
        return TagSet(tuple(names), loose)
    except ValueError as error:
        raise ValueError(f"{where} has no usable tags: {str(error)[:500]}") from error


def refuse_unknown(values: Mapping[str, Any], known: Collection[str], where: str) -> None:
    """Refuse keys that nobody here has looked at.

    values (Mapping[str, Any]): What a file says.
    known (Collection[str]): The keys that may be there.
    where (str): The file, for the message.
    RAISES (ValueError): Names up to ten keys.
    """
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise ValueError(
            f"{where} has settings that are not known here: "
            f"{', '.join(repr(key[:80]) for key in unknown[:MAX_PROBLEMS])}. They might change "
            f"what the network computes. If you know that they do not, name them in ignore_keys."
        )


def refuse_other(values: Mapping[str, Any], fixed: Mapping[str, Any], where: str) -> None:
    """Refuse keys that are there with another value than the one that is computed here.

    values (Mapping[str, Any]): What a file says.
    fixed (Mapping[str, Any]): Key -> the value that it may have.
    where (str): The file, for the message.
    RAISES (ValueError): The first that differs.
    """
    for key, allowed in fixed.items():
        if key in values and values[key] != allowed:
            raise ValueError(
                f"{where} sets {key!r} to {str(values[key])[:80]!r}, but only "
                f"{str(allowed)[:80]!r} agrees with the rest and with the network here. "
                f"Use another checkpoint."
            )
