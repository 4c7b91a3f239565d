"""The commands that turn one checkpoint into another, look into one, and compare two."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from spacy_privacy_filter.cli import app
from spacy_privacy_filter.cli.verify import SAMPLES, read_texts
from spacy_privacy_filter.compat import has
from spacy_privacy_filter.models.checkpoint import read_checkpoint, write_checkpoint
from spacy_privacy_filter.models.config import CATEGORY_HEAD
from spacy_privacy_filter.models.tensors import StoredTensor

from .helpers import make_checkpoint
from .models.formats import assert_close, edit, make

RUNNER = CliRunner()
runs_a_network = pytest.mark.skipif(not has("torch"), reason="needs torch")
SECRET = "Leopold Fitzwarren-Oduya"


def run(*arguments: Any, code: int = 0) -> str:
    result = RUNNER.invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == code, (result.output, result.exception)
    return result.output


@pytest.fixture
def source(tmp_path: Path) -> Path:
    write_checkpoint(tmp_path / "src", make(bias=False), "huggingface")
    return tmp_path / "src"


# --- convert


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
    assert "new or empty" in run("convert", source, tmp_path / "full", "-f", "native", code=1)
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


# --- inspect


def test_inspect_tells_all(source: Path) -> None:
    report = json.loads(run("inspect", source, "--json"))
    assert report["format"] == "huggingface"
    assert report["network"] == make().config.to_dict()
    assert report["labels"] == list(make().tags.labels)  # type: ignore[union-attr]
    assert report["n_tags"] == 33
    assert report["conventions"] == {"sinks_unit": "natural", "window": 8, "origin": "stated"}
    assert report["parameters"] == sum(t.data.size for t in make().tensors.values())
    assert report["stored"] == {"F32": 4 * report["parameters"]}
    for file in report["files"]:
        raw = (source / file["name"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(raw), hashlib.sha256(raw).hexdigest())
    assert len(report["files"]) == 3
    shown = run("inspect", source, "--no-hashes")
    assert "huggingface" in shown
    assert "natural, window 8" in shown


def test_inspect_explains_what_it_refuses(source: Path, tmp_path: Path) -> None:
    assert "is no folder here" in run("inspect", tmp_path / "none", code=1)
    (source / "model.safetensors").write_bytes(b"x")
    output = run("inspect", source, code=1)
    assert output.startswith("Error: ")
    assert "model.safetensors" in output


# --- verify


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same network twice, once with a head that is turned round."""
    folder = tmp_path_factory.mktemp("pair")
    whole = make_checkpoint(heads="tags")
    for name, tensor in whole.tensors.items():  # numbers that bfloat16 cannot hold
        whole.tensors[name] = StoredTensor.from_float32(tensor.to_float32() * 1.003)
    write_checkpoint(folder / "a", whole, "huggingface")
    turned = {
        name: StoredTensor.from_float32(-t.to_float32()) if name.startswith("unembedding") else t
        for name, t in whole.tensors.items()
    }
    write_checkpoint(folder / "b", replace(whole, tensors=turned))
    return folder / "a", folder / "b"


@runs_a_network
def test_verify_the_same(pair: tuple[Path, Path], tmp_path: Path) -> None:
    run("convert", pair[0], tmp_path / "c", "-f", "native")
    report = json.loads(run("verify", pair[0], tmp_path / "c", "--json"))
    assert report["passed"] is True
    assert report["agreement"] == report["entities_preserved"] == 1.0
    assert report["max_difference"] == 0.0
    assert report["texts"] == len(SAMPLES)
    assert report["entities"] > 0
    assert [report[side]["format"] for side in "ab"] == ["huggingface", "native"]
    assert "Passed" in run("verify", pair[0], tmp_path / "c")


@runs_a_network
def test_verify_what_differs(pair: tuple[Path, Path]) -> None:
    report = json.loads(run("verify", *pair, "--json", code=3))
    assert report["agreement"] < 0.5
    assert report["max_difference"] > 0.1
    assert not report["passed"]
    assert "Failed" in run("verify", *pair, code=3)
    run("verify", *pair, "--min-agreement", "0")


@runs_a_network
def test_verify_small_differences_are_measured(pair: tuple[Path, Path], tmp_path: Path) -> None:
    run("convert", pair[0], tmp_path / "c", "-f", "native", "--dtype", "bfloat16")
    report = json.loads(run("verify", pair[0], tmp_path / "c", "--json", "--min-agreement", "0.9"))
    # The largest is where a router of random weights takes another expert.
    assert 0 < report["mean_difference"] < report["max_difference"]
    assert report["mean_difference"] < 0.1
    assert report["b"]["bytes"] < report["a"]["bytes"] * 0.6


@runs_a_network
def test_verify_refuses_what_cannot_be_compared(pair: tuple[Path, Path], tmp_path: Path) -> None:
    whole = make_checkpoint(heads="categories")
    assert CATEGORY_HEAD + ".weight" in whole.tensors
    write_checkpoint(tmp_path / "cats", whole)
    assert "no tag head" in run("verify", pair[0], tmp_path / "cats", code=1)


@runs_a_network
def test_no_text_is_ever_shown(pair: tuple[Path, Path], tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text(json.dumps({"text": f"{SECRET} was here"}) + "\n\n", encoding="utf8")
    assert SECRET not in run("verify", pair[0], pair[0], "--texts", path)
    assert SECRET not in run("verify", pair[0], pair[0], "--texts", path, "--json")
    for bad in (SECRET, json.dumps({"texts": SECRET}), json.dumps([SECRET])):
        path.write_text(bad, encoding="utf8")
        output = run("verify", pair[0], pair[0], "--texts", path, code=1)
        assert "Line 1" in output
        assert SECRET not in output
    plain = tmp_path / "texts.txt"
    plain.write_text("one\n\ntwo\n", encoding="utf8")
    assert read_texts(plain) == ["one", "two"]
    for content in (b"", b"\xff\xfe"):
        plain.write_bytes(content)
        run("verify", pair[0], pair[0], "--texts", plain, code=1)
