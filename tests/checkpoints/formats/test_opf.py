"""The original release: read, written, and compared with the classes that use it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from spacy_privacy_filter.checkpoints.checkpoint import CONFIG, cast
from spacy_privacy_filter.checkpoints.formats.openmed_artifact import SAFETENSORS
from spacy_privacy_filter.checkpoints.formats.opf import CATEGORY_VERSIONS
from spacy_privacy_filter.checkpoints.registry import read_checkpoint, write_checkpoint
from spacy_privacy_filter.checkpoints.tensors.safetensors import read_safetensors
from spacy_privacy_filter.labels.tags import TagSet

from ..claims import OPENMED, ROUND_TRIP, TRANSFORMERS, verifies
from ..helpers import TASK, TOLERANCE, WEIGHTS, assert_close, edit, make, openmed_logits, reference


@verifies("opf", read=["fp32"], write=["fp32"], against=[ROUND_TRIP])
def test_opf_comes_back(tmp_path: Path) -> None:
    expected = make(bias=False)
    write_checkpoint(tmp_path, expected, "opf")
    found = read_checkpoint(tmp_path)
    assert found.format == "opf"
    assert_close(found, expected)


@verifies("opf", read=["bf16"], write=["bf16"])
def test_opf_is_written_as_released(tmp_path: Path) -> None:
    checkpoint = make(bias=False)
    checkpoint.tensors = cast(checkpoint, "BF16")
    write_checkpoint(tmp_path, checkpoint, "opf")
    values = json.loads((tmp_path / CONFIG).read_text())
    assert (values["model_type"], values["param_dtype"]) == ("privacy_filter", "bfloat16")
    assert (values["sliding_window"], values["bidirectional_left_context"]) == (17, 8)
    assert not {"span_class_names", "category_version"} & set(values)  # the published labels
    tensors, _ = read_safetensors(tmp_path / WEIGHTS)
    assert tensors["block.0.attn.sinks"].dtype == tensors["norm.scale"].dtype == "F32"
    assert tensors["block.0.mlp.out.weight"].dtype == "BF16"
    assert "unembedding.bias" not in tensors
    assert_close(read_checkpoint(tmp_path), checkpoint)
    sinks = tensors["block.1.attn.sinks"].to_float32() * np.log(2)
    assert np.allclose(sinks, checkpoint.tensors["block.1.attn.sinks"].to_float32())


def test_opf_in_its_usual_place(tmp_path: Path) -> None:
    write_checkpoint(tmp_path / "original", make(bias=False), "opf")
    assert_close(read_checkpoint(tmp_path), make(bias=False))
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "original").symlink_to(tmp_path / "original")
    with pytest.raises(ValueError, match="is a link"):
        read_checkpoint(tmp_path / "elsewhere")


def test_opf_may_name_its_weights_otherwise(tmp_path: Path) -> None:
    write_checkpoint(tmp_path, make(bias=False), "opf")
    (tmp_path / WEIGHTS).rename(tmp_path / "weights-1.safetensors")
    assert_close(read_checkpoint(tmp_path), make(bias=False))
    shutil.copy(tmp_path / "weights-1.safetensors", tmp_path / "weights-2.safetensors")
    with pytest.raises(ValueError, match="several safetensors"):
        read_checkpoint(tmp_path)


@pytest.mark.parametrize(
    ("labels", "keys"),
    [
        (CATEGORY_VERSIONS["v4"], {"category_version"}),
        (CATEGORY_VERSIONS["v7"], {"category_version"}),
        (("iban", "badge"), {"span_class_names", "ner_class_names"}),
    ],
)
def test_opf_label_spaces(tmp_path: Path, labels: tuple[str, ...], keys: set[str]) -> None:
    expected = make(tags=TagSet.from_labels(labels), bias=False)
    write_checkpoint(tmp_path, expected, "opf")
    values = json.loads((tmp_path / CONFIG).read_text())
    assert {"category_version", "span_class_names", "ner_class_names"} & set(values) == keys
    assert_close(read_checkpoint(tmp_path), expected)
    if len(keys) == 2:  # either key is enough
        for key in keys:
            edit(tmp_path / CONFIG, **(values | {key: ...}))
            assert_close(read_checkpoint(tmp_path), expected)
    else:  # and so is the number of labels
        edit(tmp_path / CONFIG, category_version=...)
        assert_close(read_checkpoint(tmp_path), expected)


def test_opf_label_spaces_have_the_published_sizes() -> None:
    assert {v: len(names) + 1 for v, names in CATEGORY_VERSIONS.items()} == {
        "v2": 9,
        "v4": 15,
        "v7": 26,
    }


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"clever": 1}, "'clever'"),
        ({"packed_geglu": True}, "packed_geglu"),
        ({"encoding": "cl100k_base"}, "encoding"),
        ({"inference_contract_version": 2}, "inference_contract_version"),
        ({"num_experts": ...}, "lacks num_experts"),
        ({"rope_ntk_beta": ...}, "lacks rope_ntk_beta"),
        ({"hidden_size": "64"}, "'width'"),
        ({"num_labels": 32}, "num_labels"),
        ({"category_version": "v9"}, "v9"),
        ({"category_version": "v4"}, "num_labels"),
        ({"span_class_names": ["x"]}, "'O' once"),
        ({"span_class_names": "O"}, "list of names"),
        ({"span_class_names": ["O", "x"], "ner_class_names": ["O"]}, "ner_class_names"),
        ({"span_class_names": ["O", "x"], "category_version": "v2"}, "other labels"),
        ({"bidirectional_context": False}, "bidirectional_context"),
    ],
)
def test_opf_configs_that_are_refused(
    tmp_path: Path, changes: dict[str, Any], message: str
) -> None:
    write_checkpoint(tmp_path, make(bias=False), "opf")
    edit(tmp_path / CONFIG, **changes)
    with pytest.raises(ValueError, match=message):
        read_checkpoint(tmp_path)


def test_what_opf_cannot_hold_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="has a bias"):
        write_checkpoint(tmp_path, make(), "opf")
    checkpoint = make(bias=False, tags=TagSet.from_labels(["x"], "BIO"))
    with pytest.raises(ValueError, match="scheme BIO"):
        write_checkpoint(tmp_path, checkpoint, "opf")
    checkpoint = make(bias=False)
    checkpoint.tensors = cast(checkpoint, "F16")
    with pytest.raises(ValueError, match="F16"):
        write_checkpoint(tmp_path, checkpoint, "opf")
    assert list(tmp_path.iterdir()) == []


@verifies("opf", against=[TRANSFORMERS, OPENMED])
def test_opf_gives_the_logits_of_transformers(tmp_path: Path) -> None:
    """Two independent classes: transformers' in its layout, OpenMed's in opf's conventions."""
    expected = reference(tmp_path / "hf", make(bias=False))
    write_checkpoint(tmp_path / "opf", make(bias=False), "opf")
    again = reference(tmp_path / "again", read_checkpoint(tmp_path / "opf"))
    assert np.abs(again - expected).max() < TOLERANCE
    # opf's own files, read by OpenMed's class, which follows opf's arithmetic.
    edit(tmp_path / "opf" / CONFIG, model_type="openai_privacy_filter", _mlx_task=TASK)
    (tmp_path / "opf" / WEIGHTS).rename(tmp_path / "opf" / SAFETENSORS)
    assert np.abs(openmed_logits(tmp_path / "opf") - expected).max() < TOLERANCE
