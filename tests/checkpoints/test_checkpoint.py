"""What a checkpoint is in memory: its heads apart, other number types, what formats cannot hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from spacy_privacy_filter.checkpoints.checkpoint import cast, refuse_contents, shapes_of
from spacy_privacy_filter.checkpoints.conventions import Conventions
from spacy_privacy_filter.checkpoints.registry import Opened
from spacy_privacy_filter.checkpoints.sizes import NetworkConfig

from .rare_sizes import CATEGORIES, SIZES, TAGS, make


class OtherSizes:
    """Sizes of a network of another family."""

    family = "other"


def test_heads_and_backbone_are_apart() -> None:
    checkpoint = make(heads="tags categories")
    assert set(checkpoint.head_tensors()) == {
        f"{head}.{part}" for head in ("unembedding", "category_head") for part in ("weight", "bias")
    }
    assert checkpoint.backbone_tensors() | checkpoint.head_tensors() == checkpoint.tensors
    shapes = shapes_of(SIZES, TAGS, CATEGORIES, len(checkpoint.tensors))
    assert shapes == {name: tensor.shape for name, tensor in checkpoint.tensors.items()}


def test_the_family_is_asked_for() -> None:
    assert isinstance(make().mixture, NetworkConfig)
    other = replace(make(), config=OtherSizes())  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"'openai_privacy_filter', but .* family 'other'"):
        other.mixture  # noqa: B018 - it raises


def test_norms_and_sinks_are_never_rounded() -> None:
    checkpoint = make()
    found = cast(checkpoint, "BF16")
    exact = {name for name, tensor in found.items() if tensor.dtype == "F32"}
    assert exact == {name for name in found if name.endswith(("norm.scale", "attn.sinks"))}
    assert {tensor.dtype for name, tensor in found.items() if name not in exact} == {"BF16"}
    for name in exact:
        assert found[name] is checkpoint.tensors[name]


@pytest.mark.parametrize(
    ("heads", "categories"), [("none", False), ("tags categories", False), ("tags", True)]
)
def test_heads_that_a_format_cannot_hold_are_refused(heads: str, categories: bool) -> None:
    with pytest.raises(ValueError, match=r"'mine' holds a tag head.*Choose the format 'ours'"):
        refuse_contents(make(heads=heads), "mine", categories=categories, instead="'ours'")
    with pytest.raises(ValueError, match="2 tensors are to be quantised"):
        refuse_contents(make(), "mine", ["a", "b"])
    assert refuse_contents(make(), "mine") == TAGS


def test_sinks_are_read_in_natural_units() -> None:
    whole = make()
    stated = Conventions("log2", 9, "stated")
    found = Opened(replace(whole, tensors={}, conventions=stated), lambda: whole.tensors).read()
    for name, tensor in whole.tensors.items():
        factor = 0.6931472 if name.endswith("attn.sinks") else 1.0
        assert found.tensors[name].to_float32().ravel()[0] == pytest.approx(
            tensor.to_float32().ravel()[0] * factor, rel=1e-6
        )
