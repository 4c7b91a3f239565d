"""What all layouts check: each wrong tensor is named, and nothing is built for a file that lies."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from spacy_privacy_filter.checkpoints.registry import read_checkpoint
from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor, read_safetensors

from .helpers import edit
from .rare_sizes import CONFIG, NETWORK, SIZES, WEIGHTS, assert_same, edit_tensors, make


def names_in(folder: Path) -> list[str]:
    return sorted(read_safetensors(folder / WEIGHTS)[0])


def test_each_missing_tensor_is_named(saved: Path) -> None:
    whole = (saved / WEIGHTS).read_bytes()
    names = [name for name in names_in(saved) if name != "score.bias"]
    assert len(names) > 28
    for name in names:
        edit_tensors(saved, lambda tensors, name=name: tensors.pop(name))  # type: ignore[misc]
        with pytest.raises(ValueError, match=rf"{name} is missing"):
            read_checkpoint(saved)
        (saved / WEIGHTS).write_bytes(whole)
    assert_same(read_checkpoint(saved), make())


def test_each_misshapen_tensor_is_named(saved: Path) -> None:
    whole = (saved / WEIGHTS).read_bytes()
    for name in names_in(saved):
        edit_tensors(
            saved,
            lambda t, name=name: t.update(  # type: ignore[misc]
                {name: StoredTensor("F32", np.concatenate([t[name].data] * 2))}
            ),
        )
        with pytest.raises(ValueError, match=rf"{name} has the shape \("):
            read_checkpoint(saved)
        (saved / WEIGHTS).write_bytes(whole)


def test_extra_tensors_and_wrong_number_types_are_named(saved: Path) -> None:
    name = names_in(saved)[3]

    def change(tensors: dict[str, StoredTensor]) -> None:
        tensors[name] = StoredTensor("U32", tensors[name].data.view(np.uint32))
        tensors["extra.weight"] = StoredTensor.from_float32(np.ones(3))

    edit_tensors(saved, change)
    with pytest.raises(ValueError, match=rf"extra.weight is unknown; {name} holds U32, not F32"):
        read_checkpoint(saved)


def test_many_problems_are_counted(saved: Path) -> None:
    edit_tensors(saved, lambda tensors: [tensors.pop(name) for name in list(tensors)[:15]])
    with pytest.raises(ValueError, match="and 5 more"):
        read_checkpoint(saved)


def test_a_billion_layers_are_refused_at_once(saved: Path) -> None:
    if (saved / NETWORK).exists():
        edit(saved / NETWORK, network=SIZES.to_dict() | {"n_layers": 10**9})
    else:
        edit(saved / CONFIG, num_hidden_layers=10**9)
    with pytest.raises(ValueError, match="1000000000 layers"):
        read_checkpoint(saved)
