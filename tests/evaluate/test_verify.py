"""Two checkpoints compared: numbers only, never a text."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from spacy_privacy_filter.checkpoints.registry import write_checkpoint
from spacy_privacy_filter.checkpoints.sizes import CATEGORY_HEAD
from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor
from spacy_privacy_filter.cli import app
from spacy_privacy_filter.compat import has
from spacy_privacy_filter.evaluate.verify import SAMPLES, read_texts

from ..checkpoints.helpers import edit
from ..helpers import make_checkpoint

RUNNER = CliRunner()


runs_a_network = pytest.mark.skipif(not has("torch"), reason="needs torch")


SECRET = "Leopold Fitzwarren-Oduya"


def run(*arguments: Any, code: int = 0) -> str:
    result = RUNNER.invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == code, (result.output, result.exception)
    return result.output


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
    report = json.loads(run("verify", *pair, "--json", code=1))
    assert report["agreement"] < 0.5
    assert report["max_difference"] > 0.1
    assert not report["passed"]
    assert "Failed" in run("verify", *pair, code=1)
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
    assert read_texts(plain) == {"1": "one", "3": "two"}
    rows = "".join(json.dumps({"text": text}) + "\n" for text in ("one", "two"))
    (tmp_path / "rows.jsonl.gz").write_bytes(gzip.compress(rows.encode()))
    assert read_texts(tmp_path / "rows.jsonl.gz") == {"1": "one", "2": "two"}
    for content in (b"", b"\xff\xfe"):
        plain.write_bytes(content)
        run("verify", pair[0], pair[0], "--texts", plain, code=1)


@runs_a_network
def test_verify_takes_what_the_user_knows(pair: tuple[Path, Path], tmp_path: Path) -> None:
    """A checkpoint that can be read only with it, against what was converted from it with it."""
    source = tmp_path / "src"
    run("convert", pair[0], source, "-f", "huggingface")
    edit(source / "config.json", harmless=1)
    known = ("--ignore-key", "harmless", "--sinks-unit", "log2", "--window", "5")
    run("convert", source, tmp_path / "c", "-f", "native", *known)
    assert "harmless" in run("verify", source, tmp_path / "c", code=1)
    report = json.loads(run("verify", source, tmp_path / "c", *known, "--json"))
    assert (report["passed"], report["max_difference"]) == (True, 0.0)
    assert report["a"]["known"] == {
        "sinks_unit": "log2", "window": 5, "ignore_keys": ["harmless"]
    }  # fmt: skip
    assert report["b"]["known"] == {}
    # One source twice is read alike, unless something else is said of B.
    same = json.loads(run("verify", source, source, *known, "--json"))
    assert same["max_difference"] == 0.0
    other = run("verify", source, source, *known, "--window-b", 2, "--min-agreement", 0, "--json")
    assert json.loads(other)["max_difference"] > 0
    run("convert", pair[0], tmp_path / "plain", "-f", "huggingface")
    told = ("--ignore-key-b", "harmless", "--json")
    assert json.loads(run("verify", tmp_path / "plain", source, *told))["max_difference"] == 0.0
    assert "has no revision" in run("verify", pair[0], pair[0], "--revision", "x", code=1)
