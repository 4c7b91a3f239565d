"""Formats of others: each one read and written, and compared with the classes that use it."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections import OrderedDict
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
from spacy_privacy_filter.checkpoints.formats.opf import CATEGORY_VERSIONS
from spacy_privacy_filter.checkpoints.registry import FORMATS, read_checkpoint, write_checkpoint
from spacy_privacy_filter.checkpoints.sizes import CATEGORY_HEAD
from spacy_privacy_filter.checkpoints.tensors.affine import dequantize
from spacy_privacy_filter.checkpoints.tensors.safetensors import (
    StoredTensor,
    read_safetensors,
    write_safetensors,
)
from spacy_privacy_filter.checkpoints.tensors.torch_zip import read_pt_file, write_pt_file
from spacy_privacy_filter.labels.tags import OPENAI_LABELS, TagSet

from .claims import OPENMED, ROUND_TRIP, TORCH, TRANSFORMERS, verifies
from .formats import (
    CATEGORIES,
    SIZES,
    TAGS,
    WEIGHTS,
    assert_close,
    edit,
    make,
    openmed_logits,
    reference,
    transformers_logits,
    write_mlx_community,
)

# Logits reach 20 here; float32 in another order of sums gave 4e-5.
TOLERANCE = 2e-4
MULTITASK, DOC_HEAD = "multitask_config.json", "doc_head.pt"


# --- The original release


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


# --- OpenMed's MLX artifacts

TASK = "token-classification"


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


@pytest.mark.parametrize("bits", [8, 4])
@pytest.mark.parametrize("size", [32, 64, 128])
@pytest.mark.parametrize("dtype", ["float32", "bfloat16", "float16"])
def test_dequantised_as_mlx_does(bits: int, size: int, dtype: str) -> None:
    mx = pytest.importorskip("mlx.core", reason="needs mlx")
    weights = mx.random.normal((12, 256), key=mx.random.key(5)).astype(getattr(mx, dtype))
    weight, scales, biases = mx.quantize(weights, group_size=size, bits=bits)
    parts = [np.array(part.astype(mx.float32)) for part in (scales, biases)]
    ours = dequantize(
        StoredTensor("U32", np.array(weight)),
        *[StoredTensor.from_float32(part) for part in parts],
        n_in=256,
    )
    exact = [part.astype(mx.float32) for part in (scales, biases)]
    theirs = mx.dequantize(weight, *exact, group_size=size, bits=bits)
    assert (ours == np.array(theirs)).all()
    # In the type of the scales MLX rounds twice, product and sum: near, but not the same.
    rounded = mx.dequantize(weight, scales, biases, group_size=size, bits=bits).astype(mx.float32)
    assert np.abs(ours - np.array(rounded)).max() < 0.02


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


# --- mlx-community


@pytest.mark.parametrize(
    "bits",
    [
        pytest.param(bits, marks=verifies("mlx-community", read=[form]))
        for bits, form in ((0, "fp32"), (8, "8 bit"), (4, "4 bit"))
    ],
)
def test_mlx_community(tmp_path: Path, bits: int) -> None:
    expected = make()
    write_mlx_community(tmp_path, expected, bits)
    found = read_checkpoint(tmp_path)
    assert found.format == "mlx-community"
    if not bits:
        assert_close(found, expected)
        return
    assert found.config == expected.config
    for name, tensor in expected.tensors.items():
        gap = np.abs(found.tensors[name].to_float32() - tensor.to_float32()).max()
        assert gap < (0.04 if bits == 8 else 0.6), name
        assert (gap == 0) == (tensor.data.ndim == 1 or name.endswith((".bias", "sinks"))), name


@verifies("mlx-community", against=[TRANSFORMERS])
def test_mlx_community_gives_the_logits_of_transformers(tmp_path: Path) -> None:
    expected = reference(tmp_path / "hf", make())
    write_mlx_community(tmp_path / "mlx", make())
    again = reference(tmp_path / "again", read_checkpoint(tmp_path / "mlx"))
    assert np.abs(again - expected).max() == 0


def test_mlx_community_refuses_another_quantisation(tmp_path: Path) -> None:
    write_mlx_community(tmp_path, make(), 4)
    how = {"group_size": 32, "bits": 4, "mode": "mxfp4"}
    edit(tmp_path / CONFIG, quantization=how)
    with pytest.raises(ValueError, match="'mxfp4'"):
        read_checkpoint(tmp_path)


# --- Multi-task repositories


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


def test_broken_pt_files(tmp_path: Path) -> None:
    path = tmp_path / "head.pt"
    write_pt_file(path, {"weight": StoredTensor.from_float32(np.ones((2, 3)))})
    assert read_pt_file(path)["weight"].data.tolist() == [[1, 1, 1], [1, 1, 1]]
    raw = path.read_bytes()
    for size in range(0, len(raw), 9):
        path.write_bytes(raw[:size])
        with pytest.raises(ValueError, match="not a readable file of weights"):
            read_pt_file(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("head/data.pkl", b"0" * 10**6)
    with pytest.raises(ValueError, match="compressed"):
        read_pt_file(path)
    with path.open("wb") as file:
        file.truncate(1 << 30)
    with pytest.raises(ValueError, match="longer than"):
        read_pt_file(path)


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


# --- All of them


@pytest.mark.parametrize("source", FORMATS)
@pytest.mark.parametrize("target", [name for name in FORMATS if FORMATS[name].write])
def test_every_format_becomes_every_other(tmp_path: Path, source: str, target: str) -> None:
    checkpoint = make(bias=False)
    if source == "multitask":
        checkpoint = make(bias=False, categories=True)
    if source == "mlx-community":
        write_mlx_community(tmp_path / "a", checkpoint)
    else:
        write_checkpoint(tmp_path / "a", checkpoint, source)
    read = read_checkpoint(tmp_path / "a")
    assert read.format == source
    if (read.categories is None) != (target != "multitask") and target != "native":
        with pytest.raises(ValueError, match="category head"):
            write_checkpoint(tmp_path / "b", read, target)
        return
    write_checkpoint(tmp_path / "b", read, target)
    found = read_checkpoint(tmp_path / "b")
    assert found.format == target
    assert_close(found, checkpoint)


@pytest.mark.parametrize(
    "format_",
    [
        pytest.param(format_, marks=verifies(format_, read=["shards"]))
        for format_ in ("huggingface", "multitask", "opf", "openmed")
    ],
)
def test_shards(tmp_path: Path, format_: str) -> None:
    checkpoint = make(bias=False, categories=format_ == "multitask")
    write_checkpoint(tmp_path, checkpoint, format_)
    name = SAFETENSORS if format_ == "openmed" else WEIGHTS
    tensors, metadata = read_safetensors(tmp_path / name)
    names = sorted(tensors)
    files = {n: f"part-{i % 3}.safetensors" for i, n in enumerate(names)}
    for file in set(files.values()):
        part = {n: tensors[n] for n in names if files[n] == file}
        write_safetensors(tmp_path / file, part, metadata)
    (tmp_path / name).unlink()
    (tmp_path / f"{name}.index.json").write_text(json.dumps({"weight_map": files}))
    assert_close(read_checkpoint(tmp_path), checkpoint)


def test_tags_are_the_published_ones() -> None:
    assert len(TAGS) == 33
    assert TAGS.labels == OPENAI_LABELS


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


def test_bits_that_are_not_those_of_an_mlx_community_repository(tmp_path: Path) -> None:
    write_mlx_community(tmp_path, make(), 8)
    edit(tmp_path / CONFIG, quantization={"bits": 4, "group_size": 64})
    with pytest.raises(ValueError, match=r"says bits = 4, but .* with bits = 8"):
        read_checkpoint(tmp_path)
    own = {"bits": 8, "group_size": 64}
    edit(tmp_path / CONFIG, quantization={"bits": 4, "group_size": 64, "lm_head": own})
    read_checkpoint(tmp_path)
