"""The layout of openai/privacy-filter: transformers loads what we write, and the reverse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from spacy_privacy_filter.checkpoints.registry import read_checkpoint, write_checkpoint
from spacy_privacy_filter.checkpoints.sizes import NetworkConfig
from spacy_privacy_filter.labels.tags import OPENAI_LABELS, TagSet

from ..claims import TRANSFORMERS, verifies
from ..helpers import edit
from ..rare_sizes import CONFIG, SIZES, TAGS, assert_same, edit_tensors, make


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
