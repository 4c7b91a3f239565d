"""Sizes and weights of an encoder -> its module of transformers, without its last layer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from logging import CRITICAL
from typing import Any, Final

import torch
import transformers
from transformers import (
    CONFIG_MAPPING,
    MODEL_FOR_SEQUENCE_CLASSIFICATION_MAPPING,
    MODEL_FOR_TOKEN_CLASSIFICATION_MAPPING,
)
from transformers.utils import logging

from ....checkpoints.encoder_sizes import EncoderSizes
from ....checkpoints.tensors.safetensors import StoredTensor
from ...openai_privacy_filter.torch.weights import to_torch

# What a base has besides, of no use to a classifier: what it was trained with.
OF_BASES: Final = re.compile(
    r"(.*\.)?(pooler|cls|lm_head|lm_predictions|mask_predictions|discriminator_predictions"
    r"|generator_predictions|predictions|vocab_\w+|decoder|head|position_ids)(\..*)?"
)
# Settings that would need other packages, or compile.
PLAIN: Final[Mapping[str, Any]] = {"reference_compile": False}
MAX_NAMES: Final = 10


def build(sizes: EncoderSizes, tensors: Mapping[str, StoredTensor]) -> torch.nn.Module:
    """Build an encoder in float32 that gives what its last layer would see.

    sizes (EncoderSizes): Sizes. tensors (Mapping): Its weights, by the names of transformers.
    RETURNS (Module): Takes input_ids and attention_mask, and gives `logits` that are hidden states:
        (n_rows, length, width); with `pools`, (n_rows, width).
    RAISES (ValueError): Weights that are missing, unknown or misshapen, or a type that this
        version of transformers does not have.
    """
    kind = _class_of(sizes)
    state = {name: to_torch(tensor).float() for name, tensor in tensors.items()}
    try:
        with quiet():
            config = CONFIG_MAPPING[sizes.model_type].from_dict({**sizes.config, **PLAIN})
            with torch.device("meta"):
                last = find_last(kind(config))
            # The classifier is ours: zeros in its place, so that none is drawn.
            n_labels = int(config.num_labels or 0)
            state[f"{last}.weight"] = torch.zeros(n_labels, sizes.width)
            state[f"{last}.bias"] = torch.zeros(n_labels)
            model, found = kind.from_pretrained(
                None, config=config, state_dict=state, output_loading_info=True
            )
    except Exception as error:  # its checks of configurations have classes of their own
        raise ValueError(
            f"transformers {transformers.__version__} cannot build this {sizes.model_type}: "
            f"{' '.join(str(error).split())[:300]}"
        ) from None
    _check(found, sizes)
    parent, _, name = last.rpartition(".")
    setattr(model.get_submodule(parent), name, torch.nn.Identity())
    module: torch.nn.Module = model.float().eval()
    return module


def _class_of(sizes: EncoderSizes) -> Any:
    """Find the class of a classifier. RAISES (ValueError): None of this type."""
    classes = (
        MODEL_FOR_SEQUENCE_CLASSIFICATION_MAPPING
        if sizes.pools
        else MODEL_FOR_TOKEN_CLASSIFICATION_MAPPING
    )
    if sizes.model_type not in CONFIG_MAPPING or CONFIG_MAPPING[sizes.model_type] not in classes:
        raise ValueError(
            f"transformers {transformers.__version__} has no classifier of the type "
            f"{sizes.model_type!r}. Install a newer one: pip install -U transformers"
        )
    return classes[CONFIG_MAPPING[sizes.model_type]]


def find_last(model: torch.nn.Module) -> str:
    """Name the last layer of a classifier. RAISES (ValueError): It has another form."""
    for name in ("classifier.out_proj", "classifier"):
        with suppress(AttributeError):
            if isinstance(model.get_submodule(name), torch.nn.Linear):
                return name
    raise ValueError(f"{type(model).__name__} does not end in a linear layer `classifier`.")


def _check(found: Mapping[str, Any], sizes: EncoderSizes) -> None:
    """Refuse weights that are not those of the configuration."""
    problems = [f"{name} is missing" for name in sorted(found["missing_keys"])]
    problems += [f"{_name(entry)} has another shape" for entry in found["mismatched_keys"]]
    extra = [name for name in sorted(found["unexpected_keys"]) if not OF_BASES.fullmatch(name)]
    problems += [f"{name[:200]} is unknown" for name in extra]
    if problems:
        more = len(problems) - MAX_NAMES
        shown = "; ".join(problems[:MAX_NAMES]) + (f"; and {more} more" if more > 0 else "")
        raise ValueError(
            f"The weights are not those of a {sizes.model_type} of its configuration: {shown}. "
            "Use the weights and the configuration of one and the same model."
        )


def _name(entry: Any) -> str:
    return str(entry[0] if isinstance(entry, tuple) else entry)[:200]


@contextmanager
def quiet() -> Iterator[None]:
    """Let transformers say nothing, and draw no bars, for a while."""
    level, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity(CRITICAL)
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if bars:
            logging.enable_progress_bar()
