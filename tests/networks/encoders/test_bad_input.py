"""Folders with an encoder that cannot be used: what is wrong is said, and nothing of it runs."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy

from spacy_privacy_filter import load
from spacy_privacy_filter.checkpoints.tensors.safetensors import (
    StoredTensor,
    read_safetensors,
    write_safetensors,
)

from .models import TEXTS, change_config, write_model

LABELS = {str(i): name for i, name in enumerate(["O", "B-x", "I-x"])}
UNNAMED = {str(i): f"LABEL_{i}" for i in range(5)}
# What would have transformers fetch code from a hub.
KERNELS = {"attn_implementation": "evil/kernel", "_attn_implementation": "evil/kernel"}
CODE = {"AutoModelForTokenClassification": "evil.Model", "AutoConfig": "evil.Config"}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bert")
    write_model(folder, "bert")
    return folder


def change_weights(folder: Path, change: Callable[[dict[str, StoredTensor]], Any]) -> None:
    path = folder / "model.safetensors"
    tensors, _ = read_safetensors(path)
    held = {name: StoredTensor(t.dtype, np.array(t.data)) for name, t in tensors.items()}
    change(held)
    write_safetensors(path, held, {"format": "pt"})


def of(shape: tuple[int, ...]) -> StoredTensor:
    return StoredTensor.from_float32(np.ones(shape))


QUERY = "bert.encoder.layer.0.attention.self.query.weight"
WEIGHTS: dict[str, tuple[Callable[[dict[str, StoredTensor]], Any], str]] = {
    "missing": (lambda t: t.pop(QUERY), rf"{re.escape(QUERY)} is missing"),
    "unknown": (lambda t: t.update({"bert.extra": of((3,))}), r"bert\.extra is unknown"),
    "shape": (lambda t: t.update({QUERY: of((31, 32))}), r"cannot build|another shape"),
    "head": (
        lambda t: t.update({"classifier.weight": of((5, 31))}),
        r"last layer.*\(5, 31\).*5 labels and a width of 32",
    ),
    "rows": (
        lambda t: t.update({"classifier.weight": of((7, 32)), "classifier.bias": of((7,))}),
        r"last layer.*\(7, 32\).*5 labels",
    ),
    "none": (lambda t: (t.pop("classifier.weight"), t.pop("classifier.bias")), "no last layer"),
}


@pytest.mark.parametrize("what", WEIGHTS)
def test_other_weights_are_named(tmp_path: Path, whole: Path, what: str) -> None:
    folder = shutil.copytree(whole, tmp_path / "x")
    change, message = WEIGHTS[what]
    change_weights(folder, change)
    with pytest.raises(ValueError, match=message):
        load(folder)


CONFIGS: dict[str, tuple[dict[str, Any], str]] = {
    "type": ({"model_type": "gpt2"}, r"'gpt2'.*encoders for transformers.*bert"),
    "decoder": ({"is_decoder": True}, "is of a decoder"),
    "quantised": ({"quantization_config": {"bits": 4}}, "quantised for another library"),
    "labels": ({"id2label": LABELS}, "last layer.*3 labels"),
    "unnamed": ({"id2label": UNNAMED, "label2id": None}, "labels have no names"),
    "gaps": ({"id2label": {"0": "O", "2": "B-x"}}, "without gaps"),
    "no labels": ({"id2label": None, "label2id": None}, "'id2label'.*must be a JSON object"),
    "no scheme": (
        {"id2label": {str(i): f"topic{i}" for i in range(5)}},
        r"no personal data \('O'\), but.*'topic0'",
    ),
    "vocabulary": ({"vocab_size": 50}, r"knows 50: it was trained with another vocabulary"),
    "width": ({"hidden_size": "large"}, "width.*whole number"),
    "no width": ({"hidden_size": None}, "lacks 'hidden_size'"),
    "positions": ({"max_position_embeddings": 2}, "max_pieces.*at least 1"),
    "activation": ({"hidden_act": "sorcery"}, "cannot build this bert.*sorcery"),
    "heads": ({"num_attention_heads": 5}, "cannot build this bert"),
    "many layers": ({"num_hidden_layers": 10**9}, "at most 1024"),
    "layers": ({"num_hidden_layers": 3}, r"layer\.2\..* is missing"),
    "fewer layers": ({"num_hidden_layers": 1}, r"layer\.1\..* is unknown"),
}


@pytest.mark.parametrize("what", CONFIGS)
def test_other_configurations_are_refused(tmp_path: Path, whole: Path, what: str) -> None:
    folder = shutil.copytree(whole, tmp_path / "x")
    values, message = CONFIGS[what]
    change_config(folder, **values)
    with pytest.raises(ValueError, match=message):
        load(folder)


def test_labels_may_be_named_from_the_other_side(tmp_path: Path, whole: Path) -> None:
    folder = shutil.copytree(whole, tmp_path / "x")
    names = ["O", "B-a", "I-a", "B-b", "I-b"]
    change_config(folder, id2label=UNNAMED, label2id={name: i for i, name in enumerate(names)})
    tagger: Any = load(folder).get_pipe("privacy_filter")
    assert tagger.tags.names == tuple(names)


def test_files_that_are_not_there(tmp_path: Path, whole: Path) -> None:
    folder = shutil.copytree(whole, tmp_path / "x")
    (folder / "tokenizer.json").unlink()
    (folder / "vocab.txt").write_text("[UNK]\n", "utf8")
    with pytest.raises(ValueError, match=r"tokenizer\.json is missing.*fast tokenizer.*save_pre"):
        load(folder)
    shutil.copy(whole / "tokenizer.json", folder)
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(FileNotFoundError, match=r"pytorch_model\.bin only, a pickle"):
        load(folder)
    (folder / "pytorch_model.bin").unlink()
    with pytest.raises(FileNotFoundError, match=r"No model\.safetensors"):
        load(folder)
    (folder / "tokenizer.json").write_text("{}", "utf8")
    with pytest.raises(ValueError, match=r"tokenizer\.json cannot be read"):
        load(folder)


def test_code_of_a_repository_is_never_run(tmp_path: Path, whole: Path) -> None:
    folder = shutil.copytree(whole, tmp_path / "x")
    change_config(folder, auto_map=CODE, trust_remote_code=True, use_kernels=True, **KERNELS)
    (folder / "evil.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\nclass Model: ...\n")
    load(folder)("Anna")
    assert not (tmp_path / "ran").exists()


def test_a_base_finds_nothing_until_it_is_trained(tmp_path: Path, whole: Path) -> None:
    folder = shutil.copytree(whole, tmp_path / "x")
    change_config(folder, architectures=["BertForMaskedLM"], id2label=None, label2id=None)
    change_weights(folder, lambda t: (t.pop("classifier.weight"), t.pop("classifier.bias")))
    change_weights(folder, lambda t: t.update({"cls.predictions.bias": of((128,))}))
    with pytest.raises(ValueError, match="neither a tag head nor a category head"):
        load(folder)
    nlp = spacy.blank("en")
    nlp.add_pipe("privacy_filter", config={"source": str(folder)})
    with pytest.raises(ValueError, match="have no tag head"):
        nlp("Anna")


def test_settings_that_an_encoder_has_not(whole: Path) -> None:
    with pytest.raises(ValueError, match="no sinks and no window of attention"):
        load(whole, sinks_unit="log2")
    with pytest.raises(ValueError, match="'int8' is not there for encoders on torch"):
        load(whole, dtype="int8")
    with pytest.raises(ValueError, match=r"'first' is not known\. Choose: piece, word"):
        load(whole, aggregation="first")
    nlp = spacy.blank("en")
    nlp.add_pipe("privacy_filter_textcat", config={"source": str(whole)})
    with pytest.raises(ValueError, match="no category head"):
        nlp("Anna")


def test_numbers_are_no_categories(tmp_path: Path) -> None:
    write_model(tmp_path, "bert", TEXTS, problem_type="regression")
    with pytest.raises(ValueError, match="gives numbers"):
        load(tmp_path)


def test_what_is_known_early_is_said_early(whole: Path) -> None:
    nlp = spacy.blank("en")
    with pytest.raises(ValueError, match=r"animal.*The model has: person, place"):
        nlp.add_pipe("privacy_filter", config={"source": str(whole), "label_map": {"animal": "x"}})
    nlp.add_pipe("privacy_filter", config={"source": str(whole)})
    tagger: Any = nlp.get_pipe("privacy_filter")
    assert tagger.labels == ("person", "place")
    assert not tagger.network.is_loaded


def test_old_buffers_of_whole_numbers_are_left_out(tmp_path: Path, whole: Path) -> None:
    folder = shutil.copytree(whole, tmp_path / "x")
    path = folder / "model.safetensors"
    raw = path.read_bytes()
    n = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + n])
    end = max(e["data_offsets"][1] for key, e in header.items() if key != "__metadata__")
    header["bert.embeddings.position_ids"] = {
        "dtype": "I64",
        "shape": [1, 2],
        "data_offsets": [end, end + 16],
    }
    new = json.dumps(header).encode()
    new += b" " * (-len(new) % 8)
    path.write_bytes(len(new).to_bytes(8, "little") + new + raw[8 + n :] + bytes(16))
    assert load(folder)("Anna")._.privacy_spans is not None
