"""OpenMed's MLX artifacts: read, written, and compared with the class that uses them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from spacy_privacy_filter.checkpoints.checkpoint import CONFIG, cast
from spacy_privacy_filter.checkpoints.formats.openmed_artifact import (
    LABELS,
    MANIFEST,
    SAFETENSORS,
    all_matrices,
)
from spacy_privacy_filter.checkpoints.registry import read_checkpoint, write_checkpoint
from spacy_privacy_filter.checkpoints.tensors.safetensors import read_safetensors, write_safetensors

from ..claims import OPENMED, ROUND_TRIP, TRANSFORMERS, verifies
from ..helpers import TASK, TOLERANCE, assert_close, edit, make, openmed_logits, reference
from ..hostile import fresh


@verifies("openmed", read=["fp32"], write=["fp32"], against=[ROUND_TRIP])
@pytest.mark.parametrize("bias", [True, False])
def test_openmed_comes_back(tmp_path: Path, bias: bool) -> None:
    expected = make(bias=bias)
    write_checkpoint(tmp_path, expected, "openmed")
    found = read_checkpoint(tmp_path)
    assert found.format == "openmed"
    assert_close(found, expected)
    assert json.loads((tmp_path / CONFIG).read_text())["classifier_bias"] is bias


@pytest.mark.parametrize("bits", [8, 4])
def test_openmed_quantised_layout(tmp_path: Path, bits: int) -> None:
    """The shapes of the published artifacts, in proportion."""
    write_checkpoint(tmp_path, make(), "openmed", all_matrices(bits))
    tensors, metadata = read_safetensors(tmp_path / SAFETENSORS)
    assert metadata == {"format": "mlx", "openmed_task": TASK}
    shapes = {name: tensor.shape for name, tensor in tensors.items()}
    words = 64 * bits // 32
    assert shapes["embedding.weight"] == (100, words)
    assert shapes["embedding.scales"] == shapes["embedding.biases"] == (100, 1)
    assert shapes["block.0.attn.qkv.weight"] == (320, words)
    assert shapes["block.0.attn.out.weight"] == (64, 192 * bits // 32)
    assert shapes["block.0.mlp.swiglu.weight"] == (5, 128, words)  # (E, out, in)
    assert shapes["block.0.mlp.out.weight"] == (5, 64, words)
    assert shapes["unembedding.weight"] == (33, words)
    assert shapes["unembedding.bias"] == (33,)
    assert tensors["block.0.attn.sinks"].dtype == "F32"
    manifest = json.loads((tmp_path / MANIFEST).read_text())
    assert manifest["formats"] == [f"mlx-{bits}bit"]
    assert manifest["quantization"] == {"bits": bits, "group_size": 64, "mode": "affine"}


@pytest.mark.parametrize(
    "bits",
    [
        pytest.param(bits, marks=verifies("openmed", write=[form], against=[OPENMED, TRANSFORMERS]))
        for bits, form in ((0, "fp32"), (8, "8 bit"), (4, "4 bit"))
    ],
)
def test_openmed_loads_what_we_write(tmp_path: Path, bits: int) -> None:
    write_checkpoint(tmp_path / "om", make(), "openmed", all_matrices(bits) if bits else None)
    expected = reference(tmp_path / "hf", read_checkpoint(tmp_path / "om"))
    assert np.abs(openmed_logits(tmp_path / "om") - expected).max() < TOLERANCE


@verifies("openmed", read=["bf16"], write=["bf16"])
def test_openmed_loads_our_bfloat16(tmp_path: Path) -> None:
    checkpoint = make()
    checkpoint.tensors = cast(checkpoint, "BF16")
    write_checkpoint(tmp_path / "om", checkpoint, "openmed")
    assert_close(read_checkpoint(tmp_path / "om"), checkpoint)
    checkpoint.tensors = cast(checkpoint, "F32")  # the same numbers, computed with in float32
    expected = reference(tmp_path / "hf", checkpoint)
    assert np.abs(openmed_logits(tmp_path / "om") - expected).max() < TOLERANCE


def save_with_mlx(folder: Path, name: str) -> None:
    """Write the weights of an artifact again, with MLX's own functions."""
    mx = pytest.importorskip("mlx.core", reason="needs mlx")
    weights = dict(mx.load(str(folder / SAFETENSORS)))
    mx.eval(*weights.values())
    (folder / SAFETENSORS).unlink()
    if name.endswith(".npz"):
        mx.savez(str(folder / name), **weights)
    else:
        mx.save_safetensors(str(folder / name), weights, metadata={"format": "mlx"})
    edit(folder / MANIFEST, preferred_weights=name, available_weights=[name])


@pytest.mark.parametrize("name", [SAFETENSORS, "weights.npz"])
@pytest.mark.parametrize("bits", [0, 8])
def test_files_that_mlx_writes(tmp_path: Path, name: str, bits: int) -> None:
    checkpoint = make()
    checkpoint.tensors = cast(checkpoint, "BF16")
    write_checkpoint(tmp_path, checkpoint, "openmed", all_matrices(bits) if bits else None)
    expected = read_checkpoint(tmp_path)
    save_with_mlx(tmp_path, name)
    assert_close(read_checkpoint(tmp_path), expected)
    (tmp_path / MANIFEST).unlink()
    assert_close(read_checkpoint(tmp_path), expected)


