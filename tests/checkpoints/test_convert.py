"""A checkpoint in another format: as it was, quantised or cast, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from spacy_privacy_filter.checkpoints.convert import (
    WriteOptions,
    choose_matrices,
    convert,
    describe_storage,
    find_packings,
)
from spacy_privacy_filter.checkpoints.registry import read_checkpoint, write_checkpoint
from spacy_privacy_filter.checkpoints.sizes import CATEGORY_HEAD
from spacy_privacy_filter.checkpoints.source import find_id, find_source
from spacy_privacy_filter.checkpoints.tensors.affine import QuantizedTensor
from spacy_privacy_filter.checkpoints.tensors.safetensors import read_safetensors
from spacy_privacy_filter.cli import app
from spacy_privacy_filter.text.tokenizer_json import check_tokenizer

from .helpers import assert_close, edit, make

RUNNER = CliRunner()


def run(*arguments: Any, code: int = 0) -> str:
    result = RUNNER.invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == code, (result.output, result.exception)
    return result.output


@pytest.fixture
def source(tmp_path: Path) -> Path:
    write_checkpoint(tmp_path / "src", make(bias=False), "huggingface")
    return tmp_path / "src"


@pytest.mark.parametrize("format_", ["native", "opf", "openmed"])
def test_convert_there_and_back(source: Path, tmp_path: Path, format_: str) -> None:
    report = json.loads(run("convert", source, tmp_path / "a", "-f", format_, "--json"))
    assert (report["format"], report["folder"]) == (format_, str(tmp_path / "a"))
    run("convert", tmp_path / "a", tmp_path / "b", "-f", "huggingface")
    assert_close(read_checkpoint(tmp_path / "b"), read_checkpoint(source))


@pytest.mark.parametrize("bits", [8, 4])
def test_convert_quantises_and_casts(source: Path, tmp_path: Path, bits: int) -> None:
    options = ("-f", "openmed", "--bits", bits, "--dtype", "bfloat16", "--json")
    report = json.loads(run("convert", source, tmp_path / "a", *options))
    assert set(report["stored"]) == {"U32", "BF16", "F32"}
    assert report["stored"]["U32"] == max(report["stored"].values())
    plain = run("convert", source, tmp_path / "b", "-f", "huggingface", "--dtype", "bfloat16")
    assert "BF16" in plain


def test_the_folder_appears_whole_or_not_at_all(source: Path, tmp_path: Path) -> None:
    for options in (("-f", "gguf"), ("-f", "multitask"), ("-f", "opf", "--bits", "8")):
        output = run("convert", source, tmp_path / "new", *options, code=1)
        assert output.startswith("Error: ")
    run("convert", source, tmp_path / "new", "-f", "native", "--dtype", "int8", code=1)
    assert [path.name for path in tmp_path.iterdir()] == ["src"]
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("x")
    assert "new or empty" in run("convert", source, tmp_path / "full", "-f", "native", code=2)
    (tmp_path / "full" / "mine").unlink()
    run("convert", source, tmp_path / "full", "-f", "native")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["full", "src"]


def test_convert_passes_on_what_the_user_knows(source: Path, tmp_path: Path) -> None:
    edit(source / "config.json", harmless=1)
    assert "harmless" in run("convert", source, tmp_path / "a", "-f", "native", code=1)
    options = ("--ignore-key", "harmless", "--sinks-unit", "log2", "--window", "5")
    run("convert", source, tmp_path / "a", "-f", "native", *options)
    found = read_checkpoint(tmp_path / "a")
    assert found.config.window == 5
    sinks = [
        read.tensors["block.0.attn.sinks"].to_float32()
        for read in (found, read_checkpoint(source, ["harmless"]))
    ]
    assert np.allclose(sinks[0], sinks[1] * np.log(2))


def test_openmed_mlx_writes_every_file_of_the_card(source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "a"
    run("convert", source, folder, "-f", "openmed-mlx", "--bits", "8", "--group-size", "32")
    names = {path.name for path in folder.iterdir()}
    tokenizer = ["tokenizer.json", "tokenizer_config.json"]
    files = {"weights.safetensors", "config.json", "id2label.json", "openmed-mlx.json", *tokenizer}
    assert files <= names
    manifest = json.loads((folder / "openmed-mlx.json").read_text())
    config = json.loads((folder / "config.json").read_text())
    how = {"bits": 8, "group_size": 32, "mode": "affine"}
    assert manifest["quantization"] == config["_mlx_quantization"] == how
    assert manifest["tokenizer"] == {"path": ".", "files": tokenizer}
    stored, _ = read_safetensors(folder / "weights.safetensors")
    assert stored["embedding.scales"].shape[-1] * 32 == make().config.width
    found = read_checkpoint(folder)
    assert found.tensors["embedding.weight"].packing == (8, 32)  # type: ignore[attr-defined]
    check_tokenizer(folder)
    assert (manifest["source_model_id"], config.get("_name_or_path")) == ("", None)


def test_bits_are_checked_before_heads(tmp_path: Path) -> None:
    write_checkpoint(tmp_path / "src", make(categories=True), "native")
    options = (tmp_path / "src", tmp_path / "b", "-f", "openmed", "--bits", "8")
    output = run("convert", *options, "--group-size", 48, code=1)
    assert "groups of 48" in output
    assert "32, 64, 128" in output
    output = run("convert", *options, code=1)
    assert "a tag head and a category head. Choose" in output.replace("\n", " ")
    assert "quantised" not in output


@pytest.mark.parametrize(
    ("file", "key", "told"),
    [
        ("config.json", "_name_or_path", "owner/model"),
        ("openmed-mlx.json", "source_model_id", "owner/model"),
        ("config.json", "_name_or_path", "/home/me/model"),
    ],
)
def test_openmeds_files_name_the_model(tmp_path: Path, file: str, key: str, told: str) -> None:
    """As far as it is known; where it lay on the machine of others is not told on."""
    write_checkpoint(tmp_path / "src", make(bias=False), "openmed")
    edit(tmp_path / "src" / file, **{key: told})
    run("convert", tmp_path / "src", tmp_path / "a", "-f", "openmed-mlx", "--bits", "8")
    manifest = json.loads((tmp_path / "a" / "openmed-mlx.json").read_text())
    config = json.loads((tmp_path / "a" / "config.json").read_text())
    known = told if told == "owner/model" else ""
    assert (manifest["source_model_id"], config.get("_name_or_path", "")) == (known, known)
    read_checkpoint(tmp_path / "a")


def test_a_hub_id_is_a_models_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine" / "model").mkdir(parents=True)
    assert find_id("owner/model", tmp_path) == "owner/model"
    assert find_id("mine/model", tmp_path / "mine" / "model") == ""
    assert find_id("shipped", find_source("shipped")) == ""


def test_what_is_quantised_is_not_quantised_again(source: Path, tmp_path: Path) -> None:
    run("convert", source, tmp_path / "a", "-f", "openmed", "--bits", "4")
    run("convert", tmp_path / "a", tmp_path / "b", "-f", "native", "--bits", "4")
    one, two = (read_checkpoint(tmp_path / name).tensors for name in "ab")
    for name, tensor in one.items():
        assert isinstance(tensor, QuantizedTensor) == isinstance(two[name], QuantizedTensor)
        if isinstance(tensor, QuantizedTensor):
            for part, other in zip(tensor.parts, two[name].parts, strict=True):
                np.testing.assert_array_equal(part.data, other.data)


def test_a_head_that_a_format_cannot_hold_is_left_out_only_if_asked(tmp_path: Path) -> None:
    write_checkpoint(tmp_path / "src", make(categories=True))
    target = tmp_path / "a"
    assert "--tags-only" in run("convert", tmp_path / "src", target, "-f", "openmed", code=1)
    run("convert", tmp_path / "src", target, "-f", "openmed", "--tags-only")
    assert_close(read_checkpoint(target), make())


def test_openmed_cannot_leave_the_embedding_as_it_is(source: Path, tmp_path: Path) -> None:
    options = ("-f", "openmed", "--bits", 8, "--embedding-bits")
    assert "the same bits" in run("convert", source, tmp_path / "a", *options, 0, code=1)
    run("convert", source, tmp_path / "a", *options, 8)


# --- What is quantised stays so


def stored_bits(folder: Path) -> int:
    return sum(isinstance(t, QuantizedTensor) for t in read_checkpoint(folder).tensors.values())


def test_convert_keeps_what_is_quantised(source: Path, tmp_path: Path) -> None:
    """From one format that can hold it to the other, and in place; a note where that is lost."""
    run("convert", source, tmp_path / "a", "-f", "openmed", "--bits", "8", "--group-size", "32")
    one = read_checkpoint(tmp_path / "a").tensors
    for i, (old, new, format_) in enumerate(
        (("a", "b", "native"), ("b", "c", "native"), ("c", "d", "openmed"))
    ):
        output = run("convert", tmp_path / old, tmp_path / new, "-f", format_)
        assert "Note:" not in output, i
        two = read_checkpoint(tmp_path / new).tensors
        for name, tensor in one.items():
            assert isinstance(tensor, QuantizedTensor) == isinstance(two[name], QuantizedTensor)
            if isinstance(tensor, QuantizedTensor):
                np.testing.assert_array_equal(tensor.words.data, two[name].words.data)  # type: ignore[attr-defined]
    output = run("convert", tmp_path / "b", tmp_path / "e", "-f", "huggingface")
    assert "Note: quantised matrices are written as float32" in output
    asked = ("-f", "native", "--dtype", "float32")
    assert "Note:" not in run("convert", tmp_path / "b", tmp_path / "f", *asked)
    assert stored_bits(tmp_path / "f") == 0


# --- The function


def test_a_conversion_tells_what_is_there_and_what_was_lost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    checkpoint = make(bias=False)
    eight = convert(checkpoint, tmp_path / "a", "native", WriteOptions(bits=8, group_size=32))
    assert eight.report["folder"] == str(tmp_path / "a")
    assert set(eight.packings.values()) == {(8, 32)}
    assert eight.note == ""
    assert describe_storage(eight.packings, "bfloat16") == (
        "embedding in 8 bits, other matrices in 8 bits, other numbers in bfloat16"
    )
    stored = read_checkpoint(tmp_path / "a")
    assert find_packings(stored) == eight.packings
    lost = convert(stored, tmp_path / "b", "huggingface")
    assert not lost.packings
    assert lost.note.startswith("Note: quantised matrices are written as float32")
    asked = convert(stored, tmp_path / "c", "native", WriteOptions(dtype="float32"))
    assert (asked.packings, asked.note) == ({}, "")
    assert capsys.readouterr() == ("", "")


def test_matrices_are_chosen_by_their_bits() -> None:
    checkpoint = make(categories=True)
    every = choose_matrices(checkpoint, "native", WriteOptions(bits=8))
    assert set(every.values()) == {8}
    assert not any(name.startswith(CATEGORY_HEAD) for name in every)
    mixed = choose_matrices(checkpoint, "native", WriteOptions(bits=8, embedding_bits=4))
    assert mixed == every | {"embedding.weight": 4}
    none = choose_matrices(checkpoint, "native", WriteOptions(bits=8, embedding_bits=0))
    assert set(every) - set(none) == {"embedding.weight"}
    assert choose_matrices(checkpoint, "opf", WriteOptions(bits=0)) == {}
    for options, message in (
        (WriteOptions(bits=3), "8 or 4 bits"),
        (WriteOptions(bits=8, group_size=48), "groups of 48"),
    ):
        with pytest.raises(ValueError, match=message):
            choose_matrices(checkpoint, "native", options)
    with pytest.raises(ValueError, match="the same bits throughout"):
        choose_matrices(checkpoint, "openmed", WriteOptions(bits=8, embedding_bits=0))
