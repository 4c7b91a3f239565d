"""Multi-task repositories: two heads, one of them in a file of torch that runs nothing."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from spacy_privacy_filter.checkpoints.registry import read_checkpoint, write_checkpoint
from spacy_privacy_filter.checkpoints.sizes import CATEGORY_HEAD

from ..claims import ROUND_TRIP, TORCH, TRANSFORMERS, verifies
from ..helpers import CATEGORIES, SIZES, assert_close, edit, make, reference, transformers_logits

MULTITASK, DOC_HEAD = "multitask_config.json", "doc_head.pt"


@verifies("multitask", read=["fp32"], write=["fp32"], against=[ROUND_TRIP])
def test_multitask_comes_back(tmp_path: Path) -> None:
    expected = make(categories=True)
    write_checkpoint(tmp_path, expected, "multitask")
    found = read_checkpoint(tmp_path)
    assert (found.format, found.exclusive) == ("multitask", True)
    assert_close(found, expected)


@verifies("multitask", against=[TRANSFORMERS, TORCH])
def test_multitask_is_read_by_transformers_and_torch(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    expected = reference(tmp_path / "hf", make())
    checkpoint = make(categories=True)
    write_checkpoint(tmp_path / "mt", checkpoint, "multitask")
    assert np.abs(transformers_logits(tmp_path / "mt") - expected).max() < 1.0  # other heads
    state = torch.load(tmp_path / "mt" / DOC_HEAD, weights_only=True)
    head = torch.nn.Linear(SIZES.width, len(CATEGORIES))
    head.load_state_dict(state)
    ours = checkpoint.tensors[f"{CATEGORY_HEAD}.weight"].to_float32()
    assert (head.weight.detach().numpy() == ours).all()


@pytest.mark.parametrize("dtype", ["float32", "bfloat16", "float16"])
def test_heads_that_torch_saves(tmp_path: Path, dtype: str) -> None:
    torch = pytest.importorskip("torch")
    write_checkpoint(tmp_path, make(categories=True), "multitask")
    head = torch.nn.Linear(SIZES.width, len(CATEGORIES)).to(getattr(torch, dtype))
    torch.save(head.state_dict(), tmp_path / DOC_HEAD)  # an OrderedDict with _metadata
    found = read_checkpoint(tmp_path).tensors[f"{CATEGORY_HEAD}.weight"]
    assert (found.to_float32() == head.weight.detach().float().numpy()).all()
    plain = {f"doc_head.{name}": value for name, value in head.state_dict().items()}
    torch.save(plain | {"other.weight": head.weight.detach()}, tmp_path / DOC_HEAD)
    with pytest.raises(ValueError, match="more than one head"):
        read_checkpoint(tmp_path)
    torch.save(plain, tmp_path / DOC_HEAD)
    again = read_checkpoint(tmp_path).tensors[f"{CATEGORY_HEAD}.weight"]
    assert again.data.tolist() == found.data.tolist()


class Hostile:
    def __init__(self, call: Any, *arguments: Any) -> None:
        self.call = call, arguments

    def __reduce__(self) -> Any:
        return self.call


@pytest.mark.parametrize("build", [dict, OrderedDict])
def test_hostile_pickles_run_nothing(tmp_path: Path, build: Any) -> None:
    torch = pytest.importorskip("torch")
    write_checkpoint(tmp_path, make(categories=True), "multitask")
    trace = tmp_path / "trace"
    for hostile in (Hostile(Path.touch, trace), Hostile(eval, "1"), Hostile(print, "x")):
        torch.save(build(weight=hostile, bias=torch.zeros(3)), tmp_path / DOC_HEAD)
        with pytest.raises(ValueError, match=r"doc_head\.pt.*was not run"):
            read_checkpoint(tmp_path)
    torch.save(torch.nn.Linear(2, 2), tmp_path / DOC_HEAD)  # a whole module
    with pytest.raises(ValueError, match="was not run"):
        read_checkpoint(tmp_path)
    assert not trace.exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"num_doc_classes": 4}, "num_doc_classes"),
        ({"doc_label_names": ["a", "b"]}, "num_doc_classes"),
        ({"doc_label_names": ["a", "b"], "num_doc_classes": 2}, "has the shape"),
        ({"doc_label_names": ["a", "a", "b"]}, "all different"),
        ({"doc_label_names": "abc"}, "list"),
        ({"odd": 1}, "'odd'"),
        ({"doc_weight": "x"}, "doc_weight"),
    ],
)
def test_multitask_configs_that_are_refused(
    tmp_path: Path, changes: dict[str, Any], message: str
) -> None:
    write_checkpoint(tmp_path, make(categories=True), "multitask")
    edit(tmp_path / MULTITASK, **changes)
    with pytest.raises(ValueError, match=message):
        read_checkpoint(tmp_path)


def test_a_multitask_repository_without_its_head(tmp_path: Path) -> None:
    write_checkpoint(tmp_path, make(categories=True), "multitask")
    (tmp_path / DOC_HEAD).unlink()
    with pytest.raises(FileNotFoundError, match=r"doc_head\.pt"):
        read_checkpoint(tmp_path)
