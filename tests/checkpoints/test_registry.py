"""Checkpoints: what is written comes back, transformers reads it, and nothing wrong is let in."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from spacy_privacy_filter.checkpoints import registry as module
from spacy_privacy_filter.checkpoints.calibration import BIAS_NAMES
from spacy_privacy_filter.checkpoints.registry import (
    FORMATS,
    Checkpoint,
    read_checkpoint,
    write_checkpoint,
)
from spacy_privacy_filter.checkpoints.sizes import (
    CATEGORY_HEAD,
    TAG_HEAD,
    NetworkConfig,
    backbone_shapes,
    head_shapes,
)
from spacy_privacy_filter.checkpoints.tensors.affine import dequantize, quantize
from spacy_privacy_filter.checkpoints.tensors.safetensors import (
    StoredTensor,
    fingerprint,
    read_safetensors,
    write_safetensors,
)
from spacy_privacy_filter.labels.tags import OPENAI_LABELS, TagSet

from .claims import ROUND_TRIP, TRANSFORMERS, verifies

# No two sizes are equal where a mistake could hide, except in the square down projection.
SIZES = NetworkConfig(
    width=64,
    n_layers=2,
    n_heads=6,
    n_kv_heads=2,
    head_dim=32,
    n_experts=5,
    experts_per_piece=3,
    expert_width=64,
    window=9,
    vocab_size=100,
    rope_theta=10_000.0,
    rope_factor=16.0,
    rope_beta_fast=30.0,
    rope_beta_slow=2.0,
    rope_original_length=64,
    rms_norm_eps=1e-4,
    swiglu_alpha=1.5,
    swiglu_limit=5.0,
)
TAGS = TagSet.from_labels(OPENAI_LABELS[:3])
CATEGORIES = ("Health", "Sports & Games", "Économie")
WEIGHTS, CONFIG, NETWORK = "model.safetensors", "config.json", "network.json"


def make(dtype: str = "F32", heads: str = "tags") -> Checkpoint:
    """Make a checkpoint of random numbers: sinks, biases and router are not zero."""
    rng = np.random.default_rng(7)
    shapes = backbone_shapes(SIZES)
    if "tags" in heads:
        shapes |= head_shapes(TAG_HEAD, len(TAGS), SIZES.width)
    if "categories" in heads:
        shapes |= head_shapes(CATEGORY_HEAD, len(CATEGORIES), SIZES.width)
    return Checkpoint(
        format="native",
        config=SIZES,
        tensors={
            name: StoredTensor.from_float32(rng.normal(size=shape) * 0.2, dtype)
            for name, shape in shapes.items()
        },
        tags=TAGS if "tags" in heads else None,
        categories=CATEGORIES if "categories" in heads else None,
        exclusive=False,
        biases={name: i / 8 - 0.25 for i, name in enumerate(BIAS_NAMES)},
    )


def assert_same(found: Checkpoint, expected: Checkpoint) -> None:
    assert found.config == expected.config
    assert (found.tags, found.categories) == (expected.tags, expected.categories)
    assert found.biases == expected.biases
    assert list(found.tensors) == list(expected.tensors)
    for name, tensor in expected.tensors.items():
        assert found.tensors[name].dtype == tensor.dtype, name
        assert found.tensors[name].data.tolist() == tensor.data.tolist(), name


@pytest.fixture(params=["native", "huggingface"])
def saved(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    write_checkpoint(tmp_path, make(), request.param)
    return tmp_path


@pytest.fixture
def native(tmp_path: Path) -> Path:
    write_checkpoint(tmp_path, make(heads="tags categories"))
    return tmp_path


@pytest.fixture
def huggingface(tmp_path: Path) -> Path:
    write_checkpoint(tmp_path, make(), "huggingface")
    return tmp_path


def edit(path: Path, **changes: Any) -> None:
    """Change keys of a JSON file; ... removes one."""
    values = json.loads(path.read_text(encoding="utf8")) | changes
    kept = {key: value for key, value in values.items() if value is not ...}
    path.write_text(json.dumps(kept), encoding="utf8")


def edit_tensors(folder: Path, change: Callable[[dict[str, StoredTensor]], object]) -> None:
    tensors, metadata = read_safetensors(folder / WEIGHTS)
    change(tensors)
    write_safetensors(folder / WEIGHTS, tensors, metadata)


# --- Round trips


@pytest.mark.parametrize(
    ("format_", "dtype"),
    [
        pytest.param(
            format_,
            dtype,
            marks=verifies(format_, read=[form], write=[form], against=[ROUND_TRIP]),
        )
        for format_ in ("native", "huggingface")
        for dtype, form in (("F32", "fp32"), ("BF16", "bf16"), ("F16", "fp16"))
    ],
)
def test_what_is_written_comes_back(tmp_path: Path, format_: str, dtype: str) -> None:
    expected = make(dtype)
    mark = write_checkpoint(tmp_path / "new" / "folder", expected, format_)
    found = read_checkpoint(tmp_path / "new" / "folder")
    assert found.format == format_
    assert_same(found, expected)
    assert mark == fingerprint(read_safetensors(tmp_path / "new" / "folder" / WEIGHTS)[0])


@pytest.mark.parametrize("heads", ["none", "categories", "tags categories"])
def test_native_holds_any_heads(tmp_path: Path, heads: str) -> None:
    expected = make(heads=heads)
    mark = write_checkpoint(tmp_path, expected)
    found = read_checkpoint(str(tmp_path))
    assert_same(found, expected)
    assert found.exclusive is False
    assert found.fingerprint == mark == fingerprint(found.tensors)
    assert found.backbone_tensors() | found.head_tensors() == found.tensors
    assert list(found.backbone_tensors()) == list(backbone_shapes(SIZES))


def test_the_two_formats_hold_the_same(tmp_path: Path) -> None:
    write_checkpoint(tmp_path / "a", make("BF16"), "huggingface")
    write_checkpoint(tmp_path / "b", read_checkpoint(tmp_path / "a"))
    write_checkpoint(tmp_path / "c", read_checkpoint(tmp_path / "b"), "huggingface")
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "c" / path.name).read_bytes()


def test_a_checkpoint_can_be_written_over_itself(saved: Path) -> None:
    before = {path.name: path.read_bytes() for path in saved.iterdir()}
    found = read_checkpoint(saved)  # its tensors are mapped from the file that is replaced
    write_checkpoint(saved, found, found.format)
    assert {path.name: path.read_bytes() for path in saved.iterdir()} == before


def test_number_types_may_differ_inside_a_checkpoint(tmp_path: Path) -> None:
    expected = make("BF16")
    for name in expected.tensors:
        if name.endswith(("scale", "sinks")):  # as in the published files
            values = expected.tensors[name].to_float32()
            expected.tensors[name] = StoredTensor.from_float32(values)
    write_checkpoint(tmp_path, expected, "huggingface")
    assert_same(read_checkpoint(tmp_path), expected)


@pytest.mark.parametrize("format_", ["native", "huggingface"])
def test_large_tensors_stay_mapped(tmp_path: Path, format_: str) -> None:
    write_checkpoint(tmp_path, make("BF16"), format_)
    copied = set()
    for name, tensor in read_checkpoint(tmp_path).tensors.items():
        base: Any = tensor.data
        while base is not None and not isinstance(base, np.memmap):
            base = base.base
        if base is None:
            copied.add(name.split(".", 2)[-1])
    assert copied == ({"attn.qkv.weight", "attn.qkv.bias"} if format_ == "huggingface" else set())


def test_unknown_files_are_no_error(saved: Path) -> None:
    (saved / "notes.json").write_text("{}")
    (saved / "README.md").write_text("hello")
    assert_same(read_checkpoint(saved), make())


# --- transformers


def logits(model: Any) -> Any:
    torch = pytest.importorskip("torch")
    ids = torch.arange(60).reshape(2, 30)
    with torch.no_grad():
        return model.eval()(input_ids=ids).logits.float().numpy()


def hf_model(dtype: str = "float32") -> Any:
    torch, transformers = pytest.importorskip("torch"), pytest.importorskip("transformers")
    if not hasattr(transformers, "OpenAIPrivacyFilterForTokenClassification"):
        pytest.skip("needs transformers >= 5.6")
    config = transformers.OpenAIPrivacyFilterConfig(
        hidden_size=64, intermediate_size=64, num_hidden_layers=2, num_attention_heads=6,
        num_key_value_heads=2, head_dim=32, num_local_experts=5, num_experts_per_tok=3,
        sliding_window=9, vocab_size=100, pad_token_id=None, eos_token_id=None,
    )  # fmt: skip
    model = transformers.OpenAIPrivacyFilterForTokenClassification(config)
    for weight in model.parameters():
        torch.nn.init.normal_(weight, std=0.3)
    return model.to(getattr(torch, dtype))


@verifies("huggingface", write=["fp32"], against=[TRANSFORMERS])
def test_transformers_loads_what_we_write(tmp_path: Path) -> None:
    model = hf_model()
    model.save_pretrained(tmp_path / "theirs")
    found = read_checkpoint(tmp_path / "theirs")
    write_checkpoint(tmp_path / "ours", found, "huggingface")
    again, info = type(model).from_pretrained(tmp_path / "ours", output_loading_info=True)
    assert not any(info.values()), info
    assert (logits(again) == logits(model)).all()
    assert again.config.to_dict() | {"_name_or_path": ""} == model.config.to_dict() | {
        "_name_or_path": "",
        "max_position_embeddings": 131072,
        "architectures": ["OpenAIPrivacyFilterForTokenClassification"],
        "dtype": "float32",
    }


def test_transformers_computes_with_our_sizes(tmp_path: Path) -> None:
    """No setting keeps its default, so a key that is lost or misnamed would show."""
    model = type(hf_model())
    write_checkpoint(tmp_path, make(), "huggingface")
    config = model.from_pretrained(tmp_path).config
    for key in ("hidden_size", "num_local_experts", "sliding_window", "swiglu_alpha"):
        assert getattr(config, key) == json.loads((tmp_path / CONFIG).read_text())[key]
    assert config.rope_parameters["rope_theta"] == SIZES.rope_theta
    config.save_pretrained(tmp_path)  # as transformers writes it
    assert_same(read_checkpoint(tmp_path), make())


# Ours -> the parameters of transformers' class, stacked; written out, not taken from HF_RULES.
LAYER = {
    "attn.norm.scale": ["input_layernorm.weight"],
    "attn.qkv.weight": [f"self_attn.{x}_proj.weight" for x in ("q", "k", "v")],
    "attn.qkv.bias": [f"self_attn.{x}_proj.bias" for x in ("q", "k", "v")],
    "attn.sinks": ["self_attn.sinks"],
    "attn.out.weight": ["self_attn.o_proj.weight"],
    "attn.out.bias": ["self_attn.o_proj.bias"],
    "mlp.norm.scale": ["post_attention_layernorm.weight"],
    "mlp.gate.weight": ["mlp.router.weight"],
    "mlp.gate.bias": ["mlp.router.bias"],
    "mlp.swiglu.weight": ["mlp.experts.gate_up_proj"],
    "mlp.swiglu.bias": ["mlp.experts.gate_up_proj_bias"],
    "mlp.out.weight": ["mlp.experts.down_proj"],
    "mlp.out.bias": ["mlp.experts.down_proj_bias"],
}
OUTER = {
    "embedding.weight": ["model.embed_tokens.weight"],
    "norm.scale": ["model.norm.weight"],
    "unembedding.weight": ["score.weight"],
    "unembedding.bias": ["score.bias"],
}


@pytest.mark.parametrize("dtype", ["float32", "bfloat16"])
def test_each_tensor_of_transformers_is_found(tmp_path: Path, dtype: str) -> None:
    model = hf_model(dtype)
    model.save_pretrained(tmp_path)
    found = read_checkpoint(tmp_path)
    assert found.config == NetworkConfig(
        width=64, n_layers=2, n_heads=6, n_kv_heads=2, head_dim=32, n_experts=5,
        experts_per_piece=3, expert_width=64, window=9, vocab_size=100,
    )  # fmt: skip
    assert found.tags == TagSet.from_labels(OPENAI_LABELS)
    theirs = {name: w.detach().float().numpy() for name, w in model.state_dict().items()}
    names = OUTER | {
        f"block.{i}.{ours}": [f"model.layers.{i}.{part}" for part in parts]
        for i in range(2)
        for ours, parts in LAYER.items()
    }
    assert set(names) == set(found.tensors)
    assert {part for parts in names.values() for part in parts} == set(theirs)
    for ours, parts in names.items():
        expected = np.concatenate([theirs[part] for part in parts])
        assert found.tensors[ours].to_float32().tolist() == expected.tolist(), ours


@verifies("huggingface", read=["shards"])
def test_shards_of_transformers_are_read(tmp_path: Path) -> None:
    model = hf_model()
    model.save_pretrained(tmp_path / "one")
    model.save_pretrained(tmp_path / "many", max_shard_size="200kB")
    assert len(list((tmp_path / "many").glob("*.safetensors"))) > 2
    assert_same(read_checkpoint(tmp_path / "many"), read_checkpoint(tmp_path / "one"))


def test_a_missing_head_bias_is_zero(huggingface: Path) -> None:
    edit_tensors(huggingface, lambda tensors: tensors.pop("score.bias"))
    found = read_checkpoint(huggingface).tensors["unembedding.bias"]
    assert found.to_float32().tolist() == [0.0] * len(TAGS)


# --- Tensors that are wrong


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


def test_weights_cut_short(saved: Path) -> None:
    raw = (saved / WEIGHTS).read_bytes()
    for size in [*range(0, 60, 7), *range(60, len(raw), len(raw) // 40), len(raw) - 1]:
        (saved / WEIGHTS).write_bytes(raw[:size])
        with pytest.raises(ValueError, match=r"model\.safetensors"):
            read_checkpoint(saved)


# --- Folders that are wrong


def test_half_a_checkpoint(saved: Path) -> None:
    config = NETWORK if (saved / NETWORK).exists() else CONFIG
    half = saved / "half"
    half.mkdir()
    with pytest.raises(FileNotFoundError, match="no complete checkpoint"):
        read_checkpoint(half)
    shutil.copy(saved / config, half)
    with pytest.raises(FileNotFoundError, match=r"No model\.safetensors"):
        read_checkpoint(half)
    (half / config).unlink()
    shutil.copy(saved / WEIGHTS, half)
    with pytest.raises(FileNotFoundError, match=r"network\.json nor config\.json"):
        read_checkpoint(half)


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nowhere"):
        read_checkpoint(tmp_path / "nowhere")
    (tmp_path / "file").write_text("")
    with pytest.raises(NotADirectoryError, match="is a file"):
        read_checkpoint(tmp_path / "file")
    with pytest.raises(NotADirectoryError, match="is a file"):
        write_checkpoint(tmp_path / "file", make())


def test_two_checkpoints_in_a_folder(saved: Path, tmp_path: Path) -> None:
    other = "native" if (saved / CONFIG).exists() else "huggingface"
    with pytest.raises(ValueError, match="empty folder"):
        write_checkpoint(saved, make(), other)
    write_checkpoint(tmp_path / "other", make(), other)
    shutil.copytree(tmp_path / "other", saved, dirs_exist_ok=True)
    with pytest.raises(ValueError, match="native, huggingface"):
        read_checkpoint(saved)


def test_unknown_formats_are_named(huggingface: Path) -> None:
    edit(huggingface / CONFIG, model_type="bert")
    with pytest.raises(ValueError, match=r"'bert'.*native, huggingface"):
        read_checkpoint(huggingface)
    # An MLX artifact: same model_type, other names and units.
    edit(huggingface / CONFIG, model_type="openai_privacy_filter", _mlx_task="x")
    with pytest.raises(ValueError, match=r"_mlx_task.*token-classification"):
        read_checkpoint(huggingface)


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[]", b"3", b"\xff", b'{"a": NaN}', b'{"a": 1, "a": 1}', b"[" * 10**5]
)
@pytest.mark.parametrize("name", [CONFIG, NETWORK, "viterbi_calibration.json"])
def test_broken_json(tmp_path: Path, name: str, raw: bytes) -> None:
    write_checkpoint(tmp_path, make(), "native" if name == NETWORK else "huggingface")
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(ValueError, match=name):
        read_checkpoint(tmp_path)


def test_long_json_is_refused_unread(huggingface: Path) -> None:
    with (huggingface / CONFIG).open("wb") as file:
        file.truncate(1 << 30)
    with pytest.raises(ValueError, match="longer than"):
        read_checkpoint(huggingface)


def test_links_out_of_the_folder(huggingface: Path, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    for name in (CONFIG, WEIGHTS):
        (inner / name).symlink_to(huggingface / name)
    with pytest.raises(ValueError, match="leads out"):
        read_checkpoint(inner)


# --- Configurations that are wrong


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"attention_bias": False}, "attention_bias.*False.*True"),
        ({"hidden_act": "gelu"}, "hidden_act.*gelu"),
        ({"clever_new_setting": 1}, "'clever_new_setting'.*ignore_keys"),
        ({"quantization_config": {}}, "quantization_config"),
        ({"hidden_size": "64"}, "config.json.*'width'"),
        ({"hidden_size": None}, "'width'"),
        ({"hidden_size": True}, "'width'"),
        ({"sliding_window": 0}, "'window'"),
        ({"rms_norm_eps": 10**400}, "impossible network"),
        ({"num_key_value_heads": 5}, "n_kv_heads"),
        ({"num_experts": 6}, "num_experts.*'6'.*'5'"),
        ({"rope_parameters": 3}, "rope_parameters"),
        ({"id2label": ["O", "B-x"]}, "id2label"),
        ({"id2label": {"0": "O", "2": "B-x"}}, "id2label.*without gaps"),
        ({"id2label": {"0": "O", "1": 5}}, "as strings"),
        ({"id2label": {"0": "LABEL_0", "1": "LABEL_1"}}, "no 'O'"),
        ({"id2label": {str(i): "O" for i in range(5000)}}, "5000 tags"),
        ({"label2id": {"O": 1}}, "label2id"),
        ({"id2label": ..., "label2id": ...}, "score.weight has the shape"),
    ],
)
def test_hf_configs_that_are_refused(
    huggingface: Path, changes: dict[str, Any], message: str
) -> None:
    edit(huggingface / CONFIG, **changes)
    with pytest.raises(ValueError, match=message):
        read_checkpoint(huggingface)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"rope_type": "linear"}, "rope_type.*linear.*yarn"),
        ({"truncate": True}, "truncate"),
        ({"attention_factor": 1.2}, "attention_factor"),
        ({"odd": 1}, "'odd'"),
        ({"factor": "16"}, "rope_factor"),
        *[({key: ...}, f"lacks {key}") for key in ("rope_type", "truncate", "factor")],
    ],
)
def test_positions_that_are_computed_otherwise_are_refused(
    huggingface: Path, changes: dict[str, Any], message: str
) -> None:
    rope = json.loads((huggingface / CONFIG).read_text())["rope_parameters"] | changes
    kept = {key: value for key, value in rope.items() if value is not ...}
    edit(huggingface / CONFIG, rope_parameters=kept)
    with pytest.raises(ValueError, match=message):
        read_checkpoint(huggingface)


def test_bookkeeping_and_ignored_keys_change_nothing(huggingface: Path) -> None:
    edit(
        huggingface / CONFIG,
        _name_or_path="x",
        torch_dtype="float32",
        use_cache=False,
        num_experts=5,
        label2id=...,
        harmless=1,
    )
    assert_same(read_checkpoint(huggingface, ignore_keys=["harmless"]), make())


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"version": 2}, "version.*'2'"),
        ({"format": "other"}, "format"),
        ({"more": 1}, "'more'"),
        *[
            ({key: ...}, f"missing.*{key}")
            for key in ("format", "version", "network", "tags", "exclusive", "fingerprint")
        ],
        ({"network": []}, "wrong type.*network"),
        ({"network": {"width": 64}}, "missing.*n_layers"),
        ({"network": SIZES.to_dict() | {"depth": 3}}, "depth"),
        ({"network": SIZES.to_dict() | {"window": 10**400}}, "impossible network"),
        ({"exclusive": 1}, "wrong type.*exclusive"),
        ({"tags": "O"}, "wrong type.*tags"),
        ({"tags": ["O", "B-"]}, "B-"),
        ({"tags": None}, "unembedding.weight is unknown"),
        ({"categories": []}, "categories"),
        ({"categories": ["a", "a", "b"]}, "categories"),
        ({"categories": [1, 2, 3]}, "categories"),
        ({"categories": ["a", "b"]}, "category_head.weight has the shape"),
        ({"fingerprint": "0" * 64}, "not those that network.json was written for"),
    ],
)
def test_native_configs_that_are_refused(
    native: Path, changes: dict[str, Any], message: str
) -> None:
    edit(native / NETWORK, **changes)
    with pytest.raises(ValueError, match=message):
        read_checkpoint(native)


# --- Biases of the decoder


def test_calibration_is_laid_out_as_published(tmp_path: Path) -> None:
    checkpoint = make()
    checkpoint.biases = dict.fromkeys(BIAS_NAMES, 0.0)
    write_checkpoint(tmp_path, checkpoint, "huggingface")
    raw = (tmp_path / "viterbi_calibration.json").read_bytes()
    assert len(raw) == 372  # the size of the published file
    assert set(json.loads(raw)["operating_points"]["default"]["biases"]) == set(BIAS_NAMES)


def test_without_calibration_the_biases_are_zero(saved: Path) -> None:
    (saved / "viterbi_calibration.json").unlink()
    assert read_checkpoint(saved).biases == dict.fromkeys(BIAS_NAMES, 0.0)


BIASES: dict[str, Any] = dict.fromkeys(BIAS_NAMES, 0.5)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"operating_points": {"default": {"biases": BIASES}}, "more": 1},
        {"operating_points": {"default": {"biases": BIASES}, "strict": {"biases": BIASES}}},
        {"operating_points": {"default": {"biases": BIASES, "more": 1}}},
        {"operating_points": {"default": {"biases": BIASES | {"odd": 0.0}}}},
        {"operating_points": {"default": {"biases": {BIAS_NAMES[0]: 0.0}}}},
        {"operating_points": {"default": {"biases": BIASES | {BIAS_NAMES[0]: "0"}}}},
        {"operating_points": {"default": {"biases": BIASES | {BIAS_NAMES[0]: True}}}},
        {"operating_points": {"default": {"biases": BIASES | {BIAS_NAMES[0]: 10**400}}}},
        {"operating_points": {"default": {"biases": 3}}},
        {"operating_points": []},
    ],
)
def test_calibrations_that_are_refused(saved: Path, values: dict[str, Any]) -> None:
    (saved / "viterbi_calibration.json").write_text(json.dumps(values))
    with pytest.raises(ValueError, match=r"viterbi_calibration\.json"):
        read_checkpoint(saved)


# --- Quantised


QUANTIZED = {
    "embedding.weight": 8,
    "block.N.attn.qkv.weight": 8,
    "block.N.mlp.swiglu.weight": 4,
    "block.N.mlp.out.weight": 8,
    "unembedding.weight": 8,
}


@verifies("native", read=["8 bit", "4 bit"], write=["8 bit", "4 bit"])
def test_quantised_native(tmp_path: Path) -> None:
    expected = make("BF16", "tags categories")
    write_checkpoint(tmp_path, expected, quantize=QUANTIZED)
    stored, _ = read_safetensors(tmp_path / WEIGHTS)
    assert stored["block.1.mlp.swiglu.weight"].shape == (5, 128, 64 * 4 // 32)  # (E, out, in)
    assert stored["block.1.mlp.swiglu.scales"].shape == (5, 128, 1)
    found = read_checkpoint(tmp_path)
    assert list(found.tensors) == list(expected.tensors)
    for name, tensor in expected.tensors.items():
        pattern = name.replace(".0.", ".N.").replace(".1.", ".N.")
        values = found.tensors[name].to_float32()
        if pattern not in QUANTIZED:
            assert found.tensors[name].data.tolist() == tensor.data.tolist()
            continue
        assert found.tensors[name].dtype == "F32"
        assert values.flags.c_contiguous
        weights = tensor.to_float32()
        turned = np.swapaxes(weights, 1, 2) if weights.ndim == 3 else weights
        again = dequantize(*quantize(turned, QUANTIZED[pattern]), turned.shape[-1])
        again = np.swapaxes(again, 1, 2) if weights.ndim == 3 else again
        assert values.tolist() == again.tolist()
        assert np.abs(values - weights).max() < (0.004 if QUANTIZED[pattern] == 8 else 0.06)
    assert found.fingerprint == fingerprint(stored)
    write_checkpoint(tmp_path / "again", found)  # dequantised, it is an ordinary checkpoint
    assert_same(read_checkpoint(tmp_path / "again"), found)


def test_parts_of_a_quantised_matrix_are_named(tmp_path: Path) -> None:
    write_checkpoint(tmp_path, make(), quantize={"embedding.weight": 8})
    whole = (tmp_path / WEIGHTS).read_bytes()
    for part in ("weight", "scales", "biases"):
        edit_tensors(tmp_path, lambda tensors, part=part: tensors.pop(f"embedding.{part}"))  # type: ignore[misc]
        with pytest.raises(ValueError, match=f"embedding.{part} is missing"):
            read_checkpoint(tmp_path)
        (tmp_path / WEIGHTS).write_bytes(whole)
    edit_tensors(
        tmp_path,
        lambda t: t.update({"embedding.weight": StoredTensor.from_float32(np.ones((100, 16)))}),
    )
    with pytest.raises(ValueError, match=r"embedding\.weight holds F32, not U32"):
        read_checkpoint(tmp_path)


@pytest.mark.parametrize("name", ["embeding.weight", "norm.scale", "block.N.mlp.out.bias"])
def test_only_weight_matrices_can_be_quantised(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match=name.replace("N", "0")):
        write_checkpoint(tmp_path, make(), quantize={name: 8})
    assert list(tmp_path.iterdir()) == []


# --- Writing


def test_what_cannot_be_written_is_refused_before_anything_is(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"'gguf'.*native, huggingface"):
        write_checkpoint(tmp_path / "x", make(), "gguf")
    for heads in ("none", "tags categories"):
        with pytest.raises(ValueError, match="category head"):
            write_checkpoint(tmp_path / "y", make(heads=heads), "huggingface")
    with pytest.raises(ValueError, match="quantised"):
        write_checkpoint(tmp_path / "y", make(), "huggingface", quantize={"embedding.weight": 8})
    broken = make()
    del broken.tensors["norm.scale"]
    with pytest.raises(ValueError, match=r"norm\.scale is missing"):
        write_checkpoint(tmp_path / "x", broken)
    broken = make()
    broken.biases.popitem()
    with pytest.raises(ValueError, match="transition biases"):
        write_checkpoint(tmp_path / "x", broken)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("crash_at", ["write_safetensors", "write_calibration", "write_json"])
def test_a_crash_never_leaves_a_mixture(
    native: Path, monkeypatch: pytest.MonkeyPatch, crash_at: str
) -> None:
    """The old checkpoint is still there, or the folder is known to be unfinished."""
    before = make(heads="tags categories")
    new = make(heads="tags categories")
    new.tensors["norm.scale"] = StoredTensor.from_float32(np.full(64, 3.0))

    def crash(*_: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(module, crash_at, crash)
        with pytest.raises(OSError, match="disk full"):
            write_checkpoint(native, new)
    if crash_at == "write_safetensors":
        assert_same(read_checkpoint(native), before)
    else:
        with pytest.raises(ValueError, match="Write the checkpoint again"):
            read_checkpoint(native)
        write_checkpoint(native, new)
        assert_same(read_checkpoint(native), new)
    assert {path.name for path in native.iterdir()} == {
        NETWORK,
        WEIGHTS,
        "viterbi_calibration.json",
    }


def test_the_table_of_formats_has_room_for_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A format that can only be read is one more entry."""
    head, tensors = replace(make(), tensors={}), make().tensors
    entry = module.Format(
        "mine",
        lambda folder, values: (folder / "mine").exists(),
        lambda *_: module.Opened(head, lambda: tensors),
        None,
    )
    monkeypatch.setitem(FORMATS, "mine", entry)
    (tmp_path / "mine").write_text("")
    assert_same(read_checkpoint(tmp_path), make())
    with pytest.raises(ValueError, match="Choose one of: native, huggingface"):
        write_checkpoint(tmp_path, make(), "mine")