@verifies("openmed", read=["`.npz`"])
def test_npz_of_numpy(tmp_path: Path) -> None:
    write_checkpoint(tmp_path, make(), "openmed", all_matrices(8))
    expected = read_checkpoint(tmp_path)
    tensors, _ = read_safetensors(tmp_path / SAFETENSORS)
    (tmp_path / SAFETENSORS).unlink()
    arrays = {name: t.data if t.dtype == "U32" else t.to_float32() for name, t in tensors.items()}
    edit(tmp_path / MANIFEST, preferred_weights="weights.npz")
    np.savez(tmp_path / "weights.npz", **arrays)
    assert_close(read_checkpoint(tmp_path), expected)
    np.savez_compressed(tmp_path / "weights.npz", **arrays)
    with pytest.raises(ValueError, match="is compressed"):
        read_checkpoint(tmp_path)
    np.savez(tmp_path / "weights.npz", **(arrays | {"norm.scale": np.array([{}, {}])}))
    with pytest.raises(ValueError, match=r"number type '\|O'"):
        read_checkpoint(tmp_path)


@pytest.mark.parametrize(
    ("name", "changes", "message"),
    [
        (CONFIG, {"clever": 1}, "'clever'"),
        (CONFIG, {"model_type": "bert"}, "model_type 'bert'"),
        (CONFIG, {"_mlx_task": "zero-shot"}, "_mlx_task"),
        (CONFIG, {"_mlx_quantization": {"bits": 4, "mode": "mxfp4"}}, "'mxfp4'"),
        (CONFIG, {"classifier_bias": "yes"}, "classifier_bias"),
        (CONFIG, {"num_local_experts": 6}, "num_local_experts"),
        (CONFIG, {"hidden_size": ...}, "lacks hidden_size"),
        (CONFIG, {"_mlx_viterbi_biases": {"x": 1}}, "transition biases"),
        (CONFIG, {"num_labels": 7}, "num_labels"),
        (LABELS, {"5": "B-other", "6": "I-other", "7": "E-other", "8": "S-other"}, "different"),
        (MANIFEST, {"family": "bert"}, "family 'bert'"),
        (MANIFEST, {"format": "x"}, "'format'"),
        (MANIFEST, {"format_version": 3}, "format_version"),
        (MANIFEST, {"odd": 3}, "'odd'"),
        (MANIFEST, {"config_path": "../config.json"}, "plain file names"),
        (MANIFEST, {"preferred_weights": "/etc/weights.npz"}, "plain file names"),
        (MANIFEST, {"label_map_path": 3}, "label_map_path"),
    ],
)
def test_openmed_artifacts_that_are_refused(
    tmp_path: Path, name: str, changes: dict[str, Any], message: str
) -> None:
    write_checkpoint(tmp_path, make(), "openmed")
    edit(tmp_path / name, **changes)
    with pytest.raises(ValueError, match=message):
        read_checkpoint(tmp_path)


def test_a_head_bias_that_is_promised_must_be_there(tmp_path: Path) -> None:
    write_checkpoint(tmp_path, make(), "openmed")
    tensors, metadata = read_safetensors(tmp_path / SAFETENSORS)
    del tensors["unembedding.bias"]
    write_safetensors(tmp_path / SAFETENSORS, tensors, metadata)
    with pytest.raises(ValueError, match=r"unembedding\.bias is missing"):
        read_checkpoint(tmp_path)


def test_biases_in_two_places_must_agree(tmp_path: Path) -> None:
    write_checkpoint(tmp_path, make(), "openmed")
    edit(tmp_path / CONFIG, _mlx_viterbi_biases=...)
    assert read_checkpoint(tmp_path).biases == make().biases
    edit(tmp_path / CONFIG, _mlx_viterbi_biases=dict.fromkeys(make().biases, 0.5))
    with pytest.raises(ValueError, match="different transition biases"):
        read_checkpoint(tmp_path)
    (tmp_path / "viterbi_calibration.json").unlink()
    assert set(read_checkpoint(tmp_path).biases.values()) == {0.5}


def test_openmed_writes_one_number_of_bits(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"\[4, 8\]"):
        write_checkpoint(
            tmp_path, make(), "openmed", {"embedding.weight": 8, "unembedding.weight": 4}
        )


@pytest.mark.parametrize(
    ("file", "key"), [(CONFIG, "_mlx_quantization"), (MANIFEST, "quantization")]
)
@pytest.mark.parametrize("wrong", [{"bits": 4}, {"group_size": 128}])
def test_bits_that_are_not_those_of_the_tensors(
    tmp_path: Path, file: str, key: str, wrong: dict[str, int]
) -> None:
    write_checkpoint(tmp_path, make(), "openmed", all_matrices(8))
    read_checkpoint(tmp_path)
    edit(tmp_path / file, **{key: {"bits": 8, "group_size": 64, "mode": "affine"} | wrong})
    ((name, said),) = wrong.items()
    with pytest.raises(ValueError, match=rf"{file} says {name} = {said}, but .* Download all"):
        read_checkpoint(tmp_path)


@pytest.mark.parametrize("how", [{"bits": b} for b in ("x", -1, 3, True)] + [{"group_size": 48}])
def test_a_quantisation_that_cannot_be(
    good: dict[str, Path], tmp_path: Path, how: dict[str, Any]
) -> None:
    folder = fresh(good["openmed"], tmp_path)
    path = folder / "config.json"
    values = json.loads(path.read_text())
    values["_mlx_quantization"] |= how
    path.write_text(json.dumps(values))
    with pytest.raises(ValueError, match=rf"config\.json sets '{next(iter(how))}' to"):
        read_checkpoint(folder)
